//! What is drawn of a plot, and what is read off it.

use super::*;
use crate::chart::Unit;
use crate::display::{Anchor, Ink, Shape};

fn plot(width: f32, curves: Vec<Curve>) -> Plot {
    let values = curves.iter().flat_map(|curve| curve.points.iter().flatten().copied());
    let scale = Scale::of(&values.collect::<Vec<_>>(), false, Unit::Factor);
    let columns = ["1", "2", "4"].map(str::to_owned).to_vec();
    let (across, up) = ("Threads".to_owned(), "Times as fast as one".to_owned());
    Plot { width, across, columns, up, scale, curves }
}

fn curve(label: &str, look: Look, points: &[f64]) -> Curve {
    let points = points.iter().copied().map(Some).collect();
    Curve { label: label.to_owned(), look, points, measured: Vec::new() }
}

/// Two curves: the first was measured at two columns, the second has a gap.
fn two(width: f32) -> Plot {
    let mut first = curve("3.11", Look::Simulated(0), &[1.0, 0.98, 0.97]);
    first.measured = vec![vec![], vec![0.97], vec![0.94, 0.97]];
    let mut second = curve("3.14t", Look::Simulated(1), &[1.0, 1.9, 3.7]);
    second.points[1] = None;
    plot(width, vec![first, second])
}

fn at(curve: usize, column: usize) -> Spot {
    Spot { curve, column }
}

#[test]
fn a_point_is_read_with_what_was_measured_there() {
    let plot = two(600.0);
    let read = |spot| plot.reading(spot).unwrap_or_default();
    assert_eq!(read(at(0, 2)), "3.11 at 4 (threads): 0.97; measured 0.94 to 0.97");
    assert_eq!(read(at(0, 1)), "3.11 at 2 (threads): 0.98; measured 0.97");
    assert_eq!(read(at(1, 0)), "3.14t at 1 (threads): 1");
    assert_eq!(plot.reading(at(1, 1)), None);
}

#[test]
fn the_table_has_a_row_for_each_column() {
    let table = two(600.0).table();
    assert_eq!(table.columns, ["Threads", "3.11", "3.11, measured", "3.14t"]);
    assert_eq!(table.rows[0], ["1", "1", "not measured", "1"]);
    assert_eq!(table.rows[1], ["2", "0.98", "0.97", "none"]);
}

#[test]
fn the_keyboard_goes_along_curves_and_between_them() {
    let plot = two(600.0);
    assert_eq!(plot.neighbour(at(0, 0), Way::Right), Some(at(0, 1)));
    assert_eq!(plot.neighbour(at(0, 2), Way::Down), Some(at(1, 2)));
    assert_eq!(plot.neighbour(at(1, 2), Way::Up), Some(at(0, 2)));
    for (from, way) in [
        (at(0, 0), Way::Left),
        (at(0, 0), Way::Up),
        (at(0, 1), Way::Down),
        (at(1, 0), Way::Right),
        (at(0, 2), Way::Right),
    ] {
        assert_eq!(plot.neighbour(from, way), None, "{from:?} {way:?}");
    }
}

