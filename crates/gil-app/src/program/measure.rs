//! Step 2: a recording or a measurement of the real program.

use yew::prelude::*;

use super::measured::Measurements;
use super::recorded::RecordedView;
use super::two_times::TwoTimesForm;
use crate::controls::DropZone;
use crate::evidence::Evidence;
use crate::evidence::keep::{Stays, forget, keep};
use crate::page::use_page;
use crate::task::file::{Contents, Read};
use crate::task::reading::use_reader;

/// How a running program is recorded with the profiler of CPython 3.15
/// (Doc/library/profiling.sampling.rst).
const RECORD: &str = "python3.15 -m profiling.sampling attach -a --gecko -o slow.json PID
python3.15 -m profiling.sampling run -a --gecko -o slow.json app.py";

/// What was brought, with one more file: a recording stays beside a measurement without one.
fn with(evidence: &Evidence, name: String, contents: Contents) -> Evidence {
    match contents {
        Contents::Recording(recording, _) => evidence.clone().with_recording(name, *recording),
        Contents::Measured(text) => evidence.clone().with_measured(name, &text),
    }
}

/// The place for files, and what is in the one that was brought.
#[component]
pub fn Measure() -> Html {
    let page = use_page();
    let problem = use_state_eq(|| None::<(String, String)>);
    let stays = use_state_eq(|| None::<(String, Stays)>);
    let forget_all = {
        let (evidence, stays) = (page.evidence.clone(), stays.setter());
        Callback::from(move |_: MouseEvent| {
            forget(None);
            stays.set(None);
            evidence.set(Evidence::default());
        })
    };
    let told = {
        let (evidence, problem) = (page.evidence.clone(), problem.setter());
        let stays = stays.setter();
        Callback::from(move |(name, read): (String, Read)| match read {
            Ok(contents) => {
                problem.set(None);
                let (text, is_recording) = match &contents {
                    Contents::Recording(_, text) => (text.as_deref(), true),
                    Contents::Measured(text) => (Some(text.as_str()), false),
                };
                stays.set(Some((name.clone(), keep(&name, text, is_recording))));
                evidence.set(with(&evidence, name, contents));
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
            <DropZone label="A recording of your program, or what reproduce.py printed" accept=".json,application/json"
                ongiven={reader.open.clone()} />
            <p role="status" class="muted">
                { for reader.busy.map(|name| format!("Reading {name}.")) }
            </p>
            if *page.evidence != Evidence::default() {
                <p class="muted">
                    if let Some((name, stays)) = &*stays { { format!("{name}: {} ", stays.words()) } }
                    <button class="button link" onclick={forget_all}>{ "Forget all files" }</button>
                </p>
            }
            if let Some((error, help)) = &*problem {
                <div class="problem" role="alert">
                    <p>{ error }</p>
                    if !help.is_empty() { <p>{ format!("What to do: {help}.") }</p> }
                </div>
            }
            <TwoTimesForm />
            if !page.evidence.measurements.is_empty() {
                <Measurements />
            }
            if let Some(brought) = &page.evidence.recording {
                <RecordedView brought={brought.clone()} />
            }
        </>
    }
}
