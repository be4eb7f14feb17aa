//! What differs between the outcomes of two runs, figure by figure.

use gil_sim::metric::{Metric, Of};
use gil_sim::spread::Spread;
use gil_sim::stats::Stats;
use gil_sim::{DropReason, GroupId, Outcome, Repeat, Run, Spec, Trace};

use super::input::pairs;
use super::rows::Compared;
use super::seeds::{Pair, Seeds};
use crate::seen::Seen;
use crate::{ended, rate};

/// One of the two that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

impl Side {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Side::A => "A",
            Side::B => "B",
        }
    }

    /// The other one.
    pub fn other(self) -> Side {
        match self {
            Side::A => Side::B,
            Side::B => Side::A,
        }
    }
}

/// A figure that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Its name: `Wall time`, `io's p95 latency`.
    pub name: String,
    /// What it is, unless it is how the runs ended or who starved.
    pub metric: Option<&'static Metric>,
    /// The group that it is of.
    pub group: Option<String>,
    /// Its values in A and in B, in the base of the unit.
    pub values: Option<(f64, f64)>,
    /// How far several seeds reach in A and in B, where they were run.
    pub spreads: Option<(Spread, Spread)>,
    /// Its value in A, with the unit.
    pub a: String,
    /// Its value in B.
    pub b: String,
    /// How B compares with A, in words.
    pub difference: String,
    /// The side that is better, where more or less of it is good in itself.
    pub better: Option<Side>,
}

/// The outcomes of two runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// What differs by 1 % or more; of several seeds what is level, too.
    pub rows: Vec<Effect>,
    /// What does not, with its value.
    pub same: Vec<String>,
    /// Whether both runs ended by themselves, so that their figures can be compared.
    pub is_compared: bool,
}

/// What of the outcome differs, and what does not. Of runs of which one was cut or stuck the
/// figures are given side by side and not compared.
pub fn outcome_changes(a: &Run, b: &Run) -> Effects {
    outcome_changes_in(a, b, &Seeds::default())
}

/// The same with what several seeds give: medians with their ranges, and differences within the
/// spread are called level.
pub fn outcome_changes_in(a: &Run, b: &Run, seeds: &Seeds) -> Effects {
    let mut effects = Effects { is_compared: a.is_whole() && b.is_whole(), ..Effects::default() };
    let (a, b) = (Seen::of(a), Seen::of(b));
    ending(&mut effects, a.trace, b.trace);
    starved(&mut effects, a, b);
    for figure in figures(a, b) {
        match seeds.pair(&figure) {
            Some(pair) => effects.add_pair(figure, &pair),
            None => effects.add(&figure),
        }
    }
    // Handoffs have causes, which the figure alone does not tell.
    let causes = handoff_causes(a.stats, b.stats);
    let differs = |row: &&mut Effect| {
        let is_handoffs = row.metric.is_some_and(|metric| metric.key == "handoff_rate");
        is_handoffs && row.difference != LEVEL
    };
    let handoffs = effects.rows.iter_mut().find(differs);
    if let (Some(row), Some(causes)) = (handoffs, causes) {
        row.difference += &causes;
    }
    effects
}

impl Effects {
    fn add(&mut self, figure: &Compared) {
        let (_, b) = figure.written();
        if figure.is_absent() {
        } else if !self.is_compared {
            self.figure(figure, NOT_COMPARED.to_owned(), None);
        } else if figure.is_same() {
            self.same.push(format!("{} ({b})", figure.name));
        } else {
            self.figure(figure, figure.words(), figure.better());
        }
    }

    /// A figure of several seeds.
    fn add_pair(&mut self, figure: Compared, pair: &Pair) {
        let figure = figure.with_values(pair.a.median, pair.b.median);
        if !figure.is_absent() && self.is_compared && !figure.is_same() && pair.is_level() {
            self.figure(&figure, LEVEL.to_owned(), None);
        } else {
            self.add(&figure);
        }
        // The row is the last one, unless the figure is the same in both.
        let mine = |row: &&mut Effect| row.name == figure.name;
        if let Some(row) = self.rows.last_mut().filter(mine) {
            (row.a, row.b) = pair.written(&figure);
            row.spreads = Some((pair.a, pair.b));
        }
    }

    fn figure(&mut self, figure: &Compared, difference: String, better: Option<Side>) {
        let (a, b) = figure.written();
        self.rows.push(Effect {
            name: figure.name.clone(),
            metric: Some(figure.metric),
            group: figure.group.clone(),
            values: Some((figure.a, figure.b)),
            spreads: None,
            a,
            b,
            difference,
            better,
        });
    }

    fn row(
        &mut self,
        name: &str,
        (a, b): (String, String),
        difference: &str,
        better: impl Into<Option<Side>>,
    ) {
        let (name, difference) = (name.to_owned(), difference.to_owned());
        let (metric, group, better) = (None, None, better.into());
        let (values, spreads) = (None, None);
        self.rows.push(Effect { name, metric, group, values, spreads, a, b, difference, better });
    }
}

/// In place of a difference that is no larger than what seeds make.
const LEVEL: &str = "level: within the spread";

/// In place of a difference between runs of which one did not end by itself.
const NOT_COMPARED: &str = "not compared";

fn ending(effects: &mut Effects, a: &Trace, b: &Trace) {
    let (in_a, in_b) = (ended(&a.outcome), ended(&b.outcome));
    if in_a == in_b {
        effects.same.push(format!("How it ends ({in_b})"));
        return;
    }
    let values = (in_a.to_owned(), in_b.to_owned());
    let name = "How it ends";
    match (&a.outcome, &b.outcome) {
        (Outcome::Completed, _) => effects.row(name, values, "only A completes", Side::A),
        (_, Outcome::Completed) => effects.row(name, values, "only B completes", Side::B),
        (Outcome::Deadlock(_), _) => effects.row(name, values, "no deadlock in B", Side::B),
        (_, Outcome::Deadlock(_)) => effects.row(name, values, "a deadlock in B", Side::A),
        _ => effects.row(name, values, "cut for another reason", None),
    }
}

