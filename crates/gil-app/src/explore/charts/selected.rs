//! A chart and what is said about the point that is selected.

use gil_share::picture::{Charted, Content, draw_content};
use gil_sim::Scenario;
use gil_view::chart::picture::{Picture, PointKey};
use yew::prelude::*;

use super::plot::Plot;
use crate::dom::use_width;
use crate::link;
use crate::model::Action;
use crate::page::{link_of, use_page, use_player};
use crate::view::{SavePicture, WIDTH};

/// What a chart shows.
pub trait Show: Clone + PartialEq + 'static {
    /// What names a run.
    type Key: PointKey;

    /// For elements of which there is one for each chart.
    fn id(&self) -> &'static str;

    /// What the chart shows.
    fn name(&self) -> String;

    /// The chart, this many logical pixels wide.
    fn picture(&self, width: f32) -> Picture<Self::Key>;

    /// The same as a picture to keep.
    fn charted(&self) -> Charted<'_>;

    /// All figures of a run in a line of text.
    fn reading(&self, run: Self::Key) -> Option<String>;

    /// A run as the playground opens it.
    fn scenario_of(&self, run: Self::Key) -> Option<Scenario>;
}

#[derive(Properties, PartialEq)]
pub struct ShownProps<S: Show> {
    /// The chart that is shown.
    pub show: S,
}

/// The chart and what is said about the point that is selected.
#[component]
pub fn Shown<S: Show>(props: &ShownProps<S>) -> Html {
    let show = &props.show;
    let model = use_page().model;
    let frame = use_node_ref();
    let width = use_width(&frame);
    let selected = use_state_eq(|| None::<S::Key>);
    let picture = show.picture(width);
    let onopen = {
        let show = show.clone();
        Callback::from(move |run: S::Key| {
            if let Some(scenario) = show.scenario_of(run) {
                model.dispatch(Action::Edit { scenario, control: None });
            }
        })
    };
    let said = selected.and_then(|run| show.reading(run));
    let open_selected = {
        let (onopen, selected) = (onopen.clone(), selected.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(run) = *selected {
                onopen.emit(run);
            }
        })
    };
    let onselect = {
        let selected = selected.clone();
        Callback::from(move |run| selected.set(run))
    };
    let label = format!(
        "{} chart. {}. Arrow keys move between the points, Enter opens a run; \
         all numbers are in the table below",
        show.name(),
        picture.finding
    );
    let finding = picture.finding.clone();
    let hint = hint(&picture);
    let reading = format!("{}-reading", show.id());
    html! {
        <>
        <p class="chart-finding">{ finding }</p>
        <div class="chart" ref={frame}>
            <Plot<S::Key> {picture} {label} reading={reading.clone()} selected={*selected}
                {onselect} {onopen} />
        </div>
        <div class="chart-reading">
            <p id={reading} aria-live="polite">
                { said.clone().unwrap_or(hint) }
            </p>
            if said.is_some() {
                // Kept from taking the focus, which would end the selection that it opens.
                <button class="button" tabindex="-1" onclick={open_selected}
                    onpointerdown={|event: PointerEvent| event.prevent_default()}
                    onmousedown={|event: MouseEvent| event.prevent_default()}>
                    { "Open this run" }
                </button>
            }
        </div>
        </>
    }
}

/// Saves the chart with the link to the scenario. Apart, because the link has the playhead; a figure
/// in another page has the way to the whole playground for that.
#[component]
pub fn Save<S: Show>(props: &ShownProps<S>) -> Html {
    let (page, player) = (use_page(), use_player());
    if page.model.embed.is_some() {
        return html! {};
    }
    let show = &props.show;
    let link = link_of(&page, &player);
    let name = format!("gil-{}", show.name().to_lowercase().replace([' ', '/'], "-"));
    let draw = {
        let show = show.clone();
        Callback::from(move |()| {
            let charted = show.charted();
            draw_content(Content::Chart(&charted), &link, WIDTH, Some(&link::page()))
        })
    };
    html! { <SavePicture {draw} theme={page.theme.theme.clone()} {name} /> }
}

/// What can be done with the points, and what their marks mean.
fn hint<R: PointKey>(picture: &Picture<R>) -> String {
    let mut hint = "Every point is a run: select it to open it.".to_owned();
    if picture.current.is_some() {
        hint += " The ringed one is the scenario as it is.";
    }
    if !picture.cut.is_empty() {
        hint += " Hollow circles did not end by themselves: they were cut or are stuck.";
    }
    hint
}
