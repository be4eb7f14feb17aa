//! Two threads that the reader interleaves step by step.

mod column;
mod memory;

use gil_race::{Race, RaceInfo, State, Verdict, measured};
use gil_sim::Python;
use gil_view::words::number;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use column::Column;
use memory::Memory;

/// What a [`RaceView`] shows.
#[derive(Properties, PartialEq)]
pub struct RaceProps {
    /// The race.
    pub info: &'static RaceInfo,
    /// The Python it is shown on first.
    pub python: Python,
}

/// How far the reader is.
#[derive(Clone, Default, PartialEq)]
struct Way {
    /// Who went on, step by step.
    done: Vec<usize>,
    /// Who goes on next, where a way is shown and not chosen.
    planned: Vec<usize>,
}

impl Way {
    fn step(&self, thread: usize) -> Way {
        Way { done: [self.done.as_slice(), &[thread]].concat(), planned: Vec::new() }
    }

    fn next_planned(&self) -> Way {
        let mut way = self.clone();
        if !way.planned.is_empty() {
            way.done.push(way.planned.remove(0));
        }
        way
    }

    fn back(&self) -> Way {
        let mut way = self.clone();
        if let Some(last) = way.done.pop()
            && !way.planned.is_empty()
        {
            way.planned.insert(0, last);
        }
        way
    }
}

/// Pythons to choose from: the ends of what is the same.
const PYTHONS: [&str; 6] = ["2.7", "3.9", "3.10", "3.12", "3.14", "3.14t"];

/// The threads side by side, the memory between them.
#[component]
pub fn RaceView(props: &RaceProps) -> Html {
    let python = use_state_eq(|| props.python);
    let way = use_state_eq(Way::default);
    let Some(race) = Race::find(props.info.name, *python) else { return html! {} };
    let state = race.replay(&way.done).unwrap_or_else(|| race.start());
    let go = {
        let way = way.clone();
        Callback::from(move |to: Way| way.set(to))
    };
    let step = {
        let (go, way) = (go.clone(), way.clone());
        Callback::from(move |thread: usize| go.emit(way.step(thread)))
    };
    let onkeydown = keys(&race, &state, &way, &go);
    let choose = {
        let (python, go) = (python.clone(), go.clone());
        Callback::from(move |to: Python| {
            python.set(to);
            go.emit(Way::default());
        })
    };
    html! {
        <section class="race" aria-label={props.info.title} {onkeydown}>
            <div class="race-head">
                <pre class="race-code"><code>{ props.info.code }</code></pre>
                if props.info.by_python {
                    <Pythons chosen={*python} {choose} />
                }
            </div>
            <div class="race-floor">
                <Column race={race.clone()} state={state.clone()} thread={0} step={step.clone()} />
                <Memory race={race.clone()} state={state.clone()} />
                <Column race={race.clone()} state={state.clone()} thread={1} {step} />
            </div>
            <Controls race={race.clone()} way={(*way).clone()} {go} />
            <Told race={race.clone()} way={(*way).clone()} {state} />
            <Counted {race} />
        </section>
    }
}

/// 1 and 2 step a thread, Backspace goes back, Enter goes on with a way that is shown.
fn keys(race: &Race, state: &State, way: &Way, go: &Callback<Way>) -> Callback<KeyboardEvent> {
    let can = [0, 1].map(|thread| race.refusal(state, thread).is_none());
    let (way, go) = (way.clone(), go.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let to = match event.key().as_str() {
            "1" if can[0] => way.step(0),
            "2" if can[1] => way.step(1),
            "Backspace" => way.back(),
            _ => return,
        };
        event.prevent_default();
        go.emit(to);
    })
}

#[derive(Properties, PartialEq)]
struct PythonsProps {
    chosen: Python,
    choose: Callback<Python>,
}

