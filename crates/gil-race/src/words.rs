//! What is to be said of a race and its steps.

use crate::explore::Exploration;
use crate::memory::Cell;
use crate::program::{Action, Program, Step};
use crate::race::{Goal, Outcome, Race, RaceKind, Rule};
use crate::state::{CutIn, Effect, Happening, State, Waits};

/// A step in three sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Where the thread stood.
    pub state: String,
    /// Why it was this thread that went on.
    pub trigger: String,
    /// What came of it.
    pub consequence: String,
}

impl Outcome {
    /// What it means, in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Outcome::Right => "It ended as it should.",
            Outcome::LostUpdate => "An update was lost.",
            Outcome::UseAfterFree => {
                "The object was freed while the global a still refers to it, and then used."
            }
            Outcome::Leaked => "The count is too high: the object will never be freed.",
            Outcome::ActedTwice => "Both found the key missing: it was done twice.",
        }
    }

    /// As the end of "Of 20 ways to interleave, 18": `lose an update`.
    fn verb(self, count: u64) -> &'static str {
        match (self, count) {
            (Outcome::Right, 1) => "ends as it should",
            (Outcome::Right, _) => "end as they should",
            (Outcome::LostUpdate, 1) => "loses an update",
            (Outcome::LostUpdate, _) => "lose an update",
            (Outcome::UseAfterFree, 1) => "uses a freed object",
            (Outcome::UseAfterFree, _) => "use a freed object",
            (Outcome::Leaked, 1) => "leaks the object",
            (Outcome::Leaked, _) => "leak the object",
            (Outcome::ActedTwice, 1) => "does it twice",
            (Outcome::ActedTwice, _) => "do it twice",
        }
    }
}

impl Exploration {
    /// `Of 20 ways to interleave, 18 lose an update.`
    pub fn words(&self) -> String {
        let ways = grouped(self.schedules);
        if self.wrong() == 0 {
            return format!("All {ways} ways to interleave end as they should.");
        }
        let wrong = self.outcomes.iter().filter(|(outcome, _)| **outcome != Outcome::Right);
        let parts: Vec<String> = wrong
            .map(|(outcome, tally)| {
                format!("{} {}", grouped(tally.count), outcome.verb(tally.count))
            })
            .collect();
        format!("Of {ways} ways to interleave, {}.", parts.join(" and "))
    }
}

/// `12,870`.
fn grouped(count: u64) -> String {
    if count < 1000 {
        count.to_string()
    } else {
        format!("{},{:03}", grouped(count / 1000), count % 1000)
    }
}

impl State<'_> {
    /// Why a thread cannot make a step, for its button; `None` if it can.
    pub fn waits_words(&self, thread: usize) -> Option<String> {
        let race = self.race();
        Some(match self.waits(thread)? {
            Waits::Finished => "It is at its end.".into(),
            Waits::ForLock(owner) => {
                format!("It waits for the lock, which {} has.", race.name(owner))
            }
            Waits::ForGil(holder) => {
                let holder_name = race.name(holder);
                let place = self.last_step(holder).map_or("here", |step| step.text.as_str());
                if race.python.is_some() {
                    format!("{holder_name} has the GIL, and no switch can fall after {place}.")
                } else {
                    let inside = self.last_step(holder).map_or("this", |step| {
                        race.threads.get(holder).map_or("this", |p| p.operation_of(step))
                    });
                    format!("{holder_name} has the GIL, and no switch can fall inside {inside}.")
                }
            }
            Waits::NoThread => "There is no such thread.".into(),
        })
    }

    /// How it ended, with the values: `x is 1 and should be 2. An update was lost.`
    pub fn verdict(&self) -> String {
        let outcome = self.outcome();
        let memory = &self.memory;
        let found = match self.race().goal {
            _ if memory.freed => String::new(),
            Goal::Value(cell, right) => is_and_should(cell.name(), memory.value(cell), right),
            Goal::References(right) => is_and_should("The count", memory.references(), right),
            Goal::Once => format!("d[k] was set {}.", times(memory.value(Cell::Stores))),
        };
        format!("{found} {}", outcome.words()).trim_start().to_owned()
    }

    /// The variables that refer to the object, in a race about its reference count: the global,
    /// and those of threads that took a reference and have not given it back.
    pub fn references(&self) -> Vec<String> {
        let race = self.race();
        let has = |(number, program): (usize, &Program)| {
            let next = self.threads.get(number).map_or(0, |thread| thread.next);
            let change = |step: &Step| {
                step.action.cell().is_some() && !matches!(step.action, Action::Read(_))
            };
            let changes = program.steps.iter().take(next).filter(|step| change(step)).count();
            // The first change takes it, the second gives it back.
            (changes == 1).then(|| format!("t in {}", program.name))
        };
        if !self.memory.has_object() {
            return Vec::new();
        }
        let own = race.threads.iter().enumerate().filter_map(has);
        std::iter::once("a".to_owned()).chain(own).collect()
    }

    /// The step that a thread made last.
    pub fn last_step(&self, thread: usize) -> Option<&Step> {
        let last = self.threads.get(thread)?.next.checked_sub(1)?;
        self.race().threads.get(thread)?.steps.get(last)
    }
}