#[test]
fn a_gap_in_a_curve_is_a_gap_in_its_line() {
    let lines = |plot: &Plot, ink: Ink| {
        let shapes = plot.layout(None).shapes.into_iter();
        shapes
            .filter_map(|shape| match shape {
                Shape::Path { points, fill: None, stroke: Some(stroke) } if stroke.ink == ink => {
                    Some(points.len())
                }
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let plot = two(600.0);
    assert_eq!(lines(&plot, Ink::Series(0)), [3]);
    assert!(lines(&plot, Ink::Series(1)).is_empty(), "single points have no line");
}

#[test]
fn every_measured_value_has_a_ring_and_the_point_looked_at_a_halo() {
    let plot = two(600.0);
    let rings = |here: Option<Spot>| {
        let shapes = plot.layout(here).shapes;
        let ring = |shape: &&Shape| matches!(shape, Shape::Circle { r, .. } if *r == 5.5);
        let halo = |shape: &&Shape| matches!(shape, Shape::Circle { r, .. } if *r == 8.0);
        (shapes.iter().filter(ring).count(), shapes.iter().filter(halo).count())
    };
    assert_eq!(rings(None), (3, 0));
    assert_eq!(rings(Some(at(0, 1))), (3, 1));
    // There is no such point.
    assert_eq!(rings(Some(at(1, 1))), (3, 0));
}

#[test]
fn a_place_means_the_value_that_is_drawn_there() {
    for width in [320.0, 640.0] {
        let knobs = curve("You", Look::Drawn { set: true }, &[0.5, 2.0, 3.5]);
        let plot = plot(width, vec![knobs]);
        for spot in plot.spots() {
            let (x, y) = plot.place(spot).unwrap_or_default();
            let (column, value) = plot.drawn_at(x + 3.0, y);
            assert_eq!(column, spot.column);
            let (_, drawn) = plot.value(spot).unwrap_or_else(|| panic!("{spot:?}"));
            assert!((value - drawn).abs() < 0.011 * drawn, "{value} {drawn}");
        }
        // Beyond the axis is its end.
        assert_eq!(plot.drawn_at(0.0, -50.0), (0, plot.scale.high));
        assert_eq!(plot.drawn_at(9_000.0, 900.0), (2, plot.scale.low));
    }
}

#[test]
fn knobs_say_their_values_and_are_filled_once_moved() {
    let knob = |set: bool| {
        let plot = plot(400.0, vec![curve("You", Look::Drawn { set }, &[1.0, 1.0, 2.5])]);
        let shapes = plot.layout(None).shapes;
        let said =
            |shape: &&Shape| matches!(shape, Shape::Text { text, bold: true, .. } if text == "2.5");
        assert_eq!(shapes.iter().filter(said).count(), 1);
        let filled = |shape: &&Shape| matches!(shape, Shape::Circle { fill: Some(fill), .. } if fill.ink() == Ink::Accent);
        shapes.iter().filter(filled).count()
    };
    assert_eq!((knob(false), knob(true)), (0, 3));
}

#[test]
fn names_of_curves_do_not_overlap_and_nothing_leaves_the_picture() {
    for width in [300.0, 390.0, 700.0] {
        let long = "what a much longer name says of it";
        let same = |label: &str, slot| curve(label, Look::Simulated(slot), &[1.0, 1.0, 1.0]);
        let plot = plot(width, vec![same("3.11", 0), same(long, 1), same("3.12", 2)]);
        let mut names: Vec<f32> = Vec::new();
        for shape in plot.layout(Some(at(0, 0))).shapes {
            let Shape::Text { x, y, text, size, anchor, ink, bold, .. } = &shape else { continue };
            let w = crate::text::room(text, *size);
            let left = match anchor {
                Anchor::Start => *x,
                Anchor::Middle => x - w / 2.0,
                Anchor::End => x - w,
            };
            assert!(left >= -0.5 && left + w <= width + 0.5, "{width}: {shape:?}");
            assert!(*y > 0.0 && *y < HEIGHT, "{shape:?}");
            if *bold && matches!(ink, Ink::Series(_)) {
                names.push(*y);
            }
        }
        assert!(names.len() >= 3, "{names:?}");
        names.sort_by(f32::total_cmp);
        assert!(names.windows(2).all(|pair| pair[1] - pair[0] >= 13.0), "{names:?}");
    }
}

#[test]
fn an_empty_plot_is_a_picture_all_the_same() {
    for width in [0.0, 1.0, 500.0] {
        let none = plot(width, Vec::new());
        assert!(none.spots().is_empty() && !none.layout(Some(at(0, 0))).shapes.is_empty());
        let bare = Plot { columns: Vec::new(), ..two(width) };
        assert!(bare.spots().is_empty());
        bare.layout(None);
        assert_eq!(bare.drawn_at(10.0, 10.0).0, 0);
    }
}
