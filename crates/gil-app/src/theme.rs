//! Light, dark, or as the system says; remembered in the browser.

use gil_notation::Shade;
use gil_view::theme::{Theme, css_variables};
use yew::prelude::*;

use crate::dom::use_media;
use crate::store;

/// What the reader chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Choice {
    /// All choices.
    pub const ALL: [Choice; 3] = [Choice::System, Choice::Light, Choice::Dark];

    /// Its name, on the page and in the storage.
    pub fn name(self) -> &'static str {
        match self {
            Choice::System => "System",
            Choice::Light => "Light",
            Choice::Dark => "Dark",
        }
    }

    fn stored() -> Choice {
        // Without storage, as in a sandbox, the system decides.
        let name: String = store::get(KEY).unwrap_or_default();
        Choice::ALL.into_iter().find(|choice| choice.name() == name).unwrap_or(Choice::System)
    }
}

const KEY: &str = "gil-playground-theme";

/// The theme in force and the way to change it.
#[derive(Clone, PartialEq)]
pub struct ThemeHandle {
    /// What the reader chose.
    pub choice: Choice,
    /// What is drawn with.
    pub theme: Theme,
    /// Called with the choice of the reader.
    pub choose: Callback<Choice>,
}

/// The theme in force, `wanted` where somebody asks for one; marks the document with it, so that
/// the style sheet follows.
#[hook]
pub fn use_theme(wanted: Option<Shade>) -> ThemeHandle {
    let choice = use_state_eq(Choice::stored);
    let system_dark = use_media("(prefers-color-scheme: dark)");
    let dark = match (wanted, *choice) {
        (Some(shade), _) => shade == Shade::Dark,
        (None, Choice::System) => system_dark,
        (None, Choice::Light) => false,
        (None, Choice::Dark) => true,
    };
    let theme = if dark { Theme::dark() } else { Theme::light() };
    use_effect_with(theme.clone(), mark_document);
    let choose = {
        let choice = choice.clone();
        Callback::from(move |new: Choice| {
            store::set(KEY, &new.name());
            choice.set(new);
        })
    };
    ThemeHandle { choice: *choice, theme, choose }
}

fn mark_document(theme: &Theme) {
    let document = gloo::utils::document();
    if let Some(root) = document.document_element() {
        let style = format!("{} color-scheme: {};", css_variables(theme), theme.name);
        // Without it the page is plain, but works.
        let _ = root.set_attribute("style", &style);
        let _ = root.set_attribute("data-theme", theme.name);
    }
}
