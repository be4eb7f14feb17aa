//! How long passes and responses take, and what a cut run knows of them.

use gil_sim::stats::{GroupStats, Percentiles};
use gil_sim::{
    Dist, Group, Limits, Machine, Nanos, Repeat, Run, Scenario, Spec, StartMethod, Step, Strategy,
};

fn millis(millis: u64) -> Dist {
    Dist::Fixed(Nanos::from_millis(millis))
}

fn python(work: u64) -> Step {
    Step::Python { work: millis(work), check: None }
}

fn group(name: &str, count: u16, steps: Vec<Step>, repeat: Repeat) -> Group {
    Group { count, repeat, ..Group::new(name, steps) }
}

fn run(spec: Spec) -> Run {
    Run::of(Scenario::new(spec).expect("valid"))
}

fn of_first(groups: Vec<Group>) -> GroupStats {
    run(Spec { groups, ..Spec::default() }).stats.groups.swap_remove(0)
}

fn about(time: Option<Nanos>, expected: u64) -> bool {
    time.is_some_and(|time| (time.as_millis_f64() / expected as f64 - 1.0).abs() < 0.05)
}

/// Overloaded: 8 threads for 333 requests a second that need 2 ms of the GIL and 30 ms of waiting.
fn overloaded(threads: u16) -> Group {
    let every = Dist::Exponential(Nanos::from_millis(3));
    let during = Nanos::from_secs(20);
    let steps = vec![python(2), Step::Io { wait: millis(30) }];
    group("web", threads, steps, Repeat::Arrivals { every, during })
}

#[test]
fn a_pass_takes_its_steps_and_its_waits() {
    let alone = of_first(vec![group("a", 1, vec![python(20)], Repeat::Times(5))]);
    let pass = alone.pass.expect("passes");
    assert_eq!((pass.count, pass.unfinished), (5, 0));
    assert!(about(pass.p50, 20) && about(pass.max, 20), "{pass:?}");
    assert_eq!(alone.response, None, "nobody asks for anything");
    // Threads take turns: a pass waits for those of the others, in it and before it begins.
    let groups = vec![group("a", 4, vec![python(20)], Repeat::Times(25))];
    let four = run(Spec { groups, ..Spec::default() });
    let lives: f64 =
        four.trace.threads.iter().filter_map(|t| t.finished).map(Nanos::as_secs_f64).sum();
    let mean = four.stats.groups[0].pass.and_then(|pass| pass.mean).expect("passes");
    let passes = mean.as_secs_f64() * 100.0;
    // From a start on a thread has to wait for its first turn.
    assert!((0.98..=1.0).contains(&(passes / lives)), "{passes} of {lives}");
}

#[test]
fn every_pass_is_counted_whoever_runs_it() {
    let steps = || vec![python(1), Step::Sleep { wait: millis(5) }];
    for strategy in [Strategy::Threads, Strategy::Sequential, Strategy::Asyncio] {
        let group = Group { strategy, ..group("a", 6, steps(), Repeat::Times(7)) };
        let stats = of_first(vec![group]);
        assert_eq!(stats.pass.expect("passes").count, stats.passes, "{strategy:?}");
        assert_eq!(stats.passes, 42);
    }
}

#[test]
fn a_message_waits_for_its_thread() {
    let hog = group("hog", 1, vec![python(5)], Repeat::Daemon);
    let receive = vec![Step::Receive { every: millis(20) }, python(1)];
    for strategy in [Strategy::Threads, Strategy::Asyncio] {
        let echo = Group { strategy, ..group("echo", 1, receive.clone(), Repeat::Times(30)) };
        let stats = of_first(vec![echo, hog.clone()]);
        let (pass, response) = (stats.pass.expect("passes"), stats.response.expect("responses"));
        assert_eq!((pass.count, response.count), (30, 30));
        // It has the GIL by then for its 1 ms; before that it waits for the switch interval.
        assert!(about(pass.p50, 1), "{pass:?}");
        assert!(response.p50 > Some(Nanos::from_millis(5)), "{response:?}");
    }
}

#[test]
fn a_response_is_no_shorter_than_its_service() {
    let stats = of_first(vec![overloaded(8)]);
    let (pass, response) = (stats.pass.expect("passes"), stats.response.expect("responses"));
    assert_eq!(stats.unanswered(), Some(0));
    for (service, whole) in [(pass.p50, response.p50), (pass.p99, response.p99)] {
        assert!(service.is_some() && service <= whole, "{pass:?} {response:?}");
    }
    // 8 slots are full, 16 are not: seconds and milliseconds.
    assert!(response.p99 > Some(Nanos::from_secs(3)), "{response:?}");
    let more = of_first(vec![overloaded(16)]).response.expect("responses");
    assert!(more.p99 < Some(Nanos::from_millis(100)), "{more:?}");
}

