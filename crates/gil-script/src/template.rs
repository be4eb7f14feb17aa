//! Text with parts that are there on a condition: the Python files in `parts` have lines such as
//! `#if asks or recv`, `#else` and `#end`, and `#insert NAME` where something is written anew.

use std::collections::BTreeSet;

/// What a program needs, by the words that conditions are made of.
pub type Needs = BTreeSet<&'static str>;

/// The text of a part with only what is needed, and with `insert` where it asks for something.
pub fn fill(part: &str, needs: &Needs, insert: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    // Whether each `#if` around a line lets it through.
    let mut open: Vec<bool> = Vec::new();
    for line in part.lines() {
        match directive(line) {
            Some(("if", condition)) => open.push(holds(condition, needs)),
            Some(("else", _)) => {
                if let Some(last) = open.last_mut() {
                    *last = !*last;
                }
            }
            Some(("end", _)) => drop(open.pop()),
            _ if open.contains(&false) => {}
            Some(("insert", name)) => text.push_str(&insert(name)),
            _ => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

/// The word and the rest of a line that is not part of the text.
fn directive(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix('#')?;
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    matches!(word, "if" | "else" | "end" | "insert").then_some((word, rest))
}

/// `a and not b or c`, as in Python.
fn holds(condition: &str, needs: &Needs) -> bool {
    let word = |word: &str| match word.strip_prefix("not ") {
        Some(word) => !needs.contains(word),
        None => needs.contains(word),
    };
    condition.split(" or ").any(|all| all.split(" and ").all(word))
}

/// The text with no more than two blank lines, and one between lines that are indented.
pub fn tidy(text: &str) -> String {
    let mut tidy = String::new();
    let mut blank = 0;
    for line in text.lines() {
        if line.is_empty() {
            blank += 1;
            continue;
        }
        let most = if line.starts_with([' ', ')', ']']) { 1 } else { 2 };
        let after_head = tidy.ends_with(":\n") && line.starts_with(' ');
        let lines = if tidy.is_empty() || after_head { 0 } else { blank.min(most) };
        tidy.extend(std::iter::repeat_n('\n', lines));
        tidy.push_str(line);
        tidy.push('\n');
        blank = 0;
    }
    tidy
}

/// The words of all conditions in a part.
#[cfg(test)]
pub fn words(part: &str) -> BTreeSet<&str> {
    let conditions = part.lines().filter_map(|line| line.strip_prefix("#if "));
    let words = conditions.flat_map(|condition| condition.split([' ']));
    words.filter(|word| !matches!(*word, "and" | "or" | "not")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_there_on_their_conditions() {
        let part = "a\n#if x and not y\nb\n#if z\nc\n#else\nd\n#end\n#end\n#insert e\n";
        let with = |needs: &[&'static str]| {
            fill(part, &needs.iter().copied().collect(), &|name| format!("<{name}>\n"))
        };
        assert_eq!(with(&[]), "a\n<e>\n");
        assert_eq!(with(&["x"]), "a\nb\nd\n<e>\n");
        assert_eq!(with(&["x", "z"]), "a\nb\nc\n<e>\n");
        assert_eq!(with(&["x", "y", "z"]), "a\n<e>\n");
    }

    #[test]
    fn blank_lines_do_not_pile_up() {
        assert_eq!(tidy("\na:\n\n\n    b\n\n\n    c\n\n\n\nd\n"), "a:\n    b\n\n    c\n\n\nd\n");
    }
}
