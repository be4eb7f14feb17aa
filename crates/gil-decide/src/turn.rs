//! What would change the answer: the workload or machine is varied until the first two swap.

use gil_sim::{Dist, Machine, Repeat, Scenario, Step, Strategy, bounds};
use gil_words::{count, number};
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Entry, rival};
use crate::build::{calls, scaled};
use crate::candidate::Candidate;
use crate::question::Question;
use crate::rank;
use crate::search::enter;
use crate::words::bytes;

/// What is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Axis {
    /// Cores.
    Cores,
    /// Members of the group.
    Workers,
    /// CPU time of a pass with the GIL, in percent of what it is.
    Computing,
    /// Bytes of a job's arguments and of its result.
    Data,
    /// Passes of each member, in percent of what they are.
    Amount,
}

impl Axis {
    /// All of them.
    pub const ALL: [Axis; 5] =
        [Axis::Cores, Axis::Workers, Axis::Computing, Axis::Data, Axis::Amount];

    /// Where it stands in the question; `None` where it has no such thing.
    fn now(self, question: &Question) -> Option<u64> {
        let group = question.group();
        match self {
            Axis::Cores => Some(u64::from(question.scenario.spec().machine.cores)),
            Axis::Workers => Some(u64::from(group.count)),
            Axis::Computing => (crate::build::holds_gil(&group.steps) > 0.0).then_some(100),
            Axis::Data => job_size(question),
            Axis::Amount => matches!(group.repeat, Repeat::Times(_)).then_some(100),
        }
    }

    /// The ends that are tried, the nearer first.
    fn ends(self) -> [u64; 2] {
        match self {
            Axis::Cores => [1, 32],
            Axis::Workers => [1, 64],
            Axis::Computing => [10, 1_000],
            Axis::Data => [1 << 10, 16 << 20],
            Axis::Amount => [10, 2_000],
        }
    }

    /// The question with another value.
    fn apply(self, question: &Question, value: u64) -> Option<Question> {
        let mut spec = question.scenario.spec().clone();
        let mine = question.group;
        match self {
            Axis::Cores => {
                let cores = u16::try_from(value).ok()?;
                let machine = spec.machine;
                let usual = Machine::usual_slice(machine.os, machine.cores) == machine.time_slice;
                spec.machine = match usual {
                    true => machine.with_cores(cores),
                    false => Machine { cores, ..machine },
                };
            }
            Axis::Workers => spec.groups.get_mut(mine)?.count = u16::try_from(value).ok()?,
            Axis::Computing => compute(&mut spec.groups.get_mut(mine)?.steps, value),
            Axis::Data => {
                spec.groups.iter_mut().for_each(|group| resize(&mut group.steps, value));
            }
            Axis::Amount => {
                let Repeat::Times(times) = &mut spec.groups.get_mut(mine)?.repeat else {
                    return None;
                };
                let most = u64::from(*bounds::TIMES.end());
                *times = (u64::from(*times) * value / 100).clamp(1, most) as u32;
            }
        }
        let scenario = Scenario::new(spec).ok()?;
        Some(Question { scenario, ..question.clone() })
    }

    /// A value in words.
    fn words(self, question: &Question, value: u64) -> String {
        let group = &question.group().name;
        match self {
            Axis::Cores => count(value as usize, "core"),
            Axis::Workers => format!("{} of {group}", count(value as usize, "member")),
            Axis::Computing => {
                format!(
                    "{} times the computing in each pass of {group}",
                    number(value as f64 / 100.0)
                )
            }
            Axis::Data => format!("{} for each job", bytes(value)),
            Axis::Amount => {
                format!(
                    "{} times the passes of each member of {group}",
                    number(value as f64 / 100.0)
                )
            }
        }
    }
}

/// Bytes of the first job that is handed over to or by the group.
fn job_size(question: &Question) -> Option<u64> {
    let groups = &question.scenario.spec().groups;
    let involved = calls(&question.group().steps) || question.group().repeat == Repeat::Serve;
    let sizes = groups.iter().flat_map(|group| &group.steps).filter_map(|step| match step {
        Step::Call { bytes, .. } => Some(*bytes),
        _ => None,
    });
    sizes.max().filter(|_| involved)
}

fn resize(steps: &mut [Step], size: u64) {
    for step in steps {
        match step {
            Step::Call { bytes, .. } => *bytes = size,
            Step::Locked { body, .. } => resize(body, size),
            _ => {}
        }
    }
}

fn compute(steps: &mut [Step], percent: u64) {
    let scale = |work: &mut Dist| *work = scaled(*work, percent);
    for step in steps {
        match step {
            Step::Python { work, .. }
            | Step::NativeHolding { work }
            | Step::Share { work, .. }
            | Step::Mutate { work, .. } => scale(work),
            Step::Locked { body, .. } => compute(body, percent),
            _ => {}
        }
    }
}

