//! Lanes over time on two canvases, one over the other for what moves, with everything that lets a
//! reader look closer.

use gil_sim::{EventId, Nanos};
use gil_view::axis::TimeScale;
use gil_view::display::List;
use gil_view::timeline::{Entries, View, legend, legend_words};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, KeyboardEvent, PointerEvent, WheelEvent};
use yew::prelude::*;

use super::gesture::{Effect, Gesture};
use super::lanes::Lanes;
use super::selection::SelectionTable;
use super::tip::Tip;
use crate::canvas::Surface;
use crate::dom::{use_target_event, use_width};
use crate::page::use_page;

/// The time that is pointed at, for timelines that show it together.
#[derive(Clone, PartialEq)]
pub struct Pointed(pub UseStateHandle<Option<Nanos>>);

/// The visible piece of time; `None` is all of it, so that it stays all of it when the run changes.
#[derive(Clone, PartialEq)]
pub struct Window(pub UseStateHandle<Option<(Nanos, Nanos)>>);

impl Window {
    /// The window on the whole.
    pub fn on(&self, whole: TimeScale) -> TimeScale {
        self.0.map_or(whole, |(from, to)| whole.window(from, to))
    }

    /// Shows the window of a scale.
    pub fn show(&self, scale: TimeScale) {
        let all = scale.from() == Nanos::ZERO && scale.to() == scale.end();
        self.0.set((!all).then_some((scale.from(), scale.to())));
    }

    fn fit(&self) {
        self.0.set(None);
    }
}

/// Where a reader wants the playhead.
pub struct Seek {
    /// The time.
    pub at: Nanos,
    /// The event that was hit, where there was one.
    pub event: Option<EventId>,
}

/// What is shown, and where the playhead stands.
#[derive(Properties, PartialEq)]
pub struct LanesProps {
    /// The lanes.
    pub lanes: Lanes,
    /// The end of the axis: that of the run, or of a longer one beside it.
    pub end: Nanos,
    /// The visible piece.
    pub window: Window,
    /// Where the playhead stands.
    pub playhead: Nanos,
    /// The event that is looked at.
    #[prop_or_default]
    pub event: Option<EventId>,
    /// Moves the playhead.
    pub onseek: Callback<Seek>,
    /// How far apart samples are, in a recording.
    #[prop_or_default]
    pub period: Option<Nanos>,
    /// Whether the key leaves out what does not occur.
    #[prop_or_default]
    pub brief: bool,
    /// Whether the lanes of the cores are there to begin with.
    #[prop_or(true)]
    pub cores: bool,
}

/// All that one reader's hands and eyes are about at the moment.
#[derive(Clone, PartialEq)]
struct Desk {
    lanes: Lanes,
    window: Window,
    view: View,
    onseek: Callback<Seek>,
    hover: UseStateHandle<Option<(f32, f32)>>,
    selection: UseStateHandle<Option<(Nanos, Nanos)>>,
    cores: UseStateHandle<bool>,
    pointed: Option<Pointed>,
}