/// Names of threads that starve, in a list.
pub(super) fn starving(run: Seen) -> String {
    let names: Vec<_> = run.stats.starved.iter().map(|thread| run.trace.name(*thread)).collect();
    names.join(", ")
}

fn starved(effects: &mut Effects, a: Seen, b: Seen) {
    let (in_a, in_b) = (starving(a), starving(b));
    if in_a == in_b {
        return;
    }
    let (difference, better) = match (a.stats.starved.len(), b.stats.starved.len()) {
        (0, _) => ("starves in B", Side::A),
        (_, 0) => ("no longer starves", Side::B),
        (in_a, in_b) if in_a < in_b => ("more of them starve", Side::A),
        _ => ("others starve", Side::B),
    };
    let nobody = |names: String| if names.is_empty() { "nobody".to_owned() } else { names };
    effects.row("Starves for the GIL", (nobody(in_a), nobody(in_b)), difference, better);
}

/// What is compared of the whole runs, behind the figures of the groups.
const OF_RUN: [&str; 6] = ["gil_wait", "handoff_rate", "missed", "cores", "memory", "startup"];

/// What is compared of a group: what somebody waits for in front.
const OF_GROUP: [&str; 14] = [
    "response_p50",
    "response_p95",
    "response_p99",
    "unanswered",
    "throughput",
    "makespan",
    "pass_p50",
    "pass_p95",
    "pass_p99",
    "wakeup_p50",
    "wakeup_p95",
    "wakeup_p99",
    "longest_queue",
    "longest_wait",
];

/// All figures of two runs that both have, what a reader asks first in front.
pub(super) fn figures(a: Seen, b: Seen) -> Vec<Compared> {
    let mut all: Vec<Compared> = wall(a, b).into_iter().collect();
    all.extend(of_run("speedup_over_sequence", a, b));
    for (i, j) in pairs(a.scenario.spec(), b.scenario.spec()) {
        all.extend(of_group(a, b, i, j));
    }
    all.extend(OF_RUN.iter().filter_map(|key| of_run(key, a, b)));
    all
}

fn of_run(key: &str, a: Seen, b: Seen) -> Option<Compared> {
    let metric = Metric::find(key)?;
    let (in_a, in_b) = (metric.read(a.run, Of::Run)?, metric.read(b.run, Of::Run)?);
    Some(Compared::new(metric, None, in_a, in_b))
}

/// The wall time: a speed where both did the same work to its end, otherwise just a length.
fn wall(a: Seen, b: Seen) -> Option<Compared> {
    let figure = of_run("wall", a, b)?;
    Some(if is_same_work(a, b) { figure.for_same_work() } else { figure.for_any_length() })
}

/// Whether both runs completed, and every group that ends got the same done.
pub(super) fn is_same_work(a: Seen, b: Seen) -> bool {
    let (in_a, in_b) = (a.scenario.spec(), b.scenario.spec());
    let same = |(i, j): &(GroupId, GroupId)| {
        let fixed = |repeat| matches!(repeat, Repeat::Times(_) | Repeat::Jobs(_));
        let (old, new) = (a.group(*i), b.group(*j));
        let done = a.group_stats(*i).passes == b.group_stats(*j).passes;
        match old.repeat.ends() || new.repeat.ends() {
            true => fixed(old.repeat) && fixed(new.repeat) && done && old.steps == new.steps,
            false => true,
        }
    };
    let pairs = pairs(in_a, in_b);
    let ending = |spec: &Spec| spec.groups.iter().filter(|g| g.repeat.ends()).count();
    let paired = pairs.iter().filter(|(i, _)| a.group(*i).repeat.ends()).count();
    [a, b].iter().all(|run| run.trace.outcome == Outcome::Completed)
        && ending(in_a) == ending(in_b)
        && paired == ending(in_a)
        && pairs.iter().all(same)
}

/// The figures of a group that both runs have.
pub(super) fn of_group(a: Seen, b: Seen, i: GroupId, j: GroupId) -> Vec<Compared> {
    let name = &b.group(j).name;
    let has_requests = a.group_stats(i).response.is_some();
    OF_GROUP
        .iter()
        // Of requests it is the response that counts.
        .filter(|key| !(has_requests && key.starts_with("pass_")))
        .filter_map(|key| {
            let metric = Metric::find(key)?;
            let in_a = metric.read(a.run, Of::Group(i))?;
            let in_b = metric.read(b.run, Of::Group(j))?;
            Some(Compared::new(metric, Some(name), in_a, in_b).of_groups(i, j))
        })
        .collect()
}

/// The cause of handoffs whose rate changed most, where there are several.
fn handoff_causes(a: &Stats, b: &Stats) -> Option<String> {
    let rate_of = |stats: &Stats, reason| {
        stats.handoffs.by(reason) as f64 / stats.wall.as_secs_f64().max(1e-9)
    };
    let moved = |reason: &DropReason| (rate_of(b, *reason) - rate_of(a, *reason)).abs();
    let seen = |reason: &&DropReason| rate_of(a, **reason) + rate_of(b, **reason) > 0.0;
    let causes: Vec<_> = DropReason::ALL.iter().filter(seen).collect();
    let most = causes.iter().max_by(|x, y| moved(x).total_cmp(&moved(y)))?;
    let (from, to) = (rate(rate_of(a, **most)), rate(rate_of(b, **most)));
    (causes.len() > 1).then(|| format!("; most of it by {}: {from} \u{2192} {to}", most.name()))
}
