//! A thread group: `io:8@10ms:py-100us+io-10ms:x50`.

use gil_sim::{Group, Nanos, Repeat, StartMethod, Strategy};

use crate::duration::{print_dist, print_duration, print_whole, read_dist, read_duration};
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
    let mut next = pieces.next();
    let mut repeat = Repeat::Times(1);
    if let Some(piece) = next
        && find_strategy(piece.text).is_none()
    {
        repeat = read_repeat(piece, &place, places)?;
        next = pieces.next();
    }
    let mut strategy = Strategy::Threads;
    if let Some(piece) = next {
        places.note(place("strategy"), piece);
        let words = STRATEGIES.map(|(word, _)| word);
        strategy = find_strategy(piece.text).ok_or_else(|| piece.unknown("strategy", &words))?;
    }
    match pieces.next() {
        Some(piece) => {
            let fault = piece.fault("nothing may follow a group's strategy");
            Err(fault.help("the repeat comes first, as in io:8:io-10ms:x50:async"))
        }
        None => Ok(Group { name: name.text.to_owned(), count, start, steps, repeat, strategy }),
    }
}

/// Help on what a repeat looks like.
const REPEATS: &str =
    "a repeat is written as in x50, for-1s, daemon, jobs-100, arrive-exp5ms@1s or serve";

/// Strategies by their words in the notation: `async`, `fork`.
pub const STRATEGIES: [(&str, Strategy); 7] = [
    ("threads", Strategy::Threads),
    ("seq", Strategy::Sequential),
    ("async", Strategy::Asyncio),
    ("interp", Strategy::Interpreters),
    ("fork", Strategy::Processes(StartMethod::Fork)),
    ("forkserver", Strategy::Processes(StartMethod::Forkserver)),
    ("spawn", Strategy::Processes(StartMethod::Spawn)),
];

fn find_strategy(word: &str) -> Option<Strategy> {
    STRATEGIES.iter().find(|(name, _)| *name == word).map(|(_, strategy)| *strategy)
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
    if part.text == "serve" {
        return Ok(Repeat::Serve);
    }
    if let Some(jobs) = part.strip("jobs-") {
        return jobs.number().map(Repeat::Jobs);
    }
    if let Some(rest) = part.strip("arrive-") {
        return read_arrivals(rest, place, places);
    }
    if let Some(time) = part.strip("for-") {
        return read_duration(time).map(Repeat::For);
    }
    match part.strip("x") {
        Some(times) => times.number().map(Repeat::Times),
        None => {
            // The piece may as well be a strategy: a repeat can be left out.
            let words = STRATEGIES.map(|(word, _)| word);
            let fault =
                part.unknown("repeat or strategy", &[&["daemon", "serve"], &words[..]].concat());
            Err(fault.help(format!("{REPEATS}; a strategy is one of {}", words.join(", "))))
        }
    }
}

fn read_arrivals(
    part: Part,
    place: &dyn Fn(&str) -> String,
    places: &mut Places,
) -> Result<Repeat, Fault> {
    let (every, during) = part.cut("@").ok_or_else(|| {
        let fault = part.fault("arrivals need a gap and how long they go on");
        fault.help("write it as in arrive-exp5ms@1s: a request every 5 ms for a second")
    })?;
    places.note(place("every"), every);
    Ok(Repeat::Arrivals { every: read_dist(every)?, during: read_duration(during)? })
}

/// `name[:count[@start]]:steps[:repeat][:strategy]`, without what is left out.
pub(crate) fn print_group(group: &Group) -> String {
    let mut text = group.name.clone();
    text += &print_count(group.count, group.start);
    text += ":";
    text += &print_steps(&group.steps);
    let repeat = match group.repeat {
        Repeat::Times(1) => String::new(),
        Repeat::Times(times) => format!(":x{times}"),
        Repeat::For(time) => format!(":for-{}", print_duration(time)),
        Repeat::Daemon => ":daemon".to_owned(),
        Repeat::Jobs(jobs) => format!(":jobs-{jobs}"),
        Repeat::Arrivals { every, during } => {
            format!(":arrive-{}@{}", print_dist(every), print_whole(during))
        }
        Repeat::Serve => ":serve".to_owned(),
    };
    let strategy = STRATEGIES.iter().skip(1).find(|(_, strategy)| *strategy == group.strategy);
    let strategy = strategy.map(|(word, _)| format!(":{word}")).unwrap_or_default();
    text += &repeat;
    text += &strategy;
    // A text must not end in punctuation, which chat programs leave out of a link.
    if text.ends_with('_') {
        text += ":x1";
    }
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
