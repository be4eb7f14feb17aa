//! Step 2: a recording or a measurement of the real program.

use yew::prelude::*;

use super::recorded::RecordedView;
use crate::controls::DropZone;
use crate::evidence::{Brought, Evidence};
use crate::page::use_page;
use crate::task::file::Read;
use crate::task::reading::use_reader;

/// How a running program is recorded with the profiler of CPython 3.15
/// (Doc/library/profiling.sampling.rst).
const RECORD: &str = "python3.15 -m profiling.sampling attach -a --gecko -o slow.json PID
python3.15 -m profiling.sampling run -a --gecko -o slow.json app.py";

/// The place for files, and what is in the one that was brought.
#[component]
pub fn Measure() -> Html {
    let page = use_page();
    let problem = use_state_eq(|| None::<(String, String)>);
    let told = {
        let (evidence, problem) = (page.evidence.clone(), problem.setter());
        Callback::from(move |(name, read): (String, Read)| match read {
            Ok(recording) => {
                problem.set(None);
                evidence.set(Evidence { recording: Some(Brought::new(name, recording)) });
            }
            // What was there stays.
            Err(error) => problem.set(Some((format!("{name}: {error}."), error.help))),
        })
    };
    let reader = use_reader(told);
    html! {
        <>
            <details open={page.evidence.recording.is_none()}>
                <summary>{ "How to record" }</summary>
                <p>{ "CPython 3.15's own profiler attaches to a running process and sees who has the GIL and who waits for it:" }</p>
                <pre tabindex="0"><code>{ RECORD }</code></pre>
                <p class="muted">{ "Without -a it follows the main thread alone. The recording is of real threads: it has no switch interval and no scenario." }</p>
            </details>
            <DropZone label="A recording of your program" accept=".json,.gz,application/json"
                ongiven={reader.open.clone()} />
            <p role="status" class="muted">
                { for reader.busy.map(|name| format!("Reading {name}.")) }
            </p>
            if let Some((error, help)) = &*problem {
                <div class="problem" role="alert">
                    <p>{ error }</p>
                    if !help.is_empty() { <p>{ format!("What to do: {help}.") }</p> }
                </div>
            }
            if let Some(brought) = &page.evidence.recording {
                <RecordedView brought={brought.clone()} />
            }
        </>
    }
}
