//! Measured and simulated side by side: a plot for each kind of figures.

use std::rc::Rc;

use gil_view::reality::{self, Mark, ROW, Row, TOP};
use gil_words::number;
use yew::prelude::*;

use crate::dom::use_width;
use crate::task::reality::Checked;
use crate::view::Drawing;

/// The properties of [`Plots`].
#[derive(Properties, PartialEq)]
pub struct PlotsProps {
    /// The figures, those of a kind together.
    pub families: Vec<Rc<Vec<Checked>>>,
}

/// A plot for each kind of figures.
#[component]
pub fn Plots(props: &PlotsProps) -> Html {
    let families = props.families.iter().filter(|family| !family.is_empty());
    let key = |(mark, name): (Mark, &'static str)| {
        html! { <span><Drawing list={mark.key()} />{ name }</span> }
    };
    html! {
        <div class="reality-plots">
            <p class="reality-legend">{ for Mark::ALL.into_iter().map(key) }</p>
            { for families.map(|family| html! {
                <Plot family={family.clone()} />
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PlotProps {
    family: Rc<Vec<Checked>>,
}

#[component]
fn Plot(props: &PlotProps) -> Html {
    let node = use_node_ref();
    let width = use_width(&node);
    let family = &props.family;
    let rows: Vec<Row> = family.iter().map(row).collect();
    let title = family.first().map(|figure| figure.family.clone()).unwrap_or_default();
    let label = format!("{title}: measured and simulated, the figures of the table below");
    html! {
        <figure class="reality-plot">
            <figcaption>{ title }</figcaption>
            <div class="reality-picture" ref={node}>
                if let Some(list) = reality::layout(&rows, width).filter(|_| width > 0.0) {
                    <Drawing {list} {label} />
                    { for family.iter().enumerate().map(told) }
                }
            </div>
        </figure>
    }
}

fn row(figure: &Checked) -> Row {
    let Checked { label, measured, simulated, within, .. } = figure.clone();
    Row { label, measured, simulated, within }
}

/// What a row says to a pointer. The table says the same to everybody.
fn told((at, figure): (usize, &Checked)) -> Html {
    let measured: Vec<String> = figure.measured.iter().map(|value| number(*value)).collect();
    let simulated = figure.simulated.map_or("nothing".to_owned(), number);
    let measured = measured.join(" and ");
    let title = format!("{}: measured {measured}, simulated {simulated}", figure.title);
    let style = format!("top: {}px; height: {ROW}px", TOP + ROW * at as f32);
    html! { <span class="figure-row" aria-hidden="true" {title} {style} /> }
}
