//! Small bridges to the browser that several components need.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::{AnimationFrame, request_animation_frame};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, EventTarget, HtmlElement, IntersectionObserver, IntersectionObserverEntry,
    ResizeObserver,
};
use yew::prelude::*;

/// A handler that is exchanged whenever its component is drawn anew.
type Latest<A> = Rc<RefCell<Box<dyn Fn(A)>>>;

/// Calls `each` with the milliseconds of the page's clock before every repaint, while the
/// component is there.
#[hook]
pub fn use_frames(each: impl Fn(f64) + 'static) {
    let latest: Latest<f64> = use_mut_ref(|| Box::new(|_| {}) as Box<dyn Fn(f64)>);
    *latest.borrow_mut() = Box::new(each);
    use_effect_with((), move |()| {
        let handle: Rc<RefCell<Option<AnimationFrame>>> = Rc::default();
        schedule(handle.clone(), latest);
        move || {
            handle.borrow_mut().take();
        }
    });
}

fn schedule(handle: Rc<RefCell<Option<AnimationFrame>>>, each: Latest<f64>) {
    let again = handle.clone();
    let frame = request_animation_frame(move |time| {
        (each.borrow())(time);
        // Cleared while the frame ran: the component is gone.
        if again.borrow().is_some() {
            schedule(again, each);
        }
    });
    *handle.borrow_mut() = Some(frame);
}

/// Tells of an element now and whenever its size changes, until what is returned is dropped.
pub fn watch_size(element: &Element, tell: impl Fn(&Element) + 'static) -> SizeWatch {
    let measured = element.clone();
    let tell = move || tell(&measured);
    tell();
    let callback = Closure::<dyn Fn()>::new(tell);
    let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
    if let Some(observer) = &observer {
        observer.observe(element);
    }
    SizeWatch { observer, _callback: callback }
}

/// Ends when it is dropped.
pub struct SizeWatch {
    observer: Option<ResizeObserver>,
    _callback: Closure<dyn Fn()>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// The width of an element's content in logical pixels, kept up to date; 0 before it is known.
#[hook]
pub fn use_width(node: &NodeRef) -> f32 {
    let width = use_state_eq(|| 0.0f32);
    {
        let (width, node) = (width.clone(), node.clone());
        use_effect_with((), move |()| {
            let element = node.cast::<Element>();
            let measure = move |element: &Element| width.set(element.client_width() as f32);
            let watch = element.map(|element| watch_size(&element, measure));
            move || drop(watch)
        });
    }
    *width
}

/// Whether an element has been on the screen yet.
#[hook]
pub fn use_seen(node: &NodeRef) -> bool {
    let seen = use_state_eq(|| false);
    let on_screen = use_on_screen(node);
    {
        let seen = seen.clone();
        use_effect_with(on_screen, move |on_screen| {
            if *on_screen {
                seen.set(true);
            }
        });
    }
    *seen
}

/// Whether a part of an element is on the screen.
#[hook]
pub fn use_on_screen(node: &NodeRef) -> bool {
    let on_screen = use_state_eq(|| false);
    {
        let (on_screen, node) = (on_screen.clone(), node.clone());
        use_effect_with((), move |()| {
            let callback = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
                // The last entry is the latest.
                let entry = entries.get(entries.length().saturating_sub(1));
                if let Ok(entry) = entry.dyn_into::<IntersectionObserverEntry>() {
                    on_screen.set(entry.is_intersecting());
                }
            });
            let observer = IntersectionObserver::new(callback.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(element)) = (&observer, node.cast::<Element>()) {
                observer.observe(&element);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(callback);
            }
        });
    }
    *on_screen
}

/// Calls `handle` for every event of this name at the window, while the component is there.
#[hook]
pub fn use_window_event<E: JsCast + Clone + 'static>(
    name: &'static str,
    handle: impl Fn(E) + 'static,
) {
    use_target_event(name, || Some(gloo::utils::window().into()), handle);
}

/// Calls `handle` for every event of this name at a target that is there once the component is
/// mounted. The handler may prevent the default, also of wheel and touch events.
#[hook]
pub fn use_target_event<E: JsCast + Clone + 'static>(
    name: &'static str,
    target: impl FnOnce() -> Option<EventTarget> + 'static,
    handle: impl Fn(E) + 'static,
) {
    let latest: Latest<E> = use_mut_ref(|| Box::new(|_| {}) as Box<dyn Fn(E)>);
    *latest.borrow_mut() = Box::new(handle);
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = target().map(|target| {
            EventListener::new_with_options(&target, name, options, move |event| {
                if let Some(event) = event.dyn_ref::<E>() {
                    (latest.borrow())(event.clone());
                }
            })
        });
        move || drop(listener)
    });
}

/// Whether a media query matches, kept up to date.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let list = use_memo((), |()| gloo::utils::window().match_media(query).ok().flatten());
    let matches = use_state_eq(|| list.as_ref().as_ref().is_some_and(|list| list.matches()));
    {
        let (list, matches) = (list.clone(), matches.clone());
        use_target_event::<Event>(
            "change",
            {
                let list = list.clone();
                move || list.as_ref().clone().map(Into::into)
            },
            move |_| matches.set(list.as_ref().as_ref().is_some_and(|list| list.matches())),
        );
    }
    *matches
}

/// Whether the reader wants less motion.
#[hook]
pub fn use_reduced_motion() -> bool {
    use_media("(prefers-reduced-motion: reduce)")
}

/// Whether a key event belongs to a control that uses keys itself.
pub fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|t| t.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    let tag = element.tag_name();
    let kind = element.get_attribute("type").unwrap_or_default();
    tag == "TEXTAREA"
        || tag == "SELECT"
        || (tag == "INPUT" && kind != "checkbox" && kind != "range")
}

thread_local! {
    static IDS: Cell<u32> = const { Cell::new(0) };
}

/// An id for an element, unique on the page, to tie labels to it.
#[hook]
pub fn use_id() -> Rc<String> {
    use_memo((), |()| {
        let n = IDS.get();
        IDS.set(n + 1);
        format!("id{n}")
    })
}

/// Gives an element the focus, if it is there.
pub fn focus(id: &str) {
    focus_first(&[id.to_owned()]);
}

/// Moves the focus to the first of these elements that is there and not disabled.
pub fn focus_first(ids: &[String]) {
    let document = gloo::utils::document();
    for id in ids {
        let Some(element) = document.get_element_by_id(id) else { continue };
        let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() else { continue };
        if !element.has_attribute("disabled") && element.focus().is_ok() {
            return;
        }
    }
}
