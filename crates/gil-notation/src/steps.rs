//! A thread's program: `py-2ms+lock-db+io-10ms+unlock-db`.

use gil_sim::{Dist, Nanos, Step, StepKind, bounds};

use crate::bytes::{print_bytes, read_bytes};
use crate::duration::{print_dist, print_whole, read_dist, read_duration};
use crate::error::Fault;
use crate::lex::Part;
use crate::places::Places;

/// The word behind the steps inside a lock.
const UNLOCK: &str = "unlock";

/// The words that steps begin with: `py`, `io`, `unlock`.
pub fn words() -> impl Iterator<Item = &'static str> {
    StepKind::ALL.into_iter().map(StepKind::word).chain([UNLOCK])
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
        if word.text == UNLOCK {
            return self.unlock(rest);
        }
        match StepKind::find(word.text) {
            None => Err(unknown(word)),
            Some(StepKind::Locked) => self.lock(part, rest, &place),
            Some(kind) => {
                let step = self.plain(kind, rest, &place)?;
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

    /// A step without others inside: `py-2ms@100us`, `share-cache-2ms`, `call-pool@64kib`.
    fn plain(&mut self, kind: StepKind, rest: Part, place: &str) -> Result<Step, Fault> {
        let (value, extra) = rest.cut("@").unzip();
        let value = value.unwrap_or(rest);
        let (name, time) = match (kind.named(), kind.time_field()) {
            (Some(_), Some(_)) => {
                let (name, time) = value.cut("-").ok_or_else(|| {
                    let word = kind.word();
                    let fault = rest.fault(format!("{word} needs an object and a duration"));
                    fault.help(format!("write it as in {word}-cache-2ms"))
                })?;
                (Some(name), Some(time))
            }
            (Some(_), None) => (Some(value), None),
            (None, _) => (None, Some(value)),
        };
        let fields = [(kind.named().map(|named| named.field), name), (kind.time_field(), time)];
        for (field, part) in fields {
            if let (Some(field), Some(part)) = (field, part) {
                self.places.note(format!("{place}.{field}"), part);
            }
        }
        let time = time.map(read_dist).transpose()?.unwrap_or(Dist::Fixed(Nanos::ZERO));
        let mut step = kind.step(name.map_or("", |name| name.text), time);
        if let Some(extra) = extra {
            self.extra(&mut step, extra, place)?;
        }
        Ok(step)
    }

    /// What stands behind the `@` of a step.
    fn extra(&mut self, step: &mut Step, part: Part, place: &str) -> Result<(), Fault> {
        match step {
            Step::Python { check, .. } => {
                self.places.note(format!("{place}.check"), part);
                *check = Some(read_duration(part)?);
            }
            Step::Call { bytes, .. } => {
                self.places.note(format!("{place}.bytes"), part);
                *bytes = read_bytes(part)?;
            }
            _ => {
                let why = "only py steps have a distance between looks behind an \"@\"";
                return Err(part.fault(why));
            }
        }
        Ok(())
    }
}

/// The fault of a word that no step begins with.
fn unknown(word: Part) -> Fault {
    word.unknown("step", &words().collect::<Vec<_>>())
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
    if words().all(|known| known != word.text) {
        return Err(unknown(word));
    }
    rest.map(|rest| (word, rest)).ok_or_else(|| {
        let fault = part.fault(format!("{} needs a \"-\" behind {}", part.quoted(), word.text));
        fault.help("a step is written as in py-2ms or lock-db")
    })
}

/// The steps joined by `+`, so that [`parse_steps`](crate::parse_steps) gives them again where
/// they are part of a valid scenario.
pub fn print_steps(steps: &[Step]) -> String {
    steps.iter().map(print_step).collect::<Vec<_>>().join("+")
}

fn print_step(step: &Step) -> String {
    let mut text = step.kind().word().to_owned();
    if let Some(name) = step.name() {
        text += &format!("-{name}");
    }
    if let Some(time) = step.time() {
        text += &format!("-{}", print_dist(time));
    }
    match step {
        Step::Python { check: Some(check), .. } => text += &format!("@{}", print_whole(*check)),
        Step::Call { bytes, .. } if *bytes > 0 => text += &format!("@{}", print_bytes(*bytes)),
        Step::Locked { lock, body } => text += &format!("+{}+{UNLOCK}-{lock}", print_steps(body)),
        _ => {}
    }
    text
}
