//! Lanes, level of detail, hit test and sums of a selection.

mod support;

use gil_sim::{CoreSpan, EventKind, InterpreterId, Nanos, State, ThreadId, Trace};
use gil_view::axis::TimeScale;
use gil_view::display::{Fill, Ink, List, Shape};
use gil_view::timeline::{Entries, Hit, Lane, Occupant, Row, Timeline, View, legend, legend_words};
use support::{Builder, count, first, mixed, one_thread, us};

const WIDTHS: [f32; 3] = [320.0, 390.0, 1100.0];

fn zoomed(trace: &Trace, width: f32, factor: f64) -> View {
    let mut view = View::new(trace, width);
    let scale = Timeline::new(trace).scale(trace, &view);
    view.scale = scale.zoom(scale.left() + scale.width() * 0.4, factor);
    view
}

fn row_of(timeline: &Timeline, trace: &Trace, view: &View, lane: Lane) -> Row {
    timeline.rows(trace, view).into_iter().find(|row| row.lane == lane).expect("a row")
}

fn fill(shape: &Shape) -> Option<Ink> {
    match shape {
        Shape::Rect { fill, .. } | Shape::Path { fill, .. } => fill.map(Fill::ink),
        _ => None,
    }
}

/// What a filled shape covers, in square pixels.
fn area(shape: &Shape) -> f64 {
    match shape {
        Shape::Rect { w, h, .. } => f64::from(*w) * f64::from(*h),
        Shape::Path { points, .. } => {
            let next = points.iter().cycle().skip(1);
            let cross = |((x0, y0), (x1, y1)): (&(f32, f32), &(f32, f32))| {
                f64::from(*x0) * f64::from(*y1) - f64::from(*x1) * f64::from(*y0)
            };
            points.iter().zip(next).map(cross).sum::<f64>().abs() / 2.0
        }
        _ => 0.0,
    }
}

/// The part of a lane's full height times width that a state covers.
fn covered(list: &List, row: &Row, width: f32, state: State) -> f64 {
    let all = f64::from(row.bar_height) * f64::from(width);
    let of_state = list.shapes.iter().filter(|shape| fill(shape) == Some(Ink::State(state)));
    of_state.map(area).sum::<f64>() / all
}

fn repeated(pattern: &[(State, u64)], times: usize) -> Trace {
    one_thread(&pattern.repeat(times))
}

type Pattern = &'static [(State, u64)];
type Expected = &'static [(State, f64)];

#[test]
fn columns_show_the_shares_of_what_is_too_short_to_be_drawn() {
    let cases: [(Pattern, Expected); 4] = [
        (
            &[(State::HasGil, 100), (State::WaitingGil, 200)],
            &[(State::HasGil, 1.0 / 3.0), (State::WaitingGil, 1.0 / 3.0)],
        ),
        (
            &[(State::HasGil, 700), (State::Native, 300)],
            &[(State::HasGil, 0.7), (State::Native, 0.3)],
        ),
        (
            &[(State::Native, 50), (State::NotStarted, 150)],
            &[(State::Native, 0.25), (State::HasGil, 0.0)],
        ),
        (&[(State::Ready, 50), (State::HasGil, 50)], &[(State::Ready, 0.25), (State::HasGil, 0.5)]),
    ];
    for (pattern, expected) in cases {
        let trace = repeated(pattern, 50_000);
        let timeline = Timeline::new(&trace);
        for width in WIDTHS {
            let view = View::new(&trace, width);
            let row = row_of(&timeline, &trace, &view, Lane::Thread(ThreadId(0)));
            let (list, plot) =
                (timeline.base(&trace, &view), timeline.scale(&trace, &view).width());
            for (state, share) in expected {
                let seen = covered(&list, &row, plot, *state);
                assert!((seen - share).abs() < 0.02, "{pattern:?} {state:?}: {seen} at {width}");
            }
        }
    }
}

#[test]
fn a_state_covers_the_same_area_at_every_zoom() {
    let trace = repeated(&[(State::HasGil, 4_000), (State::WaitingGil, 6_000)], 3_000);
    let timeline = Timeline::new(&trace);
    for factor in [1.0, 3.0, 8.0, 14.0, 30.0, 70.0, 300.0] {
        let view = zoomed(&trace, 1100.0, factor);
        let scale = timeline.scale(&trace, &view);
        let row = row_of(&timeline, &trace, &view, Lane::Thread(ThreadId(0)));
        let list = timeline.base(&trace, &view);
        let times = timeline.range(&trace, scale.from(), scale.to());
        for (state, height) in [(State::HasGil, 1.0), (State::WaitingGil, 0.5)] {
            let share = times.threads[0].time(state).as_secs_f64() / times.length().as_secs_f64();
            let seen = covered_within(&list, &row, &scale, state);
            assert!((seen - share * height).abs() < 0.02, "{state:?} at {factor}: {seen}, {share}");
        }
    }
}

