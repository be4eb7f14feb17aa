//! Two times of the same job, with one thread and with several, say which share of it holds the
//! GIL.
//!
//! The share is found by simulation: of jobs with another share each, the one whose threads are as
//! much faster as the measured ones. A formula would have to leave out either the queue for the
//! GIL (which Amdahl's law does) or the switch interval.

use gil_sim::{
    Dist, Group, Machine, Nanos, Os, Outcome, Python, Repeat, Scenario, Spec, Step, bounds, run,
};
use gil_words::{factor, percent};

use crate::scenario::round;

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoTimes {
    /// How long one thread takes for the job.
    pub one: Nanos,
    /// How many threads share the same job in the other measurement: 2 to 64.
    pub threads: u16,
    /// How long they take for it.
    pub many: Nanos,
    /// Cores of the machine, 1 to 64; `None` for at least one for each thread.
    pub cores: Option<u16>,
}

/// What follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The share of the job's time that holds the GIL: of 1.
    pub share: f64,
    /// The share if each of the two times were off by 1 % one way or the other.
    pub range: (f64, f64),
    /// Whether the rest waits (I/O, a sleep) rather than computes: the threads are faster than the
    /// cores allow.
    pub waits: bool,
    /// How much faster the threads are, measured and simulated.
    pub speed_up: (f64, f64),
    /// A scenario of the threads: the job itself where it takes up to 2 s, otherwise less of the
    /// same.
    pub scenario: Scenario,
    /// The same in the notation.
    pub notation: String,
    /// What was found, in a sentence or two.
    pub words: String,
}

/// The most that is simulated of a job.
const LONGEST: Nanos = Nanos::from_secs(2);
/// How long a pass of a thread takes alone: short against a job, long against a switch.
const PASS: Nanos = Nanos::from_millis(10);
/// Times are measured no better than this.
const INEXACT: f64 = 0.02;
/// Threads that hold the GIL all the time may be slower than one by this much: switches.
const SWITCHES: f64 = 0.1;
/// Steps of the search: the share is found to about a thousandth.
const STEPS: usize = 11;

/// Finds the share of a job that holds the GIL.
///
/// # Errors
/// A sentence that says what the times mean where no share explains them.
pub fn fit(times: &TwoTimes) -> Result<Fit, String> {
    check(times)?;
    let ratio = times.many.0 as f64 / times.one.0 as f64;
    let speed_up = 1.0 / ratio;
    let cores = times.cores.unwrap_or(times.threads);
    let waits = speed_up > f64::from(cores) * (1.0 + INEXACT);
    let job = Job { times, cores, waits };
    let share = job.share(ratio)?;
    let range = (job.share(ratio * (1.0 - INEXACT))?, job.share(ratio * (1.0 + INEXACT))?);
    let scenario = job.scenario(share, times.threads)?;
    let simulated = 1.0 / job.ratio(share)?;
    Ok(Fit {
        words: words(times, share, range, waits, speed_up),
        notation: gil_notation::print_scenario(&scenario),
        share,
        range,
        waits,
        speed_up: (speed_up, simulated),
        scenario,
    })
}

fn check(times: &TwoTimes) -> Result<(), String> {
    let TwoTimes { one, threads, many, cores } = *times;
    if !(2..=64).contains(&threads) {
        return Err(format!(
            "{threads} threads can't be held against one: measure with 2 to 64 of them"
        ));
    }
    if let Some(cores) = cores.filter(|cores| !bounds::CORES.contains(cores)) {
        return Err(format!("a machine has 1 to 64 cores, not {cores}"));
    }
    for (time, who) in [(one, "one thread"), (many, "the threads")] {
        if time < Nanos::from_millis(1) || time > Nanos::from_secs(86_400) {
            return Err(format!(
                "{time} for {who} is nothing to go by: measure a job of 1 ms to a day, better one \
                 of some seconds"
            ));
        }
    }
    let ratio = many.0 as f64 / one.0 as f64;
    if ratio * f64::from(threads) < 1.0 - INEXACT {
        return Err(format!(
            "{threads} threads can't be {} times as fast as one. Either they did less work, or \
             something was warm for them that was cold for the one: run both twice and take the \
             second",
            gil_words::number(1.0 / ratio)
        ));
    }
    if ratio > 1.0 + SWITCHES {
        return Err(format!(
            "{threads} threads took {many} and one took {one}, so threads make this job slower. \
             Then all of it holds the GIL, or the threads wait for a lock, and the time on top is \
             what switching and waiting cost: no share explains that. gil recording shows where \
             it goes"
        ));
    }
    Ok(())
}

