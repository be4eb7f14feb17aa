//! Has the runs of a question computed, in the worker or in small portions on the page, and keeps
//! what they find.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::messages::{Reply, Request};
use super::portions::{Pace, Portions, Told};
use super::results::{Results, Task};
use super::worker::Client;

/// Where the computation stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Nobody has asked yet.
    Waiting,
    /// The runs go on, and points come in.
    Running,
    /// All are there; the time it took in seconds, where it had to be computed.
    Done(Option<f64>),
    /// The reader has stopped it.
    Cancelled,
    /// It cannot go on: why.
    Failed(String),
}

/// The place that computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The web worker.
    Worker,
    /// The page itself, one run at a time.
    Page,
}

/// Questions whose results are remembered, so that undo and redo are there at once.
const KEPT: usize = 12;

/// What is known of a question.
#[derive(Clone, PartialEq)]
pub struct Board<T: Task> {
    /// What is known of the question as it is.
    pub now: Rc<Results<T>>,
    /// How many runs that takes.
    pub total: usize,
    /// How many of them are made.
    pub done: usize,
    /// How far the computation is.
    pub status: Status,
    job: u64,
    started: f64,
    /// Earlier results, the latest last; not all of them complete.
    kept: Vec<Rc<Results<T>>>,
}

/// A change of the [`Board`].
pub enum Step<T: Task> {
    /// Another question is asked.
    Begin {
        /// The number of the question.
        job: u64,
        /// What is known of it.
        start: Results<T>,
        /// How many runs that takes.
        total: usize,
        /// How many of them are known already.
        done: usize,
    },
    /// A point is there.
    Point(u64, T::Point),
    /// All points are there.
    Done(u64),
    /// The reader stops the computation.
    Cancel,
    /// It cannot go on.
    Fail(String),
}

impl<T: Task> Board<T> {
    fn new(question: T) -> Board<T> {
        let now = Rc::new(Results::new(question));
        let (job, total, done, started) = (0, 0, 0, 0.0);
        Board { now, total, done, status: Status::Waiting, job, started, kept: Vec::new() }
    }

    /// What earlier results say about a question.
    fn known(&self, question: &T) -> Results<T> {
        let mut known = Results::new(question.clone());
        for earlier in self.kept.iter().chain([&self.now]) {
            question.known(earlier).into_iter().for_each(|point| known.add(point));
        }
        known
    }

    /// What is remembered of the latest question of a kind.
    pub fn remembered(&self, kind: impl Fn(&T) -> bool) -> Option<&Rc<Results<T>>> {
        self.kept.iter().rev().find(|results| kind(&results.question))
    }

    fn begin(&mut self, job: u64, start: Results<T>, (total, done): (usize, usize)) {
        (self.total, self.done) = (total, done);
        self.job = job;
        self.started = js_sys::Date::now();
        self.status = if start.complete { Status::Done(None) } else { Status::Running };
        let old = std::mem::replace(&mut self.now, Rc::new(start));
        self.keep(old);
    }

    fn keep(&mut self, results: Rc<Results<T>>) {
        if results.len() == 0 {
            return;
        }
        self.kept.retain(|kept| kept.question != results.question);
        self.kept.push(results);
        if self.kept.len() > KEPT {
            self.kept.remove(0);
        }
    }
}

impl<T: Task> Reducible for Board<T> {
    type Action = Step<T>;

    fn reduce(self: Rc<Self>, step: Step<T>) -> Rc<Self> {
        let mut board = (*self).clone();
        let running = board.status == Status::Running;
        match step {
            Step::Begin { job, start, total, done } => board.begin(job, start, (total, done)),
            // Of a question that has been given up.
            Step::Point(job, ..) | Step::Done(job) if job != board.job || !running => return self,
            Step::Point(_, point) => {
                board.done += 1;
                Rc::make_mut(&mut board.now).add(point);
            }
            Step::Done(_) => {
                Rc::make_mut(&mut board.now).complete = true;
                let seconds = (js_sys::Date::now() - board.started) / 1_000.0;
                board.status = Status::Done(Some(seconds));
            }
            Step::Cancel if running => board.status = Status::Cancelled,
            Step::Fail(message) if running => board.status = Status::Failed(message),
            Step::Cancel | Step::Fail(_) => return self,
        }
        Rc::new(board)
    }
}

