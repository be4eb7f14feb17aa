//! A thread's program: `py-2ms+lock-db+io-10ms+unlock-db`.

use gil_sim::{Dist, Step, bounds};

use crate::bytes::{print_bytes, read_bytes};
use crate::duration::{print_dist, print_whole, read_dist, read_duration};
use crate::error::Fault;
use crate::lex::Part;
use crate::places::Places;

/// All words a step begins with.
const WORDS: [&str; 13] = [
    "py", "hold", "native", "io", "recv", "sys", "sleep", "block", "share", "mutate", "call",
    "lock", "unlock",
];

/// The words that steps begin with: `py`, `io`, `unlock`.
pub fn words() -> impl Iterator<Item = &'static str> {
    WORDS.into_iter()
}

/// Reads steps joined by `+`; `base` is the place of the list in the scenario.
pub(crate) fn read_steps(part: Part, base: &str, places: &mut Places) -> Result<Vec<Step>, Fault> {
    places.note(base.to_owned(), part);
    let mut reader = Reader { base, places, open: Vec::new(), steps: Vec::new() };
    for piece in part.split("+") {
        reader.step(piece)?;
    }
    match reader.open.pop() {
        None => Ok(reader.steps),
        Some(open) => {
            let fault = open.step.fault(format!("lock {} is never released", open.name.quoted()));
            Err(fault.help(format!("add unlock-{} where it is", open.name.text)))
        }
    }
}

struct Reader<'r, 's> {
    base: &'r str,
    places: &'r mut Places,
    /// Locks that are held here, outermost first.
    open: Vec<Open<'s>>,
    /// The steps inside the innermost of them so far.
    steps: Vec<Step>,
}

struct Open<'s> {
    step: Part<'s>,
    name: Part<'s>,
    /// The steps before it, in the list that it stands in.
    outer: Vec<Step>,
}

impl<'s> Reader<'_, 's> {
    fn step(&mut self, part: Part<'s>) -> Result<(), Fault> {
        let place = self.place();
        self.places.note(place.clone(), part);
        let (word, rest) = word_and_rest(part)?;
        match word.text {
            "lock" => self.lock(part, rest, &place),
            "unlock" => self.unlock(rest),
            "share" | "mutate" => {
                let step = self.shared(word, rest, &place)?;
                self.steps.push(step);
                Ok(())
            }
            "call" => {
                let step = self.call(rest, &place)?;
                self.steps.push(step);
                Ok(())
            }
            _ => {
                let step = self.timed(word, rest, &place)?;
                self.steps.push(step);
                Ok(())
            }
        }
    }

    /// Where the next step will be in the scenario: `groups[0].steps[1].body[0]`.
    fn place(&self) -> String {
        let bodies = self.open.iter().map(|open| format!("[{}].body", open.outer.len()));
        format!("{}{}[{}]", self.base, bodies.collect::<String>(), self.steps.len())
    }

    fn lock(&mut self, step: Part<'s>, name: Part<'s>, place: &str) -> Result<(), Fault> {
        let most = bounds::LOCK_DEPTH;
        if self.open.len() == most {
            return Err(step.fault(format!("locks are nested more than {most} deep")));
        }
        self.places.note(format!("{place}.lock"), name);
        let outer = std::mem::take(&mut self.steps);
        self.open.push(Open { step, name, outer });
        Ok(())
    }

    fn unlock(&mut self, name: Part<'s>) -> Result<(), Fault> {
        let Some(open) = self.open.pop() else {
            return Err(name.fault(format!("lock {} is not held here", name.quoted())));
        };
        if open.name.text != name.text {
            let held = open.name;
            let message =
                format!("the lock taken last is {}, not {}", held.quoted(), name.quoted());
            return Err(name.fault(message).help("locks are released in the reverse order"));
        }
        let body = std::mem::replace(&mut self.steps, open.outer);
        self.steps.push(Step::Locked { lock: name.text.to_owned(), body });
        Ok(())
    }

    fn shared(&mut self, word: Part, rest: Part, place: &str) -> Result<Step, Fault> {
        let (object, work) = rest.cut("-").ok_or_else(|| {
            let fault = rest.fault(format!("{} needs an object and a duration", word.text));
            fault.help(format!("write it as in {}-cache-2ms", word.text))
        })?;
        self.places.note(format!("{place}.object"), object);
        self.places.note(format!("{place}.work"), work);
        let (object, work) = (object.text.to_owned(), read_dist(work)?);
        Ok(match word.text {
            "share" => Step::Share { object, work },
            _ => Step::Mutate { object, work },
        })
    }

    fn call(&mut self, rest: Part, place: &str) -> Result<Step, Fault> {
        let (group, bytes) = rest.cut("@").unzip();
        let group = group.unwrap_or(rest);
        self.places.note(format!("{place}.group"), group);
        let bytes = bytes.map(|part| {
            self.places.note(format!("{place}.bytes"), part);
            read_bytes(part)
        });
        let bytes = bytes.transpose()?.unwrap_or(0);
        Ok(Step::Call { group: group.text.to_owned(), bytes })
    }

    fn timed(&mut self, word: Part, rest: Part, place: &str) -> Result<Step, Fault> {
        let (value, check) = rest.cut("@").unzip();
        let value = value.unwrap_or(rest);
        if let Some(check) = check.filter(|_| word.text != "py") {
            let fault = check.fault("only py steps have a distance between looks behind an \"@\"");
            return Err(fault);
        }
        // One of them is this step's; nobody asks for the others.
        for field in ["work", "wait", "every"] {
            self.places.note(format!("{place}.{field}"), value);
        }
        let work = read_dist(value)?;
        let check = check.map(|part| {
            self.places.note(format!("{place}.check"), part);
            read_duration(part)
        });
        make(word.text, work, check.transpose()?).ok_or_else(|| word.unknown("step", &WORDS))
    }
}

