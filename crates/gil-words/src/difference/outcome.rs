//! What differs between the outcomes of two runs, figure by figure.

use gil_sim::stats::{GroupStats, Latency, SpeedUp, Stats};
use gil_sim::{DropReason, Outcome, Repeat, Trace};

use super::input::pairs;
use super::rows::{Figure, Good, Measure};
use crate::{Figures, ended, number};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Its name: `Wall time`, `io's p95 latency`.
    pub name: String,
    /// Its value in A, with the unit.
    pub a: String,
    /// Its value in B.
    pub b: String,
    /// How B compares with A, in words.
    pub difference: String,
    /// Which is better, where more or less of it is good in itself.
    pub better: Option<Side>,
}

/// The outcomes of two runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// What differs by 1 % or more.
    pub rows: Vec<Effect>,
    /// What does not, with its value.
    pub same: Vec<String>,
}

/// What of the outcome differs, and what does not.
pub fn outcome_changes(a: Figures, b: Figures) -> Effects {
    let mut effects = Effects::default();
    ending(&mut effects, a.trace, b.trace);
    starved(&mut effects, a, b);
    for figure in figures(a, b) {
        effects.add(&figure);
    }
    // Handoffs have causes, which the figure alone does not tell.
    let causes = handoff_causes(a.stats, b.stats);
    let handoffs = effects.rows.iter_mut().find(|row| row.name == HANDOFFS);
    if let (Some(row), Some(causes)) = (handoffs, causes) {
        row.difference += &causes;
    }
    effects
}

impl Effects {
    fn add(&mut self, figure: &Figure) {
        let (a, b) = figure.written();
        if figure.is_absent() {
        } else if figure.is_same() {
            self.same.push(format!("{} ({b})", figure.name));
        } else {
            let (difference, better) = (figure.words(), figure.better());
            self.rows.push(Effect { name: figure.name.clone(), a, b, difference, better });
        }
    }

    fn row(&mut self, name: &str, values: (String, String), difference: &str, better: Side) {
        let (a, b) = values;
        let (name, difference) = (name.to_owned(), difference.to_owned());
        self.rows.push(Effect { name, a, b, difference, better: Some(better) });
    }
}

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
        _ => {
            let [a, b] = [values.0, values.1];
            let (name, difference) = (name.to_owned(), "cut for another reason".to_owned());
            effects.rows.push(Effect { name, a, b, difference, better: None });
        }
    }
}

/// Names of threads that starve, in a list.
pub(super) fn starving(run: Figures) -> String {
    let names: Vec<_> = run.stats.starved.iter().map(|thread| run.trace.name(*thread)).collect();
    names.join(", ")
}

