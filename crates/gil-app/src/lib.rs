//! The GIL Playground page: yew components around the engine, and the worker that computes charts.
//!
//! Data goes one way: an address or a control makes a scenario, the scenario makes a
//! [`model::Run`], everything on the page is drawn from the run. Playback is an index into it.

pub mod app;
mod canvas;
mod compare;
mod decide;
mod dom;
mod embed;
mod explore;
mod header;
mod knobs;
mod learn;
mod link;
pub mod model;
mod playback;
mod player;
mod points;
mod race;
mod reality;
mod right;
mod save;
mod share;
mod simulation;
mod store;
mod table;
mod theme;
pub mod worker;
