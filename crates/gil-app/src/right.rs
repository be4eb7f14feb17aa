//! How right is it? What the model leaves out, and how close it is to real CPython: the reality
//! check, run anew in this browser.

use std::rc::Rc;

use gil_view::words::{number, percent};
use yew::prelude::*;

use crate::worker::{Client, Figure, Reply, Request};

/// What the simulation leaves out.
const LEFT_OUT: &[&str] = &[
    "One ready queue serves all cores. Linux has a queue for each core, and a thread that wakes up \
     can wait some milliseconds behind another one although a core is idle.",
    "Work takes the time that you give it. Caches, memory bandwidth, clock speed and other \
     programs do not slow it down.",
    "One interpreter is simulated: no subinterpreters, no processes, no free-threaded build.",
    "Signals, garbage collection and pending calls do not interrupt bytecode. From 3.13 on a \
     collection can delay a drop that was requested; here it does not.",
    "All figures are of 3.11. Other versions follow their own protocol as their source has it, but \
     are not held against measurements of their own yet.",
    "The main thread is not shown: it starts the others one after the other, 50 us apart, and \
     waits for them.",
    "Which waiter a signal wakes is not promised by POSIX. The model follows glibc: one that is \
     on its way to sleep first, then the one that has waited longest.",
];

/// State of the reality check on this page.
#[derive(Clone, PartialEq)]
enum Check {
    Running,
    Done,
    Failed(String),
}

/// The tab.
#[component]
pub fn Right() -> Html {
    let figures = use_state(|| Rc::new(Vec::<Figure>::new()));
    let check = use_state(|| Check::Running);
    let client = use_mut_ref(|| None::<Client>);
    {
        let (figures, check, client) = (figures.clone(), check.clone(), client.clone());
        use_effect_with((), move |()| {
            start(&client, figures, check);
            move || drop(client.borrow_mut().take())
        });
    }
    html! {
        <div class="prose right-tab">
            <h2>{ "How right is it?" }</h2>
            <p>
                { "The engine follows CPython's own protocol step by step. To see whether that is \
                   enough, the same programs were measured on CPython 3.11.7 on a Linux virtual \
                   machine with 2 cores, twice, and simulated with one set of machine parameters \
                   for all of them. The simulation runs here, now, in your browser." }
            </p>
            { summary(&figures, &check) }
            <Figures figures={(*figures).clone()} />
            <h2>{ "What the model leaves out" }</h2>
            <ul class="bullets">{ for LEFT_OUT.iter().map(|text| html! { <li>{ *text }</li> }) }</ul>
            <h2>{ "How to read the table" }</h2>
            <p>
                { "The error is the distance to the nearest measured value, and zero between the \
                   two runs. A figure is within when it differs from what was measured by no more \
                   than the measurement itself scatters: two runs an hour apart differ by up to a \
                   factor of two where a race decides. Figures marked with a star were used to fit \
                   the machine's latencies, so their agreement is no evidence; all others are \
                   predictions." }
            </p>
        </div>
    }
}

fn start(
    slot: &Rc<std::cell::RefCell<Option<Client>>>,
    figures: UseStateHandle<Rc<Vec<Figure>>>,
    check: UseStateHandle<Check>,
) {
    let rows = std::cell::RefCell::new(Vec::new());
    let on_reply = {
        let check = check.clone();
        move |reply| match reply {
            Reply::Figure(figure) => {
                rows.borrow_mut().push(figure);
                figures.set(Rc::new(rows.borrow().clone()));
            }
            Reply::Done { .. } => check.set(Check::Done),
            Reply::Failed { message } => check.set(Check::Failed(message)),
            _ => {}
        }
    };
    match Client::start(on_reply) {
        Ok(client) => {
            client.send(Request::Reality);
            *slot.borrow_mut() = Some(client);
        }
        Err(message) => check.set(Check::Failed(message)),
    }
}

fn summary(figures: &[Figure], check: &Check) -> Html {
    let within = figures.iter().filter(|figure| figure.within).count();
    let mut errors: Vec<f64> = figures.iter().map(|figure| figure.error.abs()).collect();
    errors.sort_by(f64::total_cmp);
    let median = errors.get(errors.len() / 2).copied().unwrap_or(0.0);
    let text = match check {
        Check::Failed(message) => format!("The check cannot run here: {message}."),
        _ if figures.is_empty() => "Simulating the first figures.".to_owned(),
        _ => format!(
            "{within} of {} figures are within the scatter of the measurement; the median error is {}.",
            figures.len(),
            percent(median)
        ),
    };
    let running = *check == Check::Running;
    html! {
        <p class="finding" role="status" aria-busy={running.to_string()}>
            { text }
            if running { <span class="muted">{ " Still running." }</span> }
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct FiguresProps {
    figures: Rc<Vec<Figure>>,
}

#[component]
fn Figures(props: &FiguresProps) -> Html {
    let mut reasons: Vec<&str> =
        props.figures.iter().filter_map(|figure| figure.miss.as_deref()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    html! {
        <>
        <div class="table-scroll">
            <table class="figures">
                <caption>{ "Measured on CPython 3.11.7 and simulated" }</caption>
                <thead><tr>
                    <th scope="col">{ "Figure" }</th>
                    <th scope="col">{ "Measured" }</th>
                    <th scope="col">{ "Earlier run" }</th>
                    <th scope="col">{ "Simulated" }</th>
                    <th scope="col">{ "Error" }</th>
                    <th scope="col">{ "Verdict" }</th>
                </tr></thead>
                <tbody>{ for props.figures.iter().map(row) }</tbody>
            </table>
        </div>
        if !reasons.is_empty() {
            <h2>{ "Where it misses, and why" }</h2>
            <ul class="bullets">{ for reasons.iter().map(|reason| html! { <li>{ *reason }</li> }) }</ul>
        }
        </>
    }
}

fn row(figure: &Figure) -> Html {
    let value = |value: f64| {
        let unit = if figure.unit == "x" { "times" } else { &figure.unit };
        format!("{} {unit}", number(value))
    };
    let measured = |run: usize| figure.measured.get(run).map_or("-".to_owned(), |v| value(*v));
    let star = if figure.fitted { " *" } else { "" };
    let class = if figure.within { "" } else { "missed" };
    html! {
        <tr {class}>
            <th scope="row" title={figure.what.clone()}>{ &figure.title }{ star }</th>
            <td>{ measured(0) }</td>
            <td>{ measured(1) }</td>
            <td>{ value(figure.simulated) }</td>
            <td>{ percent_signed(figure.error) }</td>
            <td>{ &figure.verdict }</td>
        </tr>
    }
}

fn percent_signed(error: f64) -> String {
    match error {
        e if e.abs() < 0.0005 => "0 %".to_owned(),
        e if e > 0.0 => format!("+{}", percent(e)),
        e => format!("\u{2212}{}", percent(-e)),
    }
}
