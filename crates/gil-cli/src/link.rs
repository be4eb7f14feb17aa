//! `gil link`: the canonical form of a scenario, and what its parts mean.

mod words;

use std::process::ExitCode;

use gil_notation::{MAX_CHARS, print as print_link};
use serde_json::{Value, json};

use crate::arguments::LinkArguments;
use crate::error::Failure;
use crate::input;
use crate::output::{address, aligned, print, table};

/// Prints the canonical form.
pub fn link(arguments: &LinkArguments) -> Result<ExitCode, Failure> {
    let link = input::read_changed(&arguments.scenario, &arguments.set)?;
    let text = print_link(&link);
    if text.len() > MAX_CHARS {
        return Err(Failure::new(format!(
            "this scenario's link has {} characters; {MAX_CHARS} is the most that is read",
            text.len()
        )));
    }
    let whole = address(arguments.base.as_deref(), &text);
    if arguments.short {
        print(&format!("{whole}\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let parts = words::parts(&link);
    match arguments.json {
        true => {
            let parts: Value = parts
                .iter()
                .map(|part| json!({ "text": part.text, "kind": part.kind, "words": part.words }))
                .collect();
            let content = json!({ "address": whole, "link": text, "parts": parts });
            print(&format!("{:#}\n", crate::json::document(content)))?;
        }
        false => {
            let mut shown = table(&[]);
            for part in parts {
                shown.add_row([part.text, part.words]);
            }
            print(&format!("{whole}\n\n{}\n", aligned(&shown)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