/// `py` and `2ms` of `py-2ms`.
fn word_and_rest(part: Part) -> Result<(Part, Part), Fault> {
    if part.text.is_empty() {
        return Err(part.fault("a step is missing here").help("a step is written as in py-2ms"));
    }
    let (word, rest) = match part.cut("-") {
        Some((word, rest)) => (word, Some(rest)),
        None => {
            let letters = part.text.find(|c: char| !c.is_ascii_lowercase());
            (part.split_at(letters.unwrap_or(part.text.len())).0, None)
        }
    };
    if !WORDS.contains(&word.text) {
        return Err(word.unknown("step", &WORDS));
    }
    rest.map(|rest| (word, rest)).ok_or_else(|| {
        let fault = part.fault(format!("{} needs a \"-\" behind {}", part.quoted(), word.text));
        fault.help("a step is written as in py-2ms or lock-db")
    })
}

fn make(word: &str, time: Dist, check: Option<gil_sim::Nanos>) -> Option<Step> {
    Some(match word {
        "py" => Step::Python { work: time, check },
        "hold" => Step::NativeHolding { work: time },
        "native" => Step::NativeReleasing { work: time },
        "io" => Step::Io { wait: time },
        "recv" => Step::Receive { every: time },
        "sys" => Step::Syscall { work: time },
        "sleep" => Step::Sleep { wait: time },
        "block" => Step::Block { wait: time },
        _ => return None,
    })
}

/// The steps joined by `+`, so that [`parse_steps`](crate::parse_steps) gives them again where
/// they are part of a valid scenario.
pub fn print_steps(steps: &[Step]) -> String {
    steps.iter().map(print_step).collect::<Vec<_>>().join("+")
}

fn print_step(step: &Step) -> String {
    let timed = |word: &str, time: &Dist| format!("{word}-{}", print_dist(*time));
    match step {
        Step::Python { work, check: None } => timed("py", work),
        Step::Python { work, check: Some(check) } => {
            format!("{}@{}", timed("py", work), print_whole(*check))
        }
        Step::NativeHolding { work } => timed("hold", work),
        Step::NativeReleasing { work } => timed("native", work),
        Step::Io { wait } => timed("io", wait),
        Step::Receive { every } => timed("recv", every),
        Step::Syscall { work } => timed("sys", work),
        Step::Sleep { wait } => timed("sleep", wait),
        Step::Block { wait } => timed("block", wait),
        Step::Share { object, work } => format!("share-{object}-{}", print_dist(*work)),
        Step::Mutate { object, work } => format!("mutate-{object}-{}", print_dist(*work)),
        Step::Call { group, bytes: 0 } => format!("call-{group}"),
        Step::Call { group, bytes } => format!("call-{group}@{}", print_bytes(*bytes)),
        Step::Locked { lock, body } => format!("lock-{lock}+{}+unlock-{lock}", print_steps(body)),
    }
}
