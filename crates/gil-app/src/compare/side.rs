//! One side of the comparison: its scenario, its stage and its timeline.

use gil_notation::{Control, Link, Tab, View};
use gil_sim::Scenario;
use gil_words::difference::Side;
use gil_words::{event_line, scenario};
use yew::prelude::*;

use crate::model::Action;
use crate::page::{Page, use_page, use_player};
use crate::view::{ScenarioText, StageView, TimelineView};

#[derive(Properties, PartialEq)]
pub struct SideProps {
    pub side: Side,
}

/// One side of the comparison.
#[component]
pub fn SideView(props: &SideProps) -> Html {
    let page = use_page();
    let side = props.side;
    let Some(own) = scenario_of(&page, side) else { return html! {} };
    let key = side.name().to_lowercase();
    let embed = page.model.embed.as_ref();
    let (embedded, may_edit) =
        (embed.is_some(), embed.is_none_or(|e| e.controls.contains(&Control::Edit)));
    let onedit = {
        let (model, control) = (page.model.clone(), Some(format!("text-{key}")));
        Callback::from(move |scenario| {
            let control = control.clone();
            model.dispatch(match side {
                Side::A => Action::Edit { scenario, control },
                Side::B => Action::EditOther { scenario, control },
            });
        })
    };
    let ondone = {
        let model = page.model.clone();
        Callback::from(move |()| model.dispatch(Action::EditDone))
    };
    let open = {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| open(&page, side))
    };
    html! {
        <section class="side" data-side={key.clone()} aria-labelledby={format!("side-{key}")}>
            <header class="side-top">
                <h2 id={format!("side-{key}")}>{ side.name() }</h2>
                <p class="side-line">{ scenario::line(&own) }</p>
                if !embedded {
                    <button type="button" class="button" onclick={open}
                        aria-label={format!("Open {} in Explore", side.name())}>
                        { "Open in Explore" }
                    </button>
                }
            </header>
            if may_edit {
            <div class="side-text">
                <ScenarioText id={format!("text-{key}")} rows="2" current={own}
                    label={format!("{} as text, to edit", side.name())} {onedit} {ondone} />
            </div>
            }
            <StageView />
            <SideNow />
            <TimelineView />
        </section>
    }
}

fn scenario_of(page: &Page, side: Side) -> Option<Scenario> {
    match side {
        Side::A => Some(page.model.run.scenario().clone()),
        Side::B => Some(page.model.other.as_ref()?.scenario().clone()),
    }
}

/// Opens a side in Explore. The comparison stays: what was opened is A from then on.
fn open(page: &Page, side: Side) {
    let (Some(scenario), other) = (scenario_of(page, side), scenario_of(page, side.other())) else {
        return;
    };
    let view = View { tab: Tab::Explore, ..View::default() };
    page.model.dispatch(Action::Open(Box::new(Link { scenario, other, view })));
}

/// Where the playhead stands on this side, and what happened last.
#[component]
fn SideNow() -> Html {
    let player = use_player();
    let run = &player.run;
    let what = match player.event {
        _ if player.at > run.trace.end => format!("ended after {}", run.trace.end),
        Some(event) => format!("last event: {}", event_line(&run.trace, event)),
        None => "nothing has happened yet".to_owned(),
    };
    html! {
        <p class="side-now">
            <span class="side-at">{ format!("{:.3} ms", player.at.as_millis_f64()) }</span>
            { " " }
            <span class="muted">{ what }</span>
        </p>
    }
}
