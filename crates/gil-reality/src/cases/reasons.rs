//! Why the model misses a figure, or is off by more than a quarter, where it is known to.

/// A reason and the cases it is for: data set and key.
struct Reason {
    text: &'static str,
    cases: &'static [(&'static str, &'static [&'static str])],
}

/// The reason of a case.
pub(super) fn find(dataset: &str, key: &str) -> Option<&'static str> {
    let concerns = |reason: &&Reason| {
        reason.cases.iter().any(|(set, keys)| *set == dataset && keys.contains(&key))
    };
    REASONS.iter().find(concerns).map(|reason| reason.text)
}

/// All data sets and keys that have a reason.
#[cfg(test)]
fn named() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = REASONS.iter().flat_map(|reason| reason.cases);
    all.flat_map(|(set, keys)| keys.iter().map(|key| (*set, *key)))
}

const REASONS: &[Reason] = &[
    Reason {
        text: "The model has one ready queue for all cores, Linux has one for each core. The likely \
               reason: a waiter whose wait times out is woken on the core it last ran on; where the \
               holder of the GIL runs there, it has to wait for a time slice of about 3 ms before it \
               can even ask for the GIL, or pushes the holder off the core. So a tenth of the turns \
               is that much longer, and at 20 ms some are cut short. In the model the waiter finds \
               the idle core at once.",
        cases: &[
            ("3.11", &QUEUES_ON_ALL),
            ("3.11", &["turn/20ms/3/p10", "turn/20ms/3/p90", "turn/20ms/4/p10", "turn/20ms/4/p90"]),
            ("3.13", &QUEUES_ON_ALL),
            ("3.13", &["turn/20ms/3/p10", "turn/20ms/3/p90", "turn/20ms/4/p90"]),
            ("3.14", &QUEUES_ON_ALL),
        ],
    },
    Reason {
        text: "At 20 ms some turns are cut short even of two threads, in most of the runs, and most \
               of all in the main run of 3.14. Likely something else on the machine took the \
               holder's core for more than 0.2 ms, which ends a turn as it was measured. Other \
               programs are not simulated.",
        cases: &[
            ("3.13", &["turn/20ms/2/p10"]),
            ("3.14", &["turn/20ms/2/p10", "turn/20ms/3/p10", "turn/20ms/4/p10"]),
        ],
    },
    Reason {
        text: "The machine's wake-up latency is fitted to the runs of 3.11. In those of 3.13 and 3.14, \
               on the same machine at other times, its tail was longer: 0.16 to 0.22 ms instead of \
               0.13.",
        cases: &[("3.13", &["latency/5ms/0/p95"]), ("3.14", &["latency/5ms/0/p95"])],
    },
    Reason {
        text: "The odds of a turn depend on a parameter (rewait) that was fitted at 5 ms, where the \
               two runs differ by a factor of 2. At 1 ms, where they agree better, the receiver \
               waits for more turns than in the model; at most other intervals too, but within the \
               tolerance.",
        cases: &[("3.11", &["latency/1ms/2/p50"])],
    },
    Reason {
        text: "The odds of a turn depend on a parameter (rewait) that was fitted on 3.11. On 3.13 the \
               receiver waits for more turns at nearly every interval, here too many more. It is not \
               known whether the protocol is the reason or the build, which is not optimised by \
               profile.",
        cases: &[("3.13", &["latency/5ms/4/p50", "latency/0.5ms/2/p50", "latency/1ms/2/p50"])],
    },
    Reason {
        text: "Messages come every 20 ms and a wait is as long or longer, so that they queue up and \
               few independent waits decide the p95: six runs of three Pythons on one machine gave 84 \
               to 610 ms. The tolerance, from 60 independent draws, is too narrow for that.",
        cases: &[("3.14", &["latency/20ms/2/p95"])],
    },
    Reason {
        text: "Calls of more than 20 ms let messages pile up. To receive one that is there already \
               takes 0.3 us in the model, in which nobody else wakes up. The likely reason of the \
               miss is that a real receive takes microseconds, in which the other thread can take \
               the GIL and keep it for one more call: with 4 us the model says 24 and 60 ms instead \
               of 17 and 31 on 3.11, still less than was measured, and too much beside 2 threads at \
               20 ms.",
        cases: &[
            ("3.11", &["latency/calls/p50", "latency/calls/p95"]),
            (
                "3.13",
                &[
                    "latency/calls/p95",
                    "latency/calls (earlier)/p50",
                    "latency/calls (earlier)/p95",
                ],
            ),
        ],
    },
    Reason {
        text: "A race, and real Python has two regimes: most runs lose 3 to 6 races of 200 beside one \
               thread and 6 to 14 beside two; some, as the main run of 3.14, lose hardly any. The \
               model loses 10 and 21, and has one regime.",
        cases: &[
            ("3.11", &["tiny/1", "tiny/2"]),
            ("3.13", &["tiny/1", "tiny/2"]),
            ("3.14", &["tiny/1", "tiny/2"]),
        ],
    },
    Reason {
        text: "What a call takes with nobody around is the speed of the machine and of the build. It \
               is set for 3.11, between its two runs, and not predicted.",
        cases: &[("3.13", &["tiny/0"]), ("3.14", &["tiny/0"])],
    },
    Reason {
        text: "Two busy cores of the measured machine are slower than one: two forked processes, which \
               share no GIL, reached 1.75 times the speed of one. The model's cores do not slow each \
               other down.",
        cases: &[("3.13", &["call/zlib/2"])],
    },
    Reason {
        text: "These runs are over in some 10 ms: one thread over one thread, which is 1, was measured \
               as 0.85 to 1.29. In the model only the GIL and the lock slow threads down; that memory \
               moves between cores costs nothing.",
        cases: &[("3.11", &["lock/4"]), ("3.13", &["lock/2"])],
    },
    Reason {
        text: "A request waits for more turns in the model than on the machine where this was \
               measured, of which nothing is known. The odds of a turn are the machine's: they \
               differ by a factor of 2 between runs of one machine.",
        cases: &[(
            "published",
            &[
                "echo/10ms/2",
                "echo/10ms/4",
                "echo/5ms/4",
                "echo/1ms/2",
                "echo/1ms/4",
                "echo/0.1ms/4",
            ],
        )],
    },
    Reason {
        text: "At 10 us the machine's own latencies are most of a request. The model's machine fires \
               timers 50 us late (Linux's timer slack); without that it says 12 000 beside one \
               thread, 7 900 beside two, 5 000 beside four.",
        cases: &[("published", &["echo/0.01ms/1", "echo/0.01ms/2", "echo/0.01ms/4"])],
    },
];

const QUEUES_ON_ALL: [&str; 4] =
    ["turn/1ms/3/p90", "turn/1ms/4/p90", "turn/5ms/3/p90", "turn/5ms/4/p90"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dataset;

    #[test]
    fn reasons_are_given_once_and_for_cases_that_exist() {
        let mut seen = std::collections::BTreeSet::new();
        for (set, key) in named() {
            let cases = Dataset::find(set).map(Dataset::cases).unwrap_or_default();
            assert!(cases.iter().any(|case| case.key == key), "{set} has no {key}");
            assert!(seen.insert((set, key)), "{set} {key} has two reasons");
        }
    }
}
