//! Comparisons: what is more than what. They hold on machines whose figures are other ones.

use gil_sim::Regulation;

use crate::Row;

/// A pair of figures whose order the measurement leaves no doubt about.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// What they show: `latency grows with the CPU threads`.
    pub claim: &'static str,
    /// The key of the smaller one.
    pub less: String,
    /// The key of the larger one.
    pub more: String,
    /// Whether the simulation has them in this order.
    pub holds: bool,
}

/// A claim and the figures that it puts in order, smallest first.
struct Chain {
    claim: &'static str,
    keys: &'static [&'static str],
}

const CHAINS: &[Chain] = &[
    Chain {
        claim: "latency grows with the CPU threads (p50)",
        keys: &["latency/5ms/0/p50", "latency/5ms/1/p50", "latency/5ms/2/p50", "latency/5ms/4/p50"],
    },
    Chain {
        claim: "latency grows with the CPU threads (p95)",
        keys: &["latency/5ms/0/p95", "latency/5ms/1/p95", "latency/5ms/2/p95", "latency/5ms/4/p95"],
    },
    Chain {
        claim: "more sleeping threads do more",
        keys: &["io/2", "io/4", "io/8", "io/16", "io/32", "io/64"],
    },
    Chain {
        claim: "8 threads that wait for most of the time do more than 4",
        keys: &["mixed/1+9/2", "mixed/1+9/4", "mixed/1+9/8"],
    },
    Chain {
        claim: "the more Python, the less 16 threads gain",
        keys: &["mixed/5+5/16", "mixed/2+8/16", "mixed/1+9/16"],
    },
    Chain {
        claim: "C calls that let go of the GIL run in parallel, others do not",
        keys: &["call/sha256_small/2", "call/zlib/2"],
    },
    Chain { claim: "pure Python gains nothing, sleeping does", keys: &["cpu/2", "io/2"] },
    Chain {
        claim: "requests fall with the CPU threads (5 ms)",
        keys: &["echo/5ms/4", "echo/5ms/2", "echo/5ms/1", "echo/5ms/0"],
    },
    Chain {
        claim: "requests fall with the CPU threads (1 ms)",
        keys: &["echo/1ms/4", "echo/1ms/2", "echo/1ms/1"],
    },
];

/// What matters only where there is a GIL.
const GIL_CHAINS: &[Chain] = &[
    Chain {
        claim: "a turn grows with the interval",
        keys: &["turn/1ms/2/p50", "turn/5ms/2/p50", "turn/20ms/2/p50"],
    },
    Chain {
        claim: "with a third thread a tenth of the turns is longer",
        keys: &["turn/1ms/2/p90", "turn/1ms/3/p90"],
    },
    Chain {
        claim: "with a third thread a tenth of the turns is longer",
        keys: &["turn/5ms/2/p90", "turn/5ms/3/p90"],
    },
    Chain {
        claim: "with a third thread a tenth of the turns is longer",
        keys: &["turn/20ms/2/p90", "turn/20ms/3/p90"],
    },
    Chain {
        claim: "latency beside one thread grows with the interval",
        keys: &[
            "latency/0.5ms/1/p50",
            "latency/1ms/1/p50",
            "latency/2ms/1/p50",
            "latency/5ms/1/p50",
            "latency/10ms/1/p50",
            "latency/20ms/1/p50",
        ],
    },
    Chain {
        claim: "latency beside two threads grows with the interval",
        keys: &[
            "latency/0.5ms/2/p95",
            "latency/1ms/2/p95",
            "latency/2ms/2/p95",
            "latency/5ms/2/p95",
            "latency/10ms/2/p95",
            "latency/20ms/2/p95",
        ],
    },
    Chain {
        claim: "a call that keeps the GIL is worse than bytecode",
        keys: &["latency/5ms/1/p50", "latency/calls/p50"],
    },
    Chain {
        claim: "CPU threads slow tiny system calls down",
        keys: &["tiny/0", "tiny/1", "tiny/2"],
    },
    Chain {
        claim: "requests beside one thread fall with the interval",
        keys: &[
            "echo/100ms/1",
            "echo/10ms/1",
            "echo/5ms/1",
            "echo/1ms/1",
            "echo/0.1ms/1",
            "echo/0.01ms/1",
        ],
    },
    Chain {
        claim: "requests beside four threads fall with the interval",
        keys: &["echo/10ms/4", "echo/5ms/4", "echo/1ms/4", "echo/0.1ms/4", "echo/0.01ms/4"],
    },
];

/// The comparisons that the rows of one data set allow: of neighbours in a chain, those that every
/// run of the measurement has in that order.
pub fn orders(rows: &[Row]) -> Vec<Order> {
    let find = |key: &str| rows.iter().find(|row| row.case.key == key);
    let mut orders = Vec::new();
    let free = rows.iter().any(|row| row.case.scenario.spec().regulation() == Regulation::NoGil);
    let of_gil = GIL_CHAINS.iter().filter(|_| !free || has_both(rows));
    for chain in CHAINS.iter().chain(of_gil) {
        for pair in chain.keys.windows(2) {
            let (Some(less), Some(more)) = (find(pair[0]), find(pair[1])) else { continue };
            if measured_order(less, more) {
                orders.push(Order {
                    claim: chain.claim,
                    less: pair[0].to_owned(),
                    more: pair[1].to_owned(),
                    holds: less.simulated < more.simulated,
                });
            }
        }
    }
    orders
}

/// Whether some rows are of a GIL and others are not, as among published figures.
fn has_both(rows: &[Row]) -> bool {
    rows.iter().any(|row| row.case.scenario.spec().regulation() != Regulation::NoGil)
}

fn measured_order(less: &Row, more: &Row) -> bool {
    let all = |row: &Row, pick: fn(f64, f64) -> f64, start| {
        row.case.measured.iter().copied().fold(start, pick)
    };
    all(less, f64::max, f64::NEG_INFINITY) < all(more, f64::min, f64::INFINITY)
}
