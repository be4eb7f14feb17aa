//! What a team relies on in a scenario: ratios of runs, simulated.

use gil_sim::metric::{Metric, Of};
use gil_sim::{Dist, Group, GroupId, Nanos, Repeat, Run, Scenario, Spec};

use crate::python::string;

/// Numbers of cores that speed-ups are simulated for.
const CORES: [u16; 5] = [1, 2, 4, 8, 16];

/// What groups are relied on for.
pub struct Relied {
    slowdowns: Vec<Slowdown>,
    loads: Vec<Load>,
    speedups: Vec<Speedup>,
}

/// A group whose passes take so many times as long beside others as alone.
struct Slowdown {
    group: GroupId,
    others: Vec<GroupId>,
    simulated: f64,
}

/// A group whose answers take so many times as long as at a quarter of the load.
struct Load {
    group: GroupId,
    simulated: f64,
}

/// A group whose members get so many times as much done as one of them, by the number of cores.
struct Speedup {
    group: GroupId,
    simulated: Vec<(u16, f64)>,
}

/// What can be compared in a scenario.
///
/// # Errors
/// A sentence where there's nothing.
pub fn relied_on(scenario: &Scenario) -> Result<Relied, String> {
    let spec = scenario.spec();
    let groups = || spec.numbered_groups().filter(|(_, group)| group.repeat.ends());
    let slowdowns: Vec<Slowdown> = groups().filter_map(|(at, _)| slowdown(spec, at)).collect();
    let loads: Vec<Load> = groups().filter_map(|(at, _)| load(spec, at)).collect();
    let speedups: Vec<Speedup> =
        groups().filter_map(|(at, group)| speedup(spec, at, group)).collect();
    match slowdowns.is_empty() && loads.is_empty() && speedups.is_empty() {
        false => Ok(Relied { slowdowns, loads, speedups }),
        true => Err("there is nothing to compare: it takes a second group, or a group of several \
                     members, whose simulated runs come to their end"
            .to_owned()),
    }
}

/// A run of some groups, and of the pools that they may call; `None` where it is not whole.
fn run_of(spec: &Spec, chosen: &[GroupId], change: impl Fn(&mut Spec)) -> Option<(Run, GroupId)> {
    let mut part = spec.clone();
    part.interventions.clear();
    let is_there =
        |(at, group): &(GroupId, &Group)| chosen.contains(at) || group.repeat == Repeat::Serve;
    let kept = spec.numbered_groups().filter(is_there);
    let (numbers, groups): (Vec<GroupId>, Vec<&Group>) = kept.unzip();
    part.groups = groups.into_iter().cloned().collect();
    change(&mut part);
    let run = Run::of(Scenario::new(part).ok()?);
    let at = numbers.iter().position(|number| Some(number) == chosen.first())?;
    run.is_whole().then_some((run, GroupId::of(at)))
}

fn figure((run, group): &(Run, GroupId), key: &str) -> Option<f64> {
    Metric::find(key)?.read(run, Of::Group(*group)).filter(|value| *value > 0.0)
}

/// The other groups, without pools: those are there in any case.
fn others(spec: &Spec, group: GroupId) -> Vec<GroupId> {
    let is_other = |(at, other): &(GroupId, &Group)| *at != group && other.repeat != Repeat::Serve;
    spec.numbered_groups().filter(is_other).map(|(at, _)| at).collect()
}

fn load(spec: &Spec, group: GroupId) -> Option<Load> {
    let loaded = run_of(spec, &[group], |_| ())?;
    let calm = run_of(spec, &[group], |part| part.groups.iter_mut().for_each(calm))?;
    let answers = |run| figure(run, "response_mean");
    // Without arrivals there are no answers, and a pool's are not the group's.
    matches!(spec.group(group)?.repeat, Repeat::Arrivals { .. }).then_some(())?;
    Some(Load { group, simulated: (answers(&loaded)? / answers(&calm)?).max(1.0) })
}

/// A quarter of the load, with as many requests.
fn calm(group: &mut Group) {
    if let Repeat::Arrivals { every, during } = &mut group.repeat {
        let slower = |time: Nanos| time * 4;
        *during = slower(*during);
        *every = match *every {
            Dist::Fixed(gap) => Dist::Fixed(slower(gap)),
            Dist::Exponential(mean) => Dist::Exponential(slower(mean)),
            Dist::Uniform(low, high) => Dist::Uniform(slower(low), slower(high)),
            Dist::LogNormal(median, p95) => Dist::LogNormal(slower(median), slower(p95)),
        };
    }
}

