//! The web worker that computes many runs: both ends of the line between it and the page.
//!
//! The two speak JSON, so that a page that meets the worker of another version says so instead of
//! showing nonsense. What they say is in [`messages`](super::messages). A recording goes to the worker
//! as the reader's file, and what is in it comes back as bytes. A bridge of our own instead of
//! gloo-worker's, which cannot tell that a worker does not start, and cannot stop one that is busy.

use std::cell::RefCell;
use std::rc::Rc;

use gil_sim::compare::Comparison;
use gil_sim::sweep::Sweep;
use js_sys::{Array, JsString, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, Event, File, MessageEvent, Url};

use super::messages::{Found, Reply, Request, Work};
use super::portions::{Pace, Portions, Told};
use super::reality::Parts;
use super::{file, seeds};

/// It looks every so often, in ms, whether there is another request.
const PACE: Pace = Pace { first_ms: 0, turn_ms: 40.0, pause_ms: 0 };

/// The worker's end: answers requests as long as the worker lives.
pub fn serve() {
    // What runs is dropped, and so stopped, as soon as there is another request.
    let running = RefCell::new(Portions::default());
    let answer = move |event: MessageEvent| match decode::<Request>(&event.data()) {
        Ok(Request { job, work: Work::File }) => read(job, file_of(&event.data())),
        Ok(request) => *running.borrow_mut() = start(request),
        Err(message) => say(&Reply::Failed { message }),
    };
    let answer = Closure::<dyn Fn(MessageEvent)>::new(answer).into_js_value();
    scope().set_onmessage(Some(answer.unchecked_ref()));
    say(&Reply::Ready);
}

fn start(Request { job, work }: Request) -> Portions {
    Portions::start(PACE, pieces(work), move |told| match told {
        Told::Piece(found) => say(&Reply::Point { job, found: Box::new(found) }),
        Told::Turn { done: true } => say(&Reply::Done { job }),
        Told::Turn { done: false } => {}
    })
}

/// The pieces of the work, each computed when it is asked for.
fn pieces(work: Work) -> Box<dyn Iterator<Item = Found>> {
    match work {
        Work::Sweep { scenario, group } => {
            let sweep = Sweep::new(&scenario, group);
            Box::new(sweep.map(|(work, point)| Found::Sweep(work, point)))
        }
        Work::Compare { setting, contenders, baseline } => {
            Box::new(Comparison::new(*setting, &contenders, baseline).map(Found::Compare))
        }
        Work::Decide { question } => {
            let search = gil_decide::Search::new(*question);
            Box::new(search.enumerate().map(|(number, found)| Found::Decide(number, found)))
        }
        Work::Seeds { scenarios, seeds } => {
            let runs = seeds::Runs::new(seeds::Question { scenarios, seeds });
            Box::new(runs.map(|point| Found::Seeds(Box::new(point))))
        }
        // Read as a whole, and elsewhere.
        Work::File => Box::new(std::iter::empty()),
        Work::Reality => {
            Box::new(Parts::new().enumerate().map(|(number, part)| Found::Reality(number, part)))
        }
    }
}

/// The file that a request comes with.
fn file_of(data: &JsValue) -> Option<File> {
    data.dyn_ref::<Array>().and_then(|parts| parts.get(1).dyn_into().ok())
}

