//! wasm-opt, which makes the page smaller. The page works without it.

use std::fs;
use std::path::{Path, PathBuf};

use super::cargo_tools::version_of;
use super::npm::Package;
use crate::failure::{Explain, Failure, Outcome};
use crate::pins;
use crate::progress::Step;
use crate::project::Project;
use crate::run;

/// A folder to put on Trunk's path: with wasm-opt, or with a stand-in.
pub fn prepare(project: &Project, step: &Step) -> Outcome<PathBuf> {
    if let Some(program) = run::which("wasm-opt")
        && version_of(&program).is_some_and(|found| found >= pins::WASM_OPT_OLDEST)
        && let Some(folder) = program.parent()
    {
        step.say(format_args!("installed in {}", folder.display()));
        return Ok(folder.to_path_buf());
    }
    let root = BINARYEN.root(project);
    let folder = root.join("node_modules").join(".bin");
    if version_of(folder.join("wasm-opt")).is_some() {
        step.say(format_args!("there, in {}", project.show(&folder)));
        return Ok(folder);
    }
    match from_npm(project, step, &root, &folder) {
        Ok(()) => Ok(folder),
        Err(failure) => {
            step.say(format_args!("{failure}"));
            step.say("NOTE: no wasm-opt, so the page will be larger than it has to be");
            stand_in(project)
        }
    }
}

const BINARYEN: Package = Package {
    name: "binaryen",
    version: pins::BINARYEN,
    with: &[],
    purpose: "wasm-opt from npm's binaryen package",
};

fn from_npm(project: &Project, step: &Step, root: &Path, folder: &Path) -> Outcome {
    // The page works without it: not worth a package manager.
    BINARYEN.install(project, step, None)?;
    if version_of(folder.join("wasm-opt")).is_none() {
        return Err(Failure::new(format!(
            "npm's wasm-opt does not run, delete {} and try again with a newer Node.js",
            project.show(root)
        )));
    }
    Ok(())
}

/// Trunk stops when it finds no wasm-opt and cannot be told to go on without
/// from outside the page's source, so it gets one that changes nothing.
fn stand_in(project: &Project) -> Outcome<PathBuf> {
    let folder = project.tools().join("no-wasm-opt");
    fs::create_dir_all(&folder).explain("create the stand-in for wasm-opt")?;
    let program = folder.join("wasm-opt");
    fs::write(&program, STAND_IN).explain("write the stand-in for wasm-opt")?;
    make_executable(&program)?;
    Ok(folder)
}

const STAND_IN: &str = r#"#!/bin/sh
# Stands in for a missing wasm-opt: hands the file on as it is.
for word; do
  case "$word" in
    --version) echo "wasm-opt version 0"; exit ;;
    --output=*) output=${word#--output=} ;;
    -*) ;;
    *) input=$word ;;
  esac
done
exec cp "$input" "$output"
"#;

/// Sets the bits that let a script run.
#[cfg(unix)]
pub fn make_executable(path: &Path) -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .explain(format_args!("make {} executable", path.display()))
}

/// Elsewhere the name of a file decides.
#[cfg(not(unix))]
pub fn make_executable(_path: &Path) -> Outcome {
    Ok(())
}
