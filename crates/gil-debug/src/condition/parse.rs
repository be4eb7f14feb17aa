//! Reads conditions, with errors that point at the place.

use std::fmt;
use std::ops::Range;

use gil_sim::{Nanos, ThreadId, Trace};

use super::{Compare, Condition, Test, Who};

/// What is wrong with a condition, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
    /// Where: bytes of the text, on character boundaries. Empty at the end of it where something
    /// is missing.
    pub span: Range<usize>,
    /// What to write instead, as a sentence without its full stop.
    pub help: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl std::error::Error for Fault {}

/// Longest condition, in bytes.
const MOST: usize = 200;

const SUBJECTS: [&str; 7] =
    ["wait", "holder", "switch_number", "waiters", "latency", "missed", "preempted"];

impl Condition {
    /// Reads a condition on a run: `wait(io-1) > 5ms`, `holder == cpu`, `switch_number == 10`,
    /// `waiters >= 2`, `latency > 5ms`, `missed`, `preempted with GIL`. A name is that of a thread
    /// or of a group of them; `latency`, `missed` and `preempted` take one in brackets.
    ///
    /// # Errors
    /// What is wrong and where, with the name that was probably meant.
    pub fn parse(text: &str, trace: &Trace) -> Result<Condition, Fault> {
        if text.len() > MOST {
            let message = format!("a condition has at most {MOST} characters");
            return Err(Fault { message, span: 0..0, help: None });
        }
        let mut reader = Reader { text, at: 0, trace };
        let test = reader.test()?;
        match reader.word() {
            (_, span) if span.is_empty() => Ok(Condition { test }),
            (word, span) => Err(fault(format!("{word:?} does not belong here"), span)),
        }
    }
}

fn fault(message: String, span: Range<usize>) -> Fault {
    Fault { message, span, help: None }
}

impl Fault {
    fn help(self, help: impl Into<Option<String>>) -> Fault {
        Fault { help: help.into(), ..self }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    trace: &'a Trace,
}

impl<'a> Reader<'a> {
    /// The next word, operator or bracket; empty at the end.
    fn word(&mut self) -> (&'a str, Range<usize>) {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = &self.text[start..];
        let class = rest.chars().next().map_or(0, class_of);
        let length = match class {
            // Brackets stand alone.
            1 => rest.chars().next().map_or(0, char::len_utf8),
            _ => rest.find(|c| class_of(c) != class).unwrap_or(rest.len()),
        };
        self.at = start + length;
        (&rest[..length], start..self.at)
    }

    /// Whether the next word is this one; then it is read.
    fn takes(&mut self, word: &str) -> bool {
        let before = self.at;
        let found = self.word().0.eq_ignore_ascii_case(word);
        if !found {
            self.at = before;
        }
        found
    }

    fn test(&mut self) -> Result<Test, Fault> {
        let (subject, span) = self.word();
        Ok(match subject.to_ascii_lowercase().as_str() {
            "wait" => {
                let who = self.who_in_brackets()?;
                Test::Wait(who, self.compare()?, self.duration()?)
            }
            "latency" => {
                let who = self.who_in_brackets()?;
                Test::Latency(who, self.compare()?, self.duration()?)
            }
            "holder" => self.holder()?,
            "switch_number" => Test::SwitchNumber(self.compare()?, self.number()?),
            "waiters" => Test::Waiters(self.compare()?, self.number()?),
            "missed" => Test::Missed(self.who_in_brackets()?),
            "preempted" => self.preempted()?,
            "" => {
                return Err(fault("a condition is missing".into(), span)
                    .help(format!("begin with {}", SUBJECTS.join(", "))));
            }
            _ => return Err(unknown("condition", subject, span, SUBJECTS)),
        })
    }

    fn holder(&mut self) -> Result<Test, Fault> {
        let same = match self.compare_at()? {
            (Compare::Equal, _) => true,
            (Compare::NotEqual, _) => false,
            (_, span) => {
                return Err(fault("a holder is not more or less than another".into(), span)
                    .help("compare with == or !=".to_owned()));
            }
        };
        Ok(Test::Holder(self.who(true)?, same))
    }