/// What computes at the moment.
#[derive(Default)]
enum Engine {
    #[default]
    Idle,
    Worker(Client),
    Page(#[allow(dead_code, reason = "dropping it stops the computation")] Portions),
}

/// A computation as a component uses it.
#[derive(Clone)]
pub struct Runs<T: Task> {
    /// What is known of a question.
    pub board: UseReducerHandle<Board<T>>,
    /// Stops the computation at once.
    pub cancel: Callback<()>,
    /// Computes again, in the given place.
    pub restart: Callback<Place>,
}

/// Keeps the answer to a question up to date, as soon as somebody wants it.
#[hook]
pub fn use_runs<T: Task>(question: &T, wanted: bool) -> Runs<T> {
    let board = use_reducer(|| Board::new(question.clone()));
    let engine = use_mut_ref(Engine::default);
    // Which attempt this is, and where it is made.
    let attempt = use_state_eq(|| (0u32, Place::Worker));
    let jobs = use_mut_ref(|| 0u64);
    {
        let (board, engine) = (board.clone(), engine.clone());
        let asked = (question.clone(), *attempt, wanted);
        use_effect_with(asked, move |(question, (_, place), wanted)| {
            if !wanted {
                return;
            }
            let job = *jobs.borrow() + 1;
            *jobs.borrow_mut() = job;
            let total = question.runs().len();
            let mut start = board.known(question);
            start.complete = start.len() == question.points();
            let rest = (!start.complete).then(|| question.rest(&start));
            let left = rest.as_ref().map_or(0, |rest| rest.runs().len());
            let done = total.saturating_sub(left);
            board.dispatch(Step::Begin { job, start, total, done });
            match rest {
                // What still runs is of no use any more.
                None => *engine.borrow_mut() = Engine::Idle,
                Some(rest) => {
                    let board = board.dispatcher();
                    compute(&engine, *place, job, &rest, move |step| board.dispatch(step));
                }
            }
        });
    }
    {
        let engine = engine.clone();
        use_effect_with((), move |()| move || *engine.borrow_mut() = Engine::Idle);
    }
    let cancel = {
        let board = board.clone();
        Callback::from(move |()| {
            *engine.borrow_mut() = Engine::Idle;
            board.dispatch(Step::Cancel);
        })
    };
    let restart = Callback::from(move |place| attempt.set((attempt.0 + 1, place)));
    Runs { board, cancel, restart }
}

fn compute<T: Task>(
    engine: &Rc<RefCell<Engine>>,
    place: Place,
    job: u64,
    question: &T,
    tell: impl Fn(Step<T>) + Clone + 'static,
) {
    match place {
        Place::Page => *engine.borrow_mut() = Engine::Page(on_page(job, question, tell)),
        Place::Worker => ask(engine, Request { job, work: question.work() }, tell),
    }
}

/// Asks the worker, which is started where there is none.
fn ask<T: Task>(
    engine: &Rc<RefCell<Engine>>,
    request: Request,
    tell: impl Fn(Step<T>) + Clone + 'static,
) {
    if let Engine::Worker(client) = &*engine.borrow() {
        return client.send(&request);
    }
    let hear = {
        let (engine, tell) = (Rc::downgrade(engine), tell.clone());
        move |reply| match reply {
            Reply::Ready => {}
            Reply::Point { job, found } => {
                if let Some(point) = T::point(*found) {
                    tell(Step::Point(job, point));
                }
            }
            Reply::Done { job } => tell(Step::Done(job)),
            Reply::Failed { message } => {
                tell(Step::Fail(message));
                // It does not answer any more; later, because it is its callback that runs now.
                let engine = engine.clone();
                Timeout::new(0, move || {
                    if let Some(engine) = engine.upgrade() {
                        *engine.borrow_mut() = Engine::Idle;
                    }
                })
                .forget();
            }
        }
    };
    match Client::start(hear) {
        Ok(client) => {
            client.send(&request);
            *engine.borrow_mut() = Engine::Worker(client);
        }
        Err(message) => tell(Step::Fail(message)),
    }
}

/// One run at a time, with a pause for everything else that the page does.
const PACE: Pace = Pace { first_ms: 20, turn_ms: 0.0, pause_ms: 20 };

/// Computes on the page.
fn on_page<T: Task>(job: u64, question: &T, tell: impl Fn(Step<T>) + 'static) -> Portions {
    Portions::start(PACE, question.runs(), move |told| match told {
        Told::Piece(point) => tell(Step::Point(job, point)),
        Told::Turn { done: true } => tell(Step::Done(job)),
        Told::Turn { done: false } => {}
    })
}