/// Which bytecode it is.
#[component]
fn Pythons(props: &PythonsProps) -> Html {
    let mut pythons: Vec<Python> = PYTHONS.into_iter().filter_map(Python::find).collect();
    if !pythons.contains(&props.chosen) {
        pythons.push(props.chosen);
        pythons.sort();
    }
    let chip = |python: Python| {
        let choose = props.choose.clone();
        let onclick = Callback::from(move |_| choose.emit(python));
        let pressed = (python == props.chosen).to_string();
        html! { <button class="toggle" aria-pressed={pressed} {onclick}>{ python.to_string() }</button> }
    };
    html! {
        <div class="race-pythons" role="group" aria-label="Python">
            { for pythons.into_iter().map(chip) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ControlsProps {
    race: Race,
    way: Way,
    go: Callback<Way>,
}

/// Back, from the start, and ways that somebody else has found.
#[component]
fn Controls(props: &ControlsProps) -> Html {
    let found = use_memo(props.race.clone(), Race::explore);
    let way = &props.way;
    let to = |to: Way| {
        let go = props.go.clone();
        Callback::from(move |_: MouseEvent| go.emit(to.clone()))
    };
    let nothing = way.done.is_empty();
    let show = |verdict: Verdict, text: &'static str| {
        let found = found.iter().find(|found| found.verdict == verdict)?;
        let onclick = to(Way { done: Vec::new(), planned: found.example.clone() });
        Some(html! { <button class="button" {onclick}>{ text }</button> })
    };
    let freed = show(Verdict::Freed, "Show me how it is freed too early");
    let lost = show(Verdict::Lost, "Show me how one is lost");
    let twice = show(
        Verdict::TooHigh,
        match props.race.info.is_count {
            true => "Show me a leak",
            false => "Show me how it is done twice",
        },
    );
    html! {
        <div class="race-controls">
            if !way.planned.is_empty() {
                <button class="button primary" onclick={to(way.next_planned())}>
                    { format!("Next step ({} of {})", way.done.len() + 1, way.done.len() + way.planned.len()) }
                </button>
            }
            <button class="button" disabled={nothing} onclick={to(way.back())}>{ "Back" }</button>
            <button class="button" disabled={nothing} onclick={to(Way::default())}>{ "Start again" }</button>
            { for [freed, lost, twice].into_iter().flatten() }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ToldProps {
    race: Race,
    way: Way,
    state: State,
}

/// The last step in words, and what has come of all of them.
#[component]
fn Told(props: &ToldProps) -> Html {
    let done = &props.way.done;
    let moment = done
        .split_last()
        .and_then(|(last, before)| props.race.moment(&props.race.replay(before)?, *last));
    let part = |title: &'static str, text: String| {
        html! { <><dt>{ title }</dt><dd>{ text }</dd></> }
    };
    let wrong = props.race.verdict(&props.state).is_some_and(|verdict| verdict != Verdict::Right);
    html! {
        <div class="race-told" aria-live="polite">
            if let Some(moment) = moment {
                <dl class="moment">
                    { part("State", moment.state) }
                    { part("Trigger", moment.trigger) }
                    { part("Consequence", moment.consequence) }
                </dl>
            } else {
                <p class="muted">{ "Choose which thread goes on. Keys 1 and 2 do the same, Backspace goes back." }</p>
            }
            if let Some(ending) = props.race.ending(&props.state) {
                <p class={classes!("race-ending", wrong.then_some("wrong"))}>{ ending }</p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CountedProps {
    race: Race,
}

/// How many ways there are, and what real CPython does.
#[component]
fn Counted(props: &CountedProps) -> Html {
    let found = use_memo(props.race.clone(), Race::explore);
    let real = measured(props.race.info.name, props.race.python).map(|(version, found)| {
        let updates = number(found.updates as f64);
        match found.lost {
            0 => format!("CPython {version} lost none of {updates} updates by four threads."),
            lost => format!(
                "CPython {version} lost {} of {updates} updates by four threads.",
                number(lost as f64)
            ),
        }
    });
    html! {
        <p class="race-counted">
            { props.race.summary(&found) }
            if let Some(real) = real {
                { " " }<span class="muted">{ format!("Measured: {real}") }</span>
            }
        </p>
    }
}