/// As `covered`, without what is cut off at the edges of the plot.
fn covered_within(list: &List, row: &Row, scale: &TimeScale, state: State) -> f64 {
    for shape in &list.shapes {
        if let Shape::Rect { x, w, .. } = shape
            && fill(shape) == Some(Ink::State(state))
        {
            assert!(*x >= scale.left() - 0.01 && x + w <= scale.right() + 0.01, "{shape:?}");
        }
    }
    covered(list, row, scale.width(), state)
}

#[test]
fn nothing_is_too_short_to_be_seen() {
    let trace = one_thread(&[
        (State::BlockedIo, 500_000_000),
        (State::HasGil, 1),
        (State::BlockedIo, 500_000_000),
    ]);
    let timeline = Timeline::new(&trace);
    let list = timeline.base(&trace, &View::new(&trace, 390.0));
    let seen: f64 = list
        .shapes
        .iter()
        .filter(|shape| fill(shape) == Some(Ink::State(State::HasGil)))
        .map(area)
        .sum();
    assert!(seen >= 0.5, "{seen}");
}

#[test]
fn shapes_are_bounded_by_lanes_and_pixels() {
    let trace = mixed(6, 6, Nanos::from_secs(40), 11);
    let timeline = Timeline::new(&trace);
    for width in WIDTHS {
        for factor in [1.0, 2.0, 9.0, 80.0, 1e3, 1e6] {
            let view = zoomed(&trace, width, factor);
            let list = timeline.layout(&trace, &view);
            let lanes = timeline.rows(&trace, &view).len();
            let bound = lanes * width as usize + 200;
            assert!(list.shapes.len() < bound, "{} at {factor}", list.shapes.len());
            let points: usize = list
                .shapes
                .iter()
                .map(|shape| if let Shape::Path { points, .. } = shape { points.len() } else { 0 })
                .sum();
            // A stair has two points for each edge of a column; states share the width.
            assert!(points < lanes * width as usize * 4 * State::ALL.len(), "{points}");
        }
    }
}

#[test]
fn pictures_are_finite_and_their_clips_balanced() {
    let mut odd = mixed(2, 1, us(30_000), 5);
    odd.cores.clear();
    odd.gils.clear();
    let traces = [
        mixed(3, 2, us(50_000), 1),
        odd,
        Builder::new(Nanos::ZERO).build(0),
        Builder::new(Nanos(1)).build(1),
        one_thread(&[(State::HasGil, 1)]),
    ];
    for trace in &traces {
        let timeline = Timeline::new(trace);
        for width in [0.0, 40.0, 390.0, 1100.0] {
            for factor in [1.0, 50.0, 1e9] {
                let mut view = zoomed(trace, width, factor);
                view.hover = Some((width * 0.6, 90.0));
                view.selection = Some((trace.end, Nanos::ZERO));
                view.event = Some(gil_sim::EventId(0));
                check_picture(&timeline.layout(trace, &view));
            }
        }
    }
}

fn check_picture(list: &List) {
    let mut open = 0;
    for shape in &list.shapes {
        match shape {
            Shape::Clip { .. } => open += 1,
            Shape::EndClip => open -= 1,
            Shape::Rect { x, y, w, h, .. } => {
                assert!([x, y, w, h].iter().all(|n| n.is_finite()), "{shape:?}");
                assert!(*w >= 0.0 && *h >= 0.0, "{shape:?}");
            }
            Shape::Path { points, .. } => {
                assert!(points.iter().all(|(x, y)| x.is_finite() && y.is_finite()));
            }
            Shape::Circle { x, y, .. } | Shape::Text { x, y, .. } => {
                assert!(x.is_finite() && y.is_finite());
            }
            Shape::Arc { .. } => {}
        }
        assert!(open >= 0);
    }
    assert_eq!(open, 0);
}

