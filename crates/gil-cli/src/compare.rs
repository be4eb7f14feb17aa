//! `gil compare`: what differs between two scenarios, in words.

use std::process::ExitCode;

use gil_claims::Ranged;
use gil_notation::print_scenario;
use gil_sim::metric::Metric;
use gil_sim::spread::{Samples, Spread};
use gil_sim::{Nanos, Origin, Run, Scenario};
use gil_words::difference::{
    Change, Effects, Seeds, Side, first_words, input_changes, outcome_changes_in, same_until,
    summary_in,
};
use serde_json::{Value, json};

use crate::arguments::Compare;
use crate::error::Failure;
use crate::output::{aligned, print, table};
use crate::{input, json as dialect, seeds, strict};

/// What differs.
struct Difference {
    a: Run,
    b: Run,
    summary: String,
    changes: Vec<Change>,
    /// Until when the runs are the same, and the first events that differ.
    parting: Option<(Nanos, (String, String))>,
    effects: Effects,
    /// The runs that were made of each.
    seeds: usize,
}

/// Compares two scenarios.
pub fn compare(arguments: &Compare) -> Result<ExitCode, Failure> {
    let (a, b) = both(arguments)?;
    let difference = Difference::new(a, b, arguments.seeds);
    match arguments.json {
        true => print(&format!("{:#}\n", difference.json()))?,
        false => print(&difference.text())?,
    }
    let Difference { a, b, .. } = &difference;
    let runs = [("A", &a.trace.outcome), ("B", &b.trace.outcome)];
    Ok(strict::exit_code(arguments.strict, runs))
}

/// Two scenarios, or the two of one link.
fn both(arguments: &Compare) -> Result<(Scenario, Scenario), Failure> {
    let Some(b) = &arguments.b else {
        let link = input::read(&arguments.a)?;
        let help = "name another one, or give a link that has both, with \"vs\" between them";
        let only_one = || Failure::new("there is only one scenario").help(help);
        return Ok((link.scenario, link.other.ok_or_else(only_one)?));
    };
    if arguments.a == "-" && b == "-" {
        return Err(Failure::new("standard input has one scenario, not two"));
    }
    let [a, b] = [&arguments.a, b].map(|argument| {
        let link = input::read(argument)?;
        match link.other {
            None => Ok(link.scenario),
            Some(_) => Err(Failure::new(format!("{argument} has two scenarios of its own"))
                .help("compare the two with nothing behind it")),
        }
    });
    Ok((a?, b?))
}

/// How far several seeds reach, for programs.
fn range(metric: Option<&Metric>, spread: Option<Spread>) -> Option<Value> {
    Some(seeds::spread(&Ranged { spread: spread?, unit: metric?.unit }))
}

/// What was simulated.
fn scenario(run: &Run) -> &Scenario {
    let Origin::Simulated(scenario) = &run.origin;
    scenario
}

impl Difference {
    fn new(a: Scenario, b: Scenario, number: u32) -> Difference {
        // One seed is the runs themselves.
        let seeds = match number {
            1 => Seeds::default(),
            _ => Seeds { a: Samples::of(&a, number), b: Samples::of(&b, number) },
        };
        let (a, b) = (Run::of(a), Run::of(b));
        let until = same_until(&a.trace, &b.trace);
        Difference {
            summary: summary_in(&a, &b, &seeds),
            changes: input_changes(scenario(&a), scenario(&b)),
            parting: until.and_then(|until| Some((until, first_words(&a.trace, &b.trace)?))),
            effects: outcome_changes_in(&a, &b, &seeds),
            seeds: seeds.runs().max(1),
            a,
            b,
        }
    }

    fn text(&self) -> String {
        let links = [&self.a, &self.b].map(|run| print_scenario(scenario(run)));
        let mut text = format!("{}\n\nA  {}\nB  {}\n", self.summary, links[0], links[1]);
        if !self.changes.is_empty() {
            text += "\nWhat is changed from A to B\n";
            text.extend(self.changes.iter().map(|change| format!("  {change}\n")));
        }
        if let Some((until, (in_a, in_b))) = &self.parting {
            let until = match *until {
                Nanos::ZERO => "They differ from the start.".to_owned(),
                until => format!("The same until {until}."),
            };
            text += &format!("\nWhere the runs part\n  {until}\n  A  {in_a}\n  B  {in_b}\n");
        }
        text + &self.outcome()
    }

    fn outcome(&self) -> String {
        let Effects { rows, same, .. } = &self.effects;
        let mut text = String::new();
        if !rows.is_empty() {
            let mut shown = table(&["figure", "A", "B", "B against A", "better"]);
            for row in rows {
                let better = row.better.map_or("-", Side::name);
                shown.add_row([&row.name, &row.a, &row.b, &row.difference, better]);
            }
            let several = match self.seeds {
                1 => String::new(),
                seeds => format!(", in {seeds} seeds: median (lowest to highest)"),
            };
            text += &format!("\nWhat it did{several}\n{}\n", aligned(&shown));
        }
        if !same.is_empty() {
            text += &format!("\nThe same in both: {}.\n", same.join(", "));
        }
        text
    }

    fn json(&self) -> Value {
        let changes = self.changes.iter().map(|change| {
            let (a, b) = change.values.clone().unzip();
            json!({ "what": change.what, "a": a, "b": b })
        });
        let effects = self.effects.rows.iter().map(|row| {
            let (a, b) = row.values.unzip();
            let (in_a, in_b) = row.spreads.unzip();
            json!({
                "figure": row.name,
                "metric": row.metric.map(|metric| metric.key),
                "group": row.group,
                "unit": row.metric.map(|metric| metric.unit),
                "a": dialect::number(a),
                "b": dialect::number(b),
                "a_range": range(row.metric, in_a),
                "b_range": range(row.metric, in_b),
                "text": { "a": row.a, "b": row.b },
                "difference": row.difference,
                "better": row.better.map(Side::name),
            })
        });
        let parting = self
            .parting
            .as_ref()
            .map(|(until, (in_a, in_b))| json!({ "same_until_ns": until.0, "a": in_a, "b": in_b }));
        dialect::document(json!({
            "summary": self.summary,
            "is_compared": self.effects.is_compared,
            "seeds": self.seeds,
            "changes": changes.collect::<Value>(),
            "parting": parting,
            "effects": effects.collect::<Value>(),
            "same": self.effects.same,
            "a": dialect::run(&self.a),
            "b": dialect::run(&self.b),
        }))
    }
}
