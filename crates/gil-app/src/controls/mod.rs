//! Controls that any part of the page may use. None knows what it controls.

mod drop_zone;
mod icon_button;
mod select;
mod text_file;
mod wide;

pub use drop_zone::DropZone;
pub use icon_button::IconButton;
pub use select::{Choices, Options, Select};
pub use text_file::TextFile;
pub use wide::Wide;
