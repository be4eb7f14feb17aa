//! The machine in detail and where a run is cut, for those who want to know.

use gil_sim::Os;
use yew::prelude::*;

use super::editor::use_editor;
use super::field::{CheckBox, Choice, Complaints, Duration, Entry, duration_places};
use crate::controls::Options;
use crate::edit;
use crate::edit::place::{Owner, Place, Setting};

/// A setting, what it is called, and what it is.
type About = (Setting, &'static str, &'static str);

const SCHEDULER: &[About] = &[
    (
        Setting::TimeSlice,
        "Time slice",
        "CPU time after which a thread makes room for a ready one. Linux (EEVDF, 6.6): 0.7 ms times 1 + log2(cores), at most 2.8 ms. macOS: 10 ms. Windows: two clock ticks. It follows system and cores.",
    ),
    (Setting::ContextSwitch, "Context switch", "CPU time of a switch between threads on a core."),
    (
        Setting::TimerSlack,
        "Timer slack",
        "How late a timer fires. Linux: 50 us (prctl, PR_SET_TIMERSLACK).",
    ),
    (
        Setting::TimerTick,
        "Timer tick",
        "Timed waits end at a multiple of this; 0 s for none. Windows' clock ticks 64 times a second unless a program asks for more (timeBeginPeriod).",
    ),
    (
        Setting::WaitUnit,
        "Unit of GIL waits",
        "Timed waits for the GIL are cut to whole multiples of this; 0 s for none. Windows' condition variables wait whole milliseconds.",
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
        Setting::WakeCold,
        "Where all are busy",
        "The same for a thread that has slept for long and is in no cache. Fitted to measurements.",
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

const OVERHEADS: &[About] = &[
    (Setting::Fork, "Process, fork", "CPU time of starting a process by fork."),
    (
        Setting::Forkserver,
        "Process, forkserver",
        "The same through a warm fork server that imports the main module again.",
    ),
    (
        Setting::Spawn,
        "Process, spawn",
        "The same by spawn: a new interpreter that imports the main module.",
    ),
    (Setting::Interpreter, "Subinterpreter", "CPU time of creating one."),
    (
        Setting::Pickle,
        "Pickle a MiB",
        "pickle.dumps of a MiB of integers, for what is sent to processes and interpreters.",
    ),
    (Setting::Unpickle, "Unpickle a MiB", "pickle.loads of the same."),
    (Setting::TaskSwitch, "Task switch", "asyncio: from one task to the next."),
    (
        Setting::Job,
        "Hand over a job",
        "Handing a job to a pool's worker and its result back, at each end.",
    ),
    (
        Setting::CacheLine,
        "Move a cache line",
        "From one core to another; the price of a reference count that several threads change. 50 to 100 ns in a socket: an assumption.",
    ),
];

const LIMITS: &[About] = &[
    (Setting::LimitTime, "Simulated time", "A run that has not ended by then is cut, and says so."),
    (Setting::LimitEvents, "Events", "The same for the number of events."),
];

fn is_here(setting: Setting) -> bool {
    [SCHEDULER, WAKING, COSTS, OVERHEADS, LIMITS]
        .into_iter()
        .flatten()
        .any(|about| about.0 == setting)
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
            <System />
            <button type="button" class="small" disabled={usual} onclick={reset}>
                { "Reset all to defaults" }
            </button>
            <h4>{ "Scheduler" }</h4>
            { for rows(SCHEDULER) }
            <h4>{ "Waking up" }</h4>
            { for rows(WAKING) }
            <h4>{ "Costs of the GIL's own steps" }</h4>
            { for rows(COSTS) }
            <h4>{ "What alternatives cost" }</h4>
            <p class="note">{ "What processes, subinterpreters, asyncio, pools and shared objects cost, in CPU time; measured on 2-core Linux but where it says otherwise." }</p>
            { for rows(OVERHEADS) }
            <h4>{ "Where a run is cut" }</h4>
            { for rows(LIMITS) }
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

/// Which figures are measured, known or assumed; the sources are those of [`gil_sim::Machine::of`].
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
