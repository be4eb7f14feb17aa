//! Reads what a reader has brought: in the worker, so that the page stays able to move, or on the
//! page where there is no worker.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use yew::prelude::*;

use super::file::{Read, read_file};
use super::messages::{Found, Reply, Request, Work};
use super::worker::Client;

/// Reads files, one at a time.
#[derive(Clone, PartialEq)]
pub struct Reader {
    /// The name of the file that is being read.
    pub busy: Option<String>,
    /// Reads a file. One that is still being read is given up.
    pub open: Callback<File>,
}

/// Reads files and tells of each, with its name.
#[hook]
pub fn use_reader(told: Callback<(String, Read)>) -> Reader {
    let busy = use_state_eq(|| None::<String>);
    let client = use_mut_ref(|| None::<Client>);
    let latest = use_mut_ref(|| 0u64);
    let open = {
        let busy = busy.clone();
        Callback::from(move |file: File| {
            let job = *latest.borrow() + 1;
            *latest.borrow_mut() = job;
            busy.set(Some(file.name()));
            let done = {
                let (latest, busy, told, name) =
                    (latest.clone(), busy.clone(), told.clone(), file.name());
                move |read: Read| {
                    if *latest.borrow() == job {
                        busy.set(None);
                        told.emit((name.clone(), read));
                    }
                }
            };
            read_in_worker(&client, job, file, done);
        })
    };
    Reader { busy: (*busy).clone(), open }
}

/// Asks a worker of its own, which ends with its answer.
fn read_in_worker(
    client: &Rc<RefCell<Option<Client>>>,
    job: u64,
    file: File,
    done: impl Fn(Read) + Clone + 'static,
) {
    let hear = {
        let (client, file, done) = (client.clone(), file.clone(), done.clone());
        move |reply| {
            match reply {
                Reply::Point { found, .. } => {
                    if let Found::File(read) = *found {
                        done(*read);
                    }
                }
                Reply::Failed { .. } => read_here(file.clone(), done.clone()),
                Reply::Ready | Reply::Done { .. } => return,
            }
            // Later, because it is its callback that runs now.
            let client = client.clone();
            Timeout::new(0, move || drop(client.borrow_mut().take())).forget();
        }
    };
    match Client::start(hear) {
        Ok(worker) => {
            worker.send_file(&Request { job, work: Work::File }, &file);
            *client.borrow_mut() = Some(worker);
        }
        Err(_) => read_here(file, done),
    }
}

/// Reads on the page, which stands still meanwhile.
fn read_here(file: File, done: impl Fn(Read) + 'static) {
    spawn_local(async move { done(read_file(&file).await) });
}
