//! Controls that any part of the page may use. None knows what it controls.

mod icon_button;
mod select;
mod wide;

pub use icon_button::IconButton;
pub use select::{Choices, Options, Select};
pub use wide::Wide;
