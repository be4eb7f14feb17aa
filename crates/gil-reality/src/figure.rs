//! Figures of simulated runs, worked out as the measuring program works them out.

use gil_sim::{Nanos, Repeat, Scenario, State, StateSpan, Trace, run};

/// Seeds that a case is simulated with.
const SEEDS: u64 = 10;

/// A gap in a thread's readings of the clock that ends its turn.
const TURN_GAP: Nanos = Nanos::from_micros(200);

/// Which value of a sorted sample; the indices are those of the measuring program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// 10th percentile.
    P10,
    /// Median.
    P50,
    /// 90th percentile.
    P90,
    /// 95th percentile.
    P95,
}

impl Rank {
    /// As in a title: `p50`.
    pub fn name(self) -> &'static str {
        match self {
            Rank::P10 => "p10",
            Rank::P50 => "p50",
            Rank::P90 => "p90",
            Rank::P95 => "p95",
        }
    }

    fn of(self, sorted: &[f64]) -> f64 {
        let n = sorted.len();
        let index = match self {
            Rank::P10 => n / 10,
            Rank::P50 => return median(sorted),
            Rank::P90 => n * 9 / 10,
            Rank::P95 => (n * 95 / 100).saturating_sub(1),
        };
        sorted.get(index).copied().unwrap_or(f64::NAN)
    }
}

fn median(sorted: &[f64]) -> f64 {
    match sorted {
        [] => f64::NAN,
        _ => (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2.0,
    }
}

/// What is read off a simulation of a case's scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// Length of a thread's turn, in ms.
    Turn(Rank),
    /// From a message's arrival until the receiving thread can use it, in ms.
    Latency(Rank),
    /// Threads times the time of `alone` over the time of all.
    SpeedUp {
        /// The scenario with one thread.
        alone: Box<Scenario>,
        /// Number of threads.
        threads: u16,
    },
    /// The time of all over threads times the time of `alone`.
    Slowdown {
        /// The scenario with one thread.
        alone: Box<Scenario>,
        /// Number of threads.
        threads: u16,
    },
    /// Time of the run over this number of calls, in us.
    TimePerCall(u32),
    /// Time of the run, in ms.
    Elapsed,
    /// This number of requests over the time of the run, in 1/s.
    Rate(u32),
}

/// Samples of a scenario, of all seeds together.
pub(crate) struct Samples {
    turns: Vec<f64>,
    latencies: Vec<f64>,
    elapsed: Vec<f64>,
}

impl Samples {
    /// Simulates a scenario with several seeds.
    pub fn of(scenario: &Scenario) -> Samples {
        let mut samples = Samples { turns: Vec::new(), latencies: Vec::new(), elapsed: Vec::new() };
        for seed in 1..=SEEDS {
            let scenario = with_seed(scenario, seed);
            let trace = run(&scenario);
            samples.turns.extend(turns(&trace));
            samples.latencies.extend(trace.io.iter().map(|io| io.latency().as_millis_f64()));
            samples.elapsed.push(elapsed(&scenario, &trace).as_millis_f64());
        }
        for sample in [&mut samples.turns, &mut samples.latencies, &mut samples.elapsed] {
            sample.sort_by(f64::total_cmp);
        }
        samples
    }
}

impl Figure {
    pub(crate) fn of(&self, samples: &Samples) -> f64 {
        match self {
            Figure::Turn(rank) => rank.of(&samples.turns),
            Figure::Latency(rank) => rank.of(&samples.latencies),
            Figure::SpeedUp { alone, threads } => {
                let alone = Samples::of(alone);
                f64::from(*threads) * median(&alone.elapsed) / median(&samples.elapsed)
            }
            Figure::Slowdown { alone, threads } => {
                let alone = Samples::of(alone);
                median(&samples.elapsed) / (f64::from(*threads) * median(&alone.elapsed))
            }
            Figure::Elapsed => median(&samples.elapsed),
            Figure::TimePerCall(calls) => median(&samples.elapsed) * 1e3 / f64::from(*calls),
            Figure::Rate(requests) => f64::from(*requests) * 1e3 / median(&samples.elapsed),
        }
    }
}

fn with_seed(scenario: &Scenario, seed: u64) -> Scenario {
    let mut spec = scenario.clone().into_spec();
    spec.seed = seed;
    Scenario::new(spec).expect("any seed is valid")
}

/// From the start of the first group that ends by itself to the end of the run.
fn elapsed(scenario: &Scenario, trace: &Trace) -> Nanos {
    let group = scenario.spec().groups.iter().find(|group| group.repeat != Repeat::Daemon);
    trace.end - group.map_or(Nanos::ZERO, |group| group.start)
}

/// Lengths of the turns of all threads, but for the first and last of each, in ms.
fn turns(trace: &Trace) -> Vec<f64> {
    let inner = |turns: Vec<Turn>| {
        let last = turns.len().saturating_sub(1);
        turns.into_iter().take(last).skip(1)
    };
    let threads = trace.threads.iter().flat_map(|thread| inner(turns_of(&thread.spans)));
    threads.map(|turn| (turn.end - turn.start).as_millis_f64()).collect()
}

fn runs_bytecode(state: State) -> bool {
    matches!(state, State::HasGil | State::Attached)
}

struct Turn {
    start: Nanos,
    end: Nanos,
}

/// Stretches in which a thread runs bytecode: it sees a gap where it does not.
fn turns_of(spans: &[StateSpan]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for span in spans.iter().filter(|span| runs_bytecode(span.state)) {
        match turns.last_mut() {
            Some(turn) if span.start - turn.end <= TURN_GAP => turn.end = span.end,
            _ => turns.push(Turn { start: span.start, end: span.end }),
        }
    }
    turns
}
