//! A recording of a real program: what it says first, then its lanes, then the figures.

use std::rc::Rc;

use gil_record::findings::{Alternative, Standing, ThreadFindings, Was};
use gil_record::{CannotKnow, Spent};
use gil_sim::{Nanos, ThreadId};
use gil_words::percent;
use yew::prelude::*;

use super::histogram::Histogram;
use super::made::MadeView;
use crate::controls::Wide;
use crate::evidence::Brought;
use crate::view::{Lanes, LanesView, Seek, Window};

/// The recording that is told.
#[derive(Properties, PartialEq)]
pub struct RecordedProps {
    /// The recording.
    pub brought: Rc<Brought>,
}

/// Threads that are listed; more would be a wall of figures.
const MOST: usize = 40;

/// A recording.
#[component]
pub fn RecordedView(props: &RecordedProps) -> Html {
    let brought = &props.brought;
    let window = Window(use_state_eq(|| None));
    let at = use_state_eq(|| Nanos::ZERO);
    let thread = use_state_eq(|| longest_waiting(brought));
    {
        // A window, a moment and a thread belong to the recording they were chosen in.
        let (window, at, thread) = (window.clone(), at.setter(), thread.setter());
        use_effect_with(brought.clone(), move |brought| {
            window.0.set(None);
            at.set(Nanos::ZERO);
            thread.set(longest_waiting(brought));
        });
    }
    let onseek = {
        let at = at.setter();
        Callback::from(move |seek: Seek| at.set(seek.at))
    };
    let choose = {
        let thread = thread.setter();
        Callback::from(move |id: ThreadId| thread.set(id))
    };
    let (recording, findings) = (&brought.recording, &brought.findings);
    html! {
        <section class="recorded" aria-label={format!("Recording {}", brought.name)}>
            <p class="finding">{ findings.headline(recording) }</p>
            <p class="muted">{ about(brought) }</p>
            { for findings.convoys.iter().map(|one| html! { <p>{ findings.convoy_words(recording, one) }</p> }) }
            { for findings.keeps.iter().map(|one| html! { <p>{ findings.keeps_words(recording, one) }</p> }) }
            <LanesView lanes={Lanes::of(brought)} end={recording.end} {window} playhead={*at} {onseek}
                brief=true period={recording.period} />
            { threads(brought, *thread, &choose) }
            { places(brought) }
            <Histogram brought={brought.clone()} thread={*thread} />
            { alternatives(&findings.alternatives) }
            { limits(brought) }
            <MadeView brought={brought.clone()} />
        </section>
    }
}

/// The thread whose waits are shown at first.
fn longest_waiting(brought: &Brought) -> ThreadId {
    let threads = brought.findings.threads.iter().enumerate();
    let longest = threads.max_by_key(|(_, thread)| thread.waits.total);
    ThreadId(longest.map_or(0, |(at, _)| at as u16))
}

/// Where it comes from.
fn about(brought: &Brought) -> String {
    let recording = &brought.recording;
    let by = match recording.made_by.as_str() {
        "" => String::new(),
        tool => format!(", made by {tool}"),
    };
    let cores =
        recording.cores.map(|cores| format!(", on {}", gil_words::count(cores.into(), "core")));
    let period = recording.period.map(|period| {
        format!(
            ", a sample about every {period}. A change of state is somewhere between two samples: \
             its edge is faded by that much"
        )
    });
    format!(
        "{}{by}: {} over {}{}{}.",
        brought.name,
        gil_words::count(recording.threads.len(), "thread"),
        recording.end,
        cores.unwrap_or_default(),
        period.unwrap_or_default()
    )
}

fn threads(brought: &Brought, chosen: ThreadId, choose: &Callback<ThreadId>) -> Html {
    let all = &brought.findings.threads;
    let row = |(at, thread): (usize, &ThreadFindings)| {
        row(brought, ThreadId(at as u16), thread, chosen, choose)
    };
    html! {
        <Wide label="Threads of the recording">
            <table class="figures recorded-threads">
                <caption>{ "What each thread did. Choose one to see its waits." }</caption>
                <thead><tr>
                    <th scope="col">{ "Thread" }</th>
                    <th scope="col">{ "Had the GIL" }</th>
                    <th scope="col">{ "Waited for it" }</th>
                    <th scope="col">{ "Waits" }</th>
                    <th scope="col">{ "Median wait" }</th>
                    <th scope="col">{ "Longest" }</th>
                    <th scope="col">{ "Who had it meanwhile" }</th>
                </tr></thead>
                <tbody>{ for all.iter().enumerate().take(MOST).map(row) }</tbody>
            </table>
            if all.len() > MOST {
                <p class="muted">{ format!("{} more threads are in the lanes only.", all.len() - MOST) }</p>
            }
        </Wide>
    }
}

