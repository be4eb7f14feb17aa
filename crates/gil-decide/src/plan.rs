//! What is run for a question: its scenario with durations that vary
//! ([`gil_sim::lockstep`]), cut to a length that can be run to its end.

use gil_sim::lockstep::varied;
use gil_sim::{Limits, Nanos, Outcome, Repeat, Scenario, bounds, run};

use crate::question::Question;

/// Events of the workload as it runs today beyond which its work is shortened.
const EVENTS: u32 = 120_000;

/// The same where what would change the answer is looked for, which takes many runs.
const EVENTS_OF_TURNS: u32 = 40_000;

/// The shortest part of the work that is run, in percent.
const SHORTEST: u32 = 3;

/// Events and simulated time after which a run is given up.
const LIMITS: Limits = Limits { time: *bounds::LIMIT_TIME.end(), events: 1_000_000 };

/// How much of the work is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The part of the jobs, passes or time, in percent.
    pub percent: u32,
}

impl Plan {
    /// As much of the work as can be run to its end for every candidate.
    pub fn of(question: &Question) -> Plan {
        Plan::within(question, EVENTS)
    }

    /// As much as can be run many times.
    pub fn of_turns(question: &Question) -> Plan {
        Plan::within(question, EVENTS_OF_TURNS)
    }

    fn within(question: &Question, events: u32) -> Plan {
        let mut percent = 100;
        while percent > SHORTEST && (Plan { percent }).is_cut(question, events) {
            percent = (percent / 2).max(SHORTEST);
        }
        Plan { percent }
    }

    fn is_cut(self, question: &Question, events: u32) -> bool {
        let mut spec = self.question(question).scenario.into_spec();
        spec.limits.events = events;
        let cut = |scenario| matches!(run(&scenario).outcome, Outcome::EventLimit);
        Scenario::new(spec).is_ok_and(cut)
    }

    /// The question about the work that is run. Where there can be no such scenario, the one as it
    /// is.
    pub fn question(self, question: &Question) -> Question {
        let mut spec = question.scenario.spec().clone();
        spec.limits = LIMITS;
        for group in &mut spec.groups {
            group.repeat = self.shortened(group.repeat, u32::from(group.count));
        }
        let Ok(scenario) = Scenario::new(spec) else { return question.clone() };
        let scenario = varied(&scenario).unwrap_or(scenario);
        Question { scenario, ..question.clone() }
    }

    /// Less work of the same kind and under the same load.
    fn shortened(self, repeat: Repeat, members: u32) -> Repeat {
        let part = |whole: u64| (whole * u64::from(self.percent)).div_ceil(100);
        let time = |time: Nanos| Nanos(part(time.0).max(1));
        match repeat {
            Repeat::Times(n) => Repeat::Times(part(n.into()) as u32),
            // A job for everybody at least.
            Repeat::Jobs(n) => Repeat::Jobs((part(n.into()) as u32).max(members.min(n))),
            Repeat::For(t) => Repeat::For(time(t)),
            Repeat::Arrivals { every, during } => Repeat::Arrivals { every, during: time(during) },
            Repeat::Daemon | Repeat::Serve => repeat,
        }
    }
}
