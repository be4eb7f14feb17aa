//! The machine in detail and where a run is cut, for those who want to know.

use gil_sim::Os;
use gil_sim::setting::Part;
use yew::prelude::*;

use super::editor::use_editor;
use super::field::{CheckBox, Choice, Complaints, Duration, Entry, duration_places};
use crate::controls::Options;
use crate::edit;
use crate::edit::place::{Owner, Place, Setting};

/// The parts of the machine, and where a run is cut.
const PARTS: [(Part, &str); 5] = [
    (Part::Scheduler, "Scheduler"),
    (Part::Waking, "Waking up"),
    (Part::Costs, "Costs of the GIL's own steps"),
    (Part::Overheads, "What alternatives cost"),
    (Part::Limits, "Where a run is cut"),
];

/// What has to be said of a whole part.
fn part_note(part: Part) -> Option<&'static str> {
    (part == Part::Overheads).then_some(
        "CPU time of processes, subinterpreters, asyncio, pools and shared objects; measured on \
         2-core Linux unless it says otherwise.",
    )
}

fn settings_of(part: Part) -> impl Iterator<Item = Setting> {
    Setting::ALL.iter().copied().filter(move |setting| setting.part() == part)
}

fn is_here(setting: Setting) -> bool {
    PARTS.iter().any(|(part, _)| setting.part() == *part)
}

/// The garbage collector's passes, where they are simulated.
#[component]
pub fn Collections() -> Html {
    let editor = use_editor();
    let every = Place::setting(Setting::GcEvery);
    let pause = Owner::Setting(Setting::GcPause);
    html! {
        <div class="part">
            <CheckBox place={Place::setting(Setting::Gc)} label="Garbage collections">
                <p class="note">
                    { "After so much Python in an interpreter, the thread that runs collects: it keeps the GIL, or stops all others where there is none. How often and how long depends on the program; the first figures are an example." }
                </p>
            </CheckBox>
            if editor.spec().gc.is_some() {
                <div class="row">
                    <label for={every.id()}>{ "After computing" }</label>
                    <Entry place={every.clone()} />
                    <Complaints places={vec![every]} />
                </div>
                <div class="row">
                    <label for={Place::setting(Setting::GcPause).id()}>{ "Pause" }</label>
                    <Duration owner={pause.clone()} label="Pause" />
                    <Complaints places={duration_places(&pause)} />
                </div>
            }
        </div>
    }
}

/// Machine and limits, closed until asked for.
#[component]
pub fn MachineSettings() -> Html {
    let editor = use_editor();
    let usual = edit::machine_is_usual(editor.spec());
    let here = |owner: &Owner| matches!(owner, Owner::Setting(setting) if is_here(*setting));
    let state = match (editor.state.is_wrong(here), usual) {
        (true, _) => "a value is not valid".to_owned(),
        (false, true) => format!("{}, defaults", editor.spec().machine.os.name()),
        (false, false) => format!("{}, changed", editor.spec().machine.os.name()),
    };
    let reset = {
        let editor = editor.clone();
        Callback::from(move |_| editor.change(edit::reset_machine))
    };
    let part = |(part, title): &(Part, &'static str)| {
        html! {
            <>
                <h4>{ *title }</h4>
                if let Some(note) = part_note(*part) {
                    <p class="note">{ note }</p>
                }
                { for settings_of(*part).map(|setting| html! { <Detail {setting} /> }) }
            </>
        }
    };
    html! {
        <details class="part fold">
            <summary>
                { "Machine and limits" }
                <span class="muted">{ state }</span>
            </summary>
            <System />
            <button type="button" class="small" disabled={usual} onclick={reset}>
                { "Reset all to defaults" }
            </button>
            { for PARTS.iter().map(part) }
        </details>
    }
}

/// The operating system, whose habits many of the figures follow.
#[component]
fn System() -> Html {
    let editor = use_editor();
    let place = Place::setting(Setting::Os);
    let options: Options = Os::ALL.map(|os| (os.name().into(), os.name().into())).to_vec();
    html! {
        <div class="row">
            <label for={place.id()}>{ "Operating system" }</label>
            <Choice place={place.clone()} {options} />
            <p class="note">{ system_note(editor.spec().machine.os) }</p>
            <Complaints places={vec![place]} />
        </div>
    }
}

/// A note of the figures that are measured, known or assumed; the sources are those of [`gil_sim::Machine::of`].
fn system_note(os: Os) -> &'static str {
    match os {
        Os::Linux => {
            "The defaults describe the Linux machine on which the reality check was measured, with 4 cores."
        }
        Os::MacOs => {
            "Not measured. From xnu's source: a time slice of 10 ms. All other figures are Linux's, an assumption."
        }
        Os::Windows => {
            "Not measured. From documentation and CPython's source: slice, timer tick and unit of GIL waits. All other figures are Linux's, an assumption."
        }
    }
}

#[derive(Properties, PartialEq)]
struct DetailProps {
    setting: Setting,
}

/// A setting with what it is, its range and its default.
#[component]
fn Detail(props: &DetailProps) -> Html {
    let editor = use_editor();
    let spec = editor.spec();
    let place = Place::setting(props.setting);
    let owner = Owner::Setting(props.setting);
    let drawn = edit::dist(spec, &owner).is_some();
    let places = if drawn { duration_places(&owner) } else { vec![place.clone()] };
    html! {
        <div class="row">
            <label for={place.id()}>{ props.setting.title() }</label>
            if drawn {
                <Duration {owner} label={props.setting.title()} />
            } else {
                <Entry place={place.clone()} />
            }
            <p class="note">{ props.setting.help() }{ " " }<Default setting={props.setting} /></p>
            <Complaints {places} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct DefaultProps {
    setting: Setting,
}

/// The default of a setting; where it is another value, a press goes back to it.
#[component]
fn Default(props: &DefaultProps) -> Html {
    let editor = use_editor();
    let setting = props.setting;
    let default = edit::default_words(editor.spec(), setting);
    if edit::is_default(editor.spec(), setting) {
        return html! { <span>{ format!("Default: {default}.") }</span> };
    }
    let onclick = Callback::from(move |_| editor.change(|spec| edit::reset(spec, setting)));
    html! {
        <button type="button" class="link" {onclick}>{ format!("Back to {default}") }</button>
    }
}
