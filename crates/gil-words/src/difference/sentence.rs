//! The one sentence on top of a comparison.

use gil_sim::metric::Unit;
use gil_sim::{GroupId, Run};

use super::first::first_difference;
use super::input::pairs;
use super::outcome::{figures, is_same_work, of_group, starving};
use super::rows::Compared;
use super::seeds::Seeds;
use crate::headline::main_group;
use crate::seen::Seen;
use crate::{ended, time};

/// What B does to what the groups are about, in one or two sentences, made from the largest effect.
/// Runs that did not end by themselves are not compared.
pub fn summary(a: &Run, b: &Run) -> String {
    summary_in(a, b, &Seeds::default())
}

/// The same with what several seeds give: it is about medians, and about nothing that is level.
pub fn summary_in(a: &Run, b: &Run, seeds: &Seeds) -> String {
    let (in_a, in_b) = (Seen::of(a), Seen::of(b));
    if in_a.scenario == in_b.scenario {
        return "Both scenarios are the same. Change one of them to see what that does.".to_owned();
    }
    if first_difference(&a.trace, &b.trace).is_none() {
        return "What is changed makes no difference here: both runs are the same, event by event."
            .to_owned();
    }
    let end = |run: &Run| format!("{} after {}", ended(&run.trace.outcome), run.trace.end);
    if a.is_cut() || b.is_cut() {
        return format!("A {}; B {}. {NOT_COMPARED}", end(a), end(b));
    }
    if ended(&a.trace.outcome) != ended(&b.trace.outcome) {
        return format!("A {}; B {}.", end(a), end(b));
    }
    match starving_differs(in_a, in_b) {
        Some(text) => text,
        None => effect(in_a, in_b, seeds),
    }
}

/// Why a change is not told in figures: one of the runs was cut; `None` where neither was.
pub fn not_compared(before: &Run, after: &Run) -> Option<String> {
    let which = match (before.is_cut(), after.is_cut()) {
        (false, false) => return None,
        (true, true) => "Both this run and the one before the change were cut",
        (true, false) => "The run before the change was cut",
        (false, true) => "This run was cut",
    };
    Some(format!("{which}, so that the figures of the two are not compared."))
}

/// What to do about runs that were cut.
const NOT_COMPARED: &str = "A run that was cut is not compared: raise its limits (limit=, events=) \
                            or give it less to do.";

fn starving_differs(a: Seen, b: Seen) -> Option<String> {
    match (starving(a).as_str(), starving(b).as_str()) {
        ("", "") => None,
        ("", names) => {
            Some(format!("In B {names} no longer gets the GIL and starves, but not in A."))
        }
        (names, "") => {
            Some(format!("In A {names} no longer gets the GIL and starves, but not in B."))
        }
        _ => None,
    }
}

fn effect(a: Seen, b: Seen, seeds: &Seeds) -> String {
    let settled = |all: Vec<Compared>| -> Vec<Compared> {
        all.into_iter().filter_map(|figure| seeds.settled(figure)).collect()
    };
    let all = settled(figures(a, b));
    let largest = |figures: &[Compared]| {
        let apart = figures.iter().filter(|figure| !figure.is_same());
        apart.max_by(|x, y| x.effect().total_cmp(&y.effect())).cloned()
    };
    let Some(main) = largest(&settled(about(a, b))) else {
        let rest = largest(&all).map(|rest| is(&rest, ""));
        if pairs(a.scenario.spec(), b.scenario.spec()).is_empty() {
            let apart = "No group of A is in B, so nobody's work can be compared.";
            return rest.map_or(apart.to_owned(), |rest| format!("{apart} {rest}"));
        }
        let several = seeds.are_several().then(|| seeds.runs());
        return match (rest, several) {
            (Some(rest), None) => {
                format!("What the groups get done stays the same to within 1 %. {rest}")
            }
            (None, None) => "No figure differs by more than 1 %.".to_owned(),
            (Some(rest), Some(runs)) => {
                format!("What the groups get done is level in {runs} seeds. {rest}")
            }
            (None, Some(runs)) => {
                format!("Level: in {runs} seeds, no figure differs by more than chance.")
            }
        };
    };
    let opposite = main.better().map(|side| side.other());
    // Counts are of what lies behind the times, no price by themselves.
    let is_price = |figure: &Compared| {
        let counts = figure.metric.unit != Unit::Number && figure.effect() > WORTH_SAYING;
        counts && opposite.is_some() && figure.better() == opposite
    };
    let prices: Vec<Compared> = all.into_iter().filter(is_price).collect();
    match largest(&prices) {
        Some(price) => format!("{} {}", said(&main), is(&price, "The price: ")),
        None => said(&main),
    }
}

/// The logarithm of 1.1: what is worse by less is not worth a sentence.
const WORTH_SAYING: f64 = 0.095;

/// The figures that the sentence can be about: what the main group is for.
fn about(a: Seen, b: Seen) -> Vec<Compared> {
    let pairs = pairs(a.scenario.spec(), b.scenario.spec());
    let of = |main: GroupId| pairs.iter().find(|pair| pair.1 == main);
    let group = of(main_group(b.scenario)).or(pairs.first());
    let mut about = group.map_or_else(Vec::new, |(i, j)| of_group(a, b, *i, *j));
    let has_requests = about.iter().any(|figure| figure.metric.key == "response_p50");
    about.retain(|figure| {
        let key = figure.metric.key;
        match has_requests {
            true => key.starts_with("response_") || key == "throughput",
            // The tail of a tail is the matter of the table.
            false => ["throughput", "wakeup_p50", "wakeup_p95"].contains(&key),
        }
    });
    if is_same_work(a, b) {
        // The time for the same work says more than work in a time.
        about.retain(|figure| !figure.is_gain());
        about.extend(figures(a, b).into_iter().filter(|figure| figure.is_duration));
    }
    about
}

fn said(figure: &Compared) -> String {
    let (a, b) = figure.written();
    if !figure.is_duration {
        return format!("In B {} is {b} instead of {a}, {}.", figure.name, figure.words());
    }
    let (faster, factor) = match figure.b < figure.a {
        true => ("is {} times as fast", figure.a / figure.b),
        false => ("takes {} times as long", figure.b / figure.a),
    };
    let how = faster.replace("{}", &crate::number(factor));
    format!("B {how}: {} instead of {}.", time(figure.b), time(figure.a))
}

/// A lesser figure as a sentence.
fn is(compared: &Compared, lead: &str) -> String {
    let (a, b) = compared.written();
    let name = match lead {
        "" => compared.name_at_start(),
        _ => compared.name_within(),
    };
    let is = if compared.is_plural() { "are" } else { "is" };
    format!("{lead}{name} {is} {b} instead of {a}.")
}
