//! Timeline and stage of real runs.

use gil_notation::{PRESETS, parse_scenario};
use gil_sim::{InterpreterId, Nanos, Scenario, State, ThreadId, Trace, run, stats::Stats};
use gil_view::stage::Stage;
use gil_view::timeline::{Lane, Occupant, Timeline, View};

fn of(notation: &str) -> (Scenario, Trace) {
    let scenario = parse_scenario(notation).expect("valid");
    let trace = run(&scenario);
    (scenario, trace)
}

const CROWD: &str = "v1/cores=2/io:8:py-50us+io-300us:for-300ms/hog:py-1ms:for-20ms";

/// Windows at several zooms: all of it, a tenth, a thousandth, a millionth.
fn views(trace: &Trace, width: f32) -> Vec<View> {
    let whole = View::new(trace, width);
    let zoomed = |part: u64| {
        let from = trace.end / 3;
        View { scale: whole.scale.window(from, from + trace.end / part), ..whole.clone() }
    };
    vec![whole.clone(), zoomed(10), zoomed(1_000), zoomed(1_000_000)]
}

#[test]
fn a_picture_has_no_more_shapes_than_lanes_and_pixels_ask_for() {
    let (_, trace) = of(CROWD);
    assert!(trace.events.len() > 5_000, "the run is busy: {}", trace.events.len());
    let timeline = Timeline::new(&trace);
    for width in [390.0, 1_100.0] {
        for view in views(&trace, width) {
            let lanes = timeline.rows(&trace, &view).len();
            let shapes = timeline.base(&trace, &view).shapes.len();
            assert!(shapes < lanes * width as usize * 4, "{shapes} shapes, {lanes} lanes");
        }
    }
}

#[test]
fn the_thing_under_a_point_is_what_the_trace_says() {
    let (_, trace) = of(CROWD);
    let timeline = Timeline::new(&trace);
    for view in views(&trace, 1_100.0) {
        let scale = timeline.scale(&trace, &view);
        for row in timeline.rows(&trace, &view) {
            let Lane::Thread(thread) = row.lane else { continue };
            for step in 0..50 {
                let x = scale.left() + scale.width() * step as f32 / 50.0;
                let hit = timeline.hit(&trace, x, row.y + row.height / 2.0, &view).expect("a lane");
                assert_eq!(hit.occupant, Occupant::State(trace.state_at(thread, hit.at)));
                if let Some(column) = hit.column {
                    let sum: Nanos = column.shares.iter().map(|(_, time)| *time).sum();
                    assert_eq!(sum, column.to - column.from, "shares fill their column");
                }
            }
        }
    }
}

#[test]
fn a_selection_of_everything_has_the_figures_of_the_run() {
    for preset in PRESETS {
        let scenario = preset.scenario();
        let trace = run(&scenario);
        let stats = Stats::of(&scenario, &trace);
        let range = Timeline::new(&trace).range(&trace, Nanos::ZERO, trace.end);
        for (selected, whole) in range.threads.iter().zip(&stats.threads) {
            for state in State::ALL {
                assert_eq!(selected.time(state), whole.time(state), "{}: {state:?}", preset.key);
            }
            assert_eq!(selected.gil, whole.gil_held);
        }
    }
}

#[test]
fn on_the_stage_the_key_is_with_the_holder_and_everybody_is_inside() {
    for preset in PRESETS {
        let scenario = preset.scenario();
        let trace = run(&scenario);
        let stage = Stage::new(&scenario, &trace);
        for (width, height) in [(760.0, 264.0), (360.0, 430.0)] {
            for step in 0..=100 {
                let at = trace.end * step / 100;
                let scene = stage.scene(&trace, at, width, height);
                assert_eq!(scene.holder, trace.holder_at(InterpreterId::MAIN, at));
                for (n, actor) in scene.actors.iter().enumerate() {
                    assert_eq!(actor.state, trace.state_at(ThreadId(n as u16), at));
                    let (x, y) = actor.at;
                    assert!(x > 0.0 && x < width && y > 0.0 && y < height, "{actor:?}");
                }
                let places = scene.places();
                if let Some(holder) = scene.holder {
                    let (x, y) = places[holder.index()];
                    assert_eq!(scene.hit(x, y, &places), Some(holder));
                    assert!((scene.key.0 - x).abs() < 40.0 && (scene.key.1 - y).abs() < 40.0);
                }
            }
        }
    }
}

#[test]
fn the_stage_holds_the_largest_scenario() {
    let (scenario, trace) = of("v1/cores=64/many:256:py-10us+io-100us:x2");
    let stage = Stage::new(&scenario, &trace);
    for (width, height) in [(760.0, 340.0), (340.0, 520.0)] {
        for step in 0..20 {
            let scene = stage.scene(&trace, trace.end * step / 20, width, height);
            for actor in &scene.actors {
                assert!(actor.at.0 > 0.0 && actor.at.0 < width, "{actor:?}");
                assert!(actor.at.1 > 0.0 && actor.at.1 < height, "{actor:?}");
            }
        }
    }
}
