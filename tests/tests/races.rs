//! The races beside real CPython: what can be lost was lost, and threads stood where a switch can
//! fall and nowhere else.

use gil_race::{Action, Exploration, Race, RaceKind, Step};
use gil_sim::Python;
use serde_json::Value;

const MEASURED: [(&str, &str); 9] = [
    ("2.7", include_str!("../cpython/races/py2.7.json")),
    ("3.6", include_str!("../cpython/races/py3.6.json")),
    ("3.7", include_str!("../cpython/races/py3.7.json")),
    ("3.8", include_str!("../cpython/races/py3.8.json")),
    ("3.9", include_str!("../cpython/races/py3.9.json")),
    ("3.10", include_str!("../cpython/races/py3.10.json")),
    ("3.11", include_str!("../cpython/races/py3.11.json")),
    ("3.12", include_str!("../cpython/races/py3.12.json")),
    ("3.13", include_str!("../cpython/races/py3.13.json")),
];

const CASES: [(&str, RaceKind); 8] = [
    ("global", RaceKind::Increment),
    ("attribute", RaceKind::IncrementAttribute),
    ("python_call", RaceKind::IncrementWithCall),
    ("c_call", RaceKind::IncrementWithCCall),
    ("locked", RaceKind::IncrementWithLock),
    ("append", RaceKind::ListAppend),
    ("check_then_store", RaceKind::CheckThenStore),
    ("check_then_act", RaceKind::CheckThenAct),
];

/// Every race that was measured, with its figures.
fn measured() -> impl Iterator<Item = (Race, Value)> {
    MEASURED.into_iter().flat_map(|(name, text)| {
        let python = Python::find(name).expect("a Python of the engine");
        let mut file: Value = serde_json::from_str(text).expect("a measured file");
        let version = file["python"].as_str().unwrap_or_default();
        assert!(version.starts_with(&format!("{name}.")), "{name} is {version}");
        assert_eq!(file["gil"], true);
        CASES.map(|(case, kind)| (kind.race(python), file["cases"][case].take()))
    })
}

fn title(race: &Race) -> String {
    format!("{} on {:?}", race.kind.name(), race.python.map(|python| python.to_string()))
}

#[test]
fn updates_were_lost_where_they_can_be_and_nowhere_else() {
    for (race, case) in measured() {
        let updates = case["updates"].as_u64().expect("a number of updates");
        let lost = case["lost"].as_u64().expect("a number of lost ones");
        assert!(updates > 500_000, "{}: too few to tell", title(&race));
        let can_be = Exploration::of(&race).wrong() > 0;
        assert_eq!(lost > 0, can_be, "{}: {lost} of {updates} lost", title(&race));
    }
}

/// An instruction of a measured statement, and how often a thread stood after it.
#[derive(Clone, Debug)]
struct Row {
    opcode: String,
    argument: String,
    seen: u64,
}

/// The rows of one function, or of all others.
fn rows(case: &Value, of_first: bool) -> Vec<Row> {
    let all = case["instructions"].as_array().expect("instructions");
    let first = all[0][0].as_str();
    let row = |row: &Value| Row {
        opcode: row[1].as_str().expect("an opcode").into(),
        argument: row[2].as_str().expect("an argument").into(),
        seen: row[3].as_u64().expect("a count"),
    };
    all.iter().filter(|row| (row[0].as_str() == first) == of_first).map(row).collect()
}

/// The statement within its loop, with the function that it calls where it is called.
fn statement(race: &Race, case: &Value) -> Vec<Row> {
    let (mut own, called) = (rows(case, true), rows(case, false));
    let top = own.iter().position(|row| row.opcode == "FOR_ITER").expect("a loop");
    own.drain(..=top);
    // What leads back to the loop's top is no longer within the statement.
    own.retain(|row| row.opcode != "JUMP_BACKWARD");
    let is_name = |row: &Row| ["f", "made_one"].iter().any(|name| row.argument.contains(name));
    let Some(name) = own.iter().position(is_name).filter(|_| !called.is_empty()) else {
        return own;
    };
    let is_call = |row: &Row| matches!(row.opcode.as_str(), "CALL" | "CALL_FUNCTION");
    let call = name + own[name..].iter().position(is_call).expect("a call");
    if race.kind == RaceKind::CheckThenAct {
        // The race does not look into it: standing within it is standing at the call.
        own[call].seen += called.iter().map(|row| row.seen).sum::<u64>();
        return own;
    }
    let back = Row { opcode: "RETURN".into(), argument: String::new(), seen: own[call].seen };
    own[call].seen = called[0].seen;
    own.splice(call + 1..call + 1, called.into_iter().skip(1).chain([back]));
    own
}

fn is_same(row: &Row, step: &Step) -> bool {
    let opcode = step.text.split(' ').next().unwrap_or_default();
    let (row, ends) = (row.opcode.as_str(), format!("_{opcode}"));
    // A superinstruction of 3.13, which does two at once; a jump that is the other way round;
    // a return without its kind.
    row == opcode
        || row.ends_with(&ends)
        || (row.starts_with("POP_JUMP") && step.action == Action::JumpIfFalse)
        || (row == "RETURN" && opcode.starts_with(row))
}

/// How often a thread stood after each step: at its instruction, or at one behind it that the
/// race leaves out.
fn seen_after(race: &Race, case: &Value) -> Vec<u64> {
    let steps = &race.threads[0].steps;
    let mut seen: Vec<u64> = Vec::new();
    for row in statement(race, case) {
        match steps.get(seen.len()) {
            Some(step) if is_same(&row, step) => seen.push(row.seen),
            _ => {
                if let Some(last) = seen.last_mut() {
                    *last += row.seen;
                }
            }
        }
    }
    assert_eq!(seen.len(), steps.len(), "{}: other bytecode", title(race));
    seen
}

#[test]
fn threads_stood_where_a_switch_can_fall_and_nowhere_else() {
    let mut places = 0;
    for (race, case) in measured() {
        let steps = &race.threads[0].steps;
        // After the last step the statement is over.
        for (step, seen) in steps.iter().zip(seen_after(&race, &case)).take(steps.len() - 1) {
            // Whoever stands at a jump may have taken it, which ends the program.
            if step.action == Action::JumpIfFalse && !step.switch_after {
                continue;
            }
            let what = format!("{}: {seen} times after {}", title(&race), step.text);
            assert_eq!(seen > 0, step.switch_after, "{what}");
            places += u32::from(step.switch_after);
        }
    }
    assert!(places > 100, "{places}");
}
