//! Scenarios to start from.

use gil_notation::{PRESETS, Preset};
use yew::prelude::*;

use super::editor::use_editor;
use crate::controls::Select;

/// The value of the choice that is no preset.
const CUSTOM: &str = "custom";

/// The list of presets, and what the chosen one shows.
#[component]
pub fn Presets() -> Html {
    let editor = use_editor();
    let scenarios = use_memo((), |()| PRESETS.iter().map(Preset::scenario).collect::<Vec<_>>());
    let current = editor.model.run.scenario();
    let chosen = scenarios.iter().position(|scenario| scenario == current);
    let chosen = chosen.and_then(|n| PRESETS.get(n));
    let onchoose = {
        let editor = editor.clone();
        Callback::from(move |key: String| {
            let Some(preset) = Preset::find(&key) else { return };
            editor.show(preset.scenario(), None);
            editor.with_state(|state| state.start(preset.key));
        })
    };
    let mut options: Vec<(AttrValue, AttrValue)> =
        PRESETS.iter().map(|preset| (preset.key.into(), preset.title.into())).collect();
    if chosen.is_none() {
        options.insert(0, (CUSTOM.into(), "Custom".into()));
    }
    let note = match chosen {
        Some(preset) => preset.summary.to_owned(),
        None => match editor.state.preset.and_then(Preset::find) {
            Some(preset) => format!("Your own, started from \"{}\".", preset.title),
            None => "Your own scenario.".to_owned(),
        },
    };
    html! {
        <div class="presets">
            <label for="preset">{ "Start from" }</label>
            <Select id="preset" {options} described="preset-note"
                chosen={chosen.map_or(CUSTOM, |preset| preset.key).to_owned()} {onchoose} />
            <p class="note" id="preset-note">{ note }</p>
        </div>
    }
}
