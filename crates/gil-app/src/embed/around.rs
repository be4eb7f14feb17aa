//! What is said between a figure and the page around it, by `postMessage`.
//! What the messages are is in [`super::message`].

use std::cell::RefCell;
use std::rc::Rc;

use gil_notation::{Shade, print};
use gil_words::scenario;
use wasm_bindgen::JsValue;
use web_sys::{Element, MessageEvent, Window};
use yew::prelude::*;

use super::message;
use crate::dom::{SizeWatch, use_window_event, watch_size};
use crate::model::Action;
use crate::page::{Page, link_of};
use crate::player::Player;

/// The page around, once it has said hello: its origin, to which everything is addressed.
type Around = Rc<RefCell<Option<String>>>;

/// What the figure needs to know of the two.
pub struct Said {
    /// What the figure shows, in words.
    pub title: String,
    /// The height that the page around has kept for the figure, in CSS pixels; `None` where it has
    /// not said so.
    pub room: Option<f64>,
}

/// Tells the page around how high the figure is and what it shows.
#[hook]
pub fn use_page_around(frame: &NodeRef, page: &Page, player: &Player) -> Said {
    let around: Around = use_mut_ref(|| None);
    let heard = use_state_eq(|| 0u32);
    let room = use_state_eq(|| None);
    {
        let (around, heard, model) = (around.clone(), heard.clone(), page.model.dispatcher());
        let room = room.clone();
        use_window_event::<MessageEvent>("message", move |event| {
            if let Some(hello) = hello(&event) {
                around.replace(Some(hello.origin));
                room.set(hello.room);
                heard.set(*heard + 1);
            }
            if let Some(shade) = theme(&event) {
                model.dispatch(Action::Shade(shade));
            }
        });
    }
    let is_broken = page.model.problem.is_some();
    let title = match is_broken {
        true => "this figure cannot be shown".to_owned(),
        false => scenario::line(page.model.run.scenario()),
    };
    let problem = page.model.problem.as_ref().map(|problem| problem.message.clone());
    let first = (title.clone(), problem.clone());
    use_effect_with((), move |()| {
        // Nobody knows yet who the parent is, and there is nothing here that it may not know.
        let (title, problem) = first;
        post("ready", "*", [("title", JsValue::from(title)), ("problem", JsValue::from(problem))]);
        // Links within a figure open beside the page, not in the frame.
        open_links_outside();
    });
    {
        let (frame, around) = (frame.clone(), around.clone());
        use_effect_with(*heard, move |_| {
            let watch = follow_height(&frame, around);
            move || drop(watch)
        });
    }
    // The playhead alone is no news.
    let mut link = link_of(page, player);
    link.view.at = None;
    let link = (!is_broken).then(|| print(&link));
    let said = title.clone();
    use_effect_with((link, problem, title, *heard), move |(link, problem, title, _)| {
        let around = around.borrow();
        let Some(origin) = around.as_deref() else { return };
        let tell = |kind, values: [(&str, &String); 2]| {
            post(kind, origin, values.map(|(key, value)| (key, JsValue::from(value.as_str()))));
        };
        // What cannot be shown has no link.
        match (link, problem) {
            (Some(link), _) => tell("link", [("link", link), ("title", title)]),
            (None, Some(reason)) => tell("problem", [("reason", reason), ("title", title)]),
            (None, None) => {}
        }
    });
    Said { title: said, room: *room }
}

/// The parent's hello.
struct Hello {
    origin: String,
    room: Option<f64>,
}

/// The most that a page may keep for a figure, in CSS pixels.
const HIGHEST: f64 = 20_000.0;

/// What a message says, where it is the parent's hello.
fn hello(event: &MessageEvent) -> Option<Hello> {
    let heard = message::read(event, &parent()?)?;
    // A page from a file or in a sandbox has no origin that could be addressed.
    let origin = if event.origin() == "null" { "*".to_owned() } else { event.origin() };
    let room = heard.number("room").filter(|room| (1.0..=HIGHEST).contains(room));
    (heard.kind == "hello").then_some(Hello { origin, room })
}

/// The theme that a message asks for.
fn theme(event: &MessageEvent) -> Option<Shade> {
    let heard = message::read(event, &parent()?)?;
    let name = heard.text("theme").filter(|_| heard.kind == "theme")?;
    [Shade::Light, Shade::Dark].into_iter().find(|shade| shade.name() == name)
}

/// The window around this one.
fn parent() -> Option<Window> {
    let own = gloo::utils::window();
    own.parent().ok().flatten().filter(|parent| *parent != own)
}

fn post<const N: usize>(kind: &str, origin: &str, values: [(&str, JsValue); N]) {
    if let Some(parent) = parent() {
        message::post(&parent, origin, kind, values);
    }
}

/// Tells the height now and whenever it changes.
fn follow_height(frame: &NodeRef, around: Around) -> Option<SizeWatch> {
    let tell = move |element: &Element| {
        if let Some(origin) = around.borrow().as_deref() {
            let height = element.get_bounding_client_rect().height().ceil();
            post("height", origin, [("height", JsValue::from(height))]);
        }
    };
    Some(watch_size(&frame.cast::<Element>()?, tell))
}

fn open_links_outside() {
    let document = gloo::utils::document();
    if let (Some(head), Ok(base)) = (document.head(), document.create_element("base")) {
        // Where it cannot be set, links open in the frame.
        let _ = base.set_attribute("target", "_blank");
        let _ = head.append_child(&base);
    }
}
