//! The scenario of a candidate.

use gil_sim::program::parts_mut;
use gil_sim::{Group, GroupId, Repeat, Scenario, Spec, Step, bounds};

use crate::candidate::{Candidate, Change};
use crate::fact::Fact;
use crate::question::Question;
use crate::refuse;
use crate::steps::{computes_beside, goes_to_thread, scaled};

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
        refuse::by_fact(self, question)?;
        refuse::unsafe_by_itself(self, question)?;
        let mut spec = question.scenario.spec().clone();
        spec.python = self.python;
        spec.unmarked_extension |= question.has(Fact::UnmarkedExtension);
        self.apply(question, &mut spec)?;
        refuse::unsafe_together(question, &spec)?;
        let scenario = Scenario::new(spec).map_err(|found| {
            found.first().map_or_else(String::new, |invalid| invalid.message.clone())
        })?;
        refuse::too_large(question, &scenario)?;
        Ok(scenario)
    }

    fn apply(&self, question: &Question, spec: &mut Spec) -> Result<(), String> {
        let mine = question.group;
        match self.change {
            Change::Nothing => {}
            Change::Interval(interval) => spec.switch_interval = interval,
            Change::Offload => offload(spec, mine),
            Change::Strategy(strategy) => {
                refuse::shared(question.group(), strategy)?;
                spec.group_mut(mine).into_iter().for_each(|group| group.strategy = strategy);
            }
            Change::Apart(strategy) => {
                for (id, group) in spec.numbered_groups_mut() {
                    if computes_beside(question, id, group) {
                        refuse::shared(group, strategy)?;
                        group.strategy = strategy;
                    }
                }
            }
            Change::Native => {
                for (id, group) in spec.numbered_groups_mut() {
                    if id == mine || computes_beside(question, id, group) {
                        group.steps = native(&group.steps)?;
                    }
                }
            }
        }
        if let (Some(members), Some(group)) = (self.members, spec.group_mut(mine)) {
            share_among(group, members);
        }
        Ok(())
    }
}

/// Another number of members that do the same work together.
fn share_among(group: &mut Group, members: u16) {
    if let Repeat::Times(times) = &mut group.repeat {
        let all = u64::from(*times) * u64::from(group.count);
        let each = all.div_ceil(u64::from(members.max(1)));
        *times = each.min(u64::from(*bounds::TIMES.end())) as u32;
    }
    group.count = members;
}

/// Steps whose bytecode is native code that lets go of the GIL, except for the glue.
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

/// Has what blocks an event loop done by the threads of `asyncio.to_thread`, whose pool has
/// `min(32, cores + 4)` of them (Lib/concurrent/futures/thread.py, 3.8).
fn offload(spec: &mut Spec, id: GroupId) {
    let threads = (spec.machine.cores + 4).min(32);
    let Some(group) = spec.group_mut(id) else { return };
    let mut steps = std::mem::take(&mut group.steps);
    for step in steps.iter_mut().filter(|step| goes_to_thread(step)) {
        let name = spec.free_name("to_thread");
        let job = match *step {
            Step::Block { wait } => Step::Io { wait },
            _ => step.clone(),
        };
        let repeat = Repeat::Serve;
        spec.groups.push(Group { count: threads, repeat, ..Group::new(&name, vec![job]) });
        *step = Step::Call { group: name, bytes: 0 };
    }
    spec.group_mut(id).into_iter().for_each(|group| group.steps = std::mem::take(&mut steps));
}

/// The steps with every duration that needs the GIL changed to a number of percent of itself.
pub fn compute(steps: &mut [Step], percent: u64) {
    let computing = parts_mut(steps).into_iter().filter(|step| step.kind().holds_gil());
    computing.filter_map(Step::time_mut).for_each(|work| *work = scaled(*work, percent));
}
