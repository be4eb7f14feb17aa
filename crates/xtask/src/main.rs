//! The project's chores, run as `cargo xtask`.

mod conformance;
mod counts;
mod failure;
mod hosts;
mod measure;
mod page;
mod pins;
mod progress;
mod project;
mod run;
mod screenshots;
mod serve;
mod setup;
mod suites;
mod version;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use failure::Outcome;
use project::Project;
use setup::{Needs, Toolbox};
use suites::Suite;

fn main() -> ExitCode {
    let matches = command_line().get_matches();
    match dispatch(&matches) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(matches: &ArgMatches) -> Outcome<ExitCode> {
    let project = Project::locate()?;
    match matches.subcommand() {
        Some(("serve", args)) => serve::serve(&project, &serve_options(args)),
        Some(("test", args)) => suites::test(&project, &chosen_suites(args), &filters(args)),
        Some(("dist", _)) => dist(&project),
        Some(("setup", _)) => prepare_all(&project),
        Some(("measure", args)) => measure::measure(&project, &measure_options(args)),
        Some(("screenshots", args)) => screenshots::take(&project, &screenshot_options(args)),
        Some((conformance::NAME, args)) => conformance::show(&project, args),
        Some((page::FINISH, _)) => finish(),
        Some(("env", _)) => print_environment(&project),
        _ => unreachable!("clap asks for one of the commands above"),
    }
}

fn command_line() -> Command {
    Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("The chores of the GIL Playground")
        .after_help(AFTER_HELP)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(serve_command())
        .subcommand(test_command())
        .subcommand(
            Command::new("dist")
                .about("Builds the static site into dist/, ready to be put under any path"),
        )
        .subcommand(
            Command::new("setup").about("Gets every tool, so that nothing later needs the network"),
        )
        .subcommand(measure_command())
        .subcommand(screenshots_command())
        .subcommand(conformance::command())
        .subcommand(
            Command::new(page::FINISH)
                .about("Finishes what Trunk has built; run by the hook in Trunk.toml")
                .hide(true),
        )
        .subcommand(
            Command::new("env").about("Prints the environment for running cargo or trunk by hand"),
        )
}

const AFTER_HELP: &str = "\
Every command first gets the tools it needs: what is installed and fits is
used, the rest goes to .tools/, which git ignores. Delete that folder to start
over. Output of quiet steps is in .tools/logs/.

Start with `cargo xtask serve` to see the page, and run `cargo xtask test`
before you send a change.";

fn serve_command() -> Command {
    Command::new("serve")
        .about("Builds the page, serves it on this machine and rebuilds it on every change")
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .value_parser(value_parser!(u16))
                .default_value("8080")
                .help("The port to serve on; when it is taken, the next free one"),
        )
        .arg(
            Arg::new("open")
                .long("open")
                .action(ArgAction::SetTrue)
                .help("Open the page in your browser"),
        )
}

fn test_command() -> Command {
    Command::new("test")
        .about("Checks everything: format, lints, native, wasm and end-to-end tests")
        .long_about(
            "Checks everything, goes on after a failure, and ends with a line of counts, such as \
             `120 passed, 0 failed`. Each format or lint check counts as one.",
        )
        .arg(
            Arg::new("only")
                .long("only")
                .value_name("SUITE")
                .num_args(1..)
                .value_delimiter(',')
                .value_parser(Suite::ALL.map(Suite::name))
                .help("Run only these suites"),
        )
        .arg(
            Arg::new("filter")
                .last(true)
                .num_args(0..)
                .help("Words for the test runners, such as part of a test's name"),
        )
}

