//! A chart on its canvas: hover, keyboard, click.

use gil_view::chart::PlotPoint;
use gil_view::chart::picture::{Picture, PointKey, Way};
use web_sys::{HtmlCanvasElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use crate::view::use_drawing;

/// How near to a point a pointer has to be, in logical pixels.
const REACH: f32 = 28.0;

#[derive(Properties, PartialEq)]
pub struct PlotProps<R: PointKey> {
    /// The picture that is drawn.
    pub picture: Picture<R>,
    /// What the picture shows, for those who do not see it.
    pub label: String,
    /// The element with the figures of the selected point.
    pub reading: String,
    /// The selected point.
    pub selected: Option<R>,
    /// Another point is selected, or none.
    pub onselect: Callback<Option<R>>,
    /// A point is to be opened.
    pub onopen: Callback<R>,
}

/// A chart whose points can be hovered, focused and clicked.
#[component]
pub fn Plot<R: PointKey>(props: &PlotProps<R>) -> Html {
    let canvas = use_node_ref();
    let focus = props.selected.and_then(|run| props.picture.place_of(run));
    use_drawing(&canvas, (props.picture.clone(), focus), |(picture, focus)| picture.layout(*focus));
    let [onpointermove, onpointerdown, onpointerleave, onpointerup] = use_pointer(&canvas, props);
    let onkeydown = use_keys(props, focus);
    let onfocus = on_focus(&canvas, props);
    let onblur = props.onselect.reform(|_| None);
    let pointed = props.selected.is_some().then_some("pointed");
    html! {
        <canvas ref={canvas} class={classes!("chart-canvas", pointed)} tabindex="0" role="application"
            aria-roledescription="chart" aria-label={props.label.clone()}
            aria-describedby={props.reading.clone()}
            {onpointermove} {onpointerdown} {onpointerleave} {onpointerup} {onkeydown} {onfocus} {onblur}></canvas>
    }
}

/// What a pointer does that moves, is pressed, leaves and is let go: it selects, and a click opens.
#[hook]
fn use_pointer<R: PointKey>(canvas: &NodeRef, props: &PlotProps<R>) -> [Callback<PointerEvent>; 4] {
    let at = {
        let canvas = canvas.clone();
        let picture = props.picture.clone();
        move |event: &PointerEvent| near(&canvas, &picture, event)
    };
    let onpointermove = {
        let (at, select) = (at.clone(), props.onselect.clone());
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() != "touch" {
                select.emit(at(&event));
            }
        })
    };
    // Where a press began elsewhere, its end here is no click.
    let pressed = use_mut_ref(|| false);
    let onpointerdown = {
        let pressed = pressed.clone();
        Callback::from(move |event: PointerEvent| *pressed.borrow_mut() = event.button() == 0)
    };
    let onpointerleave = {
        let (select, pressed) = (props.onselect.clone(), pressed.clone());
        Callback::from(move |event: PointerEvent| {
            *pressed.borrow_mut() = false;
            if event.pointer_type() != "touch" {
                select.emit(None);
            }
        })
    };
    let onpointerup = {
        let (select, open) = (props.onselect.clone(), props.onopen.clone());
        let selected = props.selected;
        Callback::from(move |event: PointerEvent| {
            if !pressed.replace(false) {
                return;
            }
            let Some(target) = at(&event) else { return select.emit(None) };
            // A finger cannot hover: its first tap shows, the second one opens.
            if event.pointer_type() == "touch" && selected != Some(target) {
                select.emit(Some(target));
            } else {
                open.emit(target);
            }
        })
    };
    [onpointermove, onpointerdown, onpointerleave, onpointerup]
}

/// The focus of the keyboard selects the point where the keyboard begins.
fn on_focus<R: PointKey>(canvas: &NodeRef, props: &PlotProps<R>) -> Callback<FocusEvent> {
    let (picture, select) = (props.picture.clone(), props.onselect.clone());
    let canvas = canvas.clone();
    Callback::from(move |_| {
        // A click focuses too, but it has a place of its own.
        let by_keyboard = canvas
            .cast::<HtmlCanvasElement>()
            .is_some_and(|canvas| canvas.matches(":focus-visible").unwrap_or(false));
        if by_keyboard && let Some(target) = picture.entry().and_then(|at| picture.target(at)) {
            select.emit(Some(target));
        }
    })
}

fn near<R: PointKey>(canvas: &NodeRef, picture: &Picture<R>, event: &PointerEvent) -> Option<R> {
    let area = canvas.cast::<HtmlCanvasElement>()?.get_bounding_client_rect();
    let x = event.client_x() as f32 - area.left() as f32;
    let y = event.client_y() as f32 - area.top() as f32;
    let distance = |point: &PlotPoint| (point.x - x).hypot(point.y - y);
    let nearest = picture.targets().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    if distance(&nearest) > REACH {
        return None;
    }
    picture.target((nearest.series, nearest.index))
}

/// Arrows move, Enter opens, Escape lets go.
#[hook]
fn use_keys<R: PointKey>(
    props: &PlotProps<R>,
    focus: Option<(usize, usize)>,
) -> Callback<KeyboardEvent> {
    let picture = props.picture.clone();
    let (select, open) = (props.onselect.clone(), props.onopen.clone());
    Callback::from(move |event: KeyboardEvent| {
        let way = match event.key().as_str() {
            "ArrowLeft" => Some(Way::Left),
            "ArrowRight" => Some(Way::Right),
            "ArrowUp" => Some(Way::Up),
            "ArrowDown" => Some(Way::Down),
            "Enter" | " " => None,
            "Escape" => {
                select.emit(None);
                return;
            }
            _ => return,
        };
        // The page's own keys are not meant.
        event.prevent_default();
        event.stop_propagation();
        match (way, focus) {
            (Some(way), Some(from)) => {
                if let Some(to) = picture.neighbour(from, way) {
                    select.emit(picture.target(to));
                }
            }
            (Some(_), None) => select.emit(picture.entry().and_then(|at| picture.target(at))),
            (None, Some(at)) => {
                if let Some(target) = picture.target(at) {
                    open.emit(target);
                }
            }
            (None, None) => {}
        }
    })
}
