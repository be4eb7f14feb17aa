//! Has sweeps computed, in the worker or in small portions on the page, and keeps what they find.

use std::cell::RefCell;
use std::rc::Rc;

use gil_sim::sweep::{Point, Sweep, Work};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use super::results::{Question, Results};
use crate::worker::{Client, Reply, Request};

/// Where the computation stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Points come in.
    Running,
    /// All are there; the time it took in seconds, where it had to be computed.
    Done(Option<f64>),
    /// The reader has stopped it.
    Cancelled,
    /// It cannot go on: why.
    Failed(String),
}

/// Who computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The web worker.
    Worker,
    /// The page itself, one run at a time.
    Page,
}

/// Sweeps that are remembered, so that undo and redo are there at once.
const KEPT: usize = 12;

/// What is known.
#[derive(Clone, PartialEq)]
pub struct Board {
    /// The sweep of the scenario as it is.
    pub now: Rc<Results>,
    /// How many points it will have.
    pub total: usize,
    /// Where it stands.
    pub status: Status,
    job: u64,
    started: f64,
    /// Earlier sweeps, the latest last; not all of them complete.
    kept: Vec<Rc<Results>>,
}

/// A change of the [`Board`].
pub enum Step {
    /// Another sweep begins.
    Begin {
        /// Its number.
        job: u64,
        /// What is swept.
        question: Question,
    },
    /// A point of a sweep is there.
    Point(u64, Work, Point),
    /// A sweep is complete.
    Done(u64),
    /// The reader stops the sweep.
    Cancel,
    /// The sweep cannot go on.
    Fail(String),
}

impl Board {
    fn new(question: Question) -> Board {
        let now = Rc::new(Results::new(question));
        let (job, total, started) = (0, 0, 0.0);
        Board { now, total, status: Status::Running, job, started, kept: Vec::new() }
    }

    /// The complete sweep of a question, if it is remembered.
    fn known(&self, question: &Question) -> Option<Rc<Results>> {
        let all = self.kept.iter().chain([&self.now]);
        all.rev().find(|results| results.complete && results.question == *question).cloned()
    }

    /// What is remembered of the sweep of a scenario.
    pub fn remembered(&self, scenario: &gil_sim::Scenario) -> Option<&Rc<Results>> {
        self.kept.iter().rev().find(|results| results.question.scenario == *scenario)
    }

    fn begin(&mut self, job: u64, question: Question) {
        let known = self.known(&question);
        self.total = Sweep::new(&question.scenario, question.group).len();
        self.job = job;
        self.started = js_sys::Date::now();
        self.status = if known.is_some() { Status::Done(None) } else { Status::Running };
        let now = known.unwrap_or_else(|| Rc::new(Results::new(question)));
        let old = std::mem::replace(&mut self.now, now);
        self.keep(old);
    }

    fn keep(&mut self, results: Rc<Results>) {
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

impl Reducible for Board {
    type Action = Step;

    fn reduce(self: Rc<Self>, step: Step) -> Rc<Self> {
        let mut board = (*self).clone();
        let running = board.status == Status::Running;
        match step {
            Step::Begin { job, question } => board.begin(job, question),
            // From a sweep that has been given up.
            Step::Point(job, ..) | Step::Done(job) if job != board.job || !running => return self,
            Step::Point(_, work, point) => Rc::make_mut(&mut board.now).add(work, point),
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
    /// The timer of the next portion.
    Page(#[allow(dead_code, reason = "dropping it stops the computation")] Timeout),
}

/// Sweeps as a component uses them.
#[derive(Clone)]
pub struct Sweeps {
    /// What is known.
    pub board: UseReducerHandle<Board>,
    /// Stops the computation at once.
    pub cancel: Callback<()>,
    /// Computes again, there.
    pub restart: Callback<Place>,
}

/// Keeps the sweep of a question up to date.
#[hook]
pub fn use_sweeps(question: &Question) -> Sweeps {
    let board = use_reducer(|| Board::new(question.clone()));
    let engine = use_mut_ref(Engine::default);
    // Which attempt this is, and where it is made.
    let attempt = use_state_eq(|| (0u32, Place::Worker));
    let jobs = use_mut_ref(|| 0u64);
    {
        let (board, engine) = (board.clone(), engine.clone());
        use_effect_with((question.clone(), *attempt), move |(question, (_, place))| {
            let job = *jobs.borrow() + 1;
            *jobs.borrow_mut() = job;
            let known = board.known(question).is_some();
            board.dispatch(Step::Begin { job, question: question.clone() });
            if known {
                // What still runs is of no use any more.
                *engine.borrow_mut() = Engine::Idle;
            } else {
                let board = board.dispatcher();
                compute(&engine, *place, job, question, move |step| board.dispatch(step));
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
    Sweeps { board, cancel, restart }
}

fn compute(
    engine: &Rc<RefCell<Engine>>,
    place: Place,
    job: u64,
    question: &Question,
    tell: impl Fn(Step) + Clone + 'static,
) {
    let Question { scenario, group } = question;
    match place {
        Place::Page => portion(engine, job, Sweep::new(scenario, *group), tell),
        Place::Worker => {
            let scenario = Box::new(scenario.clone());
            let request = Request::Sweep { job, scenario, group: *group };
            ask(engine, request, tell);
        }
    }
}

/// Asks the worker, which is started where there is none.
fn ask(engine: &Rc<RefCell<Engine>>, request: Request, tell: impl Fn(Step) + Clone + 'static) {
    if let Engine::Worker(client) = &*engine.borrow() {
        return client.send(request);
    }
    let hear = {
        let (engine, tell) = (Rc::downgrade(engine), tell.clone());
        move |reply| match reply {
            Reply::Ready | Reply::Reality(_) => {}
            Reply::Point { job, work, point } => tell(Step::Point(job, work, point)),
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
            client.send(request);
            *engine.borrow_mut() = Engine::Worker(client);
        }
        Err(message) => tell(Step::Fail(message)),
    }
}

/// Milliseconds between two runs on the page, for everything else that it does.
const PAUSE_MS: u32 = 20;

/// Computes one run on the page and schedules the next.
fn portion(
    engine: &Rc<RefCell<Engine>>,
    job: u64,
    mut sweep: Sweep,
    tell: impl Fn(Step) + Clone + 'static,
) {
    let next = Rc::downgrade(engine);
    let timer = Timeout::new(PAUSE_MS, move || match sweep.next() {
        None => tell(Step::Done(job)),
        Some((work, point)) => {
            tell(Step::Point(job, work, point));
            if let Some(engine) = next.upgrade() {
                portion(&engine, job, sweep, tell);
            }
        }
    });
    *engine.borrow_mut() = Engine::Page(timer);
}