    fn preempted(&mut self) -> Result<Test, Fault> {
        let who = self.who_in_brackets()?;
        let with_gil = self.takes("with");
        if with_gil && !self.takes("GIL") {
            let (word, span) = self.word();
            let found = if word.is_empty() { "nothing".to_owned() } else { format!("{word:?}") };
            return Err(fault(format!("expected GIL after with, found {found}"), span));
        }
        Ok(Test::Preempted { who, with_gil })
    }

    /// `(io-1)`, or nothing for any thread.
    fn who_in_brackets(&mut self) -> Result<Who, Fault> {
        if !self.takes("(") {
            return Ok(Who::Any);
        }
        let who = self.who(false)?;
        if self.takes(")") {
            return Ok(who);
        }
        let (_, span) = self.word();
        Err(fault("the bracket is not closed".into(), span)
            .help("write it as in wait(io-1)".to_owned()))
    }

    fn who(&mut self, may_be_nobody: bool) -> Result<Who, Fault> {
        let (name, span) = self.word();
        let threads = &self.trace.threads;
        if let Some(n) = threads.iter().position(|thread| thread.name == name) {
            return Ok(Who::Thread(ThreadId(n as u16)));
        }
        if let Some(thread) = threads.iter().find(|thread| group_name(&thread.name) == name) {
            return Ok(Who::Group(thread.group));
        }
        match name {
            "nobody" if may_be_nobody => Ok(Who::Nobody),
            "" => Err(fault("a thread's name is missing".into(), span)
                .help(threads.first().map(|t| format!("one is {}", t.name)))),
            _ => {
                let names = threads.iter().flat_map(|t| [t.name.as_str(), group_name(&t.name)]);
                Err(unknown("thread", name, span, names))
            }
        }
    }

    fn compare(&mut self) -> Result<Compare, Fault> {
        self.compare_at().map(|(compare, _)| compare)
    }

    fn compare_at(&mut self) -> Result<(Compare, Range<usize>), Fault> {
        let (sign, span) = self.word();
        let compare = match sign {
            "<" => Compare::Less,
            "<=" => Compare::LessOrEqual,
            "==" | "=" => Compare::Equal,
            "!=" => Compare::NotEqual,
            ">=" => Compare::GreaterOrEqual,
            ">" => Compare::Greater,
            _ => {
                let found = if sign.is_empty() { "nothing".into() } else { format!("{sign:?}") };
                return Err(fault(format!("expected a comparison, found {found}"), span)
                    .help("the comparisons are <, <=, ==, !=, >= and >".to_owned()));
            }
        };
        Ok((compare, span))
    }

    fn number(&mut self) -> Result<u64, Fault> {
        let (word, span) = self.word();
        word.parse().map_err(|_| {
            let found = if word.is_empty() { "nothing".into() } else { format!("{word:?}") };
            fault(format!("expected a whole number, found {found}"), span)
        })
    }

