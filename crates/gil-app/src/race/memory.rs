//! What the threads share, as a picture.

use gil_race::{Cell, Effect, Memory};
use yew::prelude::*;

/// The properties of [`MemoryView`].
#[derive(Properties, PartialEq)]
pub struct MemoryProps {
    /// The shared memory.
    pub memory: Memory,
    /// The variables that refer to the object.
    pub references: Vec<String>,
    /// Whether there is a lock.
    pub has_lock: bool,
    /// The thread that holds the lock, by name.
    pub locked: Option<&'static str>,
    /// The thread that has the GIL, where there is one.
    pub holder: Option<&'static str>,
    /// What the last step did.
    pub effect: Option<Effect>,
}

/// The column between the threads.
#[component]
pub fn MemoryView(props: &MemoryProps) -> Html {
    let memory = &props.memory;
    html! {
        <div class="race-memory" role="group" aria-label="Shared memory">
            <p class="race-thread-name"><b>{ "Shared" }</b></p>
            if memory.has_object() { { object(props) } } else { { cells(props) } }
            if props.has_lock { { fact("lock", props.locked.unwrap_or("free")) } }
            if let Some(holder) = props.holder { { fact("GIL", holder) } }
        </div>
    }
}

/// The variables that refer to the object, an arrow, and the object.
fn object(props: &MemoryProps) -> Html {
    let memory = &props.memory;
    let count = memory.references();
    let there = props.references.len() as i64;
    let freed = memory.freed;
    let used = memory.used_after_free;
    let class = classes!("race-object", freed.then_some("freed"));
    let name = |name: &String| html! { <code class="race-variable">{ name }</code> };
    html! {
        <>
            <p class="race-variables"><span class="race-label">{ "Referred to by" }</span>{ for props.references.iter().map(name) }</p>
            <svg class={classes!("race-arrow", freed.then_some("dangling"))} viewBox="0 0 24 28" aria-hidden="true">
                <path d="M12 1v22M6.5 17.5 12 24l5.5-6.5" />
            </svg>
            <div {class}>
                if freed {
                    <svg class="race-cross" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                        <path d="M0 0 100 100M100 0 0 100" />
                    </svg>
                }
                <p class="race-object-name">{ if freed { "freed memory" } else { "object" } }</p>
                { cells(props) }
            </div>
            if used {
                <p class="race-warning">{ "Used after it was freed." }</p>
            } else if freed {
                <p class="race-warning">{ "The global a still points here." }</p>
            } else if count != there {
                <p class="race-note">{ format!("Counted: {count}. There {}: {there}.", if there == 1 { "is" } else { "are" }) }</p>
            }
        </>
    }
}

fn cells(props: &MemoryProps) -> Html {
    let (touched, lost) = match props.effect {
        Some(Effect::Wrote { cell, over, .. }) => (Some(cell), over.is_some()),
        Some(Effect::Changed(cell, _)) => (Some(cell), false),
        Some(Effect::Stored { again }) => (Some(Cell::Stores), again),
        _ => (None, false),
    };
    let cell = |(cell, value): (Cell, i64)| {
        let here = touched == Some(cell);
        let class = classes!(
            "race-cell",
            (here && !lost).then_some("written"),
            (here && lost).then_some("lost"),
        );
        let value = match (cell, value) {
            (Cell::Key, 0) => "no".to_owned(),
            (Cell::Key, _) => "yes".to_owned(),
            _ => value.to_string(),
        };
        html! { <div {class}><dt><code>{ cell.name() }</code></dt><dd>{ value }</dd></div> }
    };
    html! { <dl class="race-cells">{ for props.memory.cells().map(cell) }</dl> }
}

fn fact(name: &'static str, value: &'static str) -> Html {
    html! { <p class="race-own"><span class="race-label">{ name }</span><b>{ value }</b></p> }
}