#[test]
fn rows_follow_each_other_and_fill_the_height() {
    let trace = mixed(3, 2, us(50_000), 1);
    let timeline = Timeline::new(&trace);
    for width in WIDTHS {
        let mut view = View::new(&trace, width);
        let rows = timeline.rows(&trace, &view);
        assert_eq!(rows[0].lane, Lane::Gil(InterpreterId::MAIN));
        assert_eq!(rows.len(), 1 + 5 + 4);
        assert!(rows[0].y >= timeline.axis_height(&view));
        for pair in rows.windows(2) {
            assert!(pair[0].y + pair[0].height <= pair[1].y);
        }
        for row in &rows {
            assert!(row.y <= row.bar_y && row.base() <= row.y + row.height, "{row:?}");
            assert_eq!(timeline.lane_at(&trace, row.y + 1.0, &view), Some(row.lane));
        }
        let height = timeline.height(&trace, &view);
        assert_eq!(timeline.layout(&trace, &view).height, height);
        assert!(rows.last().is_some_and(|row| row.y + row.height <= height));
        view.cores = false;
        assert_eq!(timeline.rows(&trace, &view).len(), 1 + 5);
        assert!(timeline.height(&trace, &view) < height);
    }
}

#[test]
fn threads_are_big_enough_for_a_finger_on_a_phone() {
    let trace = mixed(4, 4, us(10_000), 1);
    let rows = Timeline::new(&trace).rows(&trace, &View::new(&trace, 390.0));
    let threads = rows.iter().filter(|row| matches!(row.lane, Lane::Thread(_)));
    assert!(threads.clone().count() == 8 && threads.into_iter().all(|row| row.height >= 44.0));
}

#[test]
fn a_run_without_a_gil_has_no_lane_for_it() {
    let mut trace = one_thread(&[(State::Native, 1_000_000)]);
    trace.gils.clear();
    let rows = Timeline::new(&trace).rows(&trace, &View::new(&trace, 1100.0));
    assert!(rows.iter().all(|row| !matches!(row.lane, Lane::Gil(_))));
}

#[test]
fn long_names_are_cut_and_the_plot_keeps_its_room() {
    let mut builder = Builder::new(us(1_000));
    builder.thread("a thread with quite a long name, as people give them", 0);
    let trace = builder.build(1);
    let timeline = Timeline::new(&trace);
    for width in WIDTHS {
        let view = View::new(&trace, width);
        assert!(timeline.scale(&trace, &view).width() > width * 0.6);
        let names = timeline.base(&trace, &view).shapes.into_iter().filter_map(|shape| {
            if let Shape::Text { text, .. } = shape { Some(text) } else { None }
        });
        assert!(names.clone().any(|name| name.starts_with("a th") && name.ends_with('…')));
    }
}

#[test]
fn hit_finds_every_span_that_is_drawn() {
    let trace = mixed(3, 2, us(400_000), 7);
    let timeline = Timeline::new(&trace);
    for factor in [1.0, 10.0, 400.0] {
        let view = zoomed(&trace, 1100.0, factor);
        let scale = timeline.scale(&trace, &view);
        for row in timeline.rows(&trace, &view) {
            let spans: Vec<_> = match row.lane {
                Lane::Gil(gil) => trace.gils[gil.index()].spans.iter().map(of_thread).collect(),
                Lane::Core(core) => trace.cores[core.index()].iter().map(of_thread).collect(),
                Lane::Thread(thread) => trace.threads[thread.index()]
                    .spans
                    .iter()
                    .map(|s| (s.start, s.end, Occupant::State(s.state)))
                    .collect(),
            };
            for (start, end, occupant) in spans {
                let x = (scale.x_of(start) + scale.x_of(end)) / 2.0;
                let inside = (scale.left()..scale.right()).contains(&x);
                if scale.pixels(end - start) > 4.0 && inside {
                    let hit = timeline.hit(&trace, x, row.bar_y + 1.0, &view).expect("a hit");
                    let found = (hit.lane, hit.start, hit.end, hit.occupant);
                    assert_eq!(found, (row.lane, start, end, occupant));
                    assert_eq!(hit.column, None);
                }
            }
        }
    }
}

fn of_thread(span: &CoreSpan) -> (Nanos, Nanos, Occupant) {
    (span.start, span.end, Occupant::Thread(span.thread))
}

#[test]
fn hit_gives_the_shares_of_a_column() {
    let trace = mixed(8, 6, Nanos::from_secs(20), 3);
    let timeline = Timeline::new(&trace);
    let view = View::new(&trace, 390.0);
    for row in timeline.rows(&trace, &view) {
        for x in [100.3, 200.0, 300.9, 380.0] {
            let hit = timeline.hit(&trace, x, row.y + 2.0, &view).expect("a hit");
            let Some(column) = &hit.column else { continue };
            let sum: Nanos = column.shares.iter().map(|(_, time)| *time).sum();
            assert_eq!(sum, column.to - column.from);
            assert!(column.from <= hit.at && hit.at <= column.to);
            assert!(column.shares.is_sorted_by(|a, b| a.1 >= b.1));
            check_shares(&trace, &hit);
        }
    }
}

