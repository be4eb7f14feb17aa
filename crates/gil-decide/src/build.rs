//! The scenario of a candidate, or why there can be none.

use gil_sim::stats::Memory;
use gil_sim::{Dist, Group, Nanos, Repeat, Scenario, Spec, StartMethod, Step, Strategy, bounds};

use crate::candidate::{Candidate, Change};
use crate::fact::Fact;
use crate::question::Question;
use crate::words::bytes;

/// The part of a step of bytecode that stays bytecode when the rest becomes native code, in
/// percent: calls and conversions are left.
const GLUE_PERCENT: u64 = 5;

impl Candidate {
    /// The scenario that is run for it.
    ///
    /// # Errors
    /// Why it is not feasible, as a sentence without its full stop.
    pub fn scenario(&self, question: &Question) -> Result<Scenario, String> {
        if *self == Candidate::now(question) {
            return Ok(question.scenario.clone());
        }
        self.libraries(question)?;
        let mut spec = question.scenario.spec().clone();
        spec.python = self.python;
        spec.unmarked_extension |= question.has(Fact::UnmarkedExtension);
        self.apply(question, &mut spec)?;
        let scenario = Scenario::new(spec).map_err(|found| {
            found.first().map_or_else(String::new, |invalid| invalid.message.clone())
        })?;
        within_memory(question, &scenario)?;
        Ok(scenario)
    }

