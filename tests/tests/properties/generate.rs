//! Scenarios of all kinds, small enough that a run takes milliseconds.

use gil_sim::{
    Costs, Dist, Gc, Group, Intervene, Intervention, Limits, Machine, Nanos, Overheads, Protocol,
    Python, Repeat, Scenario, Spec, Step, Strategy as RunBy,
};
use gil_tests::free_machine;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Bounds that keep a run short.
pub const LIMITS: Limits = Limits { time: Nanos::from_millis(40), events: 10_000 };

/// Durations of all magnitudes up to `most`.
fn time(most: Nanos) -> impl Strategy<Value = Nanos> {
    let magnitudes = [1, 30, 1_000, 20_000, 300_000, 5_000_000];
    let up_to = magnitudes.into_iter().filter(|m| *m <= most.0).collect::<Vec<_>>();
    select(up_to).prop_flat_map(|m| (m.div_ceil(10)..=m).prop_map(Nanos))
}

fn dist(time: impl Strategy<Value = Nanos> + Clone) -> impl Strategy<Value = Dist> {
    (0..6, time.clone(), time).prop_map(|(kind, a, b)| match kind {
        0..3 => Dist::Fixed(a),
        3 => Dist::Uniform(a.min(b), a.max(b)),
        4 => Dist::Exponential(a),
        _ => Dist::LogNormal(a.min(b), a.max(b)),
    })
}

fn work() -> impl Strategy<Value = Dist> {
    let most = Nanos::from_millis(5);
    dist(select(vec![1_u64, 40, 250, 2_000, 30_000, 700_000, most.0]).prop_map(Nanos))
}

fn step() -> impl Strategy<Value = Step> {
    let check = option::of(time(Nanos::from_micros(300)));
    let single = prop_oneof![
        3 => (work(), check).prop_map(|(work, check)| Step::Python { work, check }),
        1 => work().prop_map(|work| Step::NativeHolding { work }),
        1 => work().prop_map(|work| Step::NativeReleasing { work }),
        2 => work().prop_map(|wait| Step::Io { wait }),
        1 => work().prop_map(|every| Step::Receive { every }),
        1 => work().prop_map(|work| Step::Syscall { work }),
        1 => work().prop_map(|wait| Step::Sleep { wait }),
        1 => work().prop_map(|wait| Step::Block { wait }),
        1 => (object(), work()).prop_map(|(object, work)| Step::Share { object, work }),
        1 => (object(), work()).prop_map(|(object, work)| Step::Mutate { object, work }),
    ];
    single.prop_recursive(2, 6, 3, |inner| {
        let lock = select(vec!["a", "b"]).prop_map(str::to_owned);
        (lock, vec(inner, 1..=2)).prop_map(|(lock, body)| Step::Locked { lock, body })
    })
}

fn object() -> impl Strategy<Value = String> {
    select(vec!["x", "y"]).prop_map(str::to_owned)
}

fn repeat() -> impl Strategy<Value = Repeat> {
    prop_oneof![
        (1_u32..=20).prop_map(Repeat::Times),
        time(Nanos::from_millis(5)).prop_map(Repeat::For),
        Just(Repeat::Daemon),
        (1_u32..=20).prop_map(Repeat::Jobs),
        (work(), time(Nanos::from_millis(5)))
            .prop_map(|(every, during)| Repeat::Arrivals { every, during }),
    ]
}

fn run_by() -> impl Strategy<Value = RunBy> {
    prop_oneof![2 => Just(RunBy::Threads), 1 => select(RunBy::ALL.to_vec())]
}

fn group() -> impl Strategy<Value = Group> {
    let start = prop_oneof![Just(Nanos::ZERO), time(Nanos::from_millis(5))];
    (1_u16..=3, start, vec(step(), 1..=4), repeat(), run_by()).prop_map(
        |(count, start, steps, repeat, strategy)| Group {
            count,
            start,
            repeat,
            strategy,
            ..Group::new("g", steps)
        },
    )
}

/// A pool that the others call, or none.
fn pool() -> impl Strategy<Value = Option<(Group, u64)>> {
    option::of((group(), 0_u64..200_000).prop_map(|(group, bytes)| {
        (Group { name: "pool".into(), repeat: Repeat::Serve, ..group }, bytes)
    }))
}

/// What this Python cannot do is done with threads.
fn make_possible(spec: &mut Spec) {
    for i in 0..spec.groups.len() {
        while Scenario::new(spec.clone())
            .is_err_and(|found| found.iter().any(|f| f.place == format!("groups[{i}].strategy")))
        {
            spec.groups[i].strategy = RunBy::Threads;
        }
    }
}

fn gc() -> impl Strategy<Value = Option<Gc>> {
    let every = time(Nanos::from_millis(5)).prop_map(|t| t.max(Nanos::from_micros(10)));
    let gc = (every, work()).prop_map(|(every, pause)| Gc { every, pause });
    prop_oneof![3 => Just(None), 1 => gc.prop_map(Some)]
}

