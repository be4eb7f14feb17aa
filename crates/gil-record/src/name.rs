//! Names from files, made harmless.

use std::collections::HashMap;

use crate::lanes::Draft;
use crate::limits;

/// A name in one line: characters that steer a terminal, or change the direction of the text
/// around them, are replaced, and what is too long is cut.
pub(crate) fn clean(name: &str) -> String {
    let harmless = cut(name.trim(), limits::NAME);
    if harmless.is_empty() { "(no name)".to_owned() } else { harmless }
}

/// The same with another bound, in characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let mut shown: String =
        text.chars().take(most).map(|c| if is_harmful(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(most).is_some() {
        shown.pop();
        shown.push('…');
    }
    shown
}

/// Whether a character does something other than being seen: controls, line and paragraph
/// separators, marks and overrides of direction, and what has no width.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What threads are called: as the file does, unless that is only a number with "Thread-" before
/// it, and the function is known. Threads that would be called the same are numbered.
pub(crate) fn of_threads(drafts: &[Draft]) -> Vec<String> {
    let named = |draft: &Draft| match &draft.function {
        Some(function) if is_number_only(&draft.name) => function.clone(),
        None if is_number_only(&draft.name) && draft.is_main => "main".to_owned(),
        _ => draft.name.clone(),
    };
    let names: Vec<String> = drafts.iter().map(named).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let numbered = names.iter().map(|name| {
        let number = seen.entry(name).or_default();
        *number += 1;
        if counts.get(name.as_str()) == Some(&1) {
            name.clone()
        } else {
            format!("{name}-{number}")
        }
    });
    numbered.collect()
}

fn is_number_only(name: &str) -> bool {
    let number = name.strip_prefix("Thread-").unwrap_or(name);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}
