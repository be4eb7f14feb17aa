//! What the command prints, and how it ends: the files in `cmd` are read as a person would read
//! them, and every command in them is run.
//!
//! `TRYCMD=overwrite cargo test -p gil-cli --test cmd` writes them anew: read the difference.

#[test]
fn commands_print_what_the_files_say() {
    trycmd::TestCases::new().env("NO_COLOR", "").case("tests/cmd/*.md");
}
