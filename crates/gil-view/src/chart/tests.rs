use super::*;
use crate::display::Shape;

fn speed_up() -> Chart {
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

fn texts(chart: &Chart) -> Vec<String> {
    let shapes = chart.layout().shapes;
    let text = |shape: Shape| match shape {
        Shape::Text { text, .. } => Some(text),
        _ => None,
    };
    shapes.into_iter().filter_map(text).collect()
}

#[test]
fn lines_are_labelled_and_axes_have_whole_thread_counts() {
    let texts = texts(&speed_up());
    for label in ["counting", "downloading", "ideal", "threads", "1", "2", "4", "8"] {
        assert!(texts.iter().any(|text| text == label), "{label:?} is not in {texts:?}");
    }
}

#[test]
fn a_point_lies_where_its_value_is_and_is_found_there() {
    let chart = speed_up();
    let points = chart.points();
    assert_eq!(points.len(), 12);
    let of = |series: usize| points.iter().filter(move |p| p.series == series);
    let flat: Vec<f32> = of(1).map(|p| p.y).collect();
    assert!(flat.windows(2).all(|pair| pair[0] == pair[1]), "{flat:?}");
    let rising: Vec<f32> = of(2).map(|p| p.y).collect();
    assert!(rising.windows(2).all(|pair| pair[1] < pair[0]), "{rising:?}");
    for point in of(1).chain(of(2)) {
        assert!(point.x >= 0.0 && point.x <= chart.width && point.y <= chart.height);
        let found = chart.nearest(point.x + 1.0, point.y, 6.0).expect("a point is near");
        assert_eq!((found.x, found.y), (point.x, point.y));
    }
    assert_eq!(chart.nearest(-50.0, -50.0, 6.0), None);
}

#[test]
fn the_table_has_a_row_for_every_thread_count() {
    let table = speed_up().table();
    assert_eq!(table.rows.len(), 4);
    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
    assert!(table.rows[3].iter().any(|cell| cell.contains("7.84")), "{:?}", table.rows[3]);
}

#[test]
fn nothing_to_show_is_still_a_picture() {
    let empty = Chart { series: Vec::new(), ..speed_up() };
    assert!(empty.points().is_empty());
    assert_eq!(empty.layout().width, 700.0);
    let odd = vec![(f64::NAN, 1.0), (0.0, 2.0), (4.0, f64::INFINITY)];
    let strange = Chart { series: vec![Series::line("odd", 0, odd)], width: 40.0, ..speed_up() };
    strange.layout();
}