fn check_shares(trace: &Trace, hit: &Hit) {
    let (Lane::Thread(thread), Some(column)) = (hit.lane, &hit.column) else { return };
    for (occupant, time) in &column.shares {
        let Occupant::State(state) = occupant else { panic!("{occupant:?} in a thread's lane") };
        assert_eq!(*time, time_by_hand(trace, thread, *state, column.from, column.to));
    }
}

fn time_by_hand(trace: &Trace, thread: ThreadId, state: State, from: Nanos, to: Nanos) -> Nanos {
    let spans = trace.threads[thread.index()].spans.iter().filter(|span| span.state == state);
    spans.map(|span| span.end.min(to) - span.start.max(from)).sum()
}

#[test]
fn hit_finds_the_event_near_the_pointer_and_nothing_beside_the_plot() {
    let trace = mixed(3, 2, us(400_000), 7);
    let timeline = Timeline::new(&trace);
    let id = first(&trace, |kind| matches!(kind, EventKind::Missed { .. })).expect("a miss");
    let missed = trace.events[id.index()];
    let mut view = View::new(&trace, 1100.0);
    view.scale = view.scale.window(missed.at - us(500), missed.at + us(700));
    let scale = timeline.scale(&trace, &view);
    let row = row_of(&timeline, &trace, &view, Lane::Thread(missed.thread));
    let hit = |dx| timeline.hit(&trace, scale.x_of(missed.at) + dx, row.bar_y, &view);
    assert_eq!(hit(0.0).and_then(|hit| hit.event), Some(id));
    assert_eq!(hit(4.0).and_then(|hit| hit.event), Some(id));
    assert_ne!(hit(60.0).and_then(|hit| hit.event), Some(id));
    assert_eq!(timeline.hit(&trace, 3.0, row.bar_y, &view), None);
    assert_eq!(timeline.hit(&trace, 500.0, 3.0, &view), None);
    assert_eq!(timeline.hit(&trace, f32::NAN, row.bar_y, &view), None);
}

#[test]
fn range_adds_up_what_lies_in_it() {
    let trace = mixed(4, 3, us(900_000), 21);
    let timeline = Timeline::new(&trace);
    let ranges = [(0, 900_000), (0, 0), (123_456, 123_999), (300_000, 600_001), (700_000, 200_000)];
    for (a, b) in ranges {
        let stats = timeline.range(&trace, us(a), us(b));
        let (from, to) = (us(a.min(b)), us(a.max(b)));
        let within = |at: Nanos| from <= at && at < to;
        assert_eq!((stats.from, stats.to), (from, to));
        for (i, thread) in stats.threads.iter().enumerate() {
            let id = ThreadId(i as u16);
            for state in State::ALL {
                assert_eq!(thread.time(state), time_by_hand(&trace, id, state, from, to));
            }
            let whole: Nanos = State::ALL.iter().map(|state| thread.time(*state)).sum();
            assert_eq!(whole, stats.length());
            assert_eq!(thread.gil, thread.time(State::HasGil));
        }
        let events = |which: fn(&EventKind) -> bool| {
            trace.events.iter().filter(|e| within(e.at) && which(&e.kind)).count()
        };
        assert_eq!(stats.missed, events(|kind| matches!(kind, EventKind::Missed { .. })));
        assert_eq!(
            stats.handoffs,
            events(|kind| matches!(kind, EventKind::Takes { switched: true, .. }))
        );
    }
}

#[test]
fn playhead_and_pointer_leave_the_base_as_it_is() {
    let trace = mixed(3, 2, us(100_000), 7);
    let timeline = Timeline::new(&trace);
    let mut view = View::new(&trace, 1100.0);
    let (base, still) = (timeline.base(&trace, &view), timeline.overlay(&trace, &view));
    view.playhead = us(50_000);
    view.hover = Some((400.0, 100.0));
    view.selection = Some((us(10_000), us(20_000)));
    assert_eq!(timeline.base(&trace, &view), base);
    assert_ne!(timeline.overlay(&trace, &view), still);
    let accents = |list: &List| list.shapes.iter().filter(|s| fill(s) == Some(Ink::Accent)).count();
    assert_eq!(accents(&base), 0);
}

#[test]
fn a_playhead_outside_the_window_is_not_drawn() {
    let trace = mixed(3, 2, us(100_000), 7);
    let timeline = Timeline::new(&trace);
    let mut view = View::new(&trace, 1100.0);
    view.scale = view.scale.window(us(40_000), us(60_000));
    let labels = |view: &View| {
        let shapes = timeline.overlay(&trace, view).shapes;
        shapes.iter().filter(|shape| matches!(shape, Shape::Text { .. })).count()
    };
    view.playhead = us(50_000);
    assert_eq!(labels(&view), 1);
    view.playhead = us(90_000);
    assert_eq!(labels(&view), 0);
}

