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
        cases: &[("3.13", &["latency/5ms/4/p50", "latency/1ms/2/p50"])],
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
    Reason {
        text: "The odds of a turn are a race whose outcome was fitted on 3.11. Both runs of 3.14 won \
               more of them here than the model does.",
        cases: &[("3.14", &["latency/5ms/4/p95", "latency/10ms/2/p50"])],
    },
    Reason {
        text: "The Python part and the sleep are as long as the switch interval, so that a thread \
               comes back in the very moment in which another's turn ends: in the model, where all \
               threads last equally long, the GIL is free for a wake-up each time.",
        cases: &[("3.14", &["mixed/5+5/4"])],
    },
    Reason {
        text: "On 3.11 a second busy process hardly made more than one, in both runs, while on the \
               other Pythons it reached 1.6 to 2.1 on the same machine. Processes share no GIL: \
               something else held the second core back, most likely the host of the virtual \
               machine.",
        cases: &[(
            "3.11",
            &["processes/fork/2", "processes/forkserver/2", "processes/forkserver/4"],
        )],
    },
    Reason {
        text: "Interpreters that start side by side slow each other down: they read the same files \
               and the machine has two cores. In the model a start-up is CPU time alone.",
        cases: &[
            ("3.11", &["processes/spawn/4"]),
            ("3.13", &["processes/spawn/4"]),
            ("3.14", &["processes/spawn/2", "processes/spawn/4"]),
        ],
    },
    Reason {
        text: "Spawn took 0.24 and 0.35 s on 3.14 and 0.1 s on all others. The parent of 3.14 imports \
               more before it measures; what the child has to import again is not known. The model \
               has one start-up time for all.",
        cases: &[("3.14", &["start/spawn"])],
    },
    Reason {
        text: "An await costs more among 256 tasks than among 64, where its cost was fitted: the heap \
               of timers is deeper, and the tasks are no longer in the caches.",
        cases: &[("3.13", &["tasks/256"]), ("3.13t", &["tasks/256"]), ("3.14", &["tasks/256"])],
    },
    Reason {
        text: "Most messages come at once, some wait for 24 ms and more while four threads share two \
               cores. The sender is one more process on them: it takes its time stamp and may lose \
               its core before it has sent. The model's messages come from outside.",
        cases: &[("3.13t", &["latency/5ms/4/p95"])],
    },
    Reason {
        text: "What a wake-up takes on a busy core is fitted beside two threads at 5 ms, where the two \
               runs differ by 17 % in the p50 and 64 % in the p95. Without a GIL the interval does \
               not matter; at 20 ms the runs happened to be quicker.",
        cases: &[("3.13t", &["latency/20ms/2/p95"])],
    },
    Reason {
        text: "The loop looks up hashlib.sha256 and its arguments in each pass, and all threads change \
               the reference counts of these objects. The scenario has the C call alone, which \
               shares nothing.",
        cases: &[("3.13t", &["call/sha256_small/2", "call/sha256_small/4"])],
    },
    Reason {
        text: "A thread that finds the lock taken goes to sleep in the model while the other makes \
               some passes undisturbed. Real threads get in each other's way at every pass; one \
               thread over one thread, which is 1, was measured as 0.70 and 0.89.",
        cases: &[("3.13t", &["lock/2", "lock/4"])],
    },
    Reason {
        text: "What it costs when two cores change one reference count belongs to the machine, and to \
               how often the loop does it. The model's cost is fitted to published snippets on about \
               10 cores, where all together reached 0.45 to 1.1 of one thread. Here two threads were \
               down to a third already. More threads than cores change nothing, in either.",
        cases: &[("services", &["shared/2"])],
    },
    Reason {
        text: "Other programs took 0.2 to 0.3 of the two cores during these runs, which is what is \
               missing.",
        cases: &[("services", &["prefork/8"])],
    },
    Reason {
        text: "Other programs ran on both cores during these runs. What waits beside a computing thread \
               took up to 5 ms longer than in earlier runs, most likely on a quieter machine, and this \
               setting was not measured there. The executor also hands its result over in Python, for which its \
               thread has to take the GIL once more than in the model.",
        cases: &[("services", &["loop/python-apart/p99"])],
    },
    Reason {
        text: "On one core two threads were half as slow again on the Macs of 2009: the woken thread \
               seems to get the core at once each time, find the GIL taken and give the core back. \
               In the model, which follows Linux, it waits for the holder's slice to end.",
        cases: &[(
            "published",
            &["count/ticks/MacBook/threads_2_one_core", "count/ticks/Pro/threads_2_one_core"],
        )],
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
