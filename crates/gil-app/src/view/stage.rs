//! The stage on its canvas: eases everybody to where the scene says they belong.

use gil_sim::{InterpreterId, Nanos};
use gil_view::stage::{Point, Scene, height};
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use crate::canvas::Surface;
use crate::dom::{use_frames, use_width};
use crate::model::Run;
use crate::page::{use_page, use_player};

/// Time after which a way is two thirds done, in milliseconds.
const EASE_MS: f64 = 70.0;

/// What is kept between frames.
#[derive(Default)]
struct Motion {
    surface: Option<Surface>,
    places: Vec<Point>,
    key: Point,
    last: f64,
    drawn: Option<Drawn>,
}

/// What the last picture was drawn from: nothing changed, nothing to draw.
#[derive(PartialEq)]
struct Drawn {
    run: *const Run,
    at: Nanos,
    width: f32,
    theme: &'static str,
    ratio: f64,
    moving: bool,
}

/// The stage on its canvas.
#[component]
pub fn StageView() -> Html {
    let player = use_player();
    let page = use_page();
    let frame = use_node_ref();
    let canvas = use_node_ref();
    let width = use_width(&frame);
    let motion = use_mut_ref(Motion::default);
    // Beside a longer run the playhead goes on behind the end.
    let at = player.at.min(player.run.trace.end);
    let label = label(&player.run, at);
    {
        let canvas = canvas.clone();
        use_frames(move |now| {
            let Some(element) = canvas.cast::<HtmlCanvasElement>() else { return };
            if width < 1.0 {
                return;
            }
            let motion = &mut *motion.borrow_mut();
            let theme = &page.theme.theme;
            let drawn = Drawn {
                run: &*player.run,
                at,
                width,
                theme: theme.name,
                ratio: gloo::utils::window().device_pixel_ratio(),
                moving: false,
            };
            if motion.drawn.as_ref() == Some(&drawn) {
                motion.last = now;
                return;
            }
            if motion.surface.is_none() {
                motion.surface = Surface::new(element, theme.clone());
            }
            let run = &player.run;
            let height = height(width, run.trace.threads.len());
            let scene = run.stage.scene(&run.trace, at, width, height);
            let jump = page.still || motion.drawn.as_ref().is_none_or(|d| d.run != drawn.run);
            let moving = ease(motion, &scene, now, jump);
            if let Some(surface) = &mut motion.surface {
                surface.set_theme(theme.clone());
                surface.draw(&scene.draw(&motion.places, motion.key));
            }
            motion.drawn = Some(Drawn { moving, ..drawn });
        });
    }
    html! {
        <div class="stage" ref={frame}>
            <canvas ref={canvas} role="img" aria-label={label}></canvas>
        </div>
    }
}

/// Moves everybody towards their place; whether somebody is still on the way.
fn ease(motion: &mut Motion, scene: &Scene, now: f64, jump: bool) -> bool {
    let share = 1.0 - (-(now - motion.last).clamp(0.0, 100.0) / EASE_MS).exp();
    motion.last = now;
    let goals = scene.places();
    if jump || motion.places.len() != goals.len() {
        motion.places = goals;
        motion.key = scene.key;
        return false;
    }
    let mut moving = step(&mut motion.key, scene.key, share as f32);
    for (place, goal) in motion.places.iter_mut().zip(goals) {
        moving |= step(place, goal, share as f32);
    }
    moving
}

fn step(place: &mut Point, goal: Point, share: f32) -> bool {
    let (dx, dy) = (goal.0 - place.0, goal.1 - place.1);
    if dx.abs() + dy.abs() < 0.5 {
        *place = goal;
        return false;
    }
    *place = (place.0 + dx * share, place.1 + dy * share);
    true
}

/// What the stage shows, for those who do not see it.
fn label(run: &Run, at: Nanos) -> String {
    let trace = &run.trace;
    if trace.gils.is_empty() {
        return "The stage: threads run without a GIL".to_owned();
    }
    let holders =
        (0..trace.gils.len()).map(InterpreterId::of).filter_map(|gil| trace.holder_at(gil, at));
    let names: Vec<&str> = holders.map(|thread| trace.name(thread)).collect();
    match (names.as_slice(), trace.gils.len()) {
        ([], 1) => "The stage: nobody has the GIL".to_owned(),
        ([], _) => "The stage: nobody has a GIL".to_owned(),
        ([one], 1) => format!("The stage: {one} has the GIL"),
        ([one], _) => format!("The stage: {one} has its GIL"),
        (some, _) => format!("The stage: {} have a GIL each", some.join(", ")),
    }
}