#[test]
fn marks_are_drawn_in_full_only_where_they_have_room() {
    let trace = mixed(3, 6, Nanos::from_secs(30), 9);
    assert!(count(&trace, |kind| matches!(kind, EventKind::IoCompletes)) > 2_000);
    let timeline = Timeline::new(&trace);
    let dots = |factor| {
        let shapes = timeline.base(&trace, &zoomed(&trace, 1100.0, factor)).shapes;
        shapes.iter().filter(|shape| matches!(shape, Shape::Circle { .. })).count()
    };
    assert_eq!(dots(1.0), 0);
    assert!(dots(300.0) > 0);
}

#[test]
fn the_key_of_a_page_has_what_is_usual_too_that_of_a_picture_has_not() {
    let trace = one_thread(&[(State::HasGil, 1_000), (State::BlockedIo, 1_000)]);
    let picture = legend_words(&[&trace], Entries::Occurring);
    let page = legend_words(&[&trace], Entries::Usual);
    for state in [State::HasGil, State::BlockedIo] {
        assert!(picture.contains(state.name()) && page.contains(state.name()), "{state:?}");
    }
    for state in [State::Native, State::WaitingLock] {
        assert!(!picture.contains(state.name()) && page.contains(state.name()), "{state:?}");
    }
}

#[test]
fn the_key_wraps_and_names_every_state_that_is_drawn() {
    // A run that has them all.
    let drawn = State::ALL.iter().filter(|s| !matches!(s, State::NotStarted | State::Finished));
    let trace = one_thread(&drawn.map(|state| (*state, 1_000)).collect::<Vec<_>>());
    for width in WIDTHS {
        let list = legend(&[&trace], Entries::Occurring, width);
        let mut names = Vec::new();
        for shape in &list.shapes {
            if let Shape::Text { x, y, text, .. } = shape {
                assert!(*x < width && *y < list.height);
                names.push(text.as_str());
            }
        }
        let drawn = State::ALL.iter().filter(|s| !matches!(s, State::NotStarted | State::Finished));
        for state in drawn {
            assert!(names.contains(&state.name()), "{state:?}");
        }
    }
}

#[test]
fn an_axis_that_goes_on_says_where_the_run_ended() {
    let trace = mixed(2, 2, us(10_000), 7);
    let timeline = Timeline::new(&trace);
    let says_so = |view: &View| {
        let ended = |shape: &Shape| matches!(shape, Shape::Text { text, .. } if text.starts_with("ended at"));
        timeline.base(&trace, view).shapes.iter().any(ended)
    };
    for width in WIDTHS {
        let alone = View::new(&trace, width);
        assert!(!says_so(&alone));
        let mut view = View { scale: TimeScale::new(trace.end * 3), ..alone };
        assert!(says_so(&view));
        let list = timeline.layout(&trace, &view);
        check_picture(&list);
        let (row, scale) = (
            row_of(&timeline, &trace, &view, Lane::Gil(InterpreterId::MAIN)),
            timeline.scale(&trace, &view),
        );
        let hit = |at: Nanos| timeline.hit(&trace, scale.x_of(at), row.bar_y + 1.0, &view);
        assert!(hit(trace.end / 2).is_some());
        assert!(hit(trace.end * 2).is_none());
        // Zoomed in to what lies behind the end, there is nothing but that.
        view.scale = view.scale.window(trace.end + us(100), trace.end * 2);
        assert!(says_so(&view));
        check_picture(&timeline.layout(&trace, &view));
    }
}

#[test]
fn a_time_pointed_at_elsewhere_is_a_line_here() {
    let trace = one_thread(&[(State::HasGil, 500), (State::BlockedIo, 500)]);
    let timeline = Timeline::new(&trace);
    let view = View::new(&trace, 800.0);
    let pointed = View { pointed: Some(us(250)), ..view.clone() };
    let x = timeline.scale(&trace, &view).x_of(us(250));
    let dashed = |view: &View| {
        let shapes = timeline.overlay(&trace, view).shapes;
        let at = |shape: &Shape| match shape {
            Shape::Path { points, stroke: Some(stroke), .. } if stroke.dashed => Some(points[0].0),
            _ => None,
        };
        shapes.iter().find_map(at)
    };
    assert_eq!(dashed(&view), None);
    assert_eq!(dashed(&pointed), Some(x));
}