    /// `5ms`, `2.5 ms`, `300us`.
    fn duration(&mut self) -> Result<Nanos, Fault> {
        let (word, span) = self.word();
        let behind = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
        let (number, mut unit) = word.split_at(behind);
        let mut unit_span = span.start + behind..span.end;
        if unit.is_empty() {
            (unit, unit_span) = self.word();
        }
        let Some(value) = number.parse::<f64>().ok() else {
            let found = if word.is_empty() { "nothing".into() } else { format!("{word:?}") };
            return Err(fault(format!("expected a duration such as 5ms, found {found}"), span));
        };
        let nanos = match unit {
            "ns" => 1.0,
            "us" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            _ => {
                let message = match unit {
                    "" => format!("{number} has no unit"),
                    _ => format!("unknown unit {unit:?}"),
                };
                return Err(
                    fault(message, unit_span).help("the units are ns, us, ms and s".to_owned())
                );
            }
        };
        Ok(Nanos::from_secs_f64(value * nanos / 1e9))
    }
}

/// Words, brackets, signs, space.
fn class_of(c: char) -> u8 {
    match c {
        '(' | ')' => 1,
        '<' | '>' | '=' | '!' => 2,
        c if c.is_whitespace() => 3,
        _ => 4,
    }
}

/// `cpu` of `cpu-3`.
fn group_name(thread: &str) -> &str {
    match thread.rsplit_once('-') {
        Some((group, number)) if number.bytes().all(|b| b.is_ascii_digit()) => group,
        _ => thread,
    }
}

/// An unknown name, with the nearest known one or with what there is.
fn unknown<'n>(
    what: &str,
    name: &str,
    span: Range<usize>,
    known: impl IntoIterator<Item = &'n str>,
) -> Fault {
    let mut names: Vec<&str> = known.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    let help = match gil_notation::nearest(name, &names) {
        Some(nearest) => format!("did you mean {nearest}?"),
        None => format!("there is {}", names[..names.len().min(8)].join(", ")),
    };
    fault(format!("unknown {what} {name:?}"), span).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_sim::{Dist, Group, Scenario, Spec, Step, run};

    fn trace() -> Trace {
        let steps = || vec![Step::Sleep { wait: Dist::Fixed(Nanos::from_millis(1)) }];
        let cpu = Group { count: 2, ..Group::new("cpu", steps()) };
        let groups = vec![cpu, Group::new("io", steps())];
        run(&Scenario::new(Spec { groups, ..Spec::default() }).expect("valid"))
    }

    #[test]
    fn conditions_are_read() {
        let trace = trace();
        let io = Who::Thread(ThreadId(2));
        let five = Nanos::from_millis(5);
        for (text, test) in [
            ("wait(io) > 5ms", Test::Wait(io.clone(), Compare::Greater, five)),
            ("wait(cpu-2)>=5 ms", {
                Test::Wait(Who::Thread(ThreadId(1)), Compare::GreaterOrEqual, five)
            }),
            ("holder == cpu", Test::Holder(Who::Group(gil_sim::GroupId(0)), true)),
            ("holder != io", Test::Holder(io.clone(), false)),
            ("holder == nobody", Test::Holder(Who::Nobody, true)),
            ("switch_number == 10", Test::SwitchNumber(Compare::Equal, 10)),
            (" waiters >= 2 ", Test::Waiters(Compare::GreaterOrEqual, 2)),
            ("latency > 0.005s", Test::Latency(Who::Any, Compare::Greater, five)),
            ("missed", Test::Missed(Who::Any)),
            ("missed(io)", Test::Missed(io)),
            ("preempted with GIL", Test::Preempted { who: Who::Any, with_gil: true }),
            ("preempted", Test::Preempted { who: Who::Any, with_gil: false }),
        ] {
            assert_eq!(Condition::parse(text, &trace), Ok(Condition { test }), "{text}");
        }
    }

    #[test]
    fn errors_name_the_place_and_what_was_meant() {
        let trace = trace();
        for (text, place, said) in [
            ("", "", "a condition is missing; begin with wait, holder"),
            ("wiat(io) > 5ms", "wiat", "unknown condition \"wiat\"; did you mean wait?"),
            ("wait(cpu-3) > 5ms", "cpu-3", "unknown thread \"cpu-3\"; did you mean cpu-1?"),
            ("wait(database) > 5ms", "database", "there is cpu, cpu-1, cpu-2, io"),
            ("wait(io > 5ms", ">", "the bracket is not closed"),
            ("wait(io) > 5", "", "5 has no unit; the units are ns, us, ms and s"),
            ("wait(io) > 5min", "min", "unknown unit \"min\""),
            ("wait(io) is 5ms", "is", "expected a comparison, found \"is\""),
            ("waiters >= two", "two", "expected a whole number, found \"two\""),
            ("holder > cpu", ">", "compare with == or !="),
            ("holder ==", "", "a thread's name is missing; one is cpu-1"),
            ("missed now", "now", "\"now\" does not belong here"),
            ("preempted with key", "key", "expected GIL after with, found \"key\""),
            ("wait(ö) > 5ms", "ö", "unknown thread \"ö\""),
        ] {
            let fault = Condition::parse(text, &trace).expect_err(text);
            assert_eq!(&text[fault.span.clone()], place, "{text}: {fault}");
            assert!(fault.to_string().contains(said), "{text}: {fault}");
        }
    }
}
