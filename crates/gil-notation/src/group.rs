//! A thread group: `io:8@10ms:py-100us+io-10ms:x50`.

use gil_sim::{Group, Nanos, Repeat};

use crate::duration::{print_duration, print_whole, read_duration};
use crate::error::Fault;
use crate::lex::Part;
use crate::places::Places;
use crate::steps::{print_steps, read_steps};

/// Help on what a group looks like.
pub(crate) const SHAPE: &str = "a group is written as in io:8:py-100us+io-10ms:x50";

/// Reads a segment that has a `:`; `index` is the group's in the scenario.
pub(crate) fn read_group(part: Part, index: usize, places: &mut Places) -> Result<Group, Fault> {
    let place = |field: &str| format!("groups[{index}].{field}");
    let mut pieces = part.split(":").peekable();
    let name = pieces.next().unwrap_or(part);
    places.note(place("name"), name);
    let count = pieces.next_if(|p| p.text.starts_with(|c: char| c.is_ascii_digit()));
    let (count, start) = match count {
        Some(piece) => read_count(piece, &place, places)?,
        None => (1, Nanos::ZERO),
    };
    let missing = || part.fault(format!("group {} has no steps", name.quoted())).help(SHAPE);
    let steps = read_steps(pieces.next().ok_or_else(missing)?, &place("steps"), places)?;
    let repeat = match pieces.next() {
        Some(piece) => read_repeat(piece, &place, places)?,
        None => Repeat::Times(1),
    };
    match pieces.next() {
        Some(piece) => Err(piece.fault("nothing may follow a group's repeat").help(SHAPE)),
        None => Ok(Group { name: name.text.to_owned(), count, start, steps, repeat }),
    }
}

fn read_count(
    part: Part,
    place: &dyn Fn(&str) -> String,
    places: &mut Places,
) -> Result<(u16, Nanos), Fault> {
    let Some((count, start)) = part.cut("@") else {
        places.note(place("count"), part);
        return Ok((part.number()?, Nanos::ZERO));
    };
    places.note(place("count"), count);
    places.note(place("start"), start);
    Ok((count.number()?, read_duration(start)?))
}

fn read_repeat(
    part: Part,
    place: &dyn Fn(&str) -> String,
    places: &mut Places,
) -> Result<Repeat, Fault> {
    places.note(place("repeat"), part);
    if part.text == "daemon" {
        return Ok(Repeat::Daemon);
    }
    if let Some(time) = part.strip("for-") {
        return read_duration(time).map(Repeat::For);
    }
    match part.strip("x") {
        Some(times) => times.number().map(Repeat::Times),
        None => {
            let fault = part.unknown("repeat", &["daemon"]);
            Err(fault.help("a repeat is written as in x50, for-1s or daemon"))
        }
    }
}

/// `name[:count[@start]]:steps[:repeat]`, without what is left out.
pub(crate) fn print_group(group: &Group) -> String {
    let mut text = group.name.clone();
    text += &print_count(group.count, group.start);
    text += ":";
    text += &print_steps(&group.steps);
    text += &match group.repeat {
        // A text must not end in punctuation, which chat programs leave out of a link.
        Repeat::Times(1) if !text.ends_with('_') => String::new(),
        Repeat::Times(times) => format!(":x{times}"),
        Repeat::For(time) => format!(":for-{}", print_duration(time)),
        Repeat::Daemon => ":daemon".to_owned(),
    };
    text
}

fn print_count(count: u16, start: Nanos) -> String {
    match (count, start) {
        (1, Nanos::ZERO) => String::new(),
        // ":100:" is an emoji in Markdown and chat programs.
        (100, Nanos::ZERO) => ":100@0s".to_owned(),
        (_, Nanos::ZERO) => format!(":{count}"),
        _ => format!(":{count}@{}", print_whole(start)),
    }
}
