//! The numbers behind the charts: a table for reading, CSV for taking away.

use gil_sim::sweep::{Point, Work};
use gil_sim::{Nanos, Outcome};
use gil_view::words::number;
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::JsFuture;
use yew::prelude::*;

use super::picture::{Percentile, work_name};
use super::results::Results;

#[derive(Properties, PartialEq)]
pub struct NumbersProps {
    /// What is shown.
    pub results: std::rc::Rc<Results>,
}

/// Name of a column for tests and CSV, its heading, and its unit.
const COLUMNS: [(&str, &str, &str); 8] = [
    ("speed_up", "Speed-up", "times one thread"),
    ("throughput", "Throughput", "passes/s"),
    ("p50", "I/O p50", "latency"),
    ("p95", "I/O p95", "latency"),
    ("p99", "I/O p99", "latency"),
    ("handoffs", "Handoffs", "per second"),
    ("missed", "Missed", "wake-ups"),
    ("end", "End", "of the run"),
];

/// Everything that was computed, as a table.
#[component]
pub fn Numbers(props: &NumbersProps) -> Html {
    let results = &props.results;
    let heading = |(_, name, unit): &(&str, &'static str, &'static str)| {
        html! { <th scope="col">{ *name }<span class="unit">{ *unit }</span></th> }
    };
    html! {
        <details class="numbers">
            <summary>{ "Numbers" }</summary>
            <div class="numbers-scroll" tabindex="0" role="region" aria-label="Numbers of the charts">
                <table>
                    <caption><span>
                        { "Every run with its number of threads. " }
                        { "Latency is from the completion of I/O until its thread has the GIL." }
                    </span></caption>
                    <thead><tr>
                        <th scope="col">{ "Threads" }</th>
                        { for COLUMNS.iter().map(heading) }
                    </tr></thead>
                    { for Work::ALL.map(|work| body(results, work)) }
                </table>
            </div>
            <CopyCsv results={results.clone()} />
        </details>
    }
}

/// The key of a curve for tests and CSV.
fn key(work: Work) -> &'static str {
    match work {
        Work::Cpu => "cpu",
        Work::Io => "io",
        Work::Own => "own",
    }
}

fn title(results: &Results, work: Work) -> String {
    match work {
        Work::Cpu => "CPU-bound: each thread computes 50 ms in Python".to_owned(),
        Work::Io => "I/O-bound: each thread 10 times computes 0.1 ms and waits 10 ms".to_owned(),
        Work::Own => format!("This scenario, threads of {}", results.question.group_name()),
    }
}

fn body(results: &Results, work: Work) -> Html {
    let now = (work == Work::Own).then(|| results.question.threads_now());
    let rows = results.curve(work).map(|point| row(results, work, point, now));
    html! {
        <tbody data-work={key(work)}>
            <tr class="work">
                <th scope="rowgroup" colspan="9"><span>{ title(results, work) }</span></th>
            </tr>
            { for rows }
            if results.curve(work).next().is_none() {
                <tr><td colspan="9" class="muted">{ "Not computed yet" }</td></tr>
            }
        </tbody>
    }
}

fn row(results: &Results, work: Work, point: &Point, now: Option<u16>) -> Html {
    let cells = cells(results, work, point);
    let cell = |((column, ..), text): (&(&'static str, &str, &str), String)| {
        let class = (text == NONE).then_some("muted");
        html! { <td {class} data-column={*column}>{ text }</td> }
    };
    let current = (Some(point.threads) == now).then_some("true");
    html! {
        <tr data-threads={point.threads.to_string()} aria-current={current}>
            <th scope="row">{ point.threads }</th>
            { for COLUMNS.iter().zip(cells).map(cell) }
        </tr>
    }
}

/// In a cell for which a run has no figure.
const NONE: &str = "none";

/// As people read them, in the order of the columns.
fn cells(results: &Results, work: Work, point: &Point) -> [String; 8] {
    let speed_up = results.speed_up(work, point.threads);
    let none = || NONE.to_owned();
    let latency = |percentile: Percentile| {
        percentile.of(point).map_or_else(none, |time: Nanos| time.to_string())
    };
    let [p50, p95, p99] = Percentile::ALL.map(latency);
    [
        speed_up.map_or_else(none, number),
        number(point.throughput),
        p50,
        p95,
        p99,
        number(point.handoffs),
        point.missed.to_string(),
        end(&point.outcome).to_owned(),
    ]
}

fn end(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::TimeLimit => "cut: time",
        Outcome::EventLimit => "cut: events",
        Outcome::Deadlock(_) => "deadlock",
    }
}

/// With all digits; times in nanoseconds.
pub fn csv(results: &Results) -> String {
    let head = "work,threads,speed_up,passes_per_second,io_p50_ns,io_p95_ns,io_p99_ns,\
                handoffs_per_second,missed,end\n";
    let line = |work, point: &Point| {
        let speed_up = results.speed_up(work, point.threads).map(|n| n.to_string());
        let [p50, p95, p99] =
            Percentile::ALL.map(|p| p.of(point).map_or_else(String::new, |t| t.0.to_string()));
        format!(
            "{},{},{},{},{p50},{p95},{p99},{},{},{}\n",
            work_name(work),
            point.threads,
            speed_up.unwrap_or_default(),
            point.throughput,
            point.handoffs,
            point.missed,
            end(&point.outcome)
        )
    };
    let lines = Work::ALL
        .into_iter()
        .flat_map(|work| results.curve(work).map(move |point| line(work, point)));
    std::iter::once(head.to_owned()).chain(lines).collect()
}

#[component]
fn CopyCsv(props: &NumbersProps) -> Html {
    let said = use_state_eq(|| None::<&'static str>);
    let onclick = {
        let (said, results) = (said.clone(), props.results.clone());
        Callback::from(move |_| copy(&csv(&results), said.clone()))
    };
    html! {
        <p class="copy-csv">
            <button class="button" {onclick}>{ "Copy as CSV" }</button>
            <span class="muted" role="status">{ said.unwrap_or_default() }</span>
        </p>
    }
}

fn copy(text: &str, said: UseStateHandle<Option<&'static str>>) {
    let written = gloo::utils::window().navigator().clipboard().write_text(text);
    yew::platform::spawn_local(async move {
        let done = JsFuture::from(written).await.is_ok();
        said.set(Some(if done { "Copied" } else { "The browser does not allow to copy" }));
        Timeout::new(4_000, move || said.set(None)).forget();
    });
}

#[cfg(test)]
mod tests {
    use super::super::results::tests::swept;
    use super::*;

    #[test]
    fn csv_has_a_line_for_each_run() {
        let csv = csv(&swept("cpu"));
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 37);
        assert!(lines.iter().all(|line| line.split(',').count() == 10), "{csv}");
        assert!(lines[1].starts_with("CPU-bound,1,1,"), "{}", lines[1]);
    }

    #[test]
    fn cells_have_three_digits_and_units() {
        let results = swept("convoy");
        let point = results.point(Work::Own, 2).unwrap();
        let cells = cells(&results, Work::Own, point);
        assert!(cells[2].ends_with("ms") || cells[2].ends_with("us"), "{cells:?}");
        assert_eq!(cells[7], "completed");
    }
}
