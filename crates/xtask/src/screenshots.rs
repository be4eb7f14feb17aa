//! Pictures of the page, for looking at a change.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::failure::{Explain, Failure, Outcome};
use crate::page;
use crate::project::Project;
use crate::run;
use crate::setup::{Needs, Toolbox};
use crate::suites::end_to_end_command;

/// What to take pictures of.
pub struct Options {
    /// The folder for the pictures.
    pub out: PathBuf,
    /// What follows the `#` in the address; none means the plain page.
    pub fragments: Vec<String>,
}

/// Builds the site and takes the pictures.
pub fn take(project: &Project, options: &Options) -> Outcome<ExitCode> {
    let tools = Toolbox::prepare(project, Needs::SHOWN)?;
    page::build(project, &tools)?;
    let out = project.root().join(&options.out);
    std::fs::create_dir_all(&out).explain("create the folder for the pictures")?;
    let mut command = end_to_end_command(project, "screenshots");
    tools.browser()?.configure(&mut command);
    command
        .args(["--", "--exact", "--nocapture", "screenshots::take"])
        .env("GIL_SCREENSHOTS", &out)
        .env("GIL_FRAGMENTS", options.fragments.join("\n"));
    if !run::visibly(&mut command)?.success {
        return Err(Failure::new("the pictures could not be taken, see above"));
    }
    println!("The pictures are in {}", out.display());
    Ok(ExitCode::SUCCESS)
}
