//! The timeline on its canvases: one for the lanes, one over it for what moves.

mod gesture;
mod selection;
mod tip;

use std::rc::Rc;

use gil_sim::Nanos;
use gil_view::axis::TimeScale;
use gil_view::timeline::{Entries, View, legend, legend_words};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, KeyboardEvent, PointerEvent, WheelEvent};
use yew::prelude::*;

use crate::canvas::Surface;
use crate::dom::{use_target_event, use_width};
use crate::model::Run;
use crate::page::{Page, use_page, use_player};
use crate::playback::Play;
use crate::player::Player;

use gesture::{Effect, Gesture};
use selection::SelectionTable;
use tip::Tip;

/// What the timeline keeps to itself.
#[derive(Clone, PartialEq)]
struct Local {
    hover: UseStateHandle<Option<(f32, f32)>>,
    selection: UseStateHandle<Option<(Nanos, Nanos)>>,
    cores: UseStateHandle<bool>,
    pointed: Option<Pointed>,
}

/// The time that is pointed at, for timelines that show it together.
#[derive(Clone, PartialEq)]
pub struct Pointed(pub UseStateHandle<Option<Nanos>>);

/// How the timeline is shown.
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// Whether its key leaves out what does not occur: a figure has little room.
    #[prop_or_default]
    pub brief: bool,
    /// Whether the lanes of the cores are there to begin with.
    #[prop_or(true)]
    pub cores: bool,
}

