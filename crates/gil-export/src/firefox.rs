//! The Firefox Profiler's processed format, with markers as CPython's own profiler writes them.

use fxprof_processed_profile::{
    CategoryColor, CategoryHandle, CpuDelta, Frame, FrameFlags, FrameInfo, Marker,
    MarkerFieldFlags, MarkerFieldFormat, MarkerLocations, MarkerTiming, MarkerTypeHandle, Profile,
    ReferenceTimestamp, RuntimeSchemaMarkerField, RuntimeSchemaMarkerSchema, SamplingInterval,
    StringHandle, ThreadHandle, Timestamp,
};
use gil_sim::{Nanos, State, ThreadId, Trace};

use crate::PROCESS;
use crate::interval::intervals;

/// A marker of a lane: it says which scenario it is of.
struct InLane {
    kind: MarkerTypeHandle,
    category: CategoryHandle,
    name: StringHandle,
    scenario: StringHandle,
}

impl Marker for InLane {
    fn marker_type(&self, _: &mut Profile) -> MarkerTypeHandle {
        self.kind
    }

    fn name(&self, _: &mut Profile) -> StringHandle {
        self.name
    }

    fn category(&self, _: &mut Profile) -> CategoryHandle {
        self.category
    }

    fn string_field_value(&self, _: u32) -> StringHandle {
        self.scenario
    }

    fn number_field_value(&self, _: u32) -> f64 {
        0.0
    }
}

pub fn text(trace: &Trace, scenario: &str) -> String {
    let profile = profile(trace, scenario);
    // Plain data with string keys has a JSON form.
    serde_json::to_string(&profile).unwrap_or_default()
}

fn profile(trace: &Trace, scenario: &str) -> Profile {
    // No clock: the file of a scenario is the same whenever it is written.
    let start = ReferenceTimestamp::from_millis_since_unix_epoch(0.0);
    let mut profile = Profile::new(PROCESS, start, SamplingInterval::from_nanos(1));
    let process = profile.add_process(PROCESS, 1, Timestamp::from_nanos_since_reference(0));
    profile.set_process_end_time(process, at(trace.end));
    let category = profile.add_category("GIL", CategoryColor::Green);
    let kind = profile.register_marker_type(schema());
    let scenario = profile.intern_string(scenario);
    for id in (0..trace.threads.len() as u16).map(ThreadId) {
        // The name of a main thread would be that of its process.
        let thread = profile.add_thread(process, u32::from(id.0) + 1, at(Nanos::ZERO), false);
        profile.set_thread_name(thread, trace.name(id));
        profile.set_thread_end_time(thread, at(trace.end));
        profile.set_thread_show_markers_in_timeline(thread, true);
        profile.add_initial_visible_thread(thread);
        for interval in intervals(trace, id) {
            let name = profile.intern_string(interval.lane.name());
            let timing = MarkerTiming::Interval(at(interval.start), at(interval.end));
            profile.add_marker(thread, timing, InLane { kind, category, name, scenario });
        }
        add_samples(&mut profile, thread, trace, id);
    }
    profile
}

/// A sample where each state begins, so that the views of stacks have something to show.
fn add_samples(profile: &mut Profile, thread: ThreadHandle, trace: &Trace, id: ThreadId) {
    for span in &trace.threads[id.index()].spans {
        let is_on = matches!(span.state, State::HasGil | State::Attached | State::Native);
        let is_there = !matches!(span.state, State::NotStarted | State::Finished);
        let frame = FrameInfo {
            frame: Frame::Label(profile.intern_string(span.state.name())),
            category_pair: CategoryHandle::OTHER.into(),
            flags: FrameFlags::empty(),
        };
        let stack = profile.intern_stack_frames(thread, is_there.then_some(frame).into_iter());
        let used = if is_on { span.end - span.start } else { Nanos::ZERO };
        let used = CpuDelta::from_micros(used.0 / 1_000);
        profile.add_sample(thread, at(span.start), stack, used, 1);
    }
}

fn schema() -> RuntimeSchemaMarkerSchema {
    RuntimeSchemaMarkerSchema {
        type_name: "GIL".into(),
        locations: MarkerLocations::MARKER_CHART
            | MarkerLocations::MARKER_TABLE
            | MarkerLocations::TIMELINE_OVERVIEW,
        chart_label: Some("{marker.name}".into()),
        tooltip_label: Some("{marker.name}".into()),
        table_label: Some("{marker.name}".into()),
        fields: vec![RuntimeSchemaMarkerField {
            key: "scenario".into(),
            label: "Scenario".into(),
            format: MarkerFieldFormat::String,
            flags: MarkerFieldFlags::SEARCHABLE,
        }],
        graphs: Vec::new(),
        description: Some("Simulated by GIL Playground".into()),
    }
}

fn at(time: Nanos) -> Timestamp {
    Timestamp::from_nanos_since_reference(time.0)
}
