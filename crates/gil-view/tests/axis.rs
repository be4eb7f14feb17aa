//! The axis of time: windows, pixels, ticks.

use gil_sim::Nanos;
use gil_view::axis::{MIN_WINDOW, TimeFormat, TimeScale, Unit, ticks};

const SECOND: Nanos = Nanos::from_secs(1);

fn scale(from: u64, to: u64, end: u64, width: f32) -> TimeScale {
    TimeScale::new(Nanos(end)).window(Nanos(from), Nanos(to)).placed(100.0, width)
}

#[test]
fn pixels_and_times_are_each_others_inverse() {
    let scale = scale(5_144_047_000, 5_144_057_000, 10_000_000_000, 1000.0);
    for at in (5_144_047_000..=5_144_057_000).step_by(997) {
        let back = scale.time_at(scale.x_of(Nanos(at)));
        assert!(back.0.abs_diff(at) <= 1, "{at} came back as {back:?}");
    }
    assert_eq!(scale.time_at(-1e9), scale.from());
    assert_eq!(scale.time_at(1e9), scale.to());
}

#[test]
fn zoom_keeps_the_time_under_the_pointer() {
    for factor in [0.3, 0.9, 1.1, 2.0, 17.0] {
        for x in [100.0, 321.5, 600.0, 1100.0] {
            let before = scale(4_000_000_000, 5_000_000_000, 60_000_000_000, 1000.0);
            let after = before.zoom(x, factor);
            let moved = after.x_of(before.time_at(x)) - x;
            assert!(moved.abs() < 0.01, "factor {factor}, x {x}: moved by {moved}");
            assert_eq!(after.span().0, (1e9 / factor).round() as u64);
        }
    }
}

#[test]
fn zoom_in_and_out_again_does_not_wander() {
    let start = scale(4_000_000_000, 5_000_000_000, 60_000_000_000, 1000.0);
    let mut now = start;
    for _ in 0..100 {
        now = now.zoom(437.0, 8.0).zoom(437.0, 0.125);
    }
    assert!(now.from().0.abs_diff(start.from().0) < 1_000, "{now:?}");
    assert_eq!(now.span(), start.span());
}

#[test]
fn windows_stay_within_the_run_and_above_the_minimum() {
    let end = 3_000_000;
    let start = scale(1_000_000, 2_000_000, end, 1000.0);
    let cases = [
        start.zoom(600.0, 1e12),
        start.zoom(600.0, 1e-12),
        start.zoom(100.0, 1e-3),
        start.pan(1e9),
        start.pan(-1e9),
        start.window(Nanos(end - 1), Nanos(end + 10)),
        start.window(Nanos(7), Nanos(7)),
        start.reveal(Nanos(end)),
        start.reveal(Nanos::ZERO),
    ];
    for scale in cases {
        assert!(scale.to() <= Nanos(end), "{scale:?}");
        assert!(scale.span() >= MIN_WINDOW, "{scale:?}");
        assert_eq!(scale.span(), scale.to() - scale.from());
    }
    for odd in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(start.zoom(600.0, odd), start);
    }
}

#[test]
fn a_run_shorter_than_the_minimum_window_is_shown_whole() {
    let scale = TimeScale::new(Nanos(300)).zoom(10.0, 4.0);
    assert_eq!((scale.from(), scale.to()), (Nanos::ZERO, Nanos(300)));
    assert_eq!(TimeScale::new(Nanos::ZERO).to(), Nanos(1));
}

#[test]
fn pan_follows_the_finger() {
    let before = scale(1_000_000, 2_000_000, 3_000_000, 1000.0);
    let after = before.pan(250.0);
    assert_eq!(after.from(), Nanos(750_000));
    assert!((after.x_of(Nanos(1_500_000)) - before.x_of(Nanos(1_500_000)) - 250.0).abs() < 0.01);
}

#[test]
fn reveal_moves_only_when_it_must() {
    let scale = scale(1_000_000, 2_000_000, 9_000_000, 1000.0);
    assert_eq!(scale.reveal(Nanos(1_999_999)), scale);
    assert_eq!(scale.reveal(Nanos(2_000_000)).from(), Nanos(1_800_000));
}

#[test]
fn formats_choose_one_unit_for_the_axis() {
    let cases = [
        (200_000_000, SECOND * 2, 400_000_000, "0.4 s"),
        (50_000_000, SECOND, 950_000_000, "0.95 s"),
        (5_000_000, SECOND / 10, 15_000_000, "15 ms"),
        (200_000, Nanos::from_millis(120), 119_800_000, "119.8 ms"),
        (1_000, SECOND * 6, 5_144_003_000, "5144.003 ms"),
        (100, SECOND * 6, 5_144_003_100, "5\u{202f}144\u{202f}003.1 us"),
        (1, Nanos(900), 7, "7 ns"),
    ];
    for (step, largest, at, text) in cases {
        assert_eq!(TimeFormat::for_step(Nanos(step), largest).write(Nanos(at)), text);
    }
}

#[test]
fn a_finer_format_rounds_half_up_and_stops_at_nanoseconds() {
    let format = TimeFormat { unit: Unit::Ms, decimals: 1 };
    assert_eq!(format.write(Nanos(1_250_000)), "1.3 ms");
    assert_eq!(format.write(Nanos(1_249_999)), "1.2 ms");
    assert_eq!(format.finer().write(Nanos(1_250_000)), "1.25 ms");
    let finest = (0..20).fold(format, |format, _| format.finer());
    assert_eq!(finest.write(Nanos(1_250_001)), "1.250001 ms");
    assert_eq!(TimeFormat { unit: Unit::Ns, decimals: 0 }.write(Nanos(7)), "7 ns");
}

#[test]
fn ticks_are_nice_distinct_and_in_one_unit_at_every_zoom() {
    for end in [800, 45_000, 7_300_000, 980_000_000, 10_000_000_000, 3_600_000_000_000] {
        for width in [200.0, 390.0, 1100.0, 2600.0] {
            let mut scale = TimeScale::new(Nanos(end)).placed(80.0, width);
            for _ in 0..40 {
                check_ticks(&scale);
                scale = scale.zoom(80.0 + width * 0.77, 1.9);
            }
        }
    }
}

fn check_ticks(scale: &TimeScale) {
    let ticks = ticks(scale, 11.0);
    let leading = ticks.step.0 / 10u64.pow(ticks.step.0.ilog10());
    assert!([1, 2, 5].contains(&leading));
    assert!(ticks.major.len() <= (scale.width() / 30.0) as usize + 2, "{scale:?} {ticks:?}");
    assert!(ticks.minor.len() <= (scale.width() / 6.0) as usize + 6);
    let unit = format!(" {}", ticks.format.unit.symbol());
    for pair in ticks.major.windows(2) {
        assert_ne!(pair[0].label, pair[1].label, "{scale:?}");
        assert_eq!(pair[1].at - pair[0].at, ticks.step);
    }
    for tick in &ticks.major {
        assert!(tick.label.ends_with(&unit), "{tick:?}");
        assert!(scale.from() <= tick.at && tick.at <= scale.to());
        let decimals = tick.label.split_once('.').map_or(0, |(_, rest)| rest.len() - unit.len());
        assert_eq!(decimals, ticks.format.decimals as usize, "tabular: {tick:?}");
    }
}
