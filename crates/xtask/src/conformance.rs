//! What CPython was measured to do beside what the simulation says.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use crate::failure::{Explain, Outcome};
use crate::project::Project;
use crate::run;

/// What it is called.
pub const NAME: &str = "conformance";

/// The command line of the chore; everything behind its name goes to the program.
pub fn command() -> Command {
    Command::new(NAME)
        .about("Shows what CPython was measured to do beside what the simulation says")
        .disable_help_flag(true)
        .arg(
            Arg::new("args")
                .num_args(0..)
                .trailing_var_arg(true)
                .allow_hyphen_values(true)
                .value_name("OPTIONS")
                .help("Options of the program; --help shows them"),
        )
}

/// Builds the program with all optimisations and runs it, where the user is: a measured file's
/// path is theirs.
pub fn show(project: &Project, args: &ArgMatches) -> Outcome<ExitCode> {
    let args = args.get_many::<String>("args").into_iter().flatten();
    let status = run::cargo()
        .args(["run", "--quiet", "--release", "--package", "gil-reality", "--bin", NAME])
        .arg("--manifest-path")
        .arg(project.root().join("Cargo.toml"))
        .arg("--")
        .args(args)
        .status()
        .explain("run cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
