//! A small row for each thread, and the names that several threads share.

use gil_debug::{Listing, OwnVariable, ThreadAt};
use gil_sim::{ThreadId, Trace};
use yew::prelude::*;

use super::moment::Moment;

/// Rows that are shown at most.
const MOST: usize = 24;

/// Where each thread is.
#[component]
pub fn Threads(props: &Moment) -> Html {
    let Moment { run, listing, snapshot } = props;
    let trace = &run.trace;
    let own = OwnVariable::of(run.scenario().spec());
    let row = |n: usize| {
        let t = ThreadId(n as u16);
        let thread = &snapshot.state.threads[n];
        let changed = snapshot.changed[n];
        html! {
            <tr class={classes!(changed.then_some("changed"))}>
                <th scope="row"><i class={format!("dot dot-{}", colour(trace, t))} />{ trace.name(t) }</th>
                <td>{ place(listing, thread) }{ " " }<span class="muted">{ detail(thread) }</span></td>
                if let Some(own) = own { <td>{ own.value(thread) }</td> }
                <td class="mark">{ mark(changed) }</td>
            </tr>
        }
    };
    let shown = trace.threads.len().min(MOST);
    html! {
        <div>
            <h3>{ "Threads" }</h3>
            <table class="debugger-table debugger-threads">
                <thead><tr>
                    <th scope="col">{ "Thread" }</th>
                    <th scope="col">{ "Line" }</th>
                    if let Some(own) = own { <th scope="col">{ own.name() }</th> }
                    <td></td>
                </tr></thead>
                <tbody>{ for (0..shown).map(row) }</tbody>
            </table>
            if shown < trace.threads.len() {
                <p class="muted">{ format!("and {} more", trace.threads.len() - shown) }</p>
            }
        </div>
    }
}

/// What says that a row has changed, apart from its look.
pub fn mark(changed: bool) -> Html {
    html! {
        if changed {
            <span class="changed-mark" title="Changed by this event" />
            <span class="visually-hidden">{ "changed" }</span>
        }
    }
}

/// `take_gil, line 24`.
fn place(listing: &Listing, thread: &ThreadAt) -> String {
    let place =
        thread.line.and_then(|line| Some((listing.function_of(line)?, listing.number(line)?)));
    place
        .map_or_else(|| "not running".to_owned(), |(name, number)| format!("{name}, line {number}"))
}

fn detail(thread: &ThreadAt) -> String {
    match thread.waits_until {
        Some(until) => format!("until {:.3} ms", until.as_millis_f64()),
        None if thread.signalled => "signalled".to_owned(),
        None => String::new(),
    }
}

/// A thread's colour, as a number of the theme's series: that of its group.
pub fn colour(trace: &Trace, t: ThreadId) -> u16 {
    trace.threads.get(t.index()).map_or(0, |thread| thread.group.0 % 8)
}

/// The threads at a line with one name for those of a group: `cpu-1..8`, and whether the current
/// event's thread is among them.
pub fn together(trace: &Trace, threads: &[ThreadId]) -> Vec<(String, ThreadId)> {
    let mut names = Vec::new();
    let mut rest = threads;
    while let Some(first) = rest.first() {
        let group = |t: &ThreadId| trace.threads.get(t.index()).map(|thread| thread.group);
        let same = rest.iter().take_while(|t| group(t) == group(first)).count();
        let (run, behind) = rest.split_at(same);
        names.extend(name_of_group(trace, run).map(|name| (name, *first)));
        rest = behind;
    }
    names
}

fn name_of_group(trace: &Trace, threads: &[ThreadId]) -> Option<String> {
    let (first, last) = (*threads.first()?, *threads.last()?);
    if threads.len() == 1 {
        return Some(trace.name(first).to_owned());
    }
    let in_a_row = last.index() - first.index() + 1 == threads.len();
    let number = trace.name(last).rsplit('-').next().unwrap_or_default();
    let (group, _) = trace.name(first).rsplit_once('-')?;
    Some(match in_a_row {
        true => format!("{}..{number}", trace.name(first)),
        false => format!("{} of {group}", threads.len()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_sim::{Dist, Group, Nanos, Scenario, Spec, Step, run};

    #[test]
    fn threads_of_a_group_share_a_name() {
        let steps = || vec![Step::Sleep { wait: Dist::Fixed(Nanos::from_millis(1)) }];
        let cpu = Group { count: 4, ..Group::new("cpu", steps()) };
        let groups = vec![cpu, Group::new("io", steps())];
        let trace = run(&Scenario::new(Spec { groups, ..Spec::default() }).expect("valid"));
        let names = |threads: &[u16]| {
            let threads: Vec<_> = threads.iter().map(|n| ThreadId(*n)).collect();
            together(&trace, &threads).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(names(&[0, 1, 2, 3, 4]), ["cpu-1..4", "io"]);
        assert_eq!(names(&[1, 3]), ["2 of cpu"]);
        assert_eq!(names(&[2]), ["cpu-3"]);
        assert!(names(&[]).is_empty());
    }
}
