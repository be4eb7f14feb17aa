//! `gil sweep`: one thing varied, everything else as it is.

mod bars;
mod chart;
mod column;
mod over;
mod points;
mod report;

use std::path::Path;
use std::process::ExitCode;

use gil_claims::vary;
use gil_sim::sweep::usual_group;
use gil_sim::{Outcome, Scenario};
use gil_view::svg::{self, Caption};

use crate::arguments::{Sweep, ThemeName};
use crate::error::Failure;
use crate::input;
use crate::output::{is_stdout, print, write_file};
use crate::strict;

use column::Column;
pub use over::Over;
use points::Point;

/// What is asked.
struct Question {
    /// Without its interventions: they are about one course of events.
    scenario: Scenario,
    over: Over,
    /// Index of the group whose threads or strategy is varied, and whose speed-up is told.
    group: usize,
    values: Vec<String>,
    columns: Vec<Column>,
    /// Seeds that each value is run with.
    seeds: u32,
}

/// What is found.
struct Table {
    question: Question,
    /// One for each value, in the order of the values.
    points: Vec<Point>,
}

/// Simulates a scenario once for each value.
pub fn sweep(arguments: &Sweep) -> Result<ExitCode, Failure> {
    let question = ask(arguments)?;
    let points = points::all(&question, question.group_name());
    let table = answer(question, points, arguments.csv || arguments.json)?;
    let code = strict::exit_code(arguments.strict, table.outcomes());
    if let Some(file) = &arguments.svg {
        draw(&table, file, arguments.theme)?;
        if is_stdout(file) {
            return Ok(code);
        }
    }
    match (arguments.csv, arguments.json) {
        (true, _) => print(&report::csv(&table)?)?,
        (_, true) => print(&format!("{:#}\n", report::json(&table)))?,
        _ => print(&report::text(&table))?,
    }
    Ok(code)
}

fn ask(arguments: &Sweep) -> Result<Question, Failure> {
    let given = input::scenario(&arguments.scenario, &arguments.set)?;
    let mut spec = given.spec().clone();
    spec.interventions.clear();
    let scenario = Scenario::new(spec).unwrap_or(given);
    let over = arguments.over.clone();
    over.suits(&scenario)?;
    if let (Some(of), Some(other)) = (&over.group, &arguments.group)
        && of != other
    {
        let message = format!("--over is about {of:?}, --group about {other:?}");
        return Err(Failure::new(message).help("one of them is enough"));
    }
    let group = group(&scenario, over.group.as_deref().or(arguments.group.as_deref()))?;
    let values = match &arguments.values {
        Some(values) => over::listed(values)?,
        None => usual_values(&scenario, &over, group)?,
    };
    let columns = column::of(&scenario, group, &arguments.metric);
    Ok(Question { scenario, over, group, values, columns, seeds: arguments.seeds })
}

fn group(scenario: &Scenario, name: Option<&str>) -> Result<usize, Failure> {
    let groups = &scenario.spec().groups;
    let Some(name) = name else { return Ok(usual_group(scenario)) };
    groups.iter().position(|group| group.name == name).ok_or_else(|| {
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        Failure::new(format!("there is no group {name:?}; the groups are {}", names.join(", ")))
    })
}

/// The values that are taken unless others are given: of names, those that can be run.
fn usual_values(scenario: &Scenario, over: &Over, group: usize) -> Result<Vec<String>, Failure> {
    let all = over.usual_values().ok_or_else(|| {
        Failure::new(format!("--over {} needs --values", over.key))
            .help("write them with commas between, as in --values 1ms,5ms,20ms")
    })?;
    if !over.has_names() {
        return Ok(all);
    }
    let runs = |value: &String| vary(scenario, group, &over.key, value).is_ok();
    Ok(all.into_iter().filter(runs).collect())
}

/// Leaves out columns that no run has a figure for, in what people read.
///
/// # Errors
/// Where no value can be run, or no run has what was asked for.
fn answer(
    mut question: Question,
    mut points: Vec<Point>,
    for_programs: bool,
) -> Result<Table, Failure> {
    if let Some((value, reason)) = points::none_ran(&points) {
        let over = &question.over.key;
        let message = format!("none of the values of {over} can be run: {value:?}: {reason}");
        let help = "values stand with commas between; 1..8 is all whole numbers from 1 to 8";
        return Err(Failure::new(message).help(help));
    }
    let known: Vec<bool> =
        (0..question.columns.len()).map(|index| points::has(&points, index)).collect();
    for (index, column) in question.columns.iter().enumerate() {
        if let (true, false) = (column.is_asked, known[index])
            && let Some(error) = points::error_of(&points, index)
        {
            return Err(Failure::claim("--metric", error.clone()));
        }
    }
    // What programs read has the same columns whatever comes out.
    let kept: Vec<bool> = known.iter().map(|known| *known || for_programs).collect();
    let mut keep = kept.iter();
    question.columns.retain(|_| keep.next().copied().unwrap_or(false));
    points::keep(&mut points, &kept);
    Ok(Table { question, points })
}

impl Table {
    /// How each run ended, with the value that it was made for.
    fn outcomes(&self) -> impl Iterator<Item = (&str, &Outcome)> {
        self.points.iter().filter_map(|point| {
            let run = point.run.as_ref().ok()?;
            Some((point.value.as_str(), &run.outcome))
        })
    }
}

impl Question {
    /// The name of the group that is varied, or that the speed-up is of.
    fn group_name(&self) -> &str {
        let groups = &self.scenario.spec().groups;
        groups.get(self.group).map_or("", |group| group.name.as_str())
    }
}

fn draw(table: &Table, file: &Path, theme: ThemeName) -> Result<(), Failure> {
    let (list, title) = match chart::of(table)? {
        Some(chart) => (chart.layout(), chart.title),
        None => bars::of(table)?,
    };
    let notation = gil_notation::print_scenario(&table.question.scenario);
    let caption = Caption { title: &title, description: &notation, id: "gil-sweep" };
    write_file(file, svg::render(&list, &theme.theme(), &caption))
}