/// Where the answer changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// What was varied.
    pub axis: Axis,
    /// The nearest value tried at which the other one is better; `None` where the answer holds from
    /// end to end.
    pub at: Option<u64>,
    /// What is found, as a sentence.
    pub text: String,
}

/// Runs that a search between two values may take on the way.
const CUTS: usize = 4;

impl Turn {
    /// Varies one thing. `None` where the question has no such thing, or nothing to swap with.
    pub fn find(question: &Question, ranked: &[Entry], axis: Axis) -> Option<Turn> {
        let now = axis.now(question)?;
        let contest = Contest::new(question, ranked, axis)?;
        let ends = axis.ends().into_iter().filter(|end| *end != now);
        let mut held = Vec::new();
        for end in ends {
            match contest.winner(end) {
                Some(winner) if winner != contest.first => {
                    return Some(contest.near(now, (end, winner)));
                }
                Some(_) => held.push(axis.words(question, end)),
                None => {}
            }
        }
        let text = format!("It stays ahead with {}.", held.join(" and with "));
        (!held.is_empty()).then_some(Turn { axis, at: None, text })
    }
}

/// The best, its rival and how it runs now, at other values of an axis.
struct Contest<'a> {
    question: &'a Question,
    axis: Axis,
    first: Candidate,
    all: Vec<Candidate>,
}

impl Contest<'_> {
    fn new<'a>(question: &'a Question, ranked: &[Entry], axis: Axis) -> Option<Contest<'a>> {
        let first = ranked.first()?.candidate;
        let mut all = vec![first, rival(ranked)?.candidate];
        let now = Candidate::now(question);
        if !all.contains(&now) {
            all.push(now);
        }
        Some(Contest { question, axis, first, all })
    }

    /// Who is best at a value; `None` where one of them is not feasible there. Equal ones stay in
    /// their order, so that only a difference changes the answer.
    fn winner(&self, at: u64) -> Option<Candidate> {
        let varied = self.axis.apply(self.question, at)?;
        let entries = self.all.iter().map(|candidate| enter(&varied, *candidate));
        let entries = entries.collect::<Result<Vec<_>, _>>().ok()?;
        let today = crate::answer::throughput_now(&varied, &entries);
        let ranked = rank::rank(&entries, today, &varied.constraints);
        ranked.first().map(|entry| entry.candidate)
    }

    /// Halves the way from where it stands to a value with another winner.
    fn near(&self, now: u64, (end, winner): (u64, Candidate)) -> Turn {
        let (mut same, mut other, mut then) = (now, end, winner);
        for _ in 0..CUTS {
            let middle = geometric(same, other);
            if middle == same || middle == other {
                break;
            }
            match self.winner(middle) {
                Some(winner) if winner == self.first => same = middle,
                Some(winner) => (other, then) = (middle, winner),
                None => break,
            }
        }
        let (axis, question) = (self.axis, self.question);
        let text = format!(
            "With {} \"{}\" is ahead; with {} it is not yet.",
            axis.words(question, other),
            then.title(question),
            axis.words(question, same)
        );
        Turn { axis, at: Some(other), text }
    }
}

/// Between two values, on a scale of ratios.
fn geometric(a: u64, b: u64) -> u64 {
    ((a.max(1) as f64 * b.max(1) as f64).sqrt().round()) as u64
}

/// What would change the answer by rule, where a run cannot say it.
pub fn rules(answer: &Answer) -> Vec<String> {
    let mut all = Vec::new();
    let question = &answer.question;
    let order = question.constraints.order();
    let first = order.first().copied();
    for cost in order.iter().skip(1) {
        let mut other = question.clone();
        other.constraints.costs = std::iter::once(*cost).chain(order.iter().copied()).collect();
        let today = crate::answer::throughput_now(question, &answer.ranked);
        let ranked = rank::rank(&answer.ranked, today, &other.constraints);
        let (Some(then), Some(best)) = (ranked.first(), answer.best()) else { continue };
        if then.candidate != best.candidate && Some(*cost) != first {
            all.push(format!(
                "If {} cost the team most: \"{}\", {}.",
                cost.title().to_lowercase(),
                then.candidate.title(question),
                then.figure(*cost)
            ));
        }
    }
    let wins_by_gil = answer.best().is_some_and(|best| best.candidate.python.is_free_threaded());
    if wins_by_gil {
        all.push(
            "A C extension that does not say that it is safe without a GIL switches the GIL back \
             on, and with it today's figures."
                .to_owned(),
        );
    }
    let processes = |entry: &Entry| {
        matches!(
            entry.candidate.change,
            crate::candidate::Change::Strategy(Strategy::Processes(_))
                | crate::candidate::Change::Apart(Strategy::Processes(_))
        )
    };
    if answer.best().is_some_and(processes) {
        all.push("An argument or result that cannot be pickled rules processes out.".to_owned());
    }
    all
}