fn overheads() -> impl Strategy<Value = Overheads> {
    vec(prop_oneof![Just(Nanos::ZERO), time(Nanos::from_micros(300))], 9).prop_map(|cost| {
        Overheads {
            fork: cost[0],
            forkserver: cost[1],
            spawn: cost[2],
            interpreter: cost[3],
            pickle: cost[4],
            unpickle: cost[5],
            task_switch: cost[6],
            job: cost[7],
            cache_line: cost[8],
        }
    })
}

fn costs() -> impl Strategy<Value = Costs> {
    let cost = || prop_oneof![Just(Nanos::ZERO), time(Nanos::from_micros(20))];
    let latency = || dist(cost().boxed());
    (cost(), cost(), latency(), cost(), cost(), latency()).prop_map(
        |(uncontended, futex_wake, futex_wait, syscall, thread_start, rewait)| Costs {
            uncontended,
            futex_wake,
            futex_wait,
            syscall,
            thread_start,
            rewait,
        },
    )
}

/// The default machine, one without latencies, or any.
fn machine() -> impl Strategy<Value = Machine> {
    let cost = || prop_oneof![Just(Nanos::ZERO), time(Nanos::from_micros(300))];
    let latency = || dist(cost().boxed());
    let slice = time(Nanos::from_millis(5)).prop_map(|t| t.max(Nanos::from_micros(10)));
    let ticks = (cost(), cost(), overheads());
    let any = (slice, latency(), latency(), cost(), cost(), cost(), costs(), ticks).prop_map(
        |(time_slice, wake_deep, wake_shallow, idle_deepens, timer_slack, switch, costs, more)| {
            Machine {
                time_slice,
                wake_deep,
                wake_shallow,
                idle_deepens,
                timer_slack,
                context_switch: switch,
                costs,
                timer_tick: more.0,
                wait_unit: more.1,
                overheads: more.2,
                ..Machine::default()
            }
        },
    );
    let machine = prop_oneof![Just(Machine::default()), Just(free_machine()), any];
    (1_u16..=8, machine).prop_map(|(cores, machine)| Machine { cores, ..machine })
}

/// Moments of a run, some of them behind its end, and what may be done at each.
fn interventions() -> impl Strategy<Value = Vec<(Nanos, Nanos, u32, usize)>> {
    let at = prop_oneof![
        1 => Just(Nanos::ZERO),
        4 => time(Nanos::from_millis(5)),
        1 => Just(LIMITS.time + Nanos(1)),
    ];
    let interval = time(Nanos::from_millis(5)).prop_map(|t| t.max(Nanos::from_micros(1)));
    let some = vec((at, interval, 1_u32..=200, 0_usize..1_000), 1..=4);
    prop_oneof![1 => Just(Vec::new()), 1 => some]
}

/// An intervention that this scenario can have.
fn intervention(
    spec: &Spec,
    (at, interval, ticks, pick): (Nanos, Nanos, u32, usize),
) -> Intervention {
    let group = pick % spec.groups.len();
    let member = (pick / spec.groups.len()) as u16 % spec.groups[group].members();
    let what = match spec.protocol() {
        Protocol::Interval(_) if ticks % 3 == 0 => Intervene::SwitchInterval(interval),
        Protocol::Ticks if ticks % 3 == 0 => Intervene::CheckInterval(ticks),
        _ => Intervene::CompleteIo { group: gil_sim::GroupId::of(group), member },
    };
    Intervention { at, what }
}

prop_compose! {
    /// A valid group that is not in [`scenario`], and starts at a time of its own.
    pub fn late_group()(group in group(), start in time(Nanos::from_millis(5))) -> Group {
        Group { name: "late".into(), start, ..group }
    }
}

/// The scenario with one more group.
pub fn with_group(scenario: &Scenario, group: &Group) -> Scenario {
    let mut spec = scenario.spec().clone();
    spec.groups.push(group.clone());
    make_possible(&mut spec);
    Scenario::new(spec).expect("the group is valid")
}

prop_compose! {
    /// A valid scenario of one to four groups.
    pub fn scenario()(
        python in select(Python::ALL.to_vec()),
        switch_interval in time(Nanos::from_millis(5)).prop_map(|t| t.max(Nanos::from_micros(1))),
        machine in machine(),
        mut groups in vec(group(), 1..=4),
        pool in pool(),
        gc in gc(),
        unmarked_extension: bool,
        check_interval in 1_u32..=200,
        interventions in interventions(),
        seed: u64,
    ) -> Scenario {
        for (i, group) in groups.iter_mut().enumerate() {
            group.name = format!("g{i}");
        }
        if groups.iter().all(|group| !group.repeat.ends()) {
            groups[0].repeat = Repeat::Times(2);
        }
        if let Some((pool, bytes)) = pool {
            for group in groups.iter_mut().filter(|group| !group.strategy.is_apart()) {
                group.steps.push(Step::Call { group: pool.name.clone(), bytes });
            }
            groups.push(pool);
        }
        let limits = LIMITS;
        let mut spec = Spec {
            python, switch_interval, check_interval, unmarked_extension, gc, machine, groups, seed,
            limits, interventions: Vec::new(),
        };
        make_possible(&mut spec);
        spec.interventions =
            interventions.into_iter().map(|choice| intervention(&spec, choice)).collect();
        Scenario::new(spec).expect("a valid scenario is generated")
    }
}
