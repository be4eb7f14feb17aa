//! Who does the same work best, in small comparisons.

use super::*;
use crate::scenario::StartMethod;

fn scenario() -> Scenario {
    let work = Dist::Fixed(Nanos::from_millis(2));
    let group = |name: &str, count| Group {
        count,
        repeat: Repeat::Times(20),
        ..Group::new(name, vec![Step::Python { work, check: None }])
    };
    let groups = vec![group("few", 2), group("many", 5)];
    Scenario::new(Spec { groups, ..Spec::default() }).unwrap()
}

fn setting(work: Work, axis: Axis) -> Setting {
    Setting::new(&scenario(), work, GroupId(1), axis)
}

fn contender(python: &str, strategy: Strategy) -> Contender {
    Contender { python: Python::find(python).unwrap(), strategy }
}

/// The point of one contender at one value, against threads of 3.11.
fn point(setting: Setting, python: &str, strategy: Strategy, at: u64) -> Point {
    let contender = contender(python, strategy);
    let baseline = self::contender("3.11", Strategy::Threads);
    let mut comparison = Comparison::new(setting, &[contender], baseline);
    comparison.todo = vec![(contender, at, 0)].into_iter();
    comparison.next().unwrap()
}

fn speed_up(work: Work, python: &str, strategy: Strategy) -> f64 {
    point(setting(work, Axis::Workers), python, strategy, 8).speed_up.unwrap()
}

const FORK: Strategy = Strategy::Processes(StartMethod::Fork);
const FORKSERVER: Strategy = Strategy::Processes(StartMethod::Forkserver);
const SPAWN: Strategy = Strategy::Processes(StartMethod::Spawn);

#[test]
fn cpu_bound_work_needs_several_gils_or_none() {
    for (python, strategy, low, high) in [
        ("3.11", Strategy::Threads, 0.9, 1.1),
        ("3.14", Strategy::Threads, 0.9, 1.1),
        ("3.14", Strategy::Asyncio, 0.9, 1.1),
        ("3.14", Strategy::Sequential, 0.9, 1.1),
        ("3.14t", Strategy::Threads, 3.0, 4.0),
        ("3.14", Strategy::Interpreters, 3.0, 4.0),
        ("3.11", FORK, 3.0, 4.0),
        ("3.14", FORKSERVER, 3.0, 4.0),
        ("3.11", SPAWN, 3.0, 4.0),
    ] {
        let speed_up = speed_up(Work::Cpu, python, strategy);
        assert!((low..=high).contains(&speed_up), "{python} {strategy:?}: {speed_up}");
    }
}

#[test]
fn io_bound_work_scales_with_threads_and_tasks() {
    for (python, strategy) in [
        ("3.11", Strategy::Threads),
        ("3.14t", Strategy::Threads),
        ("3.14", Strategy::Asyncio),
        ("2.7", Strategy::Threads),
    ] {
        let speed_up = speed_up(Work::Io, python, strategy);
        assert!(speed_up > 7.0, "{python} {strategy:?}: {speed_up}");
    }
}

#[test]
fn a_run_that_is_cut_is_counted_in_parts_of_a_pass() {
    for python in ["2.7", "3.11"] {
        let point = point(setting(Work::Cpu, Axis::Workers), python, Strategy::Threads, 64);
        assert_eq!(point.outcome, Outcome::EventLimit);
        let speed_up = point.speed_up.unwrap();
        assert!((0.05..1.01).contains(&speed_up), "{python}: {speed_up}");
    }
}

#[test]
fn data_costs_processes_and_not_threads() {
    let throughput =
        |strategy, at| point(setting(Work::Cpu, Axis::Data), "3.14", strategy, at).throughput;
    let mib = 1 << 20;
    assert!(throughput(FORKSERVER, mib) < 0.5 * throughput(FORKSERVER, 0));
    assert!(throughput(Strategy::Interpreters, mib) < 0.5 * throughput(Strategy::Interpreters, 0));
    assert!(throughput(Strategy::Threads, mib) > 0.95 * throughput(Strategy::Threads, 0));
    let threads = point(setting(Work::Cpu, Axis::Data), "3.14", Strategy::Threads, mib);
    assert!((0.9..1.1).contains(&threads.speed_up.unwrap()), "{threads:?}");
}

#[test]
fn a_forked_process_starts_sooner_than_one_that_imports_everything_again() {
    let start_up = |python, strategy| {
        point(setting(Work::Cpu, Axis::Workers), python, strategy, 8).start_up.unwrap()
    };
    let order = ["3.13", "3.13", "3.13"].into_iter().zip([FORK, FORKSERVER, SPAWN]);
    let order: Vec<Nanos> = order.map(|(python, strategy)| start_up(python, strategy)).collect();
    assert!(order.is_sorted_by(|a, b| a < b), "{order:?}");
    assert!(start_up("3.14", FORKSERVER) < start_up("3.13", FORKSERVER));
}