#[test]
fn a_cut_run_has_no_percentiles_of_survivors() {
    let limits = Limits { time: Nanos::from_secs(10), ..Limits::default() };
    let cut = run(Spec { groups: vec![overloaded(8)], limits, ..Spec::default() });
    assert!(cut.is_cut() && !cut.is_whole());
    let stats = &cut.stats.groups[0];
    let unanswered = stats.unanswered().expect("requests");
    assert!(unanswered > 200, "{unanswered}");
    let Percentiles { count, p50, p99, max, mean, .. } = stats.response.expect("responses");
    assert!(count > 1_000 && p50.is_some());
    assert_eq!((p99, max, mean), (None, None, None));
}

#[test]
fn a_batch_has_a_makespan() {
    let batch = |limits| {
        let work = vec![python(200)];
        let groups = vec![group("batch", 4, work, Repeat::Jobs(40))];
        run(Spec { groups, limits, ..Spec::default() }).stats.groups.swap_remove(0)
    };
    let whole = batch(Limits::default());
    assert!(about(whole.makespan, 8_000), "{:?}", whole.makespan);
    assert_eq!(whole.response.map(|response| response.count), Some(40));
    let cut = batch(Limits { time: Nanos::from_secs(4), ..Limits::default() });
    assert_eq!(cut.makespan, None);
    assert!(cut.unanswered() > Some(15), "{:?}", cut.unanswered());
    let requests = of_first(vec![overloaded(16)]);
    assert_eq!(requests.makespan, None, "requests come when they come");
}

/// A batch of threads that compute and nothing else, cut by the default limits.
fn cut(threads: u16, millis: u64, times: u32) -> Run {
    let work = vec![python(millis)];
    run(Spec { groups: vec![group("a", threads, work, Repeat::Times(times))], ..Spec::default() })
}

#[test]
fn work_that_was_begun_counts_in_part() {
    for (threads, millis, times) in [(64, 50, 20), (4, 10_000, 1_000)] {
        let run = cut(threads, millis, times);
        assert!(run.is_cut());
        let speed_up = run.speed_up().of_groups[0].expect("it can be alone");
        assert!((0.99..=1.0).contains(&speed_up), "{threads} x {millis} ms: {speed_up}");
        let whole = run.speed_up().over_sequence.expect("a sequence");
        assert!((0.99..=1.0).contains(&whole), "{threads} x {millis} ms: {whole}");
    }
}

#[test]
fn what_is_begun_of_native_calls_and_waits_counts_too() {
    let limits = Limits { time: Nanos::from_millis(1_500), ..Limits::default() };
    let step = |step| vec![group("a", 8, vec![step], Repeat::Times(10))];
    let of = |groups| run(Spec { groups, limits, ..Spec::default() });
    // Four cores do the work of four, whoever of the eight has them.
    let native = of(step(Step::NativeReleasing { work: millis(1_000) }));
    let done = native.stats.groups[0].work();
    assert!((5.9..=6.0).contains(&done), "{done}");
    let waits = of(step(Step::Io { wait: millis(1_000) }));
    let done = waits.stats.groups[0].work();
    assert!((11.9..=12.0).contains(&done), "{done}");
    let tasks = step(Step::Sleep { wait: millis(1_000) });
    let tasks = tasks.into_iter().map(|group| Group { strategy: Strategy::Asyncio, ..group });
    let done = of(tasks.collect()).stats.groups[0].work();
    assert!((11.8..=12.0).contains(&done), "{done}");
}

#[test]
fn a_gil_is_held_for_a_share_of_the_time() {
    for strategy in [Strategy::Threads, Strategy::Processes(StartMethod::Fork)] {
        let machine = Machine { cores: 2, ..Machine::default() };
        let group = Group { strategy, ..group("a", 8, vec![python(50)], Repeat::Times(4)) };
        let run = run(Spec { groups: vec![group], machine, ..Spec::default() });
        let load = run.stats.gil_load.expect("a GIL");
        assert!(load.mean > 0.5 && load.mean <= load.max && load.max <= 1.0, "{load:?}");
        assert_eq!(load.gils, if strategy == Strategy::Threads { 1 } else { 8 });
    }
}

#[test]
fn a_group_that_calls_a_pool_has_no_speed_up_over_one_alone() {
    let call = vec![Step::Call { group: "pool".into(), bytes: 0 }];
    let ask = group("ask", 4, call, Repeat::Times(5));
    let pool = group("pool", 2, vec![python(1)], Repeat::Serve);
    let run = run(Spec { groups: vec![ask, pool], ..Spec::default() });
    assert_eq!(run.speed_up().of_groups, [None, None]);
    assert_eq!(run.speed_up().over_sequence, None);
}

#[test]
fn start_up_ends_when_the_last_worker_is_ready() {
    // The last of them gets its first request much later.
    let stats = of_first(vec![overloaded(40)]);
    let ready = stats.start_up.expect("all start");
    assert!(ready < Nanos::from_millis(20), "{ready}");
}
