//! Figures of simulated runs, worked out as the measuring program works them out.

use gil_sim::{Nanos, Outcome, Repeat, Scenario, State, StateSpan, Trace, run};

/// Seeds that a case is simulated with.
const SEEDS: u64 = 10;

/// A gap in a thread's readings of the clock that ends its turn.
const TURN_GAP: Nanos = Nanos::from_micros(200);

/// A value of a sorted sample; the indices are those of the measuring program.
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
    /// 99th percentile.
    P99,
}

impl Rank {
    /// As in a title: `p50`.
    pub fn name(self) -> &'static str {
        match self {
            Rank::P10 => "p10",
            Rank::P50 => "p50",
            Rank::P90 => "p90",
            Rank::P95 => "p95",
            Rank::P99 => "p99",
        }
    }

    fn of(self, sorted: &[f64]) -> f64 {
        let n = sorted.len();
        let index = match self {
            Rank::P10 => n / 10,
            Rank::P50 => return median(sorted),
            Rank::P90 => n * 9 / 10,
            Rank::P95 => (n * 95 / 100).saturating_sub(1),
            Rank::P99 => (n * 99).div_ceil(100).saturating_sub(1),
        };
        sorted.get(index).copied().unwrap_or(f64::NAN)
    }
}

/// The middle of a sorted sample; not a number where there is none.
pub(crate) fn median(sorted: &[f64]) -> f64 {
    match sorted {
        [] => f64::NAN,
        _ => (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2.0,
    }
}

/// What is read off a simulation of a case's scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Length of a thread's turn, in ms.
    Turn(Rank),
    /// From a message's arrival until the receiving thread can use it, in ms.
    Latency(Rank),
    /// Threads times the time of `alone` over the time of all.
    SpeedUp {
        /// The scenario with one thread, or with fewer.
        alone: Box<Scenario>,
        /// How many times as many threads all are.
        threads: u16,
    },
    /// The time of all over threads times the time of `alone`.
    Slowdown {
        /// The scenario with one thread.
        alone: Box<Scenario>,
        /// Number of threads.
        threads: u16,
    },
    /// Time from a request's arrival until it was answered, in ms: the median over the seeds of
    /// each run's percentile.
    Response(Rank),
    /// Passes of all threads over the time of the run, in 1/s.
    PassRate,
    /// Time of the run over this number of calls, in us.
    TimePerCall(u32),
    /// Time of the run, in ms.
    Elapsed,
    /// This number of requests over the time of the run, in 1/s.
    Rate(u32),
}

/// Samples of a scenario, of all seeds together.
#[derive(Default)]
pub(crate) struct Samples {
    turns: Vec<f64>,
    latencies: Vec<f64>,
    elapsed: Vec<f64>,
    /// Of each run, in order.
    responses: Vec<Vec<f64>>,
    pass_rates: Vec<f64>,
}

impl Samples {
    /// Simulates a scenario with several seeds.
    pub fn of(scenario: &Scenario) -> Samples {
        let mut samples = Samples::default();
        for seed in 1..=SEEDS {
            let scenario = with_seed(scenario, seed);
            let trace = run(&scenario);
            samples.turns.extend(turns(&trace));
            samples.latencies.extend(trace.io.iter().map(|io| io.latency().as_millis_f64()));
            samples.responses.extend(responses(&trace));
            samples.pass_rates.push(pass_rate(&trace));
            samples.elapsed.push(elapsed(&scenario, &trace).as_millis_f64());
        }
        samples.sort();
        samples
    }
}

impl Samples {
    fn sort(&mut self) {
        let Samples { turns, latencies, elapsed, responses, pass_rates } = self;
        let all = [turns, latencies, elapsed, pass_rates].into_iter().chain(responses);
        all.for_each(|sample| sample.sort_by(f64::total_cmp));
    }

    /// The median over the runs.
    fn response(&self, rank: Rank) -> f64 {
        let mut each: Vec<f64> = self.responses.iter().map(|run| rank.of(run)).collect();
        each.sort_by(f64::total_cmp);
        median(&each)
    }
}

impl Reading {
    pub(crate) fn of(&self, samples: &Samples) -> f64 {
        match self {
            Reading::Turn(rank) => rank.of(&samples.turns),
            Reading::Latency(rank) => rank.of(&samples.latencies),
            Reading::SpeedUp { alone, threads } => {
                let alone = Samples::of(alone);
                f64::from(*threads) * median(&alone.elapsed) / median(&samples.elapsed)
            }
            Reading::Slowdown { alone, threads } => {
                let alone = Samples::of(alone);
                median(&samples.elapsed) / (f64::from(*threads) * median(&alone.elapsed))
            }
            Reading::Response(rank) => samples.response(*rank),
            Reading::PassRate => median(&samples.pass_rates),
            Reading::Elapsed => median(&samples.elapsed),
            Reading::TimePerCall(calls) => median(&samples.elapsed) * 1e3 / f64::from(*calls),
            Reading::Rate(requests) => f64::from(*requests) * 1e3 / median(&samples.elapsed),
        }
    }
}

fn with_seed(scenario: &Scenario, seed: u64) -> Scenario {
    let mut spec = scenario.clone().into_spec();
    spec.seed = seed;
    Scenario::new(spec).expect("any seed is valid")
}

/// Times from arrival to answer, in ms; none of a run that was cut, in which the slowest are missing.
fn responses(trace: &Trace) -> Option<Vec<f64>> {
    let times = trace.jobs.iter().map(|job| (job.done - job.queued).as_millis_f64());
    (trace.outcome == Outcome::Completed && !trace.jobs.is_empty()).then(|| times.collect())
}

fn pass_rate(trace: &Trace) -> f64 {
    let passes: u32 = trace.threads.iter().map(|thread| thread.passes).sum();
    f64::from(passes) / trace.end.as_secs_f64()
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
