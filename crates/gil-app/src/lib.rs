//! The GIL Playground page: yew components around the engine, and the worker that computes charts.
//!
//! Data goes one way: an address or a control makes a scenario, the scenario makes a
//! [`model::Run`], everything on the page is drawn from the run. Playback is an index into it.

mod address;
pub mod app;
mod breakpoints;
mod canvas;
mod compare;
mod controls;
mod decide;
mod dom;
mod edit;
mod embed;
mod evidence;
mod explore;
mod header;
mod keys;
mod knobs;
mod learn;
mod link;
pub mod model;
mod page;
mod playback;
mod player;
mod program;
mod race;
mod reality;
mod save;
mod share;
mod simulation;
mod store;
mod task;
mod theme;
mod view;

pub use task::worker::serve;
