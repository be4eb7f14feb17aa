//! The shared variables as a table.

use gil_sim::ThreadId;
use yew::prelude::*;

use super::moment::Moment;
use super::threads::mark;

/// The variables of the interpreter that the current event is about.
#[component]
pub fn Variables(props: &Moment) -> Html {
    let Moment { run, snapshot, .. } = props;
    let trace = &run.trace;
    let event = snapshot.event.and_then(|event| trace.events.get(event.index()));
    let thread = event.map_or(ThreadId(0), |event| event.thread);
    let index = run.debugger().interpreter_of(thread).index();
    let rows = snapshot.variables.get(index).map_or(&[][..], Vec::as_slice);
    let row = |variable: &gil_debug::Variable| {
        html! {
            <tr class={classes!(variable.changed.then_some("changed"))} title={variable.meaning}>
                <th scope="row">{ variable.name }</th>
                <td>{ variable.value.text(trace) }</td>
                <td class="mark">{ mark(variable.changed) }</td>
            </tr>
        }
    };
    let owner = snapshot.state.interpreters.get(index).and_then(|interpreter| interpreter.of);
    let several = snapshot.state.interpreters.len() > 1;
    html! {
        <div>
            <h3>{ "Variables" }</h3>
            if several {
                <p class="muted">{ match owner {
                    Some(owner) => format!("Of the interpreter of {}", trace.name(owner)),
                    None => "Of the main interpreter".to_owned(),
                } }</p>
            }
            <table class="debugger-table debugger-variables">
                <tbody>{ for rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
