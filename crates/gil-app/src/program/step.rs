//! A step of the path: its number, what it's for, and what there is to do.

use yew::prelude::*;

/// A step.
#[derive(Properties, PartialEq)]
pub struct StepProps {
    /// Its number, from 1 on.
    pub number: u8,
    /// What is done in it, in a word.
    pub title: &'static str,
    /// What it is for, in a sentence or two.
    #[prop_or_default]
    pub lead: Html,
    /// What there is to do.
    pub children: Html,
}

/// A step.
#[component]
pub fn Step(props: &StepProps) -> Html {
    let StepProps { number, title, lead, children } = props;
    let id = format!("step-{}", title.to_lowercase());
    html! {
        <section class="program-step" aria-labelledby={id.clone()}>
            <h2 {id}><span class="program-number" aria-hidden="true">{ number }</span><strong>{ *title }</strong></h2>
            <div class="program-body">
                <p>{ lead.clone() }</p>
                { children.clone() }
            </div>
        </section>
    }
}
