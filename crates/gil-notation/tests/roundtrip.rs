//! Properties: what is printed is read back, and no text makes the reader panic.

use gil_notation::{
    Control, Embed, Link, MAX_CHARS, Shade, Show, Tab, View, parse, parse_bytes, parse_dist,
    parse_duration, parse_scenario, parse_steps, print, print_bytes, print_dist, print_duration,
    print_steps,
};
use gil_sim::{
    Costs, Dist, Gc, Group, GroupId, Intervene, Intervention, Limits, Machine, Nanos, Os,
    Overheads, Protocol, Python, Repeat, Scenario, Spec, StartMethod, Step, Strategy as RunBy,
    bounds,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use std::ops::RangeInclusive;

/// Any duration in the range, round ones more often.
fn time(range: RangeInclusive<Nanos>) -> impl Strategy<Value = Nanos> {
    let (low, high) = (range.start().0, range.end().0);
    let unit = select(vec![1, 100, 1_000, 50_000, 1_000_000]);
    (low..=high, unit).prop_map(move |(nanos, unit)| Nanos((nanos / unit * unit).max(low)))
}

fn dist(range: RangeInclusive<Nanos>) -> impl Strategy<Value = Dist> {
    (0..4, time(range.clone()), time(range)).prop_map(|(kind, a, b)| match kind {
        0 => Dist::Fixed(a),
        1 => Dist::Uniform(a.min(b), a.max(b)),
        2 => Dist::Exponential(a),
        _ => Dist::LogNormal(a.min(b), a.max(b)),
    })
}

fn work() -> impl Strategy<Value = Dist> {
    dist(bounds::DURATION)
}

fn name() -> impl Strategy<Value = String> {
    "[a-zA-Z][a-zA-Z0-9_]{0,15}"
}

/// Any amount, whole KiB and MiB more often.
fn bytes() -> impl Strategy<Value = u64> {
    let unit = select(vec![1, 1 << 10, 1 << 20]);
    prop_oneof![Just(0), (bounds::BYTES, unit).prop_map(|(bytes, unit)| bytes / unit * unit)]
}

fn step() -> impl Strategy<Value = Step> {
    let single = prop_oneof![
        (work(), option::of(time(bounds::CHECK)))
            .prop_map(|(work, check)| Step::Python { work, check }),
        work().prop_map(|work| Step::NativeHolding { work }),
        work().prop_map(|work| Step::NativeReleasing { work }),
        work().prop_map(|wait| Step::Io { wait }),
        work().prop_map(|every| Step::Receive { every }),
        work().prop_map(|work| Step::Syscall { work }),
        work().prop_map(|wait| Step::Sleep { wait }),
        work().prop_map(|wait| Step::Block { wait }),
        (name(), work()).prop_map(|(object, work)| Step::Share { object, work }),
        (name(), work()).prop_map(|(object, work)| Step::Mutate { object, work }),
        (name(), bytes()).prop_map(|(group, bytes)| Step::Call { group, bytes }),
    ];
    let depth = bounds::LOCK_DEPTH as u32;
    single.prop_recursive(depth, 12, 3, |inner| {
        (name(), vec(inner, 1..=3)).prop_map(|(lock, body)| Step::Locked { lock, body })
    })
}

fn repeat() -> impl Strategy<Value = Repeat> {
    prop_oneof![
        bounds::TIMES.prop_map(Repeat::Times),
        Just(Repeat::Times(1)),
        time(Nanos(1)..=*bounds::MOMENT.end()).prop_map(Repeat::For),
        Just(Repeat::Daemon),
        bounds::TIMES.prop_map(Repeat::Jobs),
        (work(), time(Nanos(1)..=*bounds::MOMENT.end()))
            .prop_map(|(every, during)| Repeat::Arrivals { every, during }),
        Just(Repeat::Serve),
    ]
}

fn group() -> impl Strategy<Value = Group> {
    let count = prop_oneof![Just(1), Just(100), 1u16..=20];
    let start = prop_oneof![Just(Nanos::ZERO), time(bounds::MOMENT)];
    let strategy = select(RunBy::ALL.to_vec());
    (name(), count, start, vec(step(), 1..=5), repeat(), strategy).prop_map(
        |(name, count, start, steps, repeat, strategy)| Group {
            name,
            count,
            start,
            steps,
            repeat,
            strategy,
        },
    )
}

/// Lets calls, here and inside locks, go to this pool, or sleep where there is none.
fn aim_calls(steps: &mut [Step], pool: Option<&str>) {
    for step in steps {
        match (&mut *step, pool) {
            (Step::Call { group, .. }, Some(pool)) => *group = pool.to_owned(),
            (Step::Call { .. }, None) => *step = Step::Sleep { wait: Dist::Fixed(Nanos(1)) },
            (Step::Locked { body, .. }, _) => aim_calls(body, pool),
            _ => {}
        }
    }
}

fn calls(steps: &[Step]) -> bool {
    steps.iter().any(|step| match step {
        Step::Call { .. } => true,
        Step::Locked { body, .. } => calls(body),
        _ => false,
    })
}

/// The nearest that this Python and the other groups allow.
fn fit(groups: &mut [Group], python: Python, os: Os) {
    for (i, group) in groups.iter_mut().enumerate() {
        // Different names, at most 256 threads, and one group that ends by itself.
        group.name.truncate(15);
        group.name.push(char::from(b'0' + i as u8));
        group.count = if i == 0 { group.count } else { group.count.min(50) };
    }
    if !groups[0].repeat.ends() {
        groups[0].repeat = Repeat::Times(1);
    }
    let pool = groups.iter().find(|group| group.repeat == Repeat::Serve);
    let pool = pool.map(|group| group.name.clone());
    for group in groups {
        let callee = pool.as_deref().filter(|_| group.repeat != Repeat::Serve);
        aim_calls(&mut group.steps, callee);
        let fits = match group.strategy {
            RunBy::Threads => true,
            RunBy::Sequential => !group.repeat.has_queue(),
            RunBy::Asyncio => python.has_asyncio(),
            RunBy::Interpreters => python.has_own_gil_interpreters() && !calls(&group.steps),
            RunBy::Processes(method) => {
                let forks = method != StartMethod::Spawn;
                let can = python.has_start_method(method) && !(forks && os == Os::Windows);
                can && !calls(&group.steps)
            }
        };
        if !fits {
            group.strategy = RunBy::Threads;
        }
    }
}

prop_compose! {
    /// When, which interval, how many ticks, and whose I/O: the scenario says which of these.
    fn intervention()(
        at in time(bounds::MOMENT),
        interval in time(bounds::SWITCH_INTERVAL),
        ticks in bounds::CHECK_INTERVAL,
        whose: Option<(Index, Index)>,
    ) -> (Nanos, Nanos, u32, Option<(Index, Index)>) {
        (at, interval, ticks, whose)
    }
}

fn intervene(spec: &Spec, interval: Nanos, ticks: u32, whose: Option<(Index, Index)>) -> Intervene {
    let (group, member) = whose.map_or((0, 0), |(group, member)| {
        let group = group.index(spec.groups.len());
        (group, member.index(usize::from(spec.groups[group].members())) as u16)
    });
    match spec.protocol() {
        Protocol::Interval(_) if whose.is_none() => Intervene::SwitchInterval(interval),
        Protocol::Ticks if whose.is_none() => Intervene::CheckInterval(ticks),
        _ => Intervene::CompleteIo { group: GroupId::of(group), member },
    }
}

fn cost() -> impl Strategy<Value = Nanos> {
    time(bounds::COST)
}

fn latency() -> impl Strategy<Value = Dist> {
    dist(bounds::COST)
}

prop_compose! {
    fn costs()(
        uncontended in cost(),
        futex_wake in cost(),
        futex_wait in latency(),
        syscall in cost(),
        thread_start in cost(),
        rewait in latency(),
    ) -> Costs {
        Costs { uncontended, futex_wake, futex_wait, syscall, thread_start, rewait }
    }
}

fn overhead() -> impl Strategy<Value = Nanos> {
    time(bounds::OVERHEAD)
}

prop_compose! {
    fn overheads()(
        [fork, forkserver, spawn, interpreter, pickle, unpickle] in
            [overhead(), overhead(), overhead(), overhead(), overhead(), overhead()],
        [task_switch, job, cache_line] in [cost(), cost(), cost()],
    ) -> Overheads {
        Overheads {
            fork, forkserver, spawn, interpreter, pickle, unpickle, task_switch, job, cache_line,
        }
    }
}

prop_compose! {
    fn machine()(
        os in select(Os::ALL.to_vec()),
        cores in bounds::CORES,
        slice in option::of(time(bounds::SLICE)),
        wake_deep in latency(),
        wake_shallow in latency(),
        wake_cold in latency(),
        idle_deepens in cost(),
        timer_slack in option::of(cost()),
        timer_tick in option::of(cost()),
        wait_unit in option::of(cost()),
        context_switch in cost(),
        costs in prop_oneof![Just(Costs::default()), costs()],
        overheads in prop_oneof![Just(Overheads::default()), overheads()],
    ) -> Machine {
        let usual = Machine::of(os, cores);
        Machine {
            os,
            cores,
            time_slice: slice.unwrap_or(usual.time_slice),
            wake_deep,
            wake_shallow,
            wake_cold,
            idle_deepens,
            timer_slack: timer_slack.unwrap_or(usual.timer_slack),
            timer_tick: timer_tick.unwrap_or(usual.timer_tick),
            wait_unit: wait_unit.unwrap_or(usual.wait_unit),
            context_switch,
            costs,
            overheads,
        }
    }
}

prop_compose! {
    fn gc()(every in time(bounds::GC_EVERY), pause in work()) -> Gc {
        Gc { every, pause }
    }
}

fn any_machine() -> impl Strategy<Value = Machine> {
    let usual =
        (select(Os::ALL.to_vec()), bounds::CORES).prop_map(|(os, cores)| Machine::of(os, cores));
    prop_oneof![usual, machine()]
}

prop_compose! {
    fn scenario()(
        python in select(Python::ALL.to_vec()),
        switch_interval in time(bounds::SWITCH_INTERVAL),
        check_interval in bounds::CHECK_INTERVAL,
        unmarked_extension: bool,
        gc in option::of(gc()),
        machine in any_machine(),
        mut groups in vec(group(), 1..=4),
        seed: u64,
        time in time(bounds::LIMIT_TIME),
        events in bounds::LIMIT_EVENTS,
        usual: bool,
        then in prop_oneof![Just(Vec::new()), vec(intervention(), bounds::INTERVENTIONS)],
    ) -> Scenario {
        let python = if usual { Python::default() } else { python };
        fit(&mut groups, python, machine.os);
        let spec = Spec {
            python, switch_interval, check_interval, unmarked_extension, gc, machine, groups, seed,
            limits: Limits { time, events }, interventions: Vec::new(),
        };
        let mut spec = if usual { Spec { groups: spec.groups, ..Spec::default() } } else { spec };
        let then = then.into_iter().map(|(at, interval, ticks, whose)| {
            Intervention { at, what: intervene(&spec, interval, ticks, whose) }
        });
        spec.interventions = then.collect();
        Scenario::new(spec).expect("a valid scenario is generated")
    }
}

prop_compose! {
    fn embed()(
        show in subsequence(Show::ALL[..5].to_vec(), 1..=5),
        controls in subsequence(vec![
            Control::Play, Control::Edit, Control::SwitchInterval, Control::Cores, Control::Python,
        ], 0..=5),
        theme in option::of(select(vec![Shade::Light, Shade::Dark])),
    ) -> Embed {
        Embed { show, controls, theme }
    }
}

prop_compose! {
    fn view()(
        tab in select(Tab::ALL.to_vec()),
        lesson in option::of("[a-zA-Z][a-zA-Z0-9]{0,12}"),
        debug: bool,
        at: Option<u64>,
        window: Option<(u64, u64)>,
        slowdown in option::of(1u32..),
        looping: bool,
        embed in option::of(embed()),
    ) -> View {
        let window = window.map(|(a, b)| (Nanos(a.min(b)), Nanos(a.max(b))));
        let window = window.filter(|(from, to)| from < to);
        View { tab, lesson, debug, at: at.map(Nanos), window, slowdown, looping, embed }
    }
}

fn link() -> impl Strategy<Value = Link> {
    (scenario(), option::of(scenario()), view()).prop_map(|(scenario, other, view)| Link {
        scenario,
        other,
        view,
    })
}

/// Every reader takes the text without a panic, and so does showing its error.
fn read_all(text: &str) {
    let errors = [
        parse(text).err(),
        parse_scenario(text).err(),
        parse_duration(text).err(),
        parse_dist(text).err(),
        parse_bytes(text).err(),
        parse_steps(text).err(),
    ];
    for error in errors.into_iter().flatten() {
        assert!(text.get(error.span.clone()).is_some(), "{error:?}");
        assert!(!error.message.is_empty());
        assert!(error.to_string().lines().count() <= 4, "{error}");
        assert!(error.to_string().lines().all(|line| line.chars().count() < 200), "{error}");
        assert_eq!(error.one_line().lines().count(), 1);
    }
}

proptest! {
    #[test]
    fn links_are_read_back(link in link()) {
        let text = print(&link);
        let safe = |b: u8| b.is_ascii_alphanumeric() || b"-._:/+=@".contains(&b);
        prop_assert!(text.bytes().all(safe), "{}", text);
        prop_assert!(text.ends_with(|c: char| c.is_ascii_alphanumeric()), "{}", text);
        if text.len() <= MAX_CHARS {
            prop_assert_eq!(parse(&text), Ok(link));
        } else {
            prop_assert!(parse(&text).unwrap_err().message.contains("2000 characters"));
        }
    }

    #[test]
    fn parts_are_read_back(nanos: u64, bytes: u64, dist in work(), steps in vec(step(), 1..=4)) {
        prop_assert_eq!(parse_duration(&print_duration(Nanos(nanos))), Ok(Nanos(nanos)));
        prop_assert_eq!(parse_bytes(&print_bytes(bytes)), Ok(bytes));
        prop_assert_eq!(parse_dist(&print_dist(dist)), Ok(dist));
        prop_assert_eq!(parse_steps(&print_steps(&steps)), Ok(steps));
    }

    #[test]
    fn any_text_is_read_or_refused(
        text in any::<String>(),
        words in "(v1|[a-z#%/:+=@.0-9-]|py-|%2F|é|…|\n){0,60}",
    ) {
        read_all(&text);
        read_all(&words);
        read_all(&format!("v1/{words}"));
    }

    #[test]
    fn a_damaged_text_is_read_or_refused(
        link in link(),
        damage in vec((any::<Index>(), "[ -~é\n]{0,3}", 0usize..4), 1..4),
    ) {
        let mut text = print(&link);
        for (at, put, cut) in damage {
            let ends: Vec<usize> =
                text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let from = at.index(ends.len());
            let to = (from + cut).min(ends.len() - 1);
            text.replace_range(ends[from]..ends[to], &put);
        }
        read_all(&text);
        if let Ok(link) = parse(&text) {
            prop_assert_eq!(parse(&print(&link)), Ok(link));
        }
    }
}

#[test]
fn hostile_texts_are_refused_at_once() {
    let locks = format!("v1/a:{}py-1ms", "lock-a+".repeat(1_000_000));
    let groups = format!("v1{}", "/a:65535:py-1s".repeat(130));
    let spaces = " ".repeat(5_000_000);
    let newer = format!("v2/{}", "é".repeat(5_000_000));
    let digits = format!("v1/a:py-{}ms", "9".repeat(1_900));
    for text in [locks, groups, spaces, newer, digits] {
        assert!(parse(&text).is_err());
        read_all(&text);
    }
}