fn row(
    brought: &Brought,
    id: ThreadId,
    thread: &ThreadFindings,
    chosen: ThreadId,
    choose: &Callback<ThreadId>,
) -> Html {
    let (recording, findings) = (&brought.recording, &brought.findings);
    let name = &recording.threads[id.index()].name;
    let onclick = choose.reform(move |_: MouseEvent| id);
    let time = |time: Option<Nanos>| time.map_or_else(|| "–".to_owned(), |time| time.to_string());
    let shared = |time: Nanos, share: f64| format!("{time}, {}", percent(share));
    html! {
        <tr>
            <th scope="row">
                <button class="link" aria-pressed={(id == chosen).to_string()} {onclick}>{ name.clone() }</button>
            </th>
            <td>{ shared(thread.held(), thread.held_share()) }</td>
            <td>{ shared(thread.waits.total, thread.waited_share()) }</td>
            <td>{ thread.waits.count() }</td>
            <td>{ time(thread.waits.median) }</td>
            <td>{ time(thread.waits.longest) }</td>
            <td>{ held_meanwhile(brought, findings.while_waiting.of(id), thread.waits.total) }</td>
        </tr>
    }
}

/// Where in the program threads were, by what they did.
fn places(brought: &Brought) -> Html {
    let (recording, findings) = (&brought.recording, &brought.findings);
    let rows = recording.threads.iter().enumerate().take(MOST).flat_map(|(at, thread)| {
        let was = findings.where_it_was(recording, ThreadId(at as u16)).into_iter();
        was.map(move |Was { doing, share, places }| {
            let place = |(spent, share): &(&Spent, f64)| html! {
                <span class="place"><code>{ spent.words() }</code>{ format!(" {}", percent(*share)) }</span>
            };
            html! {
                <tr>
                    <th scope="row">{ thread.name.clone() }</th>
                    <td>{ doing.name() }</td>
                    <td>{ percent(share) }</td>
                    <td class="text">{ for places.iter().map(place) }</td>
                </tr>
            }
        })
    });
    let rows: Vec<Html> = rows.collect();
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <Wide label="Where threads were">
            <table class="figures recorded-places">
                <caption>{ "Where in the program they were: the places with most samples." }</caption>
                <thead><tr>
                    <th scope="col">{ "Thread" }</th>
                    <th scope="col">{ "What it does" }</th>
                    <th scope="col">{ "Of its time" }</th>
                    <th scope="col">{ "Most often in" }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </Wide>
    }
}

/// The two that had the GIL longest while a thread waited.
fn held_meanwhile(brought: &Brought, holders: &[(ThreadId, Nanos)], waited: Nanos) -> String {
    let of = |(id, time): &(ThreadId, Nanos)| {
        let share = time.0 as f64 / waited.0.max(1) as f64;
        format!("{} {}", brought.recording.threads[id.index()].name, percent(share))
    };
    let named: Vec<String> = holders.iter().take(2).map(of).collect();
    if named.is_empty() { "–".to_owned() } else { named.join(", ") }
}

/// Is it the GIL at all? Everything else that it could be.
fn alternatives(all: &[Alternative]) -> Html {
    let item = |one: &Alternative| {
        let class = match one.standing {
            Standing::RuledOut => "ruled-out",
            Standing::PointsThere => "points-there",
            Standing::CannotTell => "unknown",
        };
        html! {
            <>
            <dt {class}>{ one.cause.name() }<span class="muted">{ one.standing.name() }</span></dt>
            <dd>{ &one.evidence }</dd>
            </>
        }
    };
    html! {
        if !all.is_empty() {
            <h3>{ "Is it something else?" }</h3>
            <dl class="alternatives">{ for all.iter().map(item) }</dl>
        }
    }
}

/// What nobody can know from it.
fn limits(brought: &Brought) -> Html {
    let recording = &brought.recording;
    let cannot = recording.cannot_know.iter().map(|one: &CannotKnow| one.words());
    let notes = recording.notes.iter().map(|note| note.0.clone());
    let all: Vec<String> = cannot.chain(notes).collect();
    html! {
        if !all.is_empty() {
            <details>
                <summary>{ "What this recording can't say" }</summary>
                <ul class="bullets">{ for all.into_iter().map(|text| html! { <li>{ text }</li> }) }</ul>
            </details>
        }
    }
}