fn slowdown(spec: &Spec, group: GroupId) -> Option<Slowdown> {
    let others = others(spec, group);
    if others.is_empty() {
        return None;
    }
    let all: Vec<GroupId> = [group].into_iter().chain(others.iter().copied()).collect();
    let (alone, beside) = (run_of(spec, &[group], |_| ())?, run_of(spec, &all, |_| ())?);
    let answers = matches!(spec.group(group)?.repeat, Repeat::Arrivals { .. });
    let key = if answers { "response_mean" } else { "pass_mean" };
    let simulated = (figure(&beside, key)? / figure(&alone, key)?).max(1.0);
    Some(Slowdown { group, others, simulated })
}

fn speedup(spec: &Spec, at: GroupId, group: &Group) -> Option<Speedup> {
    let is_work = matches!(group.repeat, Repeat::Times(_) | Repeat::For(_) | Repeat::Jobs(_));
    if group.count < 2 || !is_work {
        return None;
    }
    let on = |cores: u16| {
        let cores_only = |part: &mut Spec| part.machine = part.machine.with_cores(cores);
        let all = run_of(spec, &[at], cores_only)?;
        let one = run_of(spec, &[at], |part| {
            cores_only(part);
            part.groups
                .iter_mut()
                .filter(|one| one.name == group.name)
                .for_each(|one| one.count = 1);
        })?;
        Some((cores, figure(&all, "throughput")? / figure(&one, "throughput")?))
    };
    let simulated: Vec<(u16, f64)> = CORES.into_iter().filter_map(on).collect();
    // Any machine has at least one core.
    (simulated.first()?.0 == 1).then_some(Speedup { group: at, simulated })
}

impl Relied {
    /// The words of the parts that the tests need.
    pub fn needs(&self) -> impl Iterator<Item = &'static str> {
        let slowdown = (!self.slowdowns.is_empty()).then_some("slowdown");
        let speedup = (!self.speedups.is_empty()).then_some("speedup");
        let load = (!self.loads.is_empty()).then_some("load");
        slowdown.into_iter().chain(load).chain(speedup)
    }

    /// The tests, as functions of Python.
    pub fn tests(&self, spec: &Spec) -> String {
        let slowdowns = self.slowdowns.iter().map(|relied| relied.test(spec));
        let loads = self.loads.iter().map(|relied| relied.test(spec));
        slowdowns.chain(loads).chain(self.speedups.iter().map(|relied| relied.test(spec))).collect()
    }
}

/// A group's name within a docstring.
fn name(spec: &Spec, group: GroupId) -> String {
    let name = spec.group(group).map_or("", |group| &group.name);
    string(name).trim_matches('"').to_owned()
}

impl Slowdown {
    fn test(&self, spec: &Spec) -> String {
        let number = self.group.ordinal();
        let others: Vec<String> = self.others.iter().map(|other| name(spec, *other)).collect();
        format!(
            "def test_group_{number}_beside_others():\n    \
             \"\"\"Passes of {} don't take much longer because of {}.\"\"\"\n    \
             assert_slowdown({}, {:?}, simulated={:.2})\n\n\n",
            name(spec, self.group),
            others.join(", "),
            self.group.index(),
            self.others.iter().map(|other| other.index()).collect::<Vec<_>>(),
            self.simulated
        )
    }
}

impl Load {
    fn test(&self, spec: &Spec) -> String {
        let number = self.group.ordinal();
        format!(
            "def test_group_{number}_under_load():\n    \
             \"\"\"Answers of {} don't take much longer than at a quarter of the load.\"\"\"\n    \
             assert_load({}, simulated={:.2})\n\n\n",
            name(spec, self.group),
            self.group.index(),
            self.simulated
        )
    }
}

impl Speedup {
    fn test(&self, spec: &Spec) -> String {
        let number = self.group.ordinal();
        let by_cores: Vec<String> =
            self.simulated.iter().map(|(cores, factor)| format!("{cores}: {factor:.2}")).collect();
        format!(
            "def test_group_{number}_speedup():\n    \
             \"\"\"Members of {} get more done than one does, on so many cores so much.\"\"\"\n    \
             assert_speedup({}, simulated={{{}}})\n\n\n",
            name(spec, self.group),
            self.group.index(),
            by_cores.join(", ")
        )
    }
}
