//! Inputs that are tied to a [`Place`], and what is wrong with them next to them.

use gil_sim::Spec;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::editor::use_editor;
use crate::controls::{Choices, IconButton, Select};
use crate::edit::place::{Facet, Owner, Place};
use crate::edit::{self, Spread};

/// The field that is edited, and what it is called.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// The value that it edits.
    pub place: Place,
    /// What it is called, where no visible label is tied to it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
}

/// A text input whose range shows while it has the focus.
#[component]
pub fn Entry(props: &FieldProps) -> Html {
    let editor = use_editor();
    let place = &props.place;
    let id = place.id();
    let wrong = editor.state.error(place).is_some();
    let oninput = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            editor.enter(&place, &input.value());
        })
    };
    let onblur = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |_| editor.leave(&place))
    };
    let onkeydown = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |event: KeyboardEvent| {
            let handled = match event.key().as_str() {
                "Enter" => {
                    editor.leave(&place);
                    true
                }
                "Escape" => editor.forget(&place),
                "ArrowUp" => editor.nudge(&place, true),
                "ArrowDown" => editor.nudge(&place, false),
                _ => false,
            };
            if handled {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };
    let spec = editor.spec();
    let mode = if edit::is_number(spec, place) { "numeric" } else { "text" };
    html! {
        <span class="entry">
            <input type="text" id={id.clone()} value={editor.state.text(spec, place)}
                class={kind_class(spec, place)} inputmode={mode} autocomplete="off"
                autocapitalize="off" spellcheck="false" aria-label={props.label.clone()}
                aria-invalid={wrong.then_some("true")}
                aria-describedby={format!("{id}-error {id}-hint")} {oninput} {onblur} {onkeydown} />
            <span class="bubble" id={format!("{id}-hint")}>{ edit::range_words(spec, place) }</span>
        </span>
    }
}

fn kind_class(spec: &Spec, place: &Place) -> &'static str {
    match place.facet {
        Facet::Name | Facet::Lock | Facet::Object => "name",
        _ if edit::is_number(spec, place) => "number",
        _ => "time",
    }
}

/// Fields whose complaints are shown here.
#[derive(Properties, PartialEq)]
pub struct ComplaintsProps {
    /// The fields.
    pub places: Vec<Place>,
}

/// What is wrong with these fields, or keeps another one's text out of the scenario.
#[component]
pub fn Complaints(props: &ComplaintsProps) -> Html {
    let editor = use_editor();
    let line = |place: &Place| {
        let error = editor.state.error(place).map(str::to_owned);
        let error = error.or_else(|| editor.state.echo(place))?;
        Some(html! {
            <p class="complaint" role="status" id={format!("{}-error", place.id())}>{ error }</p>
        })
    };
    html! { <>{ for props.places.iter().filter_map(line) }</> }
}

/// A labelled [`Entry`] or [`Stepper`].
#[derive(Properties, PartialEq)]
pub struct RowProps {
    /// The value that it edits.
    pub place: Place,
    /// The field's label.
    pub label: AttrValue,
    /// What is counted, for the buttons of a whole number; none for a field without buttons.
    #[prop_or_default]
    pub unit: Option<AttrValue>,
    /// What stands below it.
    #[prop_or_default]
    pub children: Html,
}

/// Label on the left, field on the right, complaint below.
#[component]
pub fn Row(props: &RowProps) -> Html {
    let place = &props.place;
    html! {
        <div class="row">
            <label for={place.id()}>{ &props.label }</label>
            if let Some(unit) = &props.unit {
                <Stepper place={place.clone()} label={unit.clone()} />
            } else {
                <Entry place={place.clone()} />
            }
            { props.children.clone() }
            <Complaints places={vec![place.clone()]} />
        </div>
    }
}

/// A whole number between a minus and a plus. The label is what is counted.
#[component]
pub fn Stepper(props: &FieldProps) -> Html {
    let editor = use_editor();
    let place = &props.place;
    let what = props.label.clone().unwrap_or_default();
    let button = |up: bool, word: &str, path: &'static str| {
        let onclick = {
            let (editor, place) = (editor.clone(), place.clone());
            Callback::from(move |_| {
                editor.nudge(&place, up);
                editor.leave(&place);
            })
        };
        let next = edit::nudged(editor.spec(), place, up);
        let stuck = next.is_none_or(|next| next == edit::text(editor.spec(), place));
        let label = format!("{word} {what}");
        html! { <IconButton class="step-by" {label} {path} disabled={stuck} {onclick} /> }
    };
    html! {
        <span class="stepper">
            { button(false, "Fewer", "M6 12h12") }
            <Entry place={place.clone()} />
            { button(true, "More", "M12 6v12M6 12h12") }
        </span>
    }
}