/// Lanes over time, to look closer.
#[component]
pub fn LanesView(props: &LanesProps) -> Html {
    let frame = use_node_ref();
    let width = use_width(&frame);
    let desk = use_desk(props, width);
    let gesture = use_mut_ref(Gesture::default);
    use_wheel(&frame, &desk);
    let pointer = |handle: fn(&mut Gesture, &PointerEvent, &Lanes, &View) -> Vec<Effect>| {
        let (gesture, desk) = (gesture.clone(), desk.clone());
        Callback::from(move |event: PointerEvent| {
            let effects = handle(&mut gesture.borrow_mut(), &event, &desk.lanes, &desk.view);
            effects.into_iter().for_each(|effect| desk.apply(effect));
        })
    };
    let onkeydown = {
        let desk = desk.clone();
        Callback::from(move |event: KeyboardEvent| {
            if desk.key(&event) {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };
    let ondblclick = {
        let desk = desk.clone();
        Callback::from(move |event: MouseEvent| {
            desk.look_closer(event.offset_x() as f32, event.offset_y() as f32);
        })
    };
    let (lanes, view) = (props.lanes.clone(), desk.view.clone());
    let height = lanes.timeline().height(lanes.trace(), &view);
    let entries = if props.brief { Entries::Occurring } else { Entries::Usual };
    html! {
        <div class="timeline" role="group" aria-label="Timeline">
            <Toolbar desk={desk.clone()} />
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
                    <Base view={view.clone()} lanes={lanes.clone()} />
                    <Overlay view={view.clone()} lanes={lanes.clone()} />
                    <Tip {view} lanes={lanes.clone()} />
                }
            </div>
            <Legend lanes={lanes.clone()} {entries} {width} />
            if let Some((from, to)) = *desk.selection {
                <SelectionTable {lanes} {from} {to} />
            }
        </div>
    }
}

#[hook]
fn use_wheel(frame: &NodeRef, desk: &Desk) {
    let (desk, frame) = (desk.clone(), frame.clone());
    let target = move || frame.cast::<HtmlElement>().map(Into::into);
    use_target_event::<WheelEvent>("wheel", target, move |event| desk.wheel(&event));
}

#[hook]
fn use_desk(props: &LanesProps, width: f32) -> Desk {
    let hover = use_state_eq(|| None);
    let selection = use_state_eq(|| None);
    {
        // A selection belongs to the run it was made in.
        let selection = selection.clone();
        use_effect_with(props.lanes.clone(), move |_| selection.set(None));
    }
    let cores = use_state_eq(|| props.cores);
    let pointed = use_context::<Pointed>();
    let view = View {
        scale: props.window.on(TimeScale::new(props.end)),
        width,
        column: 1.0,
        period: props.period,
        cores: *cores,
        playhead: props.playhead,
        hover: *hover,
        pointed: pointed.as_ref().and_then(|pointed| *pointed.0),
        selection: *selection,
        event: props.event,
    };
    let LanesProps { lanes, window, onseek, .. } = props;
    let (lanes, window, onseek) = (lanes.clone(), window.clone(), onseek.clone());
    Desk { lanes, window, view, onseek, hover, selection, cores, pointed }
}

impl Desk {
    fn scale(&self) -> TimeScale {
        self.lanes.scale(&self.view)
    }

    /// The playhead's place, or the border that is nearest to it.
    fn centre(&self, scale: &TimeScale) -> f32 {
        scale.x_of(self.view.playhead).clamp(scale.left(), scale.right())
    }

    fn zoom(&self, factor: f64) {
        let scale = self.scale();
        self.window.show(scale.zoom(self.centre(&scale), factor));
    }

    fn wheel(&self, event: &WheelEvent) {
        let scale = self.scale();
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
            self.window.show(new);
        }
    }

    /// Shows what lies at a point, with some room on both sides.
    fn look_closer(&self, x: f32, y: f32) {
        if let Some(hit) = self.lanes.hit(x, y, &self.view) {
            let (from, to) = hit.extent();
            let margin = (to - from) / 4;
            self.window.show(self.view.scale.window(from - margin, to + margin));
        }
    }

    fn apply(&self, effect: Effect) {
        match effect {
            Effect::Hover(at) => self.point(at),
            Effect::Window(scale) => self.window.show(scale),
            Effect::Select(selection) => self.selection.set(selection),
            Effect::Seek(at, event) => self.onseek.emit(Seek { at, event }),
        }
    }

    fn point(&self, at: Option<(f32, f32)>) {
        self.hover.set(at);
        if let Some(Pointed(pointed)) = &self.pointed {
            let scale = self.scale();
            let in_plot = |x: &f32| (scale.left()..=scale.right()).contains(x);
            pointed.set(at.map(|(x, _)| x).filter(in_plot).map(|x| scale.time_at(x)));
        }
    }

    fn key(&self, event: &KeyboardEvent) -> bool {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return false;
        }
        let scale = self.scale();
        let step = scale.width() / 10.0;
        match (event.key().as_str(), event.shift_key()) {
            ("+" | "=", _) => self.zoom(2.0),
            ("-" | "_", _) => self.zoom(0.5),
            ("f", _) => self.window.fit(),
            ("ArrowLeft", false) => self.window.show(scale.pan(step)),
            ("ArrowRight", false) => self.window.show(scale.pan(-step)),
            ("ArrowLeft", true) => self.extend(&scale, -step),
            ("ArrowRight", true) => self.extend(&scale, step),
            ("Escape", _) if self.selection.is_some() => self.selection.set(None),
            _ => return false,
        }
        true
    }

    /// Selects from the playhead on, by keyboard.
    fn extend(&self, scale: &TimeScale, by: f32) {
        let at = self.view.playhead;
        let (from, to) = self.selection.unwrap_or((at, at));
        let moved = scale.time_at((scale.x_of(to) + by).clamp(scale.left(), scale.right()));
        self.selection.set(Some((from, moved)));
    }
}

