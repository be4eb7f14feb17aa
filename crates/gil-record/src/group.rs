//! Threads that run the same and behave alike.

use gil_sim::{State, ThreadId};

use crate::findings::ThreadFindings;
use crate::recording::Recording;

/// Threads that run the same and behave alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they're called together.
    pub name: String,
    /// Its threads, in the order of the recording.
    pub threads: Vec<ThreadId>,
}

/// Shares of time that differ by more than this are another behaviour.
const ALIKE: f64 = 0.35;

/// Puts threads into groups: of the same function, or of names that differ in their last number
/// only, whose time is spent in about the same way.
pub(crate) fn groups(recording: &Recording, threads: &[ThreadFindings]) -> Vec<Group> {
    let mut groups: Vec<(String, [f64; 4], Group)> = Vec::new();
    for (at, (thread, findings)) in recording.threads.iter().zip(threads).enumerate() {
        let kind = match &thread.function {
            Some(function) => function.clone(),
            None => without_number(&thread.name).to_owned(),
        };
        let shares = shares(findings);
        let id = ThreadId(at as u16);
        let found =
            groups.iter_mut().find(|(other, first, _)| *other == kind && alike(first, &shares));
        match found {
            Some((_, _, group)) => group.threads.push(id),
            None => groups.push((kind, shares, Group { name: String::new(), threads: vec![id] })),
        }
    }
    let kinds: Vec<String> = groups.iter().map(|(kind, ..)| kind.clone()).collect();
    let named = groups.into_iter().enumerate().map(|(at, (kind, _, group))| {
        let same = kinds.iter().filter(|other| **other == kind).count();
        let before = kinds[..at].iter().filter(|other| **other == kind).count();
        let own_name = &recording.threads[group.threads[0].index()].name;
        let name = match (same, group.threads.len()) {
            (1, 1) => own_name.clone(),
            (1, _) => kind,
            _ => format!("{kind}-{}", letter(before)),
        };
        Group { name, ..group }
    });
    named.collect()
}

fn shares(findings: &ThreadFindings) -> [f64; 4] {
    [
        findings.held_share() + findings.share(findings.time(State::Attached)),
        findings.waited_share(),
        findings.share(findings.time(State::Native)),
        findings.share(findings.time(State::OffCpu)),
    ]
}

fn alike(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= ALIKE)
}

/// `a`, `b`, ... for groups of one kind that behave differently.
fn letter(at: usize) -> String {
    match u8::try_from(at).ok().filter(|at| *at < 26) {
        Some(at) => char::from(b'a' + at).to_string(),
        None => (at + 1).to_string(),
    }
}

/// A name without the number at its end: `worker` of `worker-3`, `ThreadPoolExecutor-0` of
/// `ThreadPoolExecutor-0_7`.
fn without_number(name: &str) -> &str {
    let short = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let short = short.trim_end_matches(['-', '_', ' ', '(', ')', '#']);
    if short.is_empty() { name } else { short }
}
