//! Pointers on the timeline: click, drag to pan, drag to select, pinch.

use gil_sim::{EventId, Nanos};
use gil_view::axis::TimeScale;
use gil_view::timeline::View;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::lanes::Lanes;

/// What a gesture does.
pub enum Effect {
    /// The pointer is here, or gone.
    Hover(Option<(f32, f32)>),
    /// The window is to be this.
    Window(TimeScale),
    /// This stretch of time is selected, or nothing.
    Select(Option<(Nanos, Nanos)>),
    /// The playhead goes here, to this event where one was hit.
    Seek(Nanos, Option<EventId>),
}

/// A pointer that moved less than this has clicked. Logical pixels.
const CLICK: f32 = 4.0;

/// The pointers that are down and what they are about.
#[derive(Default)]
pub struct Gesture {
    down: Vec<Finger>,
    kind: Kind,
    /// The scale when the gesture began: drags are applied to it as a whole.
    start: Option<TimeScale>,
    travelled: f32,
}

#[derive(Clone, Copy)]
struct Finger {
    id: i32,
    start: (f32, f32),
    now: (f32, f32),
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Pan,
    Select,
}

impl Gesture {
    /// A pointer goes down.
    pub fn down(&mut self, event: &PointerEvent, lanes: &Lanes, view: &View) -> Vec<Effect> {
        if event.button() > 0 {
            return Vec::new();
        }
        capture(event);
        let at = place(event);
        self.down.push(Finger { id: event.pointer_id(), start: at, now: at });
        for finger in &mut self.down {
            finger.start = finger.now;
        }
        self.start = Some(lanes.scale(view));
        if self.down.len() == 1 {
            self.travelled = 0.0;
            let on_axis = at.1 < lanes.timeline().axis_height(view);
            self.kind = if event.shift_key() || on_axis { Kind::Select } else { Kind::Pan };
        }
        Vec::new()
    }

    /// A pointer moves, down or not.
    pub fn moved(&mut self, event: &PointerEvent, _lanes: &Lanes, _view: &View) -> Vec<Effect> {
        let at = place(event);
        let Some(finger) = self.down.iter_mut().find(|f| f.id == event.pointer_id()) else {
            return vec![Effect::Hover(Some(at))];
        };
        finger.now = at;
        self.travelled = self.travelled.max((at.0 - finger.start.0).abs());
        let Some(start) = self.start else { return Vec::new() };
        let effect = match (self.down.as_slice(), self.kind) {
            ([a, b], _) => Some(Effect::Window(pinch(start, a, b))),
            ([one], Kind::Pan) if self.travelled > CLICK => {
                Some(Effect::Window(start.pan(one.now.0 - one.start.0)))
            }
            ([one], Kind::Select) if self.travelled > CLICK => {
                let time = |x: f32| start.time_at(x.clamp(start.left(), start.right()));
                Some(Effect::Select(Some((time(one.start.0), time(one.now.0)))))
            }
            _ => None,
        };
        effect.into_iter().chain([Effect::Hover(None)]).collect()
    }

    /// A pointer goes up: it may have clicked.
    pub fn up(&mut self, event: &PointerEvent, lanes: &Lanes, view: &View) -> Vec<Effect> {
        let clicked = self.down.len() == 1 && self.travelled <= CLICK;
        self.lift(event.pointer_id());
        if !clicked {
            return Vec::new();
        }
        let (x, y) = place(event);
        let scale = lanes.scale(view);
        if x < scale.left() {
            return Vec::new();
        }
        let hit = lanes.hit(x, y, view);
        vec![Effect::Select(None), Effect::Seek(scale.time_at(x), hit.and_then(|hit| hit.event))]
    }

    /// The browser takes the pointer away.
    pub fn cancel(&mut self, event: &PointerEvent, _lanes: &Lanes, _view: &View) -> Vec<Effect> {
        self.lift(event.pointer_id());
        Vec::new()
    }

    /// The pointer leaves the picture.
    pub fn leave(&mut self, _event: &PointerEvent, _lanes: &Lanes, _view: &View) -> Vec<Effect> {
        vec![Effect::Hover(None)]
    }

    fn lift(&mut self, id: i32) {
        self.down.retain(|finger| finger.id != id);
        // The finger that stays must not jump: it begins anew where it is.
        self.start = None;
    }
}

/// The window in which both fingers keep their times.
fn pinch(start: TimeScale, a: &Finger, b: &Finger) -> TimeScale {
    let distance = |p: f32, q: f32| (p - q).abs().max(8.0);
    let factor = distance(a.now.0, b.now.0) / distance(a.start.0, b.start.0);
    let centre = (a.start.0 + b.start.0) / 2.0;
    let moved = (a.now.0 + b.now.0) / 2.0 - centre;
    start.zoom(centre, f64::from(factor)).pan(moved)
}

/// The pointer's place in the picture. Events are delegated, so that the current target is not the
/// picture.
fn place(event: &PointerEvent) -> (f32, f32) {
    let Some(picture) = picture(event) else {
        return (event.offset_x() as f32, event.offset_y() as f32);
    };
    let rect = picture.get_bounding_client_rect();
    let x = f64::from(event.client_x()) - rect.left() - f64::from(picture.client_left());
    let y = f64::from(event.client_y()) - rect.top() - f64::from(picture.client_top());
    (x as f32, y as f32)
}

fn picture(event: &PointerEvent) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(".lanes").ok().flatten()
}

/// Moves outside the picture belong to the drag that began in it.
fn capture(event: &PointerEvent) {
    if let Some(picture) = picture(event) {
        // Without capture a drag ends at the edge: no more than that is lost.
        let _ = picture.set_pointer_capture(event.pointer_id());
    }
}
