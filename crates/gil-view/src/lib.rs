//! Pictures of a run, as data before pixels.
//!
//! A picture is a [`display::List`] of simple shapes in logical pixels: it is laid out and tested
//! natively, and the same list goes to a canvas in the page and to an SVG file.

pub mod axis;
pub mod chart;
pub mod display;
pub mod plot;
pub mod reality;
pub mod scaling;
pub mod stage;
pub mod svg;
pub mod text;
pub mod theme;
pub mod timeline;
