//! A plot on its canvas, with an element for each point that pointer and keyboard find, what is
//! read off it, and its table.

use gil_view::chart::Table;
use gil_view::chart::picture::Way;
use gil_view::plot::{HEIGHT, Look, Plot, Spot};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::dom::{focus, use_id, use_width};
use crate::view::Drawing;

/// The properties of [`PlotView`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PlotProps {
    /// What it is about, for those who do not see it.
    pub title: String,
    /// The plot, which gets the width that there is.
    pub plot: Plot,
}

/// A plot, what is read off it at the point that is looked at, and its table.
#[component]
pub fn PlotView(props: &PlotProps) -> Html {
    let node = use_node_ref();
    let plot = Plot { width: use_width(&node), ..props.plot.clone() };
    let id = use_id();
    let here = use_state_eq(|| None::<Spot>);
    let reading = here.and_then(|spot| plot.reading(spot));
    let about = format!("Chart: {}. Arrow keys go from point to point.", props.title);
    let points = plot.spots().into_iter().map(|spot| point(&plot, &id, &here, spot));
    html! {
        <div class="plot" ref={node}>
            if plot.width > 0.0 {
                <div class="plot-picture" style={format!("height: {HEIGHT}px")} role="group" aria-label={about}>
                    <Drawing list={plot.layout(*here)} />
                    { for points }
                </div>
            }
            <p class="plot-reading">{ reading.unwrap_or_else(|| hint(&plot)) }</p>
            <details class="plot-table">
                <summary>{ "The numbers" }</summary>
                <div class="lesson-table">{ table(&props.title, &plot) }</div>
            </details>
        </div>
    }
}

fn hint(plot: &Plot) -> String {
    let rings = if plot.is_measured() { "Rings are measured on real CPython. " } else { "" };
    format!("{rings}Point at a mark to read it.")
}

/// The style that puts the middle of an element at a point of a plot.
pub fn middle_at((x, y): (f32, f32)) -> String {
    format!("left: {x:.1}px; top: {y:.1}px")
}

/// A point that pointer and focus find. One of all is a stop of the Tab key.
fn point(plot: &Plot, id: &str, here: &UseStateHandle<Option<Spot>>, spot: Spot) -> Html {
    let Some(((curve, _), place)) = plot.value(spot).zip(plot.place(spot)) else {
        return html! {};
    };
    let stop = match **here {
        Some(here) => here == spot,
        None => plot.spots().first() == Some(&spot),
    };
    let look = {
        let here = here.clone();
        move || here.set(Some(spot))
    };
    let onfocusin = {
        let look = look.clone();
        Callback::from(move |_: FocusEvent| look())
    };
    let onmouseover = Callback::from(move |_: MouseEvent| look());
    let onkeydown = {
        let (plot, id) = (plot.clone(), id.to_owned());
        Callback::from(move |event: KeyboardEvent| {
            let next = way(&event.key()).and_then(|way| plot.neighbour(spot, way));
            if let Some(next) = next {
                focus(&id_of(&id, next));
                event.prevent_default();
            }
        })
    };
    let guess = (curve.look == Look::Guess).then_some("guess");
    html! {
        <span id={id_of(id, spot)} class={classes!("spot", guess)} style={middle_at(place)}
            tabindex={if stop { "0" } else { "-1" }} role="img" aria-label={plot.reading(spot)}
            {onfocusin} {onmouseover} {onkeydown} />
    }
}

fn id_of(id: &str, spot: Spot) -> String {
    format!("{id}-{}-{}", spot.curve, spot.column)
}

fn way(key: &str) -> Option<Way> {
    Some(match key {
        "ArrowRight" => Way::Right,
        "ArrowLeft" => Way::Left,
        "ArrowDown" => Way::Down,
        "ArrowUp" => Way::Up,
        _ => return None,
    })
}

fn table(title: &str, plot: &Plot) -> Html {
    let Table { columns, rows } = plot.table();
    let row = |row: Vec<String>| {
        let mut cells = row.into_iter();
        let name = cells.next().unwrap_or_default();
        html! { <tr><th scope="row">{ name }</th>{ for cells.map(|cell| html! { <td>{ cell }</td> }) }</tr> }
    };
    html! {
        <table>
            <caption class="visually-hidden">{ format!("{title}: {}", plot.up) }</caption>
            <thead><tr>{ for columns.into_iter().map(|name| html! { <th scope="col">{ name }</th> }) }</tr></thead>
            <tbody>{ for rows.into_iter().map(row) }</tbody>
        </table>
    }
}