fn measure_command() -> Command {
    Command::new("measure")
        .about("Measures a CPython on this machine and prints it beside the simulation")
        .long_about(
            "Measures what a CPython's threads do on this machine, keeps the figures in a file, \
             and prints them beside the simulation's. Takes some minutes, and needs a machine \
             that does nothing else meanwhile.",
        )
        .arg(
            Arg::new("python")
                .long("python")
                .value_name("PATH")
                .value_parser(value_parser!(OsString))
                .default_value(measure::DEFAULT_PYTHON)
                .help("The Python to measure, CPython 3.8 or newer"),
        )
        .arg(
            Arg::new("only")
                .long("only")
                .value_name("CASE")
                .num_args(1..)
                .value_delimiter(',')
                .help("Measure only these cases"),
        )
        .arg(
            Arg::new("repeat")
                .long("repeat")
                .value_name("N")
                .value_parser(value_parser!(u32).range(1..))
                .help("Pairs for each ratio, of which the median counts"),
        )
        .arg(
            Arg::new("quick")
                .long("quick")
                .action(ArgAction::SetTrue)
                .help("Rough figures in about a minute"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("The file for the figures [default: target/measure/py<version>[t].json]"),
        )
}

fn screenshots_command() -> Command {
    Command::new("screenshots")
        .about("Saves pictures of the page in several sizes, light and dark")
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .default_value("target/screenshots")
                .help("The folder for the pictures"),
        )
        .arg(
            Arg::new("fragment")
                .long("fragment")
                .value_name("F")
                .action(ArgAction::Append)
                .help("What follows the # in the address; may be given more than once"),
        )
}

fn serve_options(args: &ArgMatches) -> serve::Options {
    serve::Options {
        port: args.get_one("port").copied().unwrap_or(8080),
        open: args.get_flag("open"),
    }
}

fn chosen_suites(args: &ArgMatches) -> Vec<Suite> {
    let Some(names) = args.get_many::<String>("only") else {
        return Suite::ALL.to_vec();
    };
    let names: Vec<&String> = names.collect();
    Suite::ALL.into_iter().filter(|suite| names.iter().any(|name| *name == suite.name())).collect()
}

fn filters(args: &ArgMatches) -> Vec<String> {
    let words = args.get_many::<String>("filter");
    words.into_iter().flatten().cloned().collect()
}

fn measure_options(args: &ArgMatches) -> measure::Options {
    let cases = args.get_many::<String>("only");
    measure::Options {
        python: args
            .get_one("python")
            .cloned()
            .unwrap_or_else(|| OsString::from(measure::DEFAULT_PYTHON)),
        only: cases.into_iter().flatten().cloned().collect(),
        repeat: args.get_one("repeat").copied(),
        quick: args.get_flag("quick"),
        out: args.get_one("out").cloned(),
    }
}

fn screenshot_options(args: &ArgMatches) -> screenshots::Options {
    let fragments = args.get_many::<String>("fragment");
    screenshots::Options {
        out: args.get_one("out").cloned().unwrap_or_default(),
        fragments: fragments.into_iter().flatten().cloned().collect(),
    }
}

fn dist(project: &Project) -> Outcome<ExitCode> {
    let tools = Toolbox::prepare(project, Needs::PAGE)?;
    page::build(project, &tools)?;
    println!("The site is in {}", project.dist().display());
    Ok(ExitCode::SUCCESS)
}

fn finish() -> Outcome<ExitCode> {
    page::finish()?;
    Ok(ExitCode::SUCCESS)
}

fn prepare_all(project: &Project) -> Outcome<ExitCode> {
    let tools = Toolbox::prepare(project, Needs::ALL)?;
    tools.complete(Needs::ALL)?;
    println!("Everything is there, no later step needs the network.");
    Ok(ExitCode::SUCCESS)
}

fn print_environment(project: &Project) -> Outcome<ExitCode> {
    // Only what a shell can evaluate goes to the output.
    let tools = Toolbox::prepare(project, Needs::PAGE)?;
    let trunk = tools.trunk(project)?;
    for (name, value) in trunk.get_envs() {
        let value = value.unwrap_or_default().to_string_lossy();
        println!("export {}='{value}'", name.to_string_lossy());
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(words: &[&str]) -> measure::Options {
        let words = ["cargo xtask", "measure"].iter().chain(words);
        let matches = command_line().try_get_matches_from(words).expect("a command line");
        let (_, args) = matches.subcommand().expect("a command");
        measure_options(args)
    }

    #[test]
    fn the_command_line_is_sound() {
        command_line().debug_assert();
    }

    #[test]
    fn measure_takes_the_usual_python_and_all_cases() {
        let options = measured(&[]);
        assert_eq!(options.python, measure::DEFAULT_PYTHON);
        assert!(options.only.is_empty() && !options.quick);
        assert_eq!((options.repeat, options.out), (None, None));
    }

    #[test]
    fn measure_reads_its_options() {
        let options = measured(&["--python", "/opt/py", "--only", "convoy,memory", "--quick"]);
        assert_eq!(options.python, "/opt/py");
        assert_eq!(options.only, ["convoy", "memory"]);
        assert!(options.quick);
    }
}
