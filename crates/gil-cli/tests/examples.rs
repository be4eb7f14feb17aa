//! The examples of the repository do what they say: the commands in their files are run where
//! they stand, with the program that was built.

use std::path::{Path, PathBuf};
use std::process::Command;

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// What stands behind `key` in a file of YAML, in the first line that has it with `gil check`.
fn command(file: &Path, key: &str) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("the file is there");
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix(key));
    let command = lines.map(str::trim).find(|line| line.starts_with("gil check"));
    let command = command.unwrap_or_else(|| panic!("{} checks no claims", file.display()));
    command.split(' ').skip(1).map(str::to_owned).collect()
}

/// Runs a command of an example; its report, where it writes one, goes to a place of the tests.
fn check(example: &Path, arguments: &[String]) -> String {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let there = |argument: &String| match argument.ends_with(".xml") {
        true => place.join(argument).display().to_string(),
        false => argument.clone(),
    };
    let mut gil = Command::new(env!("CARGO_BIN_EXE_gil"));
    gil.current_dir(example).args(arguments.iter().map(there));
    let output = gil.output().expect("the program starts");
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(output.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn the_workflow_checks_claims_that_hold() {
    let example = example("github-actions");
    let arguments = command(&example.join(".github/workflows/gil-claims.yml"), "run:");
    assert!(arguments.contains(&"--github".to_owned()), "annotations are on");
    let text = check(&example, &arguments);
    assert!(text.ends_with("4 hold, 0 fail\n"), "{text}");
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("claims.xml");
    let report = std::fs::read_to_string(report).expect("the report that is kept");
    assert!(report.contains("tests=\"4\" failures=\"0\""), "{report}");
}

#[test]
fn the_hook_checks_claims_that_hold() {
    let example = example("pre-commit");
    let arguments = command(&example.join(".pre-commit-config.yaml"), "entry:");
    let text = check(&example, &arguments);
    assert!(text.ends_with("2 hold, 0 fail\n"), "{text}");
}

/// Runs the guard of an example as its file says, or on its own where there is no pytest.
fn guard(example: &Path, file: &str) {
    let text = std::fs::read_to_string(example.join(file)).expect("the file is there");
    let line = text.lines().find_map(|line| line.split_once("python3 -m pytest"));
    let (_, folder) = line.unwrap_or_else(|| panic!("{file} runs no guard"));
    let folder = folder.trim();
    let has_pytest = Command::new("python3").args(["-c", "import pytest"]).output();
    let has_pytest = has_pytest.expect("python3 starts").status.success();
    let mut python = Command::new("python3");
    match has_pytest {
        true => python.args(["-m", "pytest", "-p", "no:cacheprovider", folder]),
        false => python.arg(format!("{folder}/test_report.py")),
    };
    let output = python.env("PYTHONDONTWRITEBYTECODE", "1").current_dir(example).output();
    let output = output.expect("python3 starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_guards_of_the_examples_pass() {
    guard(&example("github-actions"), ".github/workflows/gil-claims.yml");
    guard(&example("pre-commit"), ".pre-commit-config.yaml");
}

#[test]
fn the_examples_have_the_helper_as_it_is() {
    let gil = Command::new(env!("CARGO_BIN_EXE_gil")).args(["script", "--helper"]).output();
    let helper = String::from_utf8(gil.expect("the program starts").stdout).expect("text");
    for name in ["github-actions", "pre-commit"] {
        let file = example(name).join("tests/gil_guard.py");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&file, &helper).expect("the file can be written");
        }
        let copy = std::fs::read_to_string(&file).expect("the file is there");
        assert!(copy == helper, "{}: UPDATE_GOLDEN=1 writes it anew", file.display());
    }
}