fn starved(effects: &mut Effects, a: Figures, b: Figures) {
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

// The names in the plural.
pub(super) const HANDOFFS: &str = "Handoffs";
pub(super) const FAILED: &str = "Failed acquisitions";
pub(super) const CORES: &str = "Cores in use";

/// All figures of two runs that both have, what a reader asks first in front.
pub(super) fn figures(a: Figures, b: Figures) -> Vec<Figure> {
    let both = |name: &str, measure, good, read: fn(&Stats) -> f64| Figure {
        name: name.to_owned(),
        measure,
        good,
        a: read(a.stats),
        b: read(b.stats),
    };
    let mut all = vec![wall(a, b)];
    if is_known(a) && is_known(b) {
        all.push(Figure {
            name: "Speed-up over a sequence".to_owned(),
            measure: Measure::Factor,
            good: Good::More,
            a: a.speed_up.over_sequence,
            b: b.speed_up.over_sequence,
        });
    }
    for (i, j) in pairs(&a.scenario.spec().groups, &b.scenario.spec().groups) {
        if let (Some(a), Some(b)) = (a.stats.groups.get(i), b.stats.groups.get(j)) {
            all.extend(of_group(a, b));
        }
    }
    all.extend([
        both("GIL wait of all threads", Measure::Time, Good::Less, |s| s.gil_wait.0 as f64),
        both(HANDOFFS, Measure::Rate, Good::Neither, Stats::handoffs_per_second),
        both(FAILED, Measure::Count, Good::Less, |s| s.missed as f64),
        both(CORES, Measure::Cores, Good::Neither, |s| s.cores_in_use),
        both("Memory", Measure::Bytes, Good::Less, |s| s.memory.total() as f64),
        both("Start-up", Measure::Time, Good::Less, |s| s.start_up.0 as f64),
    ]);
    all
}

/// Whether every group that did anything could do it alone: one that calls a pool cannot.
fn is_known(run: Figures) -> bool {
    let SpeedUp { of_groups, over_sequence: _ } = run.speed_up;
    run.stats.groups.iter().zip(of_groups).all(|(group, alone)| group.passes == 0 || *alone > 0.0)
}

/// The wall time: a speed where both did the same work to its end, otherwise just a length.
fn wall(a: Figures, b: Figures) -> Figure {
    let (measure, good) = match is_same_work(a, b) {
        true => (Measure::Duration, Good::Less),
        false => (Measure::Time, Good::Neither),
    };
    let (in_a, in_b) = (a.stats.wall.0 as f64, b.stats.wall.0 as f64);
    Figure { name: "Wall time".to_owned(), measure, good, a: in_a, b: in_b }
}

/// Whether both runs completed, and every group that ends got the same done.
pub(super) fn is_same_work(a: Figures, b: Figures) -> bool {
    let (in_a, in_b) = (&a.scenario.spec().groups, &b.scenario.spec().groups);
    let same = |(i, j): &(usize, usize)| {
        let fixed = |repeat| matches!(repeat, Repeat::Times(_) | Repeat::Jobs(_));
        let (old, new) = (&in_a[*i], &in_b[*j]);
        let done = a.stats.groups[*i].passes == b.stats.groups[*j].passes;
        match old.repeat.ends() || new.repeat.ends() {
            true => fixed(old.repeat) && fixed(new.repeat) && done && old.steps == new.steps,
            false => true,
        }
    };
    let pairs = pairs(in_a, in_b);
    let ending = |groups: &[gil_sim::Group]| groups.iter().filter(|g| g.repeat.ends()).count();
    let paired = pairs.iter().filter(|(i, _)| in_a[*i].repeat.ends()).count();
    [a, b].iter().all(|run| run.trace.outcome == Outcome::Completed)
        && ending(in_a) == ending(in_b)
        && paired == ending(in_a)
        && pairs.iter().all(same)
}

/// The figures of a group that both runs have.
pub(super) fn of_group(a: &GroupStats, b: &GroupStats) -> Vec<Figure> {
    let name = &b.name;
    let mut all = vec![Figure {
        name: format!("{name}'s throughput"),
        measure: Measure::Rate,
        good: Good::More,
        a: a.throughput(),
        b: b.throughput(),
    }];
    all.extend(latency(&format!("{name}'s {{}} latency"), &a.io, &b.io));
    if let (Some(a), Some(b)) = (&a.queue, &b.queue) {
        all.extend(latency(&format!("{name}'s {{}} response time"), &a.response, &b.response));
    }
    all
}

fn latency(name: &str, a: &Latency, b: &Latency) -> Vec<Figure> {
    if a.count == 0 || b.count == 0 {
        return Vec::new();
    }
    let figure = |(of, in_a, in_b): (&str, gil_sim::Nanos, gil_sim::Nanos)| Figure {
        name: name.replace("{}", of),
        measure: Measure::Time,
        good: Good::Less,
        a: in_a.0 as f64,
        b: in_b.0 as f64,
    };
    [("p50", a.p50, b.p50), ("p95", a.p95, b.p95), ("p99", a.p99, b.p99)].map(figure).to_vec()
}

/// The cause of handoffs whose rate changed most, where there are several.
fn handoff_causes(a: &Stats, b: &Stats) -> Option<String> {
    let rate = |stats: &Stats, reason| {
        stats.handoffs.by(reason) as f64 / stats.wall.as_secs_f64().max(1e-9)
    };
    let moved = |reason: &DropReason| (rate(b, *reason) - rate(a, *reason)).abs();
    let seen = |reason: &&DropReason| rate(a, **reason) + rate(b, **reason) > 0.0;
    let causes: Vec<_> = DropReason::ALL.iter().filter(seen).collect();
    let most = causes.iter().max_by(|x, y| moved(x).total_cmp(&moved(y)))?;
    let (from, to) = (number(rate(a, **most)), number(rate(b, **most)));
    (causes.len() > 1).then(|| format!("; most of it by {}: {from} \u{2192} {to}", most.name()))
}
