//! A run as pictures need it: simulated here, or borrowed from whoever has it already.

use gil_sim::{Origin, Run, Scenario, Trace};
use gil_view::stage::Stage;
use gil_view::timeline::Timeline;

/// A run that somebody has at hand, with what its pictures are laid out from.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The run.
    pub run: &'a Run,
    /// The trace made ready for the stage.
    pub stage: &'a Stage,
    /// The trace made ready for the timeline.
    pub timeline: &'a Timeline,
}

impl<'a> Shown<'a> {
    /// What happened.
    pub fn trace(&self) -> &'a Trace {
        &self.run.trace
    }

    /// What was run.
    pub fn scenario(&self) -> &'a Scenario {
        let Origin::Simulated(scenario) = &self.run.origin;
        scenario
    }
}

/// A run that is made for a picture.
pub struct Made {
    run: Run,
    stage: Stage,
    timeline: Timeline,
}

impl Made {
    /// Runs a scenario.
    pub fn of(scenario: &Scenario) -> Made {
        let run = Run::of(scenario.clone());
        let (stage, timeline) = (Stage::new(scenario, &run.trace), Timeline::new(&run.trace));
        Made { run, stage, timeline }
    }

    /// The same, borrowed.
    pub fn shown(&self) -> Shown<'_> {
        let Made { run, stage, timeline } = self;
        Shown { run, stage, timeline }
    }
}
