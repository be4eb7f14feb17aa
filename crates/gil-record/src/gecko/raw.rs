//! The part of the Firefox Profiler's processed format that is read, as it stands in the file.
//!
//! Format: `src/types/profile.ts` and `docs-developer/CHANGELOG-formats.md` of the Firefox
//! Profiler. What isn't named here is skipped without being kept.

use serde::Deserialize;

use crate::column::{Indices, Numbers, Texts};

#[derive(Deserialize)]
pub(super) struct File {
    pub meta: Meta,
    #[serde(default)]
    pub shared: Shared,
    pub threads: Vec<Thread>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Meta {
    /// Milliseconds.
    pub interval: Option<f64>,
    pub preprocessed_profile_version: Option<u32>,
    pub imported_from: Option<String>,
    pub product: Option<String>,
    #[serde(rename = "logicalCPUs")]
    pub logical_cpus: Option<f64>,
}

/// Tables that moved out of the threads in later versions.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shared {
    pub string_array: Option<Texts>,
    pub stack_table: Option<StackTable>,
    pub frame_table: Option<FrameTable>,
    pub func_table: Option<FuncTable>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Thread {
    pub name: Option<String>,
    /// A number, or a text in some versions.
    pub tid: Option<serde_json::Value>,
    pub is_main_thread: Option<bool>,
    pub markers: Option<Markers>,
    pub samples: Option<Samples>,
    pub string_array: Option<Texts>,
    pub stack_table: Option<StackTable>,
    pub frame_table: Option<FrameTable>,
    pub func_table: Option<FuncTable>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Markers {
    pub name: Indices,
    /// Milliseconds.
    pub start_time: Numbers,
    pub end_time: Numbers,
    pub phase: Indices,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Samples {
    /// Milliseconds.
    pub time: Option<Numbers>,
    /// The same, each since the one before.
    pub time_deltas: Option<Numbers>,
    pub stack: Indices,
}

#[derive(Deserialize)]
pub(super) struct StackTable {
    pub frame: Indices,
    pub prefix: Indices,
}

#[derive(Deserialize)]
pub(super) struct FrameTable {
    pub func: Indices,
    #[serde(default)]
    pub line: Indices,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FuncTable {
    pub name: Indices,
    #[serde(default)]
    pub file_name: Indices,
}