/// Whether the timeline stands in a text. There the wheel scrolls, and zooms with Ctrl only: who
/// reads on is not to be held up by a figure.
fn is_in_text(event: &WheelEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest("article").ok().flatten().is_some())
}

#[derive(Properties, PartialEq)]
struct ToolbarProps {
    desk: Desk,
}

#[component]
fn Toolbar(props: &ToolbarProps) -> Html {
    let desk = &props.desk;
    let zoom = |label: &'static str, text: &'static str, factor: f64| {
        let desk = desk.clone();
        let onclick = Callback::from(move |_| desk.zoom(factor));
        html! { <button class="icon" title={label} aria-label={label} {onclick}>{ text }</button> }
    };
    let fit = {
        let window = desk.window.clone();
        Callback::from(move |_| window.fit())
    };
    let toggle_cores = {
        let cores = desk.cores.clone();
        Callback::from(move |_| cores.set(!*cores))
    };
    html! {
        <div class="timeline-bar">
            <h2>{ "Timeline" }</h2>
            <span class="muted hint">{ "Wheel zooms, drag pans, Shift-drag selects, click moves the playhead" }</span>
            if !desk.lanes.trace().cores.is_empty() {
                <button class="toggle" aria-pressed={desk.cores.to_string()} onclick={toggle_cores}>{ "Cores" }</button>
            }
            { zoom("Zoom out (-)", "\u{2212}", 0.5) }
            { zoom("Zoom in (+)", "+", 2.0) }
            <button class="button" disabled={desk.window.0.is_none()} onclick={fit} title="Show the whole run (f)">{ "Fit" }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CanvasProps {
    view: View,
    lanes: Lanes,
}

/// The lanes themselves: drawn anew only when window, width or run change.
#[component]
fn Base(props: &CanvasProps) -> Html {
    let still = View {
        playhead: Nanos::ZERO,
        hover: None,
        pointed: None,
        selection: None,
        event: None,
        ..props.view.clone()
    };
    let lanes = props.lanes.clone();
    let canvas = use_picture((still.clone(), lanes.clone()), move || {
        lanes.timeline().base(lanes.trace(), &still)
    });
    html! { <canvas ref={canvas} aria-hidden="true" /> }
}

/// Playhead, pointer and selection.
#[component]
fn Overlay(props: &CanvasProps) -> Html {
    let (view, lanes) = (props.view.clone(), props.lanes.clone());
    let canvas = use_picture((view.clone(), lanes.clone()), move || {
        let mut list = lanes.timeline().overlay(lanes.trace(), &view);
        list.width = view.width;
        list.height = lanes.timeline().height(lanes.trace(), &view);
        list
    });
    html! { <canvas ref={canvas} class="overlay" aria-hidden="true" /> }
}

#[derive(Properties, PartialEq)]
struct LegendProps {
    lanes: Lanes,
    entries: Entries,
    width: f32,
}

#[component]
fn Legend(props: &LegendProps) -> Html {
    let (width, entries) = (props.width, props.entries);
    let lanes = props.lanes.clone();
    let key = move || legend(&[lanes.trace()], entries, width.max(1.0));
    let canvas = use_picture((width as u32, key()), key);
    let text = legend_words(&[props.lanes.trace()], entries);
    html! { <div class="legend"><canvas ref={canvas} role="img" aria-label={text} /></div> }
}

/// A canvas that shows a picture, drawn anew when `deps`, theme or the screen's resolution change.
#[hook]
fn use_picture<D: PartialEq + 'static>(deps: D, draw: impl FnOnce() -> List + 'static) -> NodeRef {
    let page = use_page();
    let theme = page.theme.theme.name;
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
