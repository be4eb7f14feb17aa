//! How right is it? What the model leaves out, and how close it is to real CPython: the reality
//! check, run anew in this browser.

mod check;
mod plot;
mod table;

use std::rc::Rc;

use gil_words::{count, percent};
use yew::prelude::*;

use crate::task::progress::progress;
use crate::task::reality::{Checked, Orders};
use crate::task::runs::{Status, use_runs};
use check::{Check, RealityCheck, Shown};
use plot::Plots;
use table::Table;

/// What the simulation leaves out.
const LEFT_OUT: &[&str] = &[
    "A thread that wakes up gets an idle core if there is one. Linux may wake it on the core it last \
     ran on, where it can wait some milliseconds behind another one.",
    "Work takes the time that you give it. Caches, memory bandwidth, clock speed and other \
     programs do not slow it down.",
    "Signals and pending calls do not interrupt bytecode. The garbage collector does only where you \
     ask for it, as often and as long as you say: what it finds is not simulated. Without a GIL, \
     that threads stop for it is; that 3.14.0 to 3.14.4 collect in increments is not.",
    "3.11, 3.13, 3.13t and 3.14 are held against measurements, the GIL before 3.2 and hot shared \
     objects against published figures. Other versions follow their own protocol as their source \
     has it, but no measurement of their own. 3.15 is not offered: of what is simulated, nothing is \
     known to be other than in 3.14.",
    "How slow one Python is beside another does not count, but for what a free-threaded build loses \
     to the default build of its version.",
    "Reference counts of shared objects are simulated as a loop that touches the object all the \
     time; ownership is not followed object by object.",
    "Processes share the machine's cores, but not its memory bandwidth and files: starting several \
     at once is slower than here. A pool hands jobs over without the threads that CPython's own \
     pools have for that.",
    "macOS and Windows are profiles: time slices, timers and whole milliseconds have a source, all \
     latencies are those of the Linux machine, which is an assumption. No measurement of theirs.",
    "The main thread is not shown: it starts the others one after the other, 50 us apart, and \
     waits for them.",
    "Which waiter a signal wakes is not promised by POSIX. The model follows glibc: one that is \
     on its way to sleep first, then the one that has waited longest.",
];

/// The tab "How right is it?".
#[component]
pub fn Reality() -> Html {
    let runs = use_runs(&RealityCheck, true);
    let check = use_memo(runs.board.now.clone(), |results| Check::of(results));
    let chosen = use_state_eq(|| None::<String>);
    let shown: Vec<&Rc<Shown>> =
        check.datasets.iter().filter(|set| is_chosen(&chosen, set)).collect();
    html! {
        <div class="prose right-tab">
            <h2>{ "How right is it?" }</h2>
            <p>
                { "The engine follows CPython's own protocol step by step. To see whether that is \
                   enough, the same programs were measured on CPython 3.11, 3.13 (with a GIL \
                   and without) and 3.14 on a Linux virtual machine with 2 cores, twice each, and simulated with one set of \
                   machine parameters for all of them. Whole services, pools and batches were measured too. The simulation runs here, now, in your \
                   browser." }
            </p>
            <Filter check={(*check).clone()} chosen={(*chosen).clone()}
                onchoose={{ let chosen = chosen.clone(); move |key| chosen.set(key) }} />
            { summary(&shown, &runs.board.status) }
            if let Status::Failed(_) = runs.board.status { { progress(&runs) } }
            { for shown.iter().map(|shown| html! {
                <Section key={shown.set.key.clone()} shown={(*shown).clone()} />
            }) }
            { reasons(&shown) }
            <h2>{ "What the model leaves out" }</h2>
            <ul class="bullets">{ for LEFT_OUT.iter().map(|text| html! { <li>{ *text }</li> }) }</ul>
            <h2>{ "How to read the tables" }</h2>
            <p>
                { "The error is the distance to the nearest measured value, and zero between the \
                   two runs. A figure is within its tolerance when it differs from what was \
                   measured by no more than the measurement itself scatters: two runs an hour \
                   apart differ by up to a factor of two where a race decides. Of published \
                   figures the machine is not known: there it is up to a factor of two. What is off \
                   by more than a quarter has a reason in the list above even when it is within. Figures marked with a star \
                   were used to fit the simulation, so their agreement is no evidence; all others \
                   are predictions. A row's name opens its scenario." }
            </p>
        </div>
    }
}