    fn apply(&self, question: &Question, spec: &mut Spec) -> Result<(), String> {
        let mine = question.group;
        match self.change {
            Change::Nothing => {}
            Change::Interval(interval) => spec.switch_interval = interval,
            Change::Members(members) => {
                spec.groups.get_mut(mine).into_iter().for_each(|group| fewer(group, members));
            }
            Change::Offload => offload(spec, mine),
            Change::Strategy(strategy) => {
                shares_nothing(question.group(), strategy)?;
                spec.groups.get_mut(mine).into_iter().for_each(|group| group.strategy = strategy);
            }
            Change::Apart(strategy) => {
                for (index, group) in spec.groups.iter_mut().enumerate() {
                    if computes_beside(question, index, group) {
                        shares_nothing(group, strategy)?;
                        group.strategy = strategy;
                    }
                }
            }
            Change::Native => {
                for (index, group) in spec.groups.iter_mut().enumerate() {
                    if index == mine || computes_beside(question, index, group) {
                        group.steps = native(&group.steps)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What the ticked facts rule out.
    fn libraries(&self, question: &Question) -> Result<(), String> {
        let strategy = match self.change {
            Change::Strategy(strategy) | Change::Apart(strategy) => Some(strategy),
            _ => None,
        };
        let refuse = |text: &str| Err(text.to_owned());
        match strategy {
            Some(Strategy::Processes(_) | Strategy::Interpreters)
                if question.has(Fact::CannotPickle) =>
            {
                refuse(
                    "arguments or results cannot be pickled, and everything that goes to another \
                     process or interpreter is",
                )
            }
            Some(Strategy::Interpreters) if question.has(Fact::NoSubinterpreters) => {
                refuse("an extension module cannot be imported in a subinterpreter: ImportError")
            }
            Some(Strategy::Processes(StartMethod::Fork | StartMethod::Forkserver))
                if question.has(Fact::NoFork) =>
            {
                refuse("forking is not allowed here, and this start method forks")
            }
            Some(Strategy::Asyncio) if question.has(Fact::BlockingClient) && waits(question) => {
                refuse("a client library blocks: each call would stop the event loop for all")
            }
            _ if self.change == Change::Native && !question.has(Fact::NativeReleases) => refuse(
                "no library is ticked whose native code does the computing and lets go of the GIL",
            ),
            _ => Ok(()),
        }
    }
}

fn within_memory(question: &Question, scenario: &Scenario) -> Result<(), String> {
    let needs = Memory::of(scenario).total();
    match question.constraints.memory_limit {
        Some(limit) if needs > limit => {
            Err(format!("it takes {} and the limit is {}", bytes(needs), bytes(limit)))
        }
        _ => Ok(()),
    }
}

/// Another number of members that do the same work together.
fn fewer(group: &mut Group, members: u16) {
    if let Repeat::Times(times) = &mut group.repeat {
        let all = u64::from(*times) * u64::from(group.count);
        let each = all.div_ceil(u64::from(members.max(1)));
        *times = each.min(u64::from(*bounds::TIMES.end())) as u32;
    }
    group.count = members;
}

/// Whether another group computes enough with the GIL to be in the way of the one asked about, and
/// could run elsewhere.
pub(crate) fn computes_beside(question: &Question, index: usize, group: &Group) -> bool {
    index != question.group
        && !group.strategy.is_apart()
        && !calls(&group.steps)
        && holds_gil(&group.steps) > 0.5
        && group.steps.iter().any(is_long)
}

/// Whether a step keeps the GIL for long enough that others notice.
fn is_long(step: &Step) -> bool {
    let long = |work: Dist| work.mean() >= Nanos::from_micros(500);
    match step {
        Step::Python { work, .. }
        | Step::NativeHolding { work }
        | Step::Share { work, .. }
        | Step::Mutate { work, .. } => long(*work),
        Step::Locked { body, .. } => body.iter().any(is_long),
        _ => false,
    }
}

/// The part of a pass that is spent with the GIL, 0 to 1.
pub(crate) fn holds_gil(steps: &[Step]) -> f64 {
    let (held, all) = split(steps);
    if all > 0.0 { held / all } else { 0.0 }
}

fn split(steps: &[Step]) -> (f64, f64) {
    let mean = |dist: Dist| dist.mean().as_secs_f64();
    steps.iter().fold((0.0, 0.0), |(held, all), step| {
        let (h, a) = match step {
            Step::Python { work, .. }
            | Step::NativeHolding { work }
            | Step::Share { work, .. }
            | Step::Mutate { work, .. } => (mean(*work), mean(*work)),
            Step::NativeReleasing { work } | Step::Syscall { work } => (0.0, mean(*work)),
            Step::Io { wait } | Step::Sleep { wait } | Step::Block { wait } => (0.0, mean(*wait)),
            Step::Receive { every } => (0.0, mean(*every)),
            Step::Call { .. } => (0.0, 0.0),
            Step::Locked { body, .. } => split(body),
        };
        (held + h, all + a)
    })
}

fn any(steps: &[Step], wanted: fn(&Step) -> bool) -> bool {
    steps.iter().any(|step| match step {
        Step::Locked { body, .. } => wanted(step) || any(body, wanted),
        _ => wanted(step),
    })
}

pub(crate) fn calls(steps: &[Step]) -> bool {
    any(steps, |step| matches!(step, Step::Call { .. }))
}

pub(crate) fn has_block(steps: &[Step]) -> bool {
    steps.iter().any(|step| matches!(step, Step::Block { .. }))
}

/// Whether the group asked about waits for others.
fn waits(question: &Question) -> bool {
    any(&question.group().steps, |step| {
        matches!(step, Step::Io { .. } | Step::Receive { .. } | Step::Block { .. })
    })
}

/// What threads share, processes and interpreters do not.
fn shares_nothing(group: &Group, strategy: Strategy) -> Result<(), String> {
    if !strategy.is_apart() {
        return Ok(());
    }
    if any(&group.steps, |step| matches!(step, Step::Locked { .. })) {
        return Err(format!(
            "{} takes a threading.Lock, and what it guards is not shared there",
            group.name
        ));
    }
    if any(&group.steps, |step| matches!(step, Step::Mutate { .. })) {
        return Err(format!("{} changes an object that is not shared there", group.name));
    }
    Ok(())
}

/// Steps whose bytecode is native code that lets go of the GIL, but for the glue.
fn native(steps: &[Step]) -> Result<Vec<Step>, String> {
    let mut all = Vec::new();
    for step in steps {
        match step {
            Step::Python { work, check } => {
                let part = |percent| scaled(*work, percent);
                all.push(Step::Python { work: part(GLUE_PERCENT), check: *check });
                all.push(Step::NativeReleasing { work: part(100 - GLUE_PERCENT) });
            }
            Step::NativeHolding { work } => all.push(Step::NativeReleasing { work: *work }),
            Step::Locked { lock, body } => {
                all.push(Step::Locked { lock: lock.clone(), body: native(body)? });
            }
            other => all.push(other.clone()),
        }
    }
    match all.len() <= *bounds::STEPS.end() {
        true => Ok(all),
        false => Err("the program would have too many steps to simulate".to_owned()),
    }
}

/// A duration times a number of percent, at least a nanosecond.
pub(crate) fn scaled(dist: Dist, percent: u64) -> Dist {
    let scale = |time: Nanos| {
        let time = u128::from(time.0) * u128::from(percent) / 100;
        let most = u128::from(bounds::DURATION.end().0);
        Nanos(time.clamp(1, most) as u64)
    };
    match dist {
        Dist::Fixed(a) => Dist::Fixed(scale(a)),
        Dist::Uniform(a, b) => Dist::Uniform(scale(a), scale(b)),
        Dist::Exponential(a) => Dist::Exponential(scale(a)),
        Dist::LogNormal(a, b) => Dist::LogNormal(scale(a), scale(b)),
    }
}

/// Has the blocking calls of an event loop done by the threads of `asyncio.to_thread`, whose pool
/// has `min(32, cores + 4)` of them (Lib/concurrent/futures/thread.py, 3.8).
fn offload(spec: &mut Spec, index: usize) {
    let threads = (spec.machine.cores + 4).min(32);
    let taken: Vec<String> = spec.groups.iter().map(|group| group.name.clone()).collect();
    let Some(group) = spec.groups.get_mut(index) else { return };
    let mut pools = Vec::new();
    for step in &mut group.steps {
        let Step::Block { wait } = *step else { continue };
        let name = free_name(taken.iter().chain(pools.iter().map(|pool: &Group| &pool.name)));
        let steps = vec![Step::Io { wait }];
        let pool = Group { count: threads, repeat: Repeat::Serve, ..Group::new(&name, steps) };
        *step = Step::Call { group: name, bytes: 0 };
        pools.push(pool);
    }
    spec.groups.extend(pools);
}

fn free_name<'a>(taken: impl Iterator<Item = &'a String> + Clone) -> String {
    let names =
        (1..).map(|n| if n == 1 { "to_thread".to_owned() } else { format!("to_thread{n}") });
    let free = |name: &String| taken.clone().all(|other| other != name);
    names.into_iter().find(free).unwrap_or_default()
}
