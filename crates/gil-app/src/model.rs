//! The page's state, in three kinds: *shared* is what a link carries (scenario and view),
//! *derived* is worked out from it once ([`Run`]), *transient* is the rest (playback, zoom).

use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;

use gil_debug::Debugger;
use gil_notation::{Embed, Link, Shade, Show, Tab, View, default_scenario};
use gil_share::picture::Shown;
use gil_sim::{Origin, Scenario};
use gil_view::stage::Stage;
use gil_view::timeline::Timeline;
use yew::Reducible;

/// A finished run with what the page's pictures are laid out from. Made once, never changed.
pub struct Run {
    run: gil_sim::Run,
    /// Its trace made ready for the stage.
    pub stage: Stage,
    /// Its trace made ready for the timeline.
    pub timeline: Timeline,
    /// Its trace made ready for the debugger, once that is asked for.
    debugger: OnceCell<Debugger>,
}

impl Deref for Run {
    type Target = gil_sim::Run;

    fn deref(&self) -> &gil_sim::Run {
        &self.run
    }
}

impl Run {
    /// Runs a scenario.
    pub fn of(scenario: Scenario) -> Rc<Run> {
        let run = gil_sim::Run::of(scenario);
        let Origin::Simulated(scenario) = &run.origin;
        let (stage, timeline) = (Stage::new(scenario, &run.trace), Timeline::new(&run.trace));
        Rc::new(Run { run, stage, timeline, debugger: OnceCell::new() })
    }

    /// What was simulated.
    pub fn scenario(&self) -> &Scenario {
        let Origin::Simulated(scenario) = &self.run.origin;
        scenario
    }

    /// The run as the debugger shows it.
    pub fn debugger(&self) -> &Debugger {
        self.debugger.get_or_init(|| Debugger::new(self.scenario(), &self.trace))
    }

    /// The run as a picture takes it.
    pub fn shown(&self) -> Shown<'_> {
        Shown { run: &self.run, stage: &self.stage, timeline: &self.timeline }
    }
}

/// Runs are compared by identity: comparing traces would cost more than drawing them.
impl PartialEq for Run {
    fn eq(&self, other: &Run) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What the page shows.
#[derive(Clone, PartialEq)]
pub struct Model {
    /// The current run.
    pub run: Rc<Run>,
    /// The run before the last change of the scenario: the ghost.
    pub before: Option<Rc<Run>>,
    /// What the current run is compared with, where there is something.
    pub other: Option<Rc<Run>>,
    /// The link that was opened last: what the author of a figure wrote.
    pub opened: Rc<Link>,
    /// The open tab.
    pub tab: Tab,
    /// The open lesson; it need not exist.
    pub lesson: Option<String>,
    /// Whether the debugger is open.
    pub debug: bool,
    /// The figure that the page is, in another page.
    pub embed: Option<Embed>,
    /// What is wrong with the address, if anything, ready to be shown.
    pub problem: Option<Problem>,
    undo: Vec<Scenarios>,
    redo: Vec<Scenarios>,
    /// The control that made the last change: its next change belongs to the same edit.
    editing: Option<String>,
}

/// What an undo brings back: the scenario, and what it is compared with.
type Scenarios = (Scenario, Option<Scenario>);

/// A link that could not be opened.
#[derive(Clone, PartialEq)]
pub struct Problem {
    /// What is wrong, in one sentence.
    pub message: String,
    /// The place, quoted and underlined.
    pub quote: String,
}

/// A change of the [`Model`].
pub enum Action {
    /// The scenario is another one. Changes with the same `control` in a row are one edit.
    Edit {
        /// The new scenario.
        scenario: Scenario,
        /// The control that made the change; `None` for a change of its own.
        control: Option<String>,
    },
    /// What the scenario is compared with is another one; as [`Action::Edit`].
    EditOther {
        /// The new scenario.
        scenario: Scenario,
        /// The control that made the change; `None` for a change of its own.
        control: Option<String>,
    },
    /// The two that are compared change places.
    Swap,
    /// The scenario is compared with another one from now on, or with none.
    CompareWith(Option<Scenario>),
    /// The control was let go: its next change is an edit of its own.
    EditDone,
    /// Takes the last edit back.
    Undo,
    /// Makes the edit again that was taken back last.
    Redo,
    /// Opens another tab.
    Tab(Tab),
    /// Opens a lesson, or the list of them.
    Lesson(Option<String>),
    /// Opens or closes the debugger.
    Debug(bool),
    /// The page around a figure has another theme.
    Shade(Shade),
    /// Opens what the address says.
    Open(Box<Link>),
    /// The address cannot be opened.
    Broken(Problem),
    /// The error was read.
    Dismiss,
}

impl Model {
    /// The page as a link opens it.
    pub fn open(link: Link) -> Model {
        Model {
            opened: Rc::new(link.clone()),
            run: Run::of(link.scenario),
            before: None,
            other: link.other.map(Run::of),
            tab: tab_of(&link.view),
            lesson: link.view.lesson,
            debug: link.view.debug,
            embed: link.view.embed,
            problem: None,
            undo: Vec::new(),
            redo: Vec::new(),
            editing: None,
        }
    }

