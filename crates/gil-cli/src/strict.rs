//! `--strict`: a run that did not end by itself is a failure.

use std::process::ExitCode;

use gil_sim::Outcome;
use gil_words::ended;

use crate::DOES_NOT_HOLD;
use crate::output::print_aside;

/// The code that a command ends with: of the runs that it made, each with its name, one that was cut
/// or ended in a deadlock fails where the command is to be strict.
pub fn exit_code<'a>(
    is_strict: bool,
    runs: impl IntoIterator<Item = (&'a str, &'a Outcome)>,
) -> ExitCode {
    let mut broken = runs.into_iter().filter(|(_, outcome)| **outcome != Outcome::Completed);
    match broken.next().filter(|_| is_strict) {
        None => ExitCode::SUCCESS,
        Some((name, outcome)) => {
            print_aside(&format!(
                "error: {name} {}, and --strict asks for whole runs\n",
                ended(outcome)
            ));
            ExitCode::from(DOES_NOT_HOLD)
        }
    }
}
