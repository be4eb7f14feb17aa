//! A run as pictures need it: simulated here, or borrowed from whoever has it already.

use gil_sim::stats::{SpeedUp, Stats};
use gil_sim::{Scenario, Trace, run};
use gil_view::stage::Stage;
use gil_view::timeline::Timeline;
use gil_words::Figures;

/// A run that somebody has at hand.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Scenario, trace and figures.
    pub figures: Figures<'a>,
    /// The trace made ready for the stage.
    pub stage: &'a Stage,
    /// The trace made ready for the timeline.
    pub timeline: &'a Timeline,
}

impl<'a> Run<'a> {
    /// What happened.
    pub fn trace(&self) -> &'a Trace {
        self.figures.trace
    }

    /// What was run.
    pub fn scenario(&self) -> &'a Scenario {
        self.figures.scenario
    }
}

/// A run that is made for a picture.
pub struct Simulated {
    scenario: Scenario,
    trace: Trace,
    stats: Stats,
    speed_up: SpeedUp,
    stage: Stage,
    timeline: Timeline,
}

impl Simulated {
    /// Runs a scenario.
    pub fn of(scenario: &Scenario) -> Simulated {
        let trace = run(scenario);
        let stats = Stats::of(scenario, &trace);
        let speed_up = SpeedUp::of(scenario, &trace, &stats);
        let (stage, timeline) = (Stage::new(scenario, &trace), Timeline::new(&trace));
        Simulated { scenario: scenario.clone(), trace, stats, speed_up, stage, timeline }
    }

    /// The same, borrowed.
    pub fn as_run(&self) -> Run<'_> {
        let Simulated { scenario, trace, stats, speed_up, stage, timeline } = self;
        Run { figures: Figures { scenario, trace, stats, speed_up }, stage, timeline }
    }
}
