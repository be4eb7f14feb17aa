//! `gil sweep`: one or two things varied, everything else as it is.

mod bars;
mod chart;
mod column;
mod heat;
mod knee;
mod over;
mod points;
mod report;
mod shown;
mod values;

use std::path::Path;
use std::process::ExitCode;

use gil_sim::sweep::usual_group;
use gil_sim::{GroupId, Outcome, Scenario};
use gil_view::svg::{self, Caption};

use crate::arguments::{Sweep, ThemeName};
use crate::error::Failure;
use crate::input;
use crate::output::{is_stdout, print, write_file};
use crate::strict;

use column::Column;
pub use over::Over;
use points::Point;
use shown::Shown;

/// What is asked.
struct Question {
    /// Without its interventions: they are about one course of events.
    scenario: Scenario,
    /// What is varied: one thing, or two.
    overs: Vec<Over>,
    /// Index of the group that is varied where none is named, and whose speed-up is told.
    group: GroupId,
    /// The values of each.
    values: Vec<Vec<String>>,
    columns: Vec<Column>,
    /// Runs of each combination.
    seeds: u32,
}

/// What is found.
struct Table {
    question: Question,
    /// One for each combination of values, in their order.
    points: Vec<Point>,
    /// What people are shown of it.
    shown: Vec<Shown>,
}

/// Simulates a scenario once for each value.
pub fn sweep(arguments: &Sweep) -> Result<ExitCode, Failure> {
    if arguments.knee {
        return knee::knee(arguments);
    }
    let question = ask(arguments)?;
    let points = points::all(&question);
    let table = answer(question, points)?;
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
    let scenario = without_interventions(input::scenario(&arguments.scenario, &arguments.set)?);
    let overs = arguments.over.clone();
    if let [a, b] = &overs[..]
        && a.target == b.target
    {
        return Err(Failure::new(format!("--over {} is given twice", a.key())));
    }
    for over in &overs {
        over.suits(&scenario)?;
    }
    let group = group(&scenario, named_group(&overs, arguments.group.as_deref())?)?;
    let values = values(&scenario, &overs, group, &arguments.values)?;
    let columns = column::of(&arguments.metric);
    Ok(Question { scenario, overs, group, values, columns, seeds: arguments.seeds })
}

fn without_interventions(given: Scenario) -> Scenario {
    let mut spec = given.spec().clone();
    spec.interventions.clear();
    Scenario::new(spec).unwrap_or(given)
}

/// The group that the table is about, where one is named.
fn named_group<'a>(overs: &'a [Over], asked: Option<&'a str>) -> Result<Option<&'a str>, Failure> {
    let of_over = overs.iter().find_map(Over::group);
    match (of_over, asked) {
        (Some(of), Some(other)) if of != other && overs.len() == 1 => {
            let message = format!("--over is about {of:?}, --group about {other:?}");
            Err(Failure::new(message).help("one of them is enough"))
        }
        (of_over, asked) => Ok(asked.or(of_over)),
    }
}

fn group(scenario: &Scenario, name: Option<&str>) -> Result<GroupId, Failure> {
    let groups = &scenario.spec().groups;
    let Some(name) = name else { return Ok(usual_group(scenario)) };
    scenario.spec().group_named(name).ok_or_else(|| {
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        Failure::new(format!("there is no group {name:?}; the groups are {}", names.join(", ")))
    })
}

/// The values of everything that is varied: those given, in the order of `--over`.
fn values(
    scenario: &Scenario,
    overs: &[Over],
    group: GroupId,
    given: &[String],
) -> Result<Vec<Vec<String>>, Failure> {
    if given.len() > overs.len() {
        return Err(Failure::new("there are more --values than --over")
            .help("each --over has the --values in the same place; commas stand between values"));
    }
    let of = |(at, over): (usize, &Over)| match given.get(at) {
        Some(given) => values::listed(given),
        None => usual_values(scenario, over, group),
    };
    overs.iter().enumerate().map(of).collect()
}

/// The values that are taken unless others are given: of names, those that can be run.
fn usual_values(scenario: &Scenario, over: &Over, group: GroupId) -> Result<Vec<String>, Failure> {
    let all = over.usual_values(scenario, group).ok_or_else(|| {
        Failure::new(format!("--over {} needs --values", over.key()))
            .help("write them with commas between, as in --values 1ms,5ms,20ms, or 1ms..20ms")
    })?;
    if !over.has_names() {
        return Ok(all);
    }
    let runs = |value: &String| over.target.set(scenario, group, value).is_ok();
    Ok(all.into_iter().filter(runs).collect())
}

/// The table of what was found.
///
/// # Errors
/// Where no value can be run, or no run has what was asked for.
fn answer(question: Question, points: Vec<Point>) -> Result<Table, Failure> {
    if let Some((value, reason)) = points::none_ran(&points) {
        let over = question.overs.iter().map(Over::key).collect::<Vec<_>>().join(" and ");
        let message = format!("none of the values of {over} can be run: {value:?}: {reason}");
        return Err(Failure::new(message).help(values::HELP));
    }
    for (index, column) in question.columns.iter().enumerate() {
        if column.is_asked()
            && !points::has(&points, index, None)
            && let Some(error) = points::error_of(&points, index)
        {
            return Err(Failure::claim("--metric", error.clone()));
        }
    }
    let shown = shown::in_table(&question, &points);
    Ok(Table { question, points, shown })
}

impl Table {
    /// How each run ended, with the value that it was made for.
    fn outcomes(&self) -> impl Iterator<Item = (&str, &Outcome)> {
        self.points.iter().filter_map(|point| {
            let run = point.run.as_ref().ok()?;
            Some((point.values.first()?.as_str(), &run.outcome))
        })
    }
}

fn draw(table: &Table, file: &Path, theme: ThemeName) -> Result<(), Failure> {
    let (list, title) = match chart::of(table)? {
        _ if table.question.overs.len() > 1 => heat::of(table)?,
        Some(chart) => (chart.layout(), chart.title),
        None => bars::of(table)?,
    };
    let notation = gil_notation::print_scenario(&table.question.scenario);
    let caption = Caption { title: &title, description: &notation, id: "gil-sweep" };
    write_file(file, svg::render(&list, &theme.theme(), &caption))
}