#[test]
fn a_gil_that_one_process_has_to_itself_is_never_handed_over() {
    let handoffs = |strategy| point(setting(Work::Io, Axis::Workers), "3.14", strategy, 8).handoffs;
    assert_eq!(handoffs(FORKSERVER), 0.0);
    assert!(handoffs(Strategy::Threads) > 100.0);
}

#[test]
fn a_single_worker_of_the_baseline_is_one() {
    for (work, axis, at) in
        [(Work::Cpu, Axis::Workers, 1), (Work::Io, Axis::Workers, 1), (Work::Own, Axis::Workers, 1)]
    {
        let point = point(setting(work, axis), "3.11", Strategy::Threads, at);
        let speed_up = point.speed_up.unwrap();
        assert!((speed_up - 1.0).abs() < 1e-9, "{work:?}: {speed_up}");
    }
}

#[test]
fn a_comparison_is_deterministic_and_complete() {
    let contenders = Contender::usual(&scenario());
    assert_eq!(contenders.len(), 6);
    let comparison =
        || Comparison::new(setting(Work::Own, Axis::Cores), &contenders, contenders[0].baseline());
    assert_eq!(comparison().len(), 6 * Axis::Cores.values().len());
    let points: Vec<Point> = comparison().collect();
    assert_eq!(points.len(), comparison().len());
    assert_eq!(points, comparison().collect::<Vec<_>>());
}

#[test]
fn every_axis_gives_scenarios() {
    for axis in Axis::ALL {
        for work in Work::ALL.into_iter().filter(|work| axis.suits(*work)) {
            for at in axis.values() {
                for contender in Contender::usual(&scenario()) {
                    let made = setting(work, axis).scenario_of(contender, at);
                    assert!(made.is_ok(), "{axis:?} {work:?} {at} {contender}: {made:?}");
                }
            }
        }
    }
}

#[test]
fn a_reference_does_not_depend_on_the_scenarios_groups() {
    let other = |work| {
        let mut spec = scenario().into_spec();
        spec.groups[0].count += 1;
        Setting::new(&Scenario::new(spec).unwrap(), work, GroupId(1), Axis::Workers)
    };
    assert_eq!(other(Work::Cpu), setting(Work::Cpu, Axis::Workers));
    assert_ne!(other(Work::Own), setting(Work::Own, Axis::Workers));
}

#[test]
fn a_comparison_stays_when_one_of_its_points_is_opened() {
    for (work, axis, at) in [
        (Work::Cpu, Axis::Workers, 6),
        (Work::Io, Axis::Interval, 200_000),
        (Work::Cpu, Axis::Cores, 12),
        (Work::Io, Axis::CpuShare, 25),
        (Work::Cpu, Axis::Data, 1024),
        (Work::Own, Axis::Workers, 6),
        (Work::Own, Axis::Cores, 2),
    ] {
        let before = setting(work, axis);
        let opened = before.scenario_of(contender("3.14t", FORK), at).unwrap();
        assert_eq!(Setting::new(&opened, work, GroupId(1), axis), before, "{work:?} {axis:?}");
    }
}

#[test]
fn what_a_python_lacks_is_no_point_but_has_words() {
    let contenders =
        [contender("2.7", Strategy::Asyncio), contender("3.11", Strategy::Interpreters)];
    let setting = setting(Work::Cpu, Axis::Workers);
    assert_eq!(Comparison::new(setting.clone(), &contenders, contenders[0]).len(), 0);
    let why = contenders.map(|contender| setting.refusal(contender).unwrap());
    assert!(why[0].contains("no asyncio") && why[1].contains("3.12"), "{why:?}");
    assert_eq!(setting.refusal(contender("3.12", Strategy::Interpreters)), None);
    assert!(!strategies_of(contenders[0].python).any(|s| s == Strategy::Asyncio));
}

#[test]
fn a_pool_of_the_scenario_gets_its_jobs_in_another_size() {
    let mut spec = scenario().into_spec();
    spec.groups[1].repeat = Repeat::Serve;
    spec.groups[0].steps = vec![Step::Call { group: "many".into(), bytes: 7 }];
    let setting =
        Setting { scenario: Scenario::new(spec).unwrap(), ..setting(Work::Own, Axis::Data) };
    let made = setting.scenario_of(contender("3.14", FORK), 1024).unwrap();
    assert_eq!(made.spec().groups.len(), 2);
    let size = matches!(made.spec().groups[0].steps[0], Step::Call { bytes: 1024, .. });
    assert!(size && made.spec().groups[1].strategy == FORK);
}
