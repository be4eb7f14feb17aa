//! A published table: an echo server beside CPU threads.

use gil_sim::{Dist, Nanos, Python, Repeat, Step};
use serde_json::Value;

use super::{Lab, counted, counting, group, interval, key, python, reasons, thr};
use crate::{Case, Family, Reading, machine, spread};

const WHAT: &str = "A thread receives a short message from another process and sends it back, beside threads that \
     compute: two system calls a request, each of which lets go of the GIL.";

/// Requests of a run: enough for the tail of a race to show in the sum.
const REQUESTS: u32 = 60;

pub(crate) fn cases() -> Vec<Case> {
    let text = include_str!("../../../../tests/cpython/published/echo_server.json");
    let table: Value = serde_json::from_str(text).expect("the published tables are JSON");
    let lab = Lab { python: Python::default(), machine: machine(), spread: &spread::OF_3_11 };
    let figure = |name: &str, threads: u16| table["requests_per_s"][name][key(threads)].as_f64();
    let mut cases = Vec::new();
    // Alone the interval does not matter, and all rows of the table say the same.
    cases.extend(case(&lab, "5ms", 0, figure("5ms", 0)));
    for name in ["100ms", "10ms", "5ms", "1ms", "0.1ms", "0.01ms"] {
        for threads in [1, 2, 4] {
            cases.extend(case(&lab, name, threads, figure(name, threads)));
        }
    }
    cases
}

/// No case where none was served: that is no rate to compare with.
fn case(lab: &Lab, name: &str, threads: u16, rate: Option<f64>) -> Option<Case> {
    let rate = rate.filter(|rate| *rate > 0.0)?;
    let key = format!("echo/{name}/{threads}");
    let at = match threads {
        0 => String::new(),
        _ => format!(", interval {name}"),
    };
    let server = group("server", 1, request(), Repeat::Times(REQUESTS));
    let groups = counting(threads).into_iter().chain([server]).collect();
    Some(Case {
        title: format!("echo server beside {}{at}", counted(threads)),
        label: if threads == 0 { "alone".to_owned() } else { format!("{name}, {}", thr(threads)) },
        family: Family::Requests,
        what: WHAT,
        scenario: lab.scenario(interval(name), groups),
        figure: Reading::Rate(REQUESTS),
        unit: "/s",
        measured: vec![rate],
        fitted: threads == 0,
        tolerance: spread::ECHO,
        reason: reasons::find("published", &key),
        key,
    })
}

/// 33 us alone: the wait for the client, with the wake-up, was chosen so that this comes out.
/// A send over a loopback socket is one to two microseconds of Python and some of the kernel.
fn request() -> Vec<Step> {
    let micros = |micros| Dist::Fixed(Nanos::from_micros(micros));
    vec![
        Step::Io { wait: micros(15) },
        python(Nanos(800)),
        Step::Syscall { work: micros(8) },
        python(Nanos(800)),
    ]
}
