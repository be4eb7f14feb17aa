//! Step 1: the scenario as a Python program.

use gil_notation::{Link, PRESETS, Preset};
use yew::prelude::*;

use crate::controls::TextFile;
use crate::model::Action;
use crate::page::use_page;
use crate::view::ScenarioText;

/// What is typed to run it. The file's name is that of the download.
const RUN: &str = "python3 reproduce.py --record > measured.json";

/// The program that does what the scenario says.
#[component]
pub fn Reproduce() -> Html {
    let page = use_page();
    let scenario = page.model.run.scenario().clone();
    let text =
        use_memo(scenario.clone(), |scenario| gil_script::program(&Link::from(scenario.clone())));
    let onedit = {
        let model = page.model.clone();
        let control = Some("text".to_owned());
        Callback::from(move |scenario| {
            model.dispatch(Action::Edit { scenario, control: control.clone() });
        })
    };
    let ondone = {
        let model = page.model.clone();
        Callback::from(move |()| model.dispatch(Action::EditDone))
    };
    let preset = PRESETS.iter().find(|preset| preset.scenario() == scenario);
    html! {
        <>
            <p>{ about(preset) }</p>
            <div class="program-text">
                <ScenarioText id="program-text" rows="2" label="The scenario, as in the link"
                    current={scenario} {onedit} {ondone} />
            </div>
            <pre tabindex="0"><code>{ RUN }</code></pre>
            <TextFile name="reproduce.py" kind="text/x-python" text={(*text).clone()} folded=true />
        </>
    }
}

fn about(preset: Option<&Preset>) -> String {
    match preset {
        Some(preset) => format!(
            "Today it's the example \"{}\". {} Change it here or in Explore until it does what your \
             program does, or make it from a recording below.",
            preset.title, preset.summary
        ),
        None => "It does what your scenario says; change that here or in Explore.".to_owned(),
    }
}
