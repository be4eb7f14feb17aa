//! Claims that `gil check` can test again.

use gil_notation::print_scenario;
use gil_sim::spread::Spread;
use gil_sim::{Nanos, Scenario, Spec};
use gil_words::number;

use super::Facts;
use crate::cost::WorkKind;
use crate::plan::Plan;
use crate::words::rounded;

/// How much above the worst seed a bound lies: the worst of five draws is exceeded by the next one
/// once in six times, so that a bound at the worst would fail for nothing.
const ROOM: f64 = 1.25;

/// A bound on times, in seconds, above what all seeds have shown.
pub fn bound(wait: &Spread) -> f64 {
    rounded(wait.high * ROOM, 2)
}

/// A bound as it is read: `63 ms`.
pub fn bound_words(wait: &Spread) -> String {
    Nanos::from_secs_f64(bound(wait)).to_string()
}

/// The claims as TOML; nothing where there's no scenario of the best.
pub fn toml(facts: &Facts) -> Option<String> {
    let question = &facts.answer.question;
    let plan = Plan { percent: facts.best.figures.basis.percent };
    let scenario = facts.best.candidate.scenario(&plan.question(question)).ok()?;
    let scenario = with_own_limits(facts, scenario);
    let mut text = format!(
        "[settings]\nseeds = {}\n\n[scenarios]\ndecision = \"{}\"\n",
        facts.best.figures.basis.runs,
        print_scenario(&scenario)
    );
    let mut claim = |name: &str, holds: String, reason: &str| {
        text += &format!(
            "\n[[claims]]\nname = \"{name}\"\nscenario = \"decision\"\nholds = \"{holds}\"\n\
             reason = \"{reason}\"\n"
        );
    };
    let figures = &facts.best.figures;
    let group = facts.group();
    let name = match question.kind() {
        WorkKind::Batch => format!("makespan of {group}"),
        WorkKind::Service => format!("p99 of {group}"),
    };
    if let Some(wait) = figures.wait {
        let metric = metric(facts);
        let most = number(rounded(bound(&wait) * 1e3, 2)).replace(',', "");
        let reason = "the worst of the seeds and a quarter more";
        claim(&name, format!("{metric} < {most} ms"), reason);
    }
    if let Some(rate) = figures.throughput {
        let least = number(rounded(rate.low * 0.9, 2)).replace(',', "");
        let reason = "the slowest of the seeds less a tenth";
        claim(
            &format!("throughput of {group}"),
            format!("throughput({group}) > {least} /s"),
            reason,
        );
    }
    let most = (figures.memory as f64 * 1.1 / f64::from(1 << 20)).ceil();
    claim("memory", format!("memory() < {most} mib"), "no more workers than decided");
    Some(text)
}

/// The scenario with the limits that the question has, where its runs end within them.
fn with_own_limits(facts: &Facts, scenario: Scenario) -> Scenario {
    let limits = facts.answer.question.scenario.spec().limits;
    let basis = facts.best.figures.basis;
    // Other seeds are a little longer.
    let fits = basis.events + basis.events / 10 < limits.events as usize
        && basis.span + basis.span / 10 < limits.time;
    let spec = Spec { limits, ..scenario.spec().clone() };
    Scenario::new(spec).ok().filter(|_| fits).unwrap_or(scenario)
}

/// The claims' word for what is waited for.
fn metric(facts: &Facts) -> String {
    let question = &facts.answer.question;
    let group = facts.group();
    match question.kind() {
        WorkKind::Batch => format!("makespan({group})"),
        WorkKind::Service if question.has_requests() => format!("response_p99({group})"),
        WorkKind::Service => format!("pass_p99({group})"),
    }
}
