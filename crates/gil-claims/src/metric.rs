//! A metric with its arguments, as a claim has it.

use std::ops::Range;

use gil_sim::metric::{ALIASES, Metric, Of, Scope};
use gil_sim::sweep::usual_group;
use gil_sim::{DropReason, GroupId, Outcome, Run, Scenario};
use gil_words::ended;

use crate::error::Fault;
use crate::lab::Lab;
use crate::quantity::Quantity;
use crate::seeds;
use crate::vary::vary;

/// What a metric can be asked with besides settings: `GROUP`, `[GROUP]`, `[REASON]` or nothing. A
/// group that is left out is the one that a sweep would vary; in brackets it is all of them.
pub fn takes(metric: &Metric) -> &'static str {
    match metric.scope() {
        Scope::Run => "",
        Scope::Group => "GROUP",
        Scope::Either => "[GROUP]",
        Scope::Reason => "[REASON]",
    }
}

/// A metric as a claim asks for it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub metric: &'static Metric,
    /// The name that the claim has for it, which may be an earlier one.
    pub name: String,
    pub arguments: Arguments,
}

/// What a metric is asked with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arguments(pub Vec<Argument>);

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Argument {
    pub key: Option<String>,
    pub value: String,
    pub span: Range<usize>,
}

impl Asked {
    /// The value of a run, or the median of several where the arguments ask for seeds.
    pub(crate) fn of(
        &self,
        scenario: &Scenario,
        span: &Range<usize>,
        lab: &mut Lab,
    ) -> Result<Quantity, Fault> {
        match seeds::asked(&self.arguments)? {
            None => self.of_one(scenario, span, lab),
            Some(number) => seeds::median(scenario, number, lab, |scenario, lab| {
                self.of_one(scenario, span, lab)
            }),
        }
    }

    fn of_one(
        &self,
        scenario: &Scenario,
        span: &Range<usize>,
        lab: &mut Lab,
    ) -> Result<Quantity, Fault> {
        let (of, group) = self.about(scenario)?;
        let scenario = changed(scenario, group, &self.arguments)?;
        let run = lab.measure(&scenario);
        let unit = self.metric.unit;
        let found = self.metric.read(&run, of).map(|value| Quantity { value, unit });
        found.ok_or_else(|| {
            let group = scenario.spec().group(group).map_or("", |group| &group.name);
            Fault::new(
                format!("the run has no {}: {}", self.name, why(&run, of, group)),
                span.clone(),
            )
        })
    }

    /// What is asked of, and the group that settings are about.
    fn about(&self, scenario: &Scenario) -> Result<(Of, GroupId), Fault> {
        let words: Vec<&Argument> = self.arguments.0.iter().filter(|a| a.key.is_none()).collect();
        if let Some(second) = words.get(1) {
            return Err(Fault::new("one group or reason is enough", second.span.clone()));
        }
        let word = words.first().copied();
        let scope = self.metric.scope();
        if let (Scope::Run, Some(word)) = (scope, word) {
            let message = format!("{} is a figure of the whole run, not of a group", self.name);
            return Err(Fault::new(message, word.span.clone()));
        }
        let usual = usual_group(scenario);
        if scope == Scope::Reason {
            let reason = word.map(find_reason).transpose()?;
            return Ok((reason.map_or(Of::Run, Of::Reason), usual));
        }
        let named = word.map(|word| find_group(scenario, word)).transpose()?;
        let group = named.unwrap_or(usual);
        Ok(match (scope, named) {
            (Scope::Group, _) | (Scope::Either, Some(_)) => (Of::Group(group), group),
            _ => (Of::Run, group),
        })
    }

    /// What is odd about the metric that a claim names: an earlier name that reads like the time
    /// of a request where there are requests.
    pub(crate) fn warning(&self, scenario: &Scenario) -> Option<String> {
        let (old, new) = ALIASES.iter().find(|(old, _)| *old == self.name)?;
        let (of, group) = self.about(scenario).ok()?;
        if !new.starts_with("wakeup_") {
            return Some(format!("{old} is called {new} now"));
        }
        let groups = &scenario.spec().groups;
        let asked = match of {
            Of::Group(_) => scenario.spec().group(group).filter(|group| has_requests(group))?,
            _ => groups.iter().find(|group| has_requests(group))?,
        };
        let meant = new.replace("wakeup_", "response_");
        Some(format!(
            "{old} is the time from the completion of I/O until a thread has the GIL, and is called \
             {new} now; the time that a request of {name} takes is {meant}({name})",
            name = asked.name
        ))
    }
}

/// Whether somebody waits for a group's answers.
fn has_requests(group: &gil_sim::Group) -> bool {
    group.repeat.has_queue() || group.begins_with_message()
}

/// Why a run does not have a metric.
fn why(run: &Run, of: Of, group: &str) -> String {
    match (&run.trace.outcome, of) {
        (Outcome::Completed, Of::Group(_)) => format!("{group} has none of it"),
        (Outcome::Completed, _) => "nobody has any of it".to_owned(),
        (outcome, _) => format!("it {} after {}", ended(outcome), run.trace.end),
    }
}

/// A reason for letting go of the GIL, as a claim names it: `drop_request`.
fn find_reason(word: &Argument) -> Result<DropReason, Fault> {
    let name = |reason: &DropReason| reason.name().replace([' ', '/'], "_").to_lowercase();
    let names: Vec<String> = DropReason::ALL.iter().map(name).collect();
    let found = names.iter().position(|name| *name == word.value);
    found.map(|found| DropReason::ALL[found]).ok_or_else(|| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Fault::unknown("reason", &word.value, &names, word.span.clone())
    })
}

fn find_group(scenario: &Scenario, word: &Argument) -> Result<GroupId, Fault> {
    scenario.spec().group_named(&word.value).ok_or_else(|| {
        let names: Vec<&str> =
            scenario.spec().groups.iter().map(|group| group.name.as_str()).collect();
        Fault::unknown("group", &word.value, &names, word.span.clone())
    })
}

/// The scenario with what the arguments change.
fn changed(scenario: &Scenario, group: GroupId, arguments: &Arguments) -> Result<Scenario, Fault> {
    let mut scenario = scenario.clone();
    for (index, argument) in arguments.0.iter().enumerate() {
        let Some(key) = argument.key.as_ref().filter(|key| *key != seeds::SEEDS) else { continue };
        if arguments.0[..index].iter().any(|before| before.key == argument.key) {
            return Err(Fault::new(format!("{key} is given twice"), argument.span.clone()));
        }
        scenario = vary(&scenario, group, key, &argument.value)
            .map_err(|message| Fault::new(message, argument.span.clone()))?;
    }
    Ok(scenario)
}
