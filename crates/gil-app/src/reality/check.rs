//! The reality check on this page: what the worker has said so far.

use std::rc::Rc;

use yew::prelude::*;

use crate::task::reality::{Dataset, Figure, Orders, Part};
use crate::task::worker::{Client, Reply, Request};

/// How far it is.
#[derive(Clone, PartialEq)]
pub enum Status {
    /// There is more to come.
    Running,
    /// All figures are there.
    Done,
    /// Nothing more will come: why.
    Failed(String),
}

/// A data set and what is known of it.
#[derive(Clone, PartialEq)]
pub struct Shown {
    /// What it is.
    pub set: Dataset,
    /// Its figures, those of a kind together.
    pub families: Vec<Rc<Vec<Figure>>>,
    /// Its comparisons, when all figures are there.
    pub orders: Option<Orders>,
}

impl Shown {
    /// All figures.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.families.iter().flat_map(|family| family.iter())
    }
}

/// All of it.
#[derive(Clone, PartialEq)]
pub struct Check {
    /// The data sets, as far as they are known.
    pub datasets: Vec<Rc<Shown>>,
    /// How far it is.
    pub status: Status,
}

impl Reducible for Check {
    type Action = Reply;

    fn reduce(self: Rc<Self>, reply: Reply) -> Rc<Self> {
        let mut check = (*self).clone();
        match reply {
            Reply::Reality(part) => check.add(part),
            Reply::Done { .. } => check.status = Status::Done,
            Reply::Failed { message } => check.status = Status::Failed(message),
            Reply::Ready | Reply::Point { .. } => {}
        }
        Rc::new(check)
    }
}

impl Check {
    fn add(&mut self, part: Part) {
        if let Part::Dataset(set) = part {
            self.datasets.push(Rc::new(Shown { set, families: Vec::new(), orders: None }));
            return;
        }
        let Some(last) = self.datasets.last_mut() else { return };
        let last = Rc::make_mut(last);
        match part {
            Part::Figures(figures) if !figures.is_empty() => last.families.push(Rc::new(figures)),
            Part::Orders(orders) => last.orders = Some(orders),
            Part::Figures(_) | Part::Dataset(_) => {}
        }
    }
}

/// Starts the check, and stops it when the tab goes.
#[hook]
pub fn use_check() -> UseReducerHandle<Check> {
    let check = use_reducer(|| Check { datasets: Vec::new(), status: Status::Running });
    let dispatcher = check.dispatcher();
    use_effect_with((), move |()| {
        let on_reply = {
            let dispatcher = dispatcher.clone();
            move |reply| dispatcher.dispatch(reply)
        };
        let client = Client::start(on_reply);
        match &client {
            Ok(client) => client.send(Request::Reality),
            Err(message) => dispatcher.dispatch(Reply::Failed { message: message.clone() }),
        }
        move || drop(client)
    });
    check
}
