//! The machine in detail and where a run is cut, for those who want to know.

use yew::prelude::*;

use super::edit;
use super::field::{Complaints, Duration, Entry, duration_places};
use super::place::{Owner, Place, Setting};
use super::use_editor;

/// A setting, what it is called, and what it is.
type About = (Setting, &'static str, &'static str);

const SCHEDULER: &[About] = &[
    (
        Setting::TimeSlice,
        "Time slice",
        "CPU time after which a thread makes room for a ready one. Linux (EEVDF, 6.6): 0.7 ms times 1 + log2(cores), at most 2.8 ms; it follows the cores.",
    ),
    (Setting::ContextSwitch, "Context switch", "CPU time of a switch between threads on a core."),
    (
        Setting::TimerSlack,
        "Timer slack",
        "How late a timer fires. Linux: 50 us (prctl, PR_SET_TIMERSLACK).",
    ),
];

const WAKING: &[About] = &[
    (
        Setting::WakeDeep,
        "On a sleeping core",
        "From a wake-up's cause to the thread on a core that has been idle for long. Fitted to measurements.",
    ),
    (
        Setting::WakeShallow,
        "On a warm core",
        "The same on a core that has only just become idle, or was busy: 5 to 60 us on Linux.",
    ),
    (
        Setting::IdleDeepens,
        "Asleep after",
        "Idle time after which a core is slow to wake. Linux guests poll for 200 us before they halt (haltpoll).",
    ),
];

const COSTS: &[About] = &[
    (
        Setting::Uncontended,
        "Free mutex",
        "A mutex or condition variable that nobody contends: a few atomic operations.",
    ),
    (
        Setting::FutexWake,
        "Futex wake",
        "The system call that wakes a sleeper, in the waker's time.",
    ),
    (Setting::FutexWait, "Futex wait", "From the decision to wait until asleep in the kernel."),
    (
        Setting::Syscall,
        "System call",
        "A blocking call until it blocks or returns, beside what it waits for.",
    ),
    (
        Setting::ThreadStart,
        "Thread start",
        "From one Thread.start() to the next: pthread_create and the wait for the new thread.",
    ),
    (
        Setting::Rewait,
        "Request to wait",
        "From the raised drop request until the requester is back in its wait. Fitted to measurements.",
    ),
];

const LIMITS: &[About] = &[
    (Setting::LimitTime, "Simulated time", "A run that has not ended by then is cut, and says so."),
    (Setting::LimitEvents, "Events", "The same for the number of events."),
];

fn is_here(setting: Setting) -> bool {
    [SCHEDULER, WAKING, COSTS, LIMITS].into_iter().flatten().any(|about| about.0 == setting)
}

/// Machine and limits, closed until asked for.
#[component]
pub fn MachineSettings() -> Html {
    let editor = use_editor();
    let usual = edit::machine_is_usual(editor.spec());
    let here = |owner: &Owner| matches!(owner, Owner::Setting(setting) if is_here(*setting));
    let state = match (editor.desk.is_wrong(here), usual) {
        (true, _) => "a value is not valid",
        (false, true) => "defaults",
        (false, false) => "changed",
    };
    let reset = {
        let editor = editor.clone();
        Callback::from(move |_| editor.change(edit::reset_machine))
    };
    let rows = |all: &'static [About]| {
        all.iter().map(|(setting, title, about)| {
            html! { <Detail setting={*setting} title={*title} about={*about} /> }
        })
    };
    html! {
        <details class="part fold">
            <summary>
                { "Machine and limits" }
                <span class="muted">{ state }</span>
            </summary>
            <p class="note">{ "The defaults describe the Linux machine on which the reality check was measured, with 4 cores." }</p>
            <button type="button" class="small" disabled={usual} onclick={reset}>
                { "Reset all to defaults" }
            </button>
            <h4>{ "Scheduler" }</h4>
            { for rows(SCHEDULER) }
            <h4>{ "Waking up" }</h4>
            { for rows(WAKING) }
            <h4>{ "Costs of the GIL's own steps" }</h4>
            { for rows(COSTS) }
            <h4>{ "Where a run is cut" }</h4>
            { for rows(LIMITS) }
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct DetailProps {
    setting: Setting,
    title: AttrValue,
    about: AttrValue,
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
            <label for={place.id()}>{ &props.title }</label>
            if drawn {
                <Duration {owner} label={props.title.clone()} />
            } else {
                <Entry place={place.clone()} />
            }
            <p class="note">{ &props.about }{ " " }<Default setting={props.setting} /></p>
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