/// A job of which a share holds the GIL.
struct Job<'a> {
    times: &'a TwoTimes,
    cores: u16,
    waits: bool,
}

impl Job<'_> {
    /// The share for which the threads take `ratio` times as long as one. More of the job with the
    /// GIL makes them slower, so halving finds it.
    fn share(&self, ratio: f64) -> Result<f64, String> {
        let (mut low, mut high) = (0.0, 1.0);
        if ratio >= self.ratio(high)? {
            return Ok(high);
        }
        if ratio <= self.ratio(low)? {
            return Ok(low);
        }
        for _ in 0..STEPS {
            let middle = (low + high) / 2.0;
            if self.ratio(middle)? < ratio { low = middle } else { high = middle }
        }
        Ok((low + high) / 2.0)
    }

    /// How long the threads take, over the time of one thread.
    fn ratio(&self, share: f64) -> Result<f64, String> {
        let (many, one) = (self.scenario(share, self.times.threads)?, self.scenario(share, 1)?);
        let (many, one) = (run(&many), run(&one));
        if many.outcome != Outcome::Completed || one.outcome != Outcome::Completed {
            return Err("the job is too large to simulate".to_owned());
        }
        Ok(many.end.0 as f64 / one.end.0.max(1) as f64)
    }

    /// The job shared by some threads.
    fn scenario(&self, share: f64, threads: u16) -> Result<Scenario, String> {
        let length = self.times.one.min(LONGEST);
        let all = u64::from(self.times.threads);
        // Passes of one thread where all share the job: at least ten, so that they mix.
        let passes = (length.0 / all / PASS.0).max(10);
        let pass = length.0 as f64 / (passes * all) as f64;
        let passes = if threads == 1 { passes * all } else { passes };
        let spread = |share: f64| {
            let at = |factor: f64| round(Nanos((pass * share * factor).max(1.0) as u64));
            // A little longer and shorter, so that threads don't march in step.
            (share > 0.0).then(|| Dist::Uniform(at(0.8), at(1.2)))
        };
        let with = spread(share).map(|work| Step::Python { work, check: None });
        let without = spread(1.0 - share).map(|time| match self.waits {
            true => Step::Io { wait: time },
            false => Step::NativeReleasing { work: time },
        });
        let group = Group {
            count: threads,
            repeat: Repeat::Times(passes as u32),
            ..Group::new("job", with.into_iter().chain(without).collect())
        };
        let spec = Spec {
            python: Python::newest(),
            machine: Machine::of(Os::Linux, self.cores),
            groups: vec![group],
            ..Spec::default()
        };
        Scenario::new(spec).map_err(|wrong| {
            wrong.first().map_or_else(String::new, |first| format!("the times don't fit: {first}"))
        })
    }
}

fn words(times: &TwoTimes, share: f64, range: (f64, f64), waits: bool, speed_up: f64) -> String {
    let rest = if waits { "waits for something else" } else { "lets go of it" };
    let found = match (percent(range.0), percent(range.1)) {
        (low, high) if low == high => format!("About {}", percent(share)),
        (low, high) => format!("About {} ({low} to {high}, times being inexact)", percent(share)),
    };
    let most = match share {
        share if share < 0.01 => "no number of threads makes the GIL the limit".to_owned(),
        share if share > 0.95 => "more threads don't help, and processes would".to_owned(),
        share => format!("no number of threads makes it more than {} as fast", factor(1.0 / share)),
    };
    format!(
        "{found} of the job's time holds the GIL, and the rest {rest}. {} threads are {} as fast \
         as one; {most}. That's if nothing else used the cores: time lost to other programs looks \
         the same as time lost to the GIL.",
        times.threads,
        factor(speed_up)
    )
}