fn is_chosen(chosen: &Option<String>, shown: &Shown) -> bool {
    chosen.as_ref().is_none_or(|key| *key == shown.set.key)
}

#[derive(Properties, PartialEq)]
struct FilterProps {
    check: Check,
    chosen: Option<String>,
    onchoose: Callback<Option<String>>,
}

/// Buttons for all data sets, and for each of those that are known so far and have figures.
#[component]
fn Filter(props: &FilterProps) -> Html {
    let button = |key: Option<String>, name: String| {
        let pressed = (key == props.chosen).to_string();
        let onclick = props.onchoose.reform(move |_: MouseEvent| key.clone());
        html! { <button class="segment" aria-pressed={pressed} {onclick}>{ name }</button> }
    };
    let sets = props.check.datasets.iter().map(|shown| &shown.set).filter(|set| set.cases > 0);
    html! {
        <div class="segments right-filter" role="group" aria-label="Which Python">
            { button(None, "All".to_owned()) }
            { for sets.map(|set| {
                let name = capitalized(&set.key);
                button(Some(set.key.clone()), name)
            }) }
        </div>
    }
}

fn capitalized(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn summary(shown: &[&Rc<Shown>], status: &Status) -> Html {
    let figures: Vec<&Checked> = shown.iter().flat_map(|shown| shown.figures()).collect();
    let running = matches!(status, Status::Waiting | Status::Running);
    let text = match figures.is_empty() {
        true if running => "Simulating the first figures.".to_owned(),
        true => "Nothing has been simulated.".to_owned(),
        false => agreement(&figures),
    };
    html! {
        <p class="finding" role="status" aria-busy={running.to_string()}>
            { text }
            if running { <span class="muted">{ " Still running." }</span> }
        </p>
    }
}

fn agreement(figures: &[&Checked]) -> String {
    let within = figures.iter().filter(|figure| figure.within).count();
    let mut errors: Vec<f64> = figures.iter().map(|figure| figure.error.abs()).collect();
    errors.sort_by(f64::total_cmp);
    let median = errors.get(errors.len() / 2).copied().unwrap_or(0.0);
    format!(
        "{within} of {} figures are within their tolerance; the median error is {}.",
        figures.len(),
        percent(median)
    )
}

#[derive(Properties, PartialEq)]
struct SectionProps {
    shown: Rc<Shown>,
}

/// A data set: what it is, how it compares, plots and table.
#[component]
fn Section(props: &SectionProps) -> Html {
    let shown = &props.shown;
    let figures: Vec<&Checked> = shown.figures().collect();
    let waiting = &shown.set.not_simulated_yet;
    html! {
        <section class="dataset" data-set={shown.set.key.clone()}>
            <h2>{ &shown.set.title }</h2>
            <p>{ &shown.set.source }</p>
            if !figures.is_empty() {
                <p><strong>{ agreement(&figures) }</strong>{ comparisons(shown.orders.as_ref()) }</p>
                <Plots families={shown.families.clone()} />
                <Table families={shown.families.clone()} title={shown.set.title.clone()} />
            }
            if !waiting.is_empty() {
                <p class="muted">{ format!("Not simulated yet: {}.", waiting.join(", ")) }</p>
            }
        </section>
    }
}

/// The sentence about what is more than what.
fn comparisons(orders: Option<&Orders>) -> String {
    let Some(orders) = orders else { return String::new() };
    let hold = orders.all - orders.broken.len();
    let text = format!(
        " Of {} in which the measurement leaves no doubt what is more, {hold} hold.",
        count(orders.all, "comparison")
    );
    match orders.broken.as_slice() {
        [] => text,
        broken => format!("{text} The others: {}.", broken.join("; ")),
    }
}

fn reasons(shown: &[&Rc<Shown>]) -> Html {
    let figures = shown.iter().flat_map(|shown| shown.figures());
    let mut reasons: Vec<&str> = figures.filter_map(|figure| figure.reason.as_deref()).collect();
    reasons.sort_unstable();
    let mut items = Vec::new();
    for same in reasons.chunk_by(|a, b| a == b) {
        let figures = count(same.len(), "figure");
        items.push(
            html! { <li>{ same[0] }<span class="muted">{ format!(" ({figures})") }</span></li> },
        );
    }
    html! {
        if !items.is_empty() {
            <h2>{ "Where it misses, and why" }</h2>
            <ul class="bullets">{ for items }</ul>
        }
    }
}
