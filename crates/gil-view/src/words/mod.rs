//! A run in words: for tooltips, the panel beside the picture and screen readers alike.

mod number;

pub use number::{count, number, percent};
