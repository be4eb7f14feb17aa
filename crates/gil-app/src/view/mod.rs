//! What every tab and figure shows of a run: stage, timeline, transport, headline, the moment in
//! words, the scenario as text, the buttons that save a picture; and the canvas of any picture. Run and playback come from the hall ([`crate::page`]), so a view
//! looks the same wherever it stands.

mod drawing;
mod headline;
mod notation;
mod now;
mod save_picture;
mod scenario_text;
mod stage;
mod timeline;
mod transport;

pub use drawing::{Drawing, use_drawing};
pub use headline::Headline;
pub use notation::Notation;
pub use now::{Now, ThisMoment, told};
pub use save_picture::{SavePicture, WIDTH};
pub use scenario_text::ScenarioText;
pub use stage::StageView;
pub use timeline::{Lanes, LanesView, Pointed, Seek, TimelineView, Traced, Window};
pub use transport::Transport;