/// Reads a file and answers with what is in it.
fn read(job: u64, given: Option<File>) {
    wasm_bindgen_futures::spawn_local(async move {
        let read = match given {
            Some(given) => file::read_file(&given).await,
            None => Err(file::unread("the request came without a file")),
        };
        let found = Box::new(Found::File(Box::new(read)));
        let reply = Reply::Point { job, found };
        // As bytes: a recording as text would keep the page busy.
        match postcard::to_allocvec(&reply) {
            Ok(bytes) => drop(scope().post_message(&Uint8Array::from(bytes.as_slice()))),
            Err(_) => say(&reply),
        }
    });
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn say(reply: &Reply) {
    // The one message that cannot be posted is one that cannot be cloned; a string can.
    let _ = scope().post_message(&encode(reply));
}

fn encode<T: Serialize>(message: &T) -> JsValue {
    // Plain data with string keys has a JSON form.
    JsValue::from(serde_json::to_string(message).unwrap_or_default())
}

fn decode<T: for<'de> Deserialize<'de>>(data: &JsValue) -> Result<T, String> {
    let decoded = match data.dyn_ref::<Uint8Array>() {
        Some(bytes) => postcard::from_bytes(&bytes.to_vec()).ok(),
        None => {
            let text = match data.dyn_ref::<Array>() {
                Some(parts) => parts.get(0),
                None => data.clone(),
            };
            let text = text.dyn_ref::<JsString>().map(String::from).unwrap_or_default();
            serde_json::from_str(&text).ok()
        }
    };
    decoded.ok_or_else(|| "The page and its worker are of different versions".to_owned())
}

/// The page's end. Dropping it stops the worker at once, whatever it is doing.
pub struct Client {
    worker: web_sys::Worker,
    loader: String,
    inbox: Rc<RefCell<Inbox>>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(Event)>,
}

/// What happens to requests: a worker that still loads would not hear them.
enum Inbox {
    Loading(Option<JsValue>),
    Open,
}

impl Client {
    /// Starts a worker; `on_reply` hears all but [`Reply::Ready`].
    ///
    /// # Errors
    /// When the browser refuses at once, why. When it fails later, `on_reply` is told.
    pub fn start(on_reply: impl Fn(Reply) + 'static) -> Result<Client, String> {
        let loader = loader().map_err(|error| describe(&error))?;
        let worker = web_sys::Worker::new(&loader).map_err(|error| describe(&error))?;
        let inbox = Rc::new(RefCell::new(Inbox::Loading(None)));
        let on_reply = Rc::new(on_reply);
        let hear = {
            let (worker, inbox, on_reply) = (worker.clone(), inbox.clone(), on_reply.clone());
            move |event: MessageEvent| match decode(&event.data()) {
                Ok(Reply::Ready) => open(&worker, &inbox),
                Ok(reply) => on_reply(reply),
                Err(message) => on_reply(Reply::Failed { message }),
            }
        };
        let fail = move |event: Event| on_reply(Reply::Failed { message: reason(&event) });
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(hear);
        let on_error = Closure::<dyn Fn(Event)>::new(fail);
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Client { worker, loader, inbox, _on_message: on_message, _on_error: on_error })
    }

    /// Asks for something, as soon as the worker listens.
    pub fn send(&self, request: &Request) {
        self.post(encode(request));
    }

    /// The same with a file, which the worker reads by itself.
    pub fn send_file(&self, request: &Request, file: &File) {
        self.post(Array::of2(&encode(request), file).into());
    }

    fn post(&self, message: JsValue) {
        match &mut *self.inbox.borrow_mut() {
            Inbox::Loading(waiting) => *waiting = Some(message),
            Inbox::Open => post(&self.worker, &message),
        }
    }
}

fn open(worker: &web_sys::Worker, inbox: &RefCell<Inbox>) {
    if let Inbox::Loading(Some(message)) = inbox.replace(Inbox::Open) {
        post(worker, &message);
    }
}

fn post(worker: &web_sys::Worker, message: &JsValue) {
    // What is posted is text and a file, and both can be cloned.
    let _ = worker.post_message(message);
}

impl Drop for Client {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        let _ = Url::revoke_object_url(&self.loader);
    }
}

#[wasm_bindgen]
extern "C" {
    /// A script that starts the worker's program, wherever the page has that, and tells the page
    /// where that fails; of www/boot.js.
    #[wasm_bindgen(catch, js_namespace = gilPlayground, js_name = workerSource)]
    fn worker_source() -> Result<JsValue, JsValue>;
}

/// The address of the script that starts the worker.
fn loader() -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let parts = Array::of1(&worker_source()?);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    Url::create_object_url_with_blob(&blob)
}

fn describe(error: &JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message.unwrap_or_else(|| "The browser does not allow it".to_owned())
}

/// What an error event says; nothing where the file or the browser's rules are to blame.
fn reason(event: &Event) -> String {
    let message = event.dyn_ref::<web_sys::ErrorEvent>().map(|event| event.message());
    let message = message.unwrap_or_default();
    match message.trim_start_matches("Uncaught ").trim_end_matches('.') {
        "" => "Its program cannot be loaded".to_owned(),
        message => message.to_owned(),
    }
}