fn times(count: i64) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{count} times"),
    }
}

fn is_and_should(what: &str, is: i64, should: i64) -> String {
    if is == should {
        format!("{what} is {is}.")
    } else {
        format!("{what} is {is} and should be {should}.")
    }
}

impl Race {
    /// What is to be added where all is right by luck: the bytecode of this version happens to
    /// leave no room for a switch, which the language does not promise.
    pub fn caveat(&self, all: &Exploration) -> Option<&'static str> {
        let unsafe_elsewhere = matches!(
            self.kind,
            RaceKind::Increment | RaceKind::IncrementAttribute | RaceKind::CheckThenStore
        );
        (unsafe_elsewhere && all.wrong() == 0).then_some(
            "In this Python no switch can fall in between. The language does not promise that.",
        )
    }

    /// What a thread is called.
    pub fn name(&self, thread: usize) -> &'static str {
        self.threads.get(thread).map_or("?", |program| program.name)
    }

    /// A step that was made, in words.
    pub fn words(&self, happening: &Happening) -> Words {
        let name = self.name(happening.thread);
        let program = self.threads.get(happening.thread);
        let step = program.and_then(|program| program.steps.get(happening.step));
        let (Some(program), Some(step)) = (program, step) else {
            return Words {
                state: String::new(),
                trigger: String::new(),
                consequence: String::new(),
            };
        };
        Words {
            state: format!("{name} stood at {} in {}.", step.text, program.operation_of(step)),
            trigger: self.trigger(happening, name),
            consequence: self.consequence(happening, step, name),
        }
    }

    fn trigger(&self, happening: &Happening, name: &str) -> String {
        let Some(CutIn { before, waits }) = happening.cut_in else {
            return format!("{name} goes on.");
        };
        let other = self.name(before);
        match (self.rule, waits) {
            (Rule::Free, true) => format!("{other} waits for the lock."),
            (Rule::Free, false) => format!("Nothing makes {name} wait for {other}."),
            (Rule::Gil, true) => {
                format!("{other} waits for the lock and let go of the GIL. {name} takes it.")
            }
            (Rule::Gil, false) => {
                format!("A switch falls: {other} lets go of the GIL, {name} takes it.")
            }
        }
    }

    fn consequence(&self, happening: &Happening, step: &Step, name: &str) -> String {
        if happening.after_free {
            return format!("{name} uses memory that was freed: whatever is there now.");
        }
        match happening.effect {
            Effect::Read(cell, value) => {
                format!("{name} has a copy of {}: {value}.", cell.name())
            }
            Effect::Computed(value) => format!("{name} has {value}, for itself alone."),
            Effect::Wrote { cell, value, over } => self.wrote(cell, value, over),
            Effect::Changed(cell, value) => {
                format!("{} is {value} now; nothing can come between.", cell.name())
            }
            Effect::Freed => "The count is 0: the object is freed. The global a still refers to \
                              it."
            .into(),
            Effect::Kept => "The count is not 0: the object stays.".into(),
            Effect::Used => "The object is there.".into(),
            Effect::Missing(true) => format!("k is not in d, as far as {name} knows."),
            Effect::Missing(false) => "k is in d.".into(),
            Effect::Jumped(true) => format!("There is nothing to do for {name}."),
            Effect::Jumped(false) => format!("{name} goes on to set d[k]."),
            Effect::Stored { again: false } => "d[k] is set.".into(),
            Effect::Stored { again: true } => {
                "d[k] was set meanwhile. It is set again: the first value is gone.".into()
            }
            Effect::Locked => format!("{name} has the lock."),
            Effect::Unlocked => format!("{name} lets go of the lock."),
            Effect::Called => called(step),
            Effect::Nothing => "Nothing changes that the other thread can see.".into(),
        }
    }

    fn wrote(&self, cell: Cell, value: i64, over: Option<usize>) -> String {
        let now = format!("{} is {value} now.", cell.name());
        match over.map(|other| self.name(other)) {
            Some(other) => format!("{now} What {other} wrote since the copy was made is lost."),
            None => now,
        }
    }
}

fn called(step: &Step) -> String {
    let text = match step.text.split(' ').next() {
        Some("RESUME") => "The function begins.",
        Some("RETURN_VALUE") => "The function ends.",
        _ if step.action == Action::Call => "The function is called.",
        _ => "",
    };
    text.into()
}
