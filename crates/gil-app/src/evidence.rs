//! What a reader has brought of a real program. It stays in the page: no link has it, and nothing
//! is sent anywhere.

pub mod keep;

use std::rc::Rc;

use gil_record::Recording;
use gil_record::findings::Findings;
use gil_record::measured::{self, Agreement, Measured};
use gil_sim::Trace;
use gil_view::timeline::Timeline;

use crate::view::Traced;

/// A recording, with what was found in it and its lanes. Made once, never changed.
pub struct Brought {
    /// The file's name.
    pub name: String,
    /// What was read.
    pub recording: Recording,
    /// What was found in it.
    pub findings: Findings,
    trace: Trace,
    timeline: Timeline,
}

impl Brought {
    /// Looks through a recording and makes it ready to be drawn.
    pub fn new(name: String, recording: Recording) -> Rc<Brought> {
        let findings = Findings::of(&recording);
        let trace = recording.trace();
        let timeline = Timeline::new(&trace);
        Rc::new(Brought { name, recording, findings, trace, timeline })
    }
}

impl Traced for Brought {
    fn trace(&self) -> &Trace {
        &self.trace
    }

    fn timeline(&self) -> &Timeline {
        &self.timeline
    }
}

/// Recordings are compared by identity.
impl PartialEq for Brought {
    fn eq(&self, other: &Brought) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What a program has measured of itself, beside the simulation of its scenario.
pub struct Measurement {
    /// The file's name.
    pub name: String,
    /// What was measured.
    pub measured: Measured,
    /// The same, simulated.
    pub agreement: Agreement,
}

impl Measurement {
    /// Simulates the scenario that was measured.
    pub fn new(name: String, measured: Measured) -> Rc<Measurement> {
        let agreement = Agreement::of(&measured);
        Rc::new(Measurement { name, measured, agreement })
    }
}

/// Measurements are compared by identity.
impl PartialEq for Measurement {
    fn eq(&self, other: &Measurement) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Everything that was brought.
#[derive(Clone, Default, PartialEq)]
pub struct Evidence {
    /// The recording that is looked at.
    pub recording: Option<Rc<Brought>>,
    /// Measurements, the last one that was brought at the end.
    pub measurements: Vec<Rc<Measurement>>,
}

/// Measurements that are kept at once: with 1, 2, 4, … threads there are about ten.
const MOST: usize = 16;

impl Evidence {
    /// One more measurement, instead of one of the same name; the oldest goes where there are too
    /// many.
    fn add(&mut self, measurement: Rc<Measurement>) {
        self.measurements.retain(|known| known.name != measurement.name);
        self.measurements.push(measurement);
        if self.measurements.len() > MOST {
            self.measurements.remove(0);
        }
    }

    /// With another recording.
    pub fn with_recording(mut self, name: String, recording: Recording) -> Evidence {
        self.recording = Some(Brought::new(name, recording));
        self
    }

    /// With one more measurement, and its lanes where it noted what threads did. Text that isn't
    /// one changes nothing.
    pub fn with_measured(mut self, name: String, text: &str) -> Evidence {
        let Ok(measured) = measured::read(text) else { return self };
        if let Some(recording) = measured.recording() {
            self.recording = Some(Brought::new(name.clone(), recording));
        }
        self.add(Measurement::new(name, measured));
        self
    }

    /// Without a file: its measurement, and its lanes.
    pub fn without(mut self, name: &str) -> Evidence {
        self.measurements.retain(|known| known.name != name);
        self.recording = self.recording.filter(|known| known.name != name);
        self
    }
}
