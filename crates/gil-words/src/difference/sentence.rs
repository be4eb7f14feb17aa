//! The one sentence on top of a comparison.

use gil_sim::Nanos;

use super::first::first_difference;
use super::input::pairs;
use super::outcome::{CORES, FAILED, HANDOFFS, figures, is_same_work, of_group, starving};
use super::rows::{Figure, Good, Measure};
use crate::headline::main_group;
use crate::{Figures, capitalized, ended};

/// What B does to what the groups are about, in one or two sentences, made from the largest effect.
pub fn summary(a: Figures, b: Figures) -> String {
    if a.scenario == b.scenario {
        return "Both scenarios are the same. Change one of them to see what that does.".to_owned();
    }
    if first_difference(a.trace, b.trace).is_none() {
        return "What is changed makes no difference here: both runs are the same, event by event."
            .to_owned();
    }
    if ended(&a.trace.outcome) != ended(&b.trace.outcome) {
        let end = |run: Figures| format!("{} after {}", ended(&run.trace.outcome), run.trace.end);
        return format!("A {}; B {}.", end(a), end(b));
    }
    match starving_differs(a, b) {
        Some(text) => text,
        None => effect(a, b),
    }
}

fn starving_differs(a: Figures, b: Figures) -> Option<String> {
    match (starving(a).as_str(), starving(b).as_str()) {
        ("", "") => None,
        ("", names) => Some(format!("In B {names} no longer gets the GIL and starves, in A not.")),
        (names, "") => Some(format!("In A {names} no longer gets the GIL and starves, in B not.")),
        _ => None,
    }
}

fn effect(a: Figures, b: Figures) -> String {
    let all = figures(a, b);
    let largest = |figures: &[Figure]| {
        let apart = figures.iter().filter(|figure| !figure.is_same());
        apart.max_by(|x, y| x.effect().total_cmp(&y.effect())).cloned()
    };
    let Some(main) = largest(&about(a, b)) else {
        let rest = largest(&all).map(|rest| is(&rest, ""));
        if pairs(&a.scenario.spec().groups, &b.scenario.spec().groups).is_empty() {
            let apart = "No group of A is in B, so nobody's work can be compared.";
            return rest.map_or(apart.to_owned(), |rest| format!("{apart} {rest}"));
        }
        return match rest {
            Some(rest) => format!("What the groups get done stays the same to within 1 %. {rest}"),
            None => "No figure differs by more than 1 %.".to_owned(),
        };
    };
    let opposite = main.better().map(|side| side.other());
    // Counts are of what lies behind the times, no price by themselves.
    let is_price = |figure: &Figure| {
        let counts = figure.measure != Measure::Count && figure.effect() > WORTH_SAYING;
        counts && opposite.is_some() && figure.better() == opposite
    };
    let prices: Vec<Figure> = all.into_iter().filter(is_price).collect();
    match largest(&prices) {
        Some(price) => format!("{} {}", said(&main), is(&price, "In return, ")),
        None => said(&main),
    }
}

/// The logarithm of 1.1: what is worse by less is not worth a sentence.
const WORTH_SAYING: f64 = 0.095;

/// The figures that the sentence can be about: what the main group is for.
fn about(a: Figures, b: Figures) -> Vec<Figure> {
    let pairs = pairs(&a.scenario.spec().groups, &b.scenario.spec().groups);
    let of = |main: usize| pairs.iter().find(|pair| pair.1 == main);
    let group = of(main_group(b.scenario)).or(pairs.first());
    let figures_of_group = group.and_then(|(i, j)| {
        let (a, b) = (a.stats.groups.get(*i)?, b.stats.groups.get(*j)?);
        Some(of_group(a, b))
    });
    let mut about = figures_of_group.unwrap_or_default();
    // The tail of a tail is the matter of the table.
    about.retain(|figure| !figure.name.contains("p99"));
    if is_same_work(a, b) {
        // The time for the same work says more than work in a time.
        about.retain(|figure| figure.good != Good::More);
        about.extend(figures(a, b).into_iter().filter(|f| f.measure == Measure::Duration));
    }
    about
}

fn said(figure: &Figure) -> String {
    let (a, b) = figure.written();
    match figure.measure {
        Measure::Duration => {
            let (faster, factor) = match figure.b < figure.a {
                true => ("is {} times as fast", figure.a / figure.b),
                false => ("takes {} times as long", figure.b / figure.a),
            };
            let how = faster.replace("{}", &crate::number(factor));
            format!("B {how}: {} instead of {}.", time(figure.b), time(figure.a))
        }
        _ => format!("In B {} is {b} instead of {a}, {}.", figure.name, figure.words()),
    }
}

fn time(nanos: f64) -> Nanos {
    Nanos(nanos as u64)
}

/// A lesser figure as a sentence.
fn is(figure: &Figure, lead: &str) -> String {
    let (a, b) = figure.written();
    let name = match (lead, lower(&figure.name)) {
        ("", name) if name.starts_with("the ") => capitalized(&name),
        ("", _) => figure.name.clone(),
        (_, name) => name,
    };
    let several = [HANDOFFS, FAILED, CORES].contains(&figure.name.as_str());
    let is = if several { "are" } else { "is" };
    format!("{lead}{name} {is} {b} in B, {a} in A.")
}

/// A name within a sentence: that of a group stays, `Memory` does not.
fn lower(name: &str) -> String {
    if name.contains("'s ") {
        return name.to_owned();
    }
    if name.starts_with("GIL") {
        return format!("the {name}");
    }
    let mut chars = name.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => name.to_owned(),
    }
}
