//! A published table: Beazley's counts under the GIL before 3.2, on the Macs of the time.

use gil_sim::{Dist, Machine, Nanos, Os, Python, Repeat, Step};
use serde_json::Value;

use super::{Lab, MS, group, reasons};
use crate::{Case, Family, Reading, spread};

const WHAT: &str = "Two times counting down from 100 million, in threads at once over one after the other; here 20 ms \
     of it.";

/// Ticks of a pass of the loop that are counted: the other opcodes are fast ones
/// (`fast_next_opcode`, Python/ceval.c, 2.7).
const TICKS_OF_A_PASS: f64 = 3.0;

/// Passes of all threads together.
const PASSES: f64 = 2e8;

pub(super) fn cases() -> Vec<Case> {
    let text = include_str!("../../../../tests/cpython/published/tick_gil.json");
    let table: Value = serde_json::from_str(text).expect("the published tables are JSON");
    let runs = table["runs"].as_array().map_or(&[][..], Vec::as_slice);
    runs.iter().flat_map(cases_of).collect()
}

fn cases_of(run: &Value) -> Vec<Case> {
    let time = |field: &str| run[field].as_f64();
    let (Some(machine), Some(sequential)) = (run["machine"].as_str(), time("sequential")) else {
        return Vec::new();
    };
    let ticks = run["gil"] == "ticks";
    let all = machine.chars().find_map(|c| c.to_digit(10)).map_or(2, |cores| cores as u16);
    let shapes = [
        ("threads_2", 2, all),
        ("threads_4", 4, all),
        ("threads_2_one_core", 2, 1),
        ("threads_4_one_core", 4, 1),
    ];
    let case = |(field, threads, cores): (&str, u16, u16)| {
        let measured = time(field)? / sequential;
        let python = Python::find(if ticks { "2.7" } else { "3.2" })?;
        let lab = Lab { python, machine: mac(cores), spread: &spread::OF_3_11 };
        let tick = ticks.then(|| Nanos::from_secs_f64(sequential / PASSES / TICKS_OF_A_PASS));
        let work = |check| Step::Python { work: Dist::Fixed(MS * 20), check };
        let scenario = |threads, check| {
            let group = group("count", threads, vec![work(check)], Repeat::Times(1));
            lab.limited(gil_sim::DEFAULT_SWITCH_INTERVAL, vec![group], super::long())
        };
        let on = if cores == 1 { "one core" } else { machine };
        let gil = if ticks { "ticks" } else { "3.2" };
        let key = format!("count/{gil}/{}/{field}", machine.rsplit(' ').next().unwrap_or(machine));
        Some(Case {
            title: format!("{threads} threads on {on}, {gil}, over one after the other"),
            label: short_label(machine, ticks, threads, cores),
            family: Family::Slowdown,
            what: WHAT,
            scenario: scenario(threads, tick),
            figure: Reading::Slowdown { alone: Box::new(scenario(1, tick)), threads },
            unit: "x",
            measured: vec![measured],
            fitted: field == "threads_2" && ticks && all == 2,
            tolerance: spread::COUNTS,
            reason: reasons::find("published", &key),
            key,
        })
    };
    shapes.into_iter().filter_map(case).collect()
}

/// `MacBook, 2 thr`; with `/1` where all cores but one were off.
fn short_label(machine: &str, ticks: bool, threads: u16, cores: u16) -> String {
    let name = machine.split_once(' ').map_or(machine, |(_, name)| name);
    let gil = if ticks { "" } else { "3.2, " };
    let off = if cores == 1 { "/1" } else { "" };
    format!("{gil}{name}{off}, {threads} thr")
}

/// A Mac of 2009. Its locks are a mutex and a condition variable, whose signal costs more than a
/// futex; how much, is fitted to two threads on the MacBook and judged on all other figures.
fn mac(cores: u16) -> Machine {
    let mut machine = Machine::of(Os::MacOs, cores);
    machine.costs.futex_wake = Nanos::from_micros(5);
    machine.costs.syscall = Nanos::from_micros(1);
    machine
}