/// Lanes over time, to look closer and to move the playhead.
#[component]
pub fn TimelineView(props: &TimelineProps) -> Html {
    let page = use_page();
    let player = use_player();
    let frame = use_node_ref();
    let width = use_width(&frame);
    let local = Local {
        hover: use_state_eq(|| None),
        selection: use_state_eq(|| None),
        cores: use_state_eq(|| props.cores),
        pointed: use_context::<Pointed>(),
    };
    let run = player.run.clone();
    let view = view_of(&page, &player, &local, width);
    let gesture = use_mut_ref(Gesture::default);

    use_following(&page, &player, &view);
    {
        // A selection belongs to the run it was made in.
        let selection = local.selection.clone();
        use_effect_with(run.clone(), move |_| selection.set(None));
    }
    {
        let (page, run, view) = (page.clone(), run.clone(), view.clone());
        let frame = frame.clone();
        use_target_event::<WheelEvent>(
            "wheel",
            move || frame.cast::<HtmlElement>().map(Into::into),
            move |event| {
                wheel(&event, &page, &run, &view);
            },
        );
    }
    let apply = {
        let (page, player, local) = (page.clone(), player.clone(), local.clone());
        let scale = run.timeline.scale(&run.trace, &view);
        Rc::new(move |effect: Effect| apply_effect(effect, &page, &player, &local, &scale))
    };
    let pointer = |handle: fn(&mut Gesture, &PointerEvent, &Run, &View) -> Vec<Effect>| {
        let (gesture, run, view, apply) =
            (gesture.clone(), run.clone(), view.clone(), apply.clone());
        Callback::from(move |event: PointerEvent| {
            let effects = handle(&mut gesture.borrow_mut(), &event, &run, &view);
            effects.into_iter().for_each(&*apply);
        })
    };
    let onkeydown = {
        let (page, player, local, run, view) =
            (page.clone(), player.clone(), local.clone(), run.clone(), view.clone());
        Callback::from(move |event: KeyboardEvent| {
            if key(&event, &page, &player, &local, &run, &view) {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };
    let ondblclick = {
        let (page, run, view) = (page.clone(), run.clone(), view.clone());
        Callback::from(move |event: MouseEvent| {
            let (x, y) = (event.offset_x() as f32, event.offset_y() as f32);
            if let Some(hit) = run.timeline.hit(&run.trace, x, y, &view) {
                let (from, to) = hit.extent();
                let margin = (to - from) / 4;
                show(&page, view.scale.window(from - margin, to + margin));
            }
        })
    };
    let height = run.timeline.height(&run.trace, &view);
    let entries = if props.brief { Entries::Occurring } else { Entries::Usual };
    html! {
        <div class="timeline" role="group" aria-label="Timeline">
            <Toolbar local={local.clone()} width={width} />
            <div class="lanes" ref={frame} tabindex="0" role="application"
                aria-label="Timeline. Plus and minus zoom, arrow keys pan, f fits, Shift with arrow keys selects, Escape ends the selection."
                style={format!("height: {height}px")}
                onpointerdown={pointer(Gesture::down)}
                onpointermove={pointer(Gesture::moved)}
                onpointerup={pointer(Gesture::up)}
                onpointercancel={pointer(Gesture::cancel)}
                onpointerleave={pointer(Gesture::leave)}
                {onkeydown} {ondblclick}>
                if width > 0.0 {
                    <Lanes view={view.clone()} run={run.clone()} theme={page.theme.theme.name} />
                    <Overlay view={view.clone()} run={run.clone()} theme={page.theme.theme.name} />
                    <Tip view={view.clone()} run={run.clone()} />
                }
            </div>
            <Legend run={run.clone()} {entries} width={width} theme={page.theme.theme.name} />
            if let Some((from, to)) = *local.selection {
                <SelectionTable run={run} {from} {to} />
            }
        </div>
    }
}

fn view_of(page: &Page, player: &Player, local: &Local, width: f32) -> View {
    let whole = TimeScale::new(player.end());
    let scale = page.window.map_or(whole, |(from, to)| whole.window(from, to));
    View {
        scale,
        width,
        column: 1.0,
        cores: *local.cores,
        playhead: player.at,
        hover: *local.hover,
        pointed: local.pointed.as_ref().and_then(|pointed| *pointed.0),
        selection: *local.selection,
        event: player.event.filter(|_| !player.playing),
    }
}

/// Shows a window; all of the run is no window, so that it stays all of it when the run changes.
fn show(page: &Page, scale: TimeScale) {
    let all = scale.from() == Nanos::ZERO && scale.to() == scale.end();
    page.window.set((!all).then_some((scale.from(), scale.to())));
}

/// While a run is played, the window goes with the playhead.
#[hook]
fn use_following(page: &Page, player: &Player, view: &View) {
    let follows = player.playing && page.window.is_some();
    let (page, scale) = (page.clone(), view.scale);
    use_effect_with((follows, player.at), move |(follows, at)| {
        let revealed = scale.reveal(*at);
        if *follows && revealed != scale {
            show(&page, revealed);
        }
    });
}

fn wheel(event: &WheelEvent, page: &Page, run: &Run, view: &View) {
    let scale = run.timeline.scale(&run.trace, view);
    let sideways = event.delta_x().abs() > event.delta_y().abs() || event.shift_key();
    if !sideways && !event.ctrl_key() && is_in_text(event) {
        return;
    }
    let new = if sideways {
        let by = if event.delta_x() != 0.0 { event.delta_x() } else { event.delta_y() };
        scale.pan(-by as f32)
    } else {
        // Lines and pages of old mice are worth some pixels.
        let unit = if event.delta_mode() == 0 { 1.0 } else { 30.0 };
        let steps = (event.delta_y() * unit).clamp(-240.0, 240.0);
        scale.zoom(event.offset_x() as f32, (-steps / 240.0).exp2())
    };
    // Where there is nothing more to zoom out of, the wheel scrolls the page.
    if new != scale {
        event.prevent_default();
        show(page, new);
    }
}

/// Whether the timeline stands in a text. There the wheel scrolls, and zooms with Ctrl only: who
/// reads on is not to be held up by a figure.
fn is_in_text(event: &WheelEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest("article").ok().flatten().is_some())
}

fn apply_effect(effect: Effect, page: &Page, player: &Player, local: &Local, scale: &TimeScale) {
    match effect {
        Effect::Hover(at) => {
            local.hover.set(at);
            if let Some(Pointed(pointed)) = &local.pointed {
                let in_plot = |x: &f32| (scale.left()..=scale.right()).contains(x);
                pointed.set(at.map(|(x, _)| x).filter(in_plot).map(|x| scale.time_at(x)));
            }
        }
        Effect::Window(scale) => show(page, scale),
        Effect::Select(selection) => local.selection.set(selection),
        Effect::Seek(at, event) => {
            player.dispatch(Play::Pause);
            match event {
                Some(event) => player.dispatch(Play::To(event)),
                None => player.dispatch(Play::Seek(at)),
            }
        }
    }
}

fn key(
    event: &KeyboardEvent,
    page: &Page,
    player: &Player,
    local: &Local,
    run: &Run,
    view: &View,
) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let scale = run.timeline.scale(&run.trace, view);
    let centre = scale.x_of(player.at).clamp(scale.left(), scale.right());
    let step = scale.width() / 10.0;
    match (event.key().as_str(), event.shift_key()) {
        ("+" | "=", _) => show(page, scale.zoom(centre, 2.0)),
        ("-" | "_", _) => show(page, scale.zoom(centre, 0.5)),
        ("f", _) => page.window.set(None),
        ("ArrowLeft", false) => show(page, scale.pan(step)),
        ("ArrowRight", false) => show(page, scale.pan(-step)),
        ("ArrowLeft", true) => extend(player, local, &scale, -step),
        ("ArrowRight", true) => extend(player, local, &scale, step),
        ("Escape", _) if local.selection.is_some() => local.selection.set(None),
        _ => return false,
    }
    true
}

/// Selects from the playhead on, by keyboard.
fn extend(player: &Player, local: &Local, scale: &TimeScale, by: f32) {
    let (from, to) = local.selection.unwrap_or((player.at, player.at));
    let moved = scale.time_at((scale.x_of(to) + by).clamp(scale.left(), scale.right()));
    local.selection.set(Some((from, moved)));
}

#[derive(Properties, PartialEq)]
struct ToolbarProps {
    local: Local,
    width: f32,
}

#[component]
fn Toolbar(props: &ToolbarProps) -> Html {
    let page = use_page();
    let player = use_player();
    let view = view_of(&page, &player, &props.local, props.width);
    let zoom = |label: &'static str, text: &'static str, factor: f64| {
        let (page, run, view) = (page.clone(), player.run.clone(), view.clone());
        let onclick = Callback::from(move |_| {
            let scale = run.timeline.scale(&run.trace, &view);
            let x = scale.x_of(view.playhead).clamp(scale.left(), scale.right());
            show(&page, scale.zoom(x, factor));
        });
        html! { <button class="icon" title={label} aria-label={label} {onclick}>{ text }</button> }
    };
    let fit = {
        let window = page.window.clone();
        Callback::from(move |_| window.set(None))
    };
    let toggle_cores = {
        let cores = props.local.cores.clone();
        Callback::from(move |_| cores.set(!*cores))
    };
    html! {
        <div class="timeline-bar">
            <h2>{ "Timeline" }</h2>
            <span class="muted hint">{ "Wheel zooms, drag pans, Shift-drag selects, click moves the playhead" }</span>
            <button class="toggle" aria-pressed={props.local.cores.to_string()} onclick={toggle_cores}>{ "Cores" }</button>
            { zoom("Zoom out (-)", "\u{2212}", 0.5) }
            { zoom("Zoom in (+)", "+", 2.0) }
            <button class="button" disabled={page.window.is_none()} onclick={fit} title="Show the whole run (f)">{ "Fit" }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CanvasProps {
    view: View,
    run: Rc<Run>,
    theme: &'static str,
}

/// The lanes: drawn anew only when window, width or run change.
#[component]
fn Lanes(props: &CanvasProps) -> Html {
    let still = View {
        playhead: Nanos::ZERO,
        hover: None,
        pointed: None,
        selection: None,
        event: None,
        ..props.view.clone()
    };
    let run = props.run.clone();
    let canvas = use_picture(props.theme, (still.clone(), run.clone()), move || {
        run.timeline.base(&run.trace, &still)
    });
    html! { <canvas ref={canvas} aria-hidden="true" /> }
}

/// Playhead, pointer and selection.
#[component]
fn Overlay(props: &CanvasProps) -> Html {
    let (view, run) = (props.view.clone(), props.run.clone());
    let canvas = use_picture(props.theme, (view.clone(), run.clone()), move || {
        let mut list = run.timeline.overlay(&run.trace, &view);
        list.width = view.width;
        list.height = run.timeline.height(&run.trace, &view);
        list
    });
    html! { <canvas ref={canvas} class="overlay" aria-hidden="true" /> }
}

#[derive(Properties, PartialEq)]
struct LegendProps {
    run: Rc<Run>,
    entries: Entries,
    width: f32,
    theme: &'static str,
}

#[component]
fn Legend(props: &LegendProps) -> Html {
    let width = props.width;
    let run = props.run.clone();
    let entries = props.entries;
    let key = move || legend(&[&run.trace], entries, width.max(1.0));
    let canvas = use_picture(props.theme, (width as u32, key()), key);
    let text = legend_words(&[&props.run.trace], entries);
    html! { <div class="legend"><canvas ref={canvas} role="img" aria-label={text} /></div> }
}

/// A canvas that shows a picture, drawn anew when `deps`, theme or the screen's resolution change.
#[hook]
fn use_picture<D: PartialEq + 'static>(
    theme: &'static str,
    deps: D,
    draw: impl FnOnce() -> gil_view::display::List + 'static,
) -> NodeRef {
    let page = use_page();
    let node = use_node_ref();
    let surface = use_mut_ref(|| None::<Surface>);
    let ratio = gloo::utils::window().device_pixel_ratio().to_bits();
    {
        let node = node.clone();
        use_effect_with((deps, theme, ratio), move |_| {
            let theme = page.theme.theme.clone();
            let mut surface = surface.borrow_mut();
            if surface.is_none() {
                let canvas = node.cast::<HtmlCanvasElement>();
                *surface = canvas.and_then(|canvas| Surface::new(canvas, theme.clone()));
            }
            if let Some(surface) = surface.as_mut() {
                surface.set_theme(theme);
                surface.draw(&draw());
            }
        });
    }
    node
}
