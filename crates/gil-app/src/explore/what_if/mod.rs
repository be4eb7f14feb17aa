//! What if: at the moment of the playhead the run is forked, and both branches are compared.

mod alternative;
mod fork;

use gil_notation::Tab;
use gil_sim::{GroupId, Nanos};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use crate::controls::{Options, Select};
use crate::dom::use_id;
use crate::edit;
use crate::model::{Action, Run};
use crate::page::{Page, use_page, use_player};
use crate::playback::Play;
use crate::player::Player;
use alternative::{Alternative, AlternativeKind, Here};
use fork::Blocked;

/// What could be otherwise from the playhead on, as a sentence with fields, and the fork.
#[component]
pub fn WhatIf() -> Html {
    let (page, player) = (use_page(), use_player());
    let alternative = use_state_eq(Alternative::default);
    let note = use_id();
    // Looked up anew when something happens, not with every frame.
    let blocked = use_memo((player.run.clone(), player.event), |(run, _)| {
        fork::blocked(run.scenario(), &run.trace, player.at)
    });
    // The player follows the model one render later.
    if player.run != page.model.run {
        return html! {};
    }
    let here = Here { run: player.run.clone(), at: player.at, blocked };
    let fork = alternative.fork(&here);
    let onclick = {
        let (page, player, fork) = (page.clone(), player.clone(), fork.clone().ok());
        Callback::from(move |_: MouseEvent| {
            if let Some(fork) = &fork {
                compare_with(&page, &player, fork.clone());
            }
        })
    };
    html! {
        <section class="what-if" aria-label="What if">
            <div class="what-if-row">
                <span class="what-if-at">{ "What if, at " }<b>{ moment(player.at) }</b>{ "," }</span>
                <KindOf alternative={alternative.clone()} here={here.clone()} />
                <Detail {alternative} {here} />
                <button type="button" class="button" disabled={fork.is_err()}
                    aria-describedby={note.to_string()} {onclick}>{ "Fork here" }</button>
            </div>
            <p id={note.to_string()} class="muted what-if-note">{ explain(fork.err()) }</p>
        </section>
    }
}

/// Shows both branches, with the playhead where they part.
fn compare_with(page: &Page, player: &Player, fork: gil_sim::Scenario) {
    player.dispatch(Play::Pause);
    page.model.dispatch(Action::CompareWith(Some(fork)));
    page.model.dispatch(Action::Tab(Tab::Compare));
    // The button goes with its tab; the keyboard goes on at what comes in its place.
    let main = gloo::utils::document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        // Without focus the next Tab begins at the top: nothing is lost.
        let _ = main.focus();
    }
}

fn moment(at: Nanos) -> String {
    format!("{:.3} ms", at.as_millis_f64())
}

fn explain(refusal: Option<String>) -> String {
    refusal.unwrap_or_else(|| {
        "Both runs are the same up to this moment. Compare shows them side by side.".to_owned()
    })
}

#[derive(Properties, PartialEq)]
struct AlternativeProps {
    alternative: UseStateHandle<Alternative>,
    here: Here,
}

/// What becomes different. What is not possible at this moment says why.
#[component]
fn KindOf(props: &AlternativeProps) -> Html {
    let run = &props.here.run;
    let mut off = Vec::new();
    let mut option = |kind: AlternativeKind| {
        let value = AttrValue::from(kind.key());
        let words = kind.words(run);
        match kind.impossible(&props.here) {
            Some(why) => {
                off.push(value.clone());
                (value, AttrValue::from(format!("{words} ({})", aside(&why))))
            }
            None => (value, AttrValue::from(words)),
        }
    };
    let options: Options = AlternativeKind::ALL.into_iter().map(&mut option).collect();
    let chosen = props.alternative.kind(run).key().to_owned();
    let onchoose = change(&props.alternative, |alternative, key: String| {
        alternative.kind = AlternativeKind::of(&key)
    });
    html! { <Select id="what-if-kind" label="What is different" {options} {off} {chosen} {onchoose} /> }
}