/// A list to choose from.
#[derive(Properties, PartialEq)]
pub struct ChoiceProps {
    /// The value that it edits.
    pub place: Place,
    /// What it is called, where no visible label is tied to it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What can be chosen.
    pub options: Choices,
    /// What the choice means, for the mouse and for screen readers. A bubble, as fields have it,
    /// would stay after the choice and cover what comes next.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
}

/// A select whose choice is a field's text.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let editor = use_editor();
    let place = &props.place;
    let id = place.id();
    let chosen = editor.state.text(editor.spec(), place);
    let wrong = editor.state.error(place).is_some();
    let onchoose = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |text: String| {
            editor.enter(&place, &text);
            editor.leave(&place);
        })
    };
    let described = format!("{id}-error {id}-hint");
    html! {
        <span class="entry">
            <Select id={id.clone()} label={props.label.clone()} options={props.options.clone()}
                title={props.hint.clone()} {chosen} {wrong} {described} {onchoose} />
            if let Some(hint) = &props.hint {
                <span class="visually-hidden" id={format!("{id}-hint")}>{ hint }</span>
            }
        </span>
    }
}

/// A check box with its label, and a note below it.
#[derive(Properties, PartialEq)]
pub struct CheckProps {
    /// The value that it edits.
    pub place: Place,
    /// What holds of the scenario while the box is checked.
    pub label: AttrValue,
    /// What stands below it.
    #[prop_or_default]
    pub children: Html,
}

/// A check box with its label.
#[component]
pub fn CheckBox(props: &CheckProps) -> Html {
    let editor = use_editor();
    let place = &props.place;
    let id = place.id();
    let checked = editor.state.text(editor.spec(), place) == "on";
    let onchange = {
        let (editor, place) = (editor.clone(), place.clone());
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            editor.enter(&place, if input.checked() { "on" } else { "off" });
            editor.leave(&place);
        })
    };
    html! {
        <div class="row check">
            <label class="check-label">
                <input type="checkbox" id={id.clone()} {checked}
                    aria-describedby={format!("{id}-error")} {onchange} />
                { &props.label }
            </label>
            { props.children.clone() }
            <Complaints places={vec![place.clone()]} />
        </div>
    }
}

/// A duration that may be drawn.
#[derive(Properties, PartialEq)]
pub struct DurationProps {
    /// The owner of the duration.
    pub owner: Owner,
    /// What it is, to begin the labels of its parts with.
    pub label: AttrValue,
}

/// A duration that may be drawn, as a sentence: `between [1 ms] and [3 ms]`.
#[component]
pub fn Duration(props: &DurationProps) -> Html {
    let editor = use_editor();
    let place = |facet| Place { owner: props.owner.clone(), facet };
    let Some(dist) = edit::dist(editor.spec(), &props.owner) else { return html! {} };
    let spread = Spread::of(dist);
    let label = |part: &str| AttrValue::from(format!("{}: {part}", props.label));
    let options = Spread::ALL.map(|s| (s.key().into(), spread_words(s).into())).to_vec();
    let (join, first, second) = match spread {
        Spread::Fixed => (None, "length", ""),
        Spread::Exponential => (None, "mean", ""),
        Spread::Uniform => (Some("and"), "shortest", "longest"),
        Spread::LogNormal => (Some("95 %"), "median", "95th percentile"),
    };
    html! {
        <span class="duration">
            <Choice place={place(Facet::Spread)} label={label("how it varies")} {options}
                hint={spread_hint(spread)} />
            <Entry place={place(Facet::Value)} label={label(first)} />
            if let Some(join) = join {
                <span class="second">
                    <span class="join">{ join }</span>
                    <Entry place={place(Facet::Second)} label={label(second)} />
                </span>
            }
        </span>
    }
}

/// The fields of a [`Duration`], for [`Complaints`].
pub fn duration_places(owner: &Owner) -> Vec<Place> {
    let place = |facet| Place { owner: owner.clone(), facet };
    [Facet::Spread, Facet::Value, Facet::Second].map(place).to_vec()
}

fn spread_words(spread: Spread) -> &'static str {
    match spread {
        Spread::Fixed => "always",
        Spread::Uniform => "between",
        Spread::Exponential => "on average",
        Spread::LogNormal => "median",
    }
}

/// What a way to draw a duration means.
pub fn spread_hint(spread: Spread) -> &'static str {
    match spread {
        Spread::Fixed => "Always the same length.",
        Spread::Uniform => "Drawn anew each time, every length between the two equally likely.",
        Spread::Exponential => {
            "Exponential with this mean, like the gaps between independent requests."
        }
        Spread::LogNormal => {
            "Lognormal: half are shorter than the median, one in twenty is longer than the second."
        }
    }
}