    /// The page as it opens with a link that cannot be read: the default scenario and the error,
    /// as a figure or as a page.
    pub fn broken(problem: Problem, embed: bool) -> Model {
        let embed = embed.then(Embed::default);
        Model { problem: Some(problem), embed, ..Model::open(Model::preset()) }
    }

    /// The page as it opens without a link.
    pub fn preset() -> Link {
        Link::from(default_scenario())
    }

    /// The run that is shown beside the run, where two are compared at the moment.
    pub fn beside(&self) -> Option<&Rc<Run>> {
        self.other.as_ref().filter(|_| self.tab == Tab::Compare)
    }

    /// Whether there is an edit to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is an edit to make again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    fn scenarios(&self) -> Scenarios {
        (self.run.scenario().clone(), self.other.as_ref().map(|other| other.scenario().clone()))
    }

    fn edit(&mut self, scenario: Scenario, control: Option<String>) {
        let other = self.scenarios().1;
        self.change((scenario, other), control);
    }

    /// One edit of what is simulated, unless nothing changes.
    fn change(&mut self, to: Scenarios, control: Option<String>) {
        let from = self.scenarios();
        if from == to {
            return;
        }
        let same_edit = control.is_some() && control == self.editing;
        self.redo.clear();
        self.editing = control;
        let old = self.run.clone();
        self.set(to);
        // During one edit the ghost stays what was there when it began.
        if !same_edit {
            self.undo.push(from);
            if self.undo.len() > MOST_UNDO {
                self.undo.remove(0);
            }
            if old != self.run {
                self.before = Some(old);
            }
        }
    }

    /// Runs what is not running already.
    fn set(&mut self, (scenario, other): Scenarios) {
        let old = [Some(self.run.clone()), self.other.take()];
        self.run = run_or_find(scenario, &old);
        self.other = other.map(|other| run_or_find(other, &old));
    }

    fn undo_or_redo(&mut self, from: Stack, to: Stack) {
        if let Some(scenarios) = from(self).pop() {
            let (now, old) = (self.scenarios(), self.run.clone());
            to(self).push(now);
            self.set(scenarios);
            self.before = Some(old);
            self.editing = None;
            self.problem = None;
        }
    }
}

/// The part of the page that shows what a link is about: a figure's own whatever its tab.
fn tab_of(view: &View) -> Tab {
    let shows = |show: Show| view.embed.as_ref().is_some_and(|embed| embed.show.contains(&show));
    match view.embed {
        None => view.tab,
        Some(_) if shows(Show::Compare) => Tab::Compare,
        Some(_) if shows(Show::Lesson) => Tab::Learn,
        Some(_) => Tab::Explore,
    }
}

fn run_or_find(scenario: Scenario, known: &[Option<Rc<Run>>]) -> Rc<Run> {
    let same = known.iter().flatten().find(|run| *run.scenario() == scenario);
    same.cloned().unwrap_or_else(|| Run::of(scenario))
}

type Stack = fn(&mut Model) -> &mut Vec<Scenarios>;

/// Edits that can be taken back.
const MOST_UNDO: usize = 200;

impl Reducible for Model {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut model = (*self).clone();
        match action {
            Action::Edit { scenario, control } => {
                model.problem = None;
                model.edit(scenario, control);
            }
            Action::EditOther { scenario, control } => {
                model.problem = None;
                let own = model.run.scenario().clone();
                model.change((own, Some(scenario)), control);
            }
            Action::Swap => {
                if let (own, Some(other)) = model.scenarios() {
                    model.change((other, Some(own)), None);
                }
            }
            Action::CompareWith(other) => {
                let scenario = model.run.scenario().clone();
                model.change((scenario, other), None);
            }
            Action::EditDone => model.editing = None,
            Action::Undo => model.undo_or_redo(|m| &mut m.undo, |m| &mut m.redo),
            Action::Redo => model.undo_or_redo(|m| &mut m.redo, |m| &mut m.undo),
            Action::Tab(tab) => model.tab = tab,
            Action::Lesson(lesson) => (model.tab, model.lesson) = (Tab::Learn, lesson),
            Action::Debug(debug) => model.debug = debug,
            Action::Shade(shade) => {
                if let Some(embed) = &mut model.embed {
                    embed.theme = Some(shade);
                }
            }
            Action::Open(link) => {
                model.problem = None;
                model.opened = Rc::new((*link).clone());
                model.tab = tab_of(&link.view);
                model.lesson = link.view.lesson;
                model.debug = link.view.debug;
                model.embed = link.view.embed;
                model.change((link.scenario, link.other), None);
            }
            Action::Broken(problem) => {
                // What was there is one undo away.
                model.edit(Model::preset().scenario, None);
                model.problem = Some(problem);
            }
            Action::Dismiss => model.problem = None,
        }
        Rc::new(model)
    }
}
