//! What is drawn of a chart, and where.

use super::*;
use crate::display::{Anchor, Ink, Shape};

fn speed_up() -> Chart {
    let threads = [1.0, 2.0, 4.0, 8.0];
    let line = |f: fn(f64) -> f64| threads.map(|n| (n, f(n))).to_vec();
    Chart {
        title: "More threads do not make this loop faster".into(),
        x: Axis::new("threads", Scale::Log2, Unit::Number),
        y: Axis::new("speed-up", Scale::Linear, Unit::Factor),
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

fn texts(chart: &Chart) -> Vec<(String, Ink, f32)> {
    let shapes = chart.layout().shapes.into_iter();
    shapes
        .filter_map(|shape| match shape {
            Shape::Text { text, ink, y, .. } => Some((text, ink, y)),
            _ => None,
        })
        .collect()
}

fn label(chart: &Chart, name: &str) -> (Ink, f32) {
    let texts = texts(chart);
    let found = texts.iter().find(|(text, ..)| text == name);
    found.map(|(_, ink, y)| (*ink, *y)).unwrap_or_else(|| panic!("{name} is not in {texts:?}"))
}

#[test]
fn lines_are_labelled_in_their_colour_without_overlap() {
    let chart = speed_up();
    let (ideal, top) = label(&chart, "ideal");
    let (downloading, below) = label(&chart, "downloading");
    assert_eq!((ideal, downloading), (Ink::Muted, Ink::Series(1)));
    assert!(below - top >= 14.0, "{top} {below}");
    assert_eq!(label(&chart, "counting").0, Ink::Series(0));
}

/// A chart whose second line has a range at 8 threads.
fn with_a_range(low: f64, high: f64) -> Chart {
    let mut chart = speed_up();
    chart.series[2].ranges = vec![Range { x: 8.0, low, high, runs: 5 }];
    chart.focus = Some((2, 3));
    chart
}

#[test]
fn a_range_is_a_line_with_caps_and_stands_in_card_and_table() {
    let (plain, ranged) = (with_a_range(7.84, 7.84), with_a_range(6.0, 9.0));
    let shapes = |chart: &Chart| chart.layout().shapes.len();
    assert!(shapes(&ranged) >= shapes(&plain) + 3);
    let says = |chart: &Chart, part: &str| texts(chart).iter().any(|(text, ..)| text == part);
    assert!(says(&ranged, "6× to 9× in 5 seeds"), "{:?}", texts(&ranged));
    assert!(!texts(&plain).iter().any(|(text, ..)| text.contains("seeds")));
    assert_eq!(ranged.table().rows[3][3], "7.84× (6× to 9×)");
    assert_eq!(plain.table().rows[3][3], "7.84×");
}

#[test]
fn the_axis_reaches_as_far_as_the_ranges() {
    let top = |chart: &Chart| {
        let points = chart.points();
        points.iter().map(|point| point.y).fold(f32::MAX, f32::min)
    };
    // The same value lies lower where the axis has to reach further.
    assert!(top(&with_a_range(6.0, 20.0)) > top(&with_a_range(6.0, 7.9)) + 20.0);
}

#[test]
fn ghosts_share_one_quiet_label() {
    let mut chart = speed_up();
    let ghosts: Vec<_> = chart.series[1..].iter().cloned().map(Series::into_ghost).collect();
    chart.series.extend(ghosts);
    assert_eq!(texts(&chart).iter().filter(|(text, ..)| text == "before").count(), 1);
    assert_eq!(chart.table().columns[4..], ["counting, before", "downloading, before"]);
}

#[test]
fn points_lie_where_their_marks_are_drawn() {
    let chart = speed_up();
    let circles: Vec<_> = (chart.layout().shapes.into_iter())
        .filter_map(|shape| match shape {
            Shape::Circle { x, y, fill: Some(_), .. } => Some((x, y)),
            _ => None,
        })
        .collect();
    let points = chart.points();
    for point in points.iter().filter(|point| point.series == 1) {
        let near = |(x, y): &(f32, f32)| (x - point.x).abs() < 0.2 && (y - point.y).abs() < 0.2;
        assert!(circles.iter().any(near), "{point:?} {circles:?}");
    }
    // And so does the line between them.
    let line = chart.layout().shapes.into_iter().find_map(|shape| match shape {
        Shape::Path { points, stroke: Some(stroke), .. } if stroke.ink == Ink::Series(0) => {
            Some(points)
        }
        _ => None,
    });
    for (drawn, point) in line.unwrap().iter().zip(points.iter().filter(|p| p.series == 1)) {
        let off = (drawn.0 - point.x).hypot(drawn.1 - point.y);
        assert!(off < 0.4, "{drawn:?} {point:?}");
    }
}

#[test]
fn the_nearest_point_is_found_within_a_radius() {
    let chart = speed_up();
    let all = chart.points();
    let at = |series, index| *all.iter().find(|p| (p.series, p.index) == (series, index)).unwrap();
    let counting = at(1, 2);
    let found = chart.nearest(counting.x + 3.0, counting.y - 3.0, 12.0);
    assert_eq!(found, Some(counting));
    // The ideal line is nearer, but what was simulated comes first.
    let ideal = at(0, 3);
    assert_eq!(chart.nearest(ideal.x, ideal.y, 20.0), Some(at(2, 3)));
    assert_eq!(chart.nearest(ideal.x, ideal.y + 80.0, 20.0), None);
}

#[test]
fn the_table_holds_every_point_with_units() {
    let mut chart = speed_up();
    chart.series[2].points.truncate(2);
    let table = chart.table();
    assert_eq!(table.columns, ["threads", "ideal", "counting", "downloading"]);
    assert_eq!(table.rows[1], ["2", "2×", "0.97×", "1.96×"]);
    assert_eq!(table.rows[3], ["8", "8×", "0.97×", ""]);
}

#[test]
fn a_focused_point_gets_a_ring_and_its_values() {
    let mut chart = speed_up();
    chart.focus = Some((2, 1));
    let shapes = chart.layout().shapes;
    let ring = |shape: &Shape| matches!(shape, Shape::Circle { r, fill: None, .. } if *r == 8.0);
    assert!(shapes.iter().any(ring));
    label(&chart, "speed-up: 1.96×");
    for outside in [(2, 9), (9, 0)] {
        chart.focus = Some(outside);
        assert!(!chart.layout().shapes.iter().any(ring));
    }
}

#[test]
fn everything_stays_inside_the_picture() {
    let mut chart = speed_up();
    chart.series[1].name = "counting down from a hundred million".into();
    for (width, height) in [(390.0, 260.0), (700.0, 360.0), (320.0, 200.0)] {
        let chart = Chart { width, height, focus: Some((1, 3)), ..chart.clone() };
        for shape in chart.layout().shapes {
            if let Shape::Text { x, y, text, size, anchor, .. } = &shape {
                let w = crate::text::room(text, *size);
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - w / 2.0,
                    Anchor::End => x - w,
                };
                assert!(left >= 0.0 && left + w <= width + 1.0, "{width}: {shape:?}");
                assert!(*y > 0.0 && *y <= height, "{height}: {shape:?}");
            }
        }
    }
}

#[test]
fn odd_input_gives_a_picture() {
    let empty = Chart { series: vec![], ..speed_up() };
    label(&empty, "No points yet");
    let mut odd = speed_up();
    odd.series[1].points = vec![(0.0, 1.0), (f64::NAN, 1.0), (2.0, f64::INFINITY), (4.0, 1.0)];
    assert_eq!(odd.points().iter().filter(|p| p.series == 1).count(), 1);
    for (width, height) in [(0.0, 0.0), (1.0, 1.0), (40.0, 4_000.0)] {
        for scale in [Scale::Linear, Scale::Log2, Scale::Log10] {
            let y = Axis::new("y", scale, Unit::Time);
            Chart { width, height, y, ..odd.clone() }.layout();
        }
    }
}

#[test]
fn axes_have_whole_thread_counts() {
    let chart = speed_up();
    for tick in ["1", "2", "4", "8", "threads", "speed-up"] {
        label(&chart, tick);
    }
}

#[test]
fn higher_values_lie_higher() {
    let chart = speed_up();
    let points = chart.points();
    assert_eq!(points.len(), 12);
    let heights = |series: usize| -> Vec<f32> {
        points.iter().filter(|p| p.series == series).map(|p| p.y).collect()
    };
    let (flat, rising) = (heights(1), heights(2));
    assert!(flat.windows(2).all(|pair| pair[0] == pair[1]), "{flat:?}");
    assert!(rising.windows(2).all(|pair| pair[1] < pair[0]), "{rising:?}");
}
