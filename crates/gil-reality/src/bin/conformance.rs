//! What CPython was measured to do, beside what the simulation says, as a table.

use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

use gil_reality::report::{Beside, Report, Section};
use gil_reality::{Dataset, Measured};

const USAGE: &str = "\
Shows what CPython was measured to do, beside what the simulation says.

Usage: conformance [OPTIONS]

Options:
  --only KEY        Only this data set: 3.11, 3.13, 3.13t, 3.14 or published; may be repeated
  --measured FILE   Your own measurements, in the form of tests/cpython/*.json, instead: their
                    figures beside the simulation of the Python and the cores that the file
                    names, without verdicts
  --json            Prints JSON instead of a table
  -h, --help        Prints this

The exit code is 1 when a figure is not what its case says.";

/// What was asked for.
#[derive(Default)]
struct Options {
    only: Vec<&'static Dataset>,
    measured: Option<String>,
    json: bool,
    help: bool,
}

fn main() -> ExitCode {
    let done = read_options(std::env::args().skip(1)).and_then(|options| answer(&options));
    match done {
        Ok(code) => code,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn read_options(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--json" => options.json = true,
            "-h" | "--help" => options.help = true,
            "--measured" => options.measured = Some(args.next().ok_or("--measured needs a file")?),
            "--only" => {
                let key = args.next().ok_or("--only needs the key of a data set")?;
                options.only.push(find(&key)?);
            }
            other => return Err(format!("there is no option {other:?}; see --help")),
        }
    }
    if options.measured.is_some() && !options.only.is_empty() {
        return Err("--only chooses among our data sets, --measured takes yours instead".to_owned());
    }
    Ok(options)
}

fn find(key: &str) -> Result<&'static Dataset, String> {
    Dataset::find(key).ok_or_else(|| {
        let keys: Vec<&str> = Dataset::ALL.iter().map(|set| set.key).collect();
        format!("there is no data set {key:?}, only {}", keys.join(", "))
    })
}

fn answer(options: &Options) -> Result<ExitCode, String> {
    match &options.measured {
        _ if options.help => print(USAGE).map(|()| ExitCode::SUCCESS),
        Some(path) => beside(path, options.json),
        None => report(options),
    }
}

fn report(options: &Options) -> Result<ExitCode, String> {
    let chosen = |set: &&Dataset| {
        options.only.is_empty() || options.only.iter().any(|only| only.key == set.key)
    };
    let report = Report(Dataset::ALL.iter().filter(chosen).map(Section::of).collect());
    print(&if options.json { pretty(&report.to_json()) } else { report.to_string() })?;
    Ok(if report.is_expected() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn beside(path: &str, json: bool) -> Result<ExitCode, String> {
    let text =
        fs::read_to_string(path).map_err(|fault| format!("{path} cannot be read: {fault}"))?;
    let beside = Measured::parse(&text).and_then(Beside::of);
    let beside = beside.map_err(|fault| format!("{path}: {fault}"))?;
    print(&if json { pretty(&beside.to_json()) } else { beside.to_string() })?;
    Ok(ExitCode::SUCCESS)
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}")
}

/// `println!` would panic where the reader has gone, as `head` does.
fn print(text: &str) -> Result<(), String> {
    match writeln!(io::stdout().lock(), "{}", text.trim_end()) {
        Err(fault) if fault.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("the table cannot be written: {fault}"))
        }
        _ => Ok(()),
    }
}