/// A sentence as a remark in brackets.
fn aside(sentence: &str) -> String {
    let mut chars = sentence.trim_end_matches('.').chars();
    let first = chars.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

/// How different, or whose.
#[component]
fn Detail(props: &AlternativeProps) -> Html {
    let AlternativeProps { alternative, here } = props;
    match alternative.kind(&here.run) {
        AlternativeKind::Interval => interval(alternative, here),
        AlternativeKind::Thread => like_whom(alternative, &here.run),
        AlternativeKind::Io => whose(alternative, here),
    }
}

/// The new interval, read and refused as the panel's own field does.
fn interval(alternative: &UseStateHandle<Alternative>, here: &Here) -> Html {
    let run = &here.run;
    let text = alternative.text(run);
    let wrong = alternative.fork(here).is_err();
    let oninput = change(alternative, |alternative, event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        alternative.text = Some(input.value());
    });
    let onkeydown = {
        let (alternative, run) = (alternative.clone(), run.clone());
        Callback::from(move |event: KeyboardEvent| {
            let up = match event.key().as_str() {
                "ArrowUp" => true,
                "ArrowDown" => false,
                _ => return,
            };
            event.prevent_default();
            alternative.set(alternative.nudged(&run, up));
        })
    };
    let (place, spec) = (alternative::place(run), run.scenario().spec());
    html! {
        <input type="text" class="time" value={text} aria-label="New interval"
            title={edit::range_words(spec, &place)} autocomplete="off" spellcheck="false"
            aria-invalid={wrong.then_some("true")} {oninput} {onkeydown} />
    }
}

/// The choice of the group that the thread is like.
fn like_whom(alternative: &UseStateHandle<Alternative>, run: &Run) -> Html {
    let groups = run.scenario().spec().numbered_groups();
    let off = groups.clone().filter(|(_, group)| fork::no_more_of(group).is_some());
    let off: Vec<AttrValue> = off.map(|(id, _)| id.0.to_string().into()).collect();
    let option = |(id, group): (GroupId, &gil_sim::Group)| {
        (AttrValue::from(id.0.to_string()), AttrValue::from(format!("like {}", group.name)))
    };
    let onchoose = change(alternative, |alternative, id: String| {
        alternative.group = id.parse().ok().map(GroupId);
    });
    html! {
        <Select id="what-if-group" label="Like which group" options={groups.map(option).collect::<Options>()}
            {off} chosen={alternative.group(run).0.to_string()} {onchoose} />
    }
}

/// The choice of the thread whose I/O it is.
fn whose(alternative: &UseStateHandle<Alternative>, Here { run, blocked, .. }: &Here) -> Html {
    let option = |who: &Blocked| {
        let name = run
            .scenario()
            .spec()
            .group(who.group)
            .map(|group| gil_words::member_name(group, who.member));
        (key(*who).into(), AttrValue::from(format!("of {}", name.unwrap_or_default())))
    };
    let chosen = alternative.who(blocked).map(key).unwrap_or_default();
    let onchoose =
        change(alternative, |alternative, chosen: String| alternative.who = unkey(&chosen));
    html! {
        <Select id="what-if-who" label="Whose I/O" options={blocked.iter().map(option).collect::<Options>()}
            {chosen} {onchoose} />
    }
}

fn key(who: Blocked) -> String {
    format!("{}.{}", who.group.0, who.member)
}

fn unkey(key: &str) -> Option<Blocked> {
    let (group, member) = key.split_once('.')?;
    Some(Blocked { group: gil_sim::GroupId(group.parse().ok()?), member: member.parse().ok()? })
}

/// Changes the alternative when something is chosen or typed.
fn change<T: 'static>(
    alternative: &UseStateHandle<Alternative>,
    change: impl Fn(&mut Alternative, T) + 'static,
) -> Callback<T> {
    let alternative = alternative.clone();
    Callback::from(move |chosen| {
        let mut next = (*alternative).clone();
        change(&mut next, chosen);
        alternative.set(next);
    })
}
