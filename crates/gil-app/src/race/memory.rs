//! What the threads share.

use gil_race::{Race, State};
use yew::prelude::*;

/// What a [`Memory`] shows.
#[derive(Properties, PartialEq)]
pub struct MemoryProps {
    /// The race.
    pub race: Race,
    /// How far it is.
    pub state: State,
}

/// The shared number, the object it belongs to, and the lock.
#[component]
pub fn Memory(props: &MemoryProps) -> Html {
    let MemoryProps { race, state } = props;
    let has_lock = race.steps.iter().any(|step| step.text.starts_with("lock."));
    let lock = match state.lock {
        Some(owner) => format!("T{} has the lock", owner + 1),
        None => "The lock is free".to_owned(),
    };
    let object = match (state.freed, state.touched_freed) {
        (false, _) => "an object in memory",
        (true, false) => "freed: this memory belongs to nobody",
        (true, true) => "freed, and touched after that",
    };
    html! {
        <div class="race-memory">
            <h4>{ "Shared" }</h4>
            <div class={classes!("race-object", state.freed.then_some("freed"))}>
                <span class="race-name">{ race.info.shared }</span>
                <span class="race-value">{ state.shared }</span>
                if race.info.is_count {
                    <span class="race-state">{ object }</span>
                }
            </div>
            if race.info.is_count {
                <p class="muted">{ "The module refers to the object all the time: that is the first 1." }</p>
            }
            if has_lock {
                <p>{ lock }</p>
            }
        </div>
    }
}
