use super::*;
use crate::display::{Ink, Shape};

fn speedup() -> Chart {
    let threads = [1.0, 2.0, 4.0, 8.0];
    let line = |f: fn(f64) -> f64| threads.map(|n| (n, f(n))).to_vec();
    Chart {
        title: "More threads do not make this loop faster".into(),
        x: Axis::new("threads", Scale::Log2, Unit::Number),
        y: Axis::new("speed-up", Scale::Linear, Unit::Times),
        series: vec![
            Series::ideal("ideal", line(|n| n)),
            Series::line("counting", 0, line(|_| 0.97)),
            Series::line("downloading", 1, line(|n| n * 0.98)),
        ],
        focus: None,
        width: 700.0,
        height: 360.0,
    }
}
