//! What a person would like to be different. Pure, but for what it is stored in.

use std::rc::Rc;

use gil_sim::{
    DEFAULT_CHECK_INTERVAL, DEFAULT_SWITCH_INTERVAL, GroupId, Nanos, Regulation, Scenario,
};

use super::fork::{Blocked, Choice, fork, no_interval, no_io, no_more_of, no_thread};
use crate::edit;
use crate::edit::place::{Place, Setting};
use crate::model::Run;

/// Where a fork begins.
#[derive(Clone, PartialEq)]
pub struct Here {
    /// The run that is forked.
    pub run: Rc<Run>,
    /// The moment.
    pub at: Nanos,
    /// The threads and tasks that wait for I/O then.
    pub blocked: Rc<Vec<Blocked>>,
}

impl Here {
    /// A moment of a run.
    #[cfg(test)]
    pub fn new(run: Rc<Run>, at: Nanos) -> Here {
        let blocked = Rc::new(super::fork::blocked(run.scenario(), &run.trace, at));
        Here { run, at, blocked }
    }
}

/// What a fork makes different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlternativeKind {
    /// The switch interval, or with ticks the check interval.
    Interval,
    /// How many threads there are.
    Thread,
    /// When some I/O completes.
    Io,
}

impl AlternativeKind {
    /// All kinds of change.
    pub const ALL: [AlternativeKind; 3] =
        [AlternativeKind::Interval, AlternativeKind::Thread, AlternativeKind::Io];

    /// Its value in the list.
    pub fn key(self) -> &'static str {
        match self {
            AlternativeKind::Interval => "interval",
            AlternativeKind::Thread => "thread",
            AlternativeKind::Io => "io",
        }
    }

    /// The kind of this value.
    pub fn of(key: &str) -> Option<AlternativeKind> {
        AlternativeKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// How the sentence goes on behind "What if, at 12.3 ms,".
    pub fn words(self, run: &Run) -> &'static str {
        match (self, run.scenario().spec().regulation()) {
            (AlternativeKind::Interval, Regulation::CheckInterval) => "the check interval were",
            (AlternativeKind::Interval, _) => "the switch interval were",
            (AlternativeKind::Thread, _) => "one more thread started",
            (AlternativeKind::Io, _) => "the I/O completed",
        }
    }

    /// Why it is not possible at a moment, as a sentence.
    pub fn impossible(self, Here { run, at, blocked }: &Here) -> Option<String> {
        match self {
            AlternativeKind::Interval => no_interval(run.scenario(), &run.trace, *at),
            AlternativeKind::Thread => no_thread(run.scenario()),
            AlternativeKind::Io => no_io(run.scenario(), &run.trace, *at, blocked),
        }
    }
}

/// What has been chosen and typed; what has not is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// What a fork makes different.
    pub kind: Option<AlternativeKind>,
    /// The new interval.
    pub text: Option<String>,
    /// The group that one more thread is like.
    pub group: Option<GroupId>,
    /// The thread whose I/O completes.
    pub who: Option<Blocked>,
}

/// The panel's field of the interval that this run has.
pub fn place(run: &Run) -> Place {
    let setting = run.scenario().spec().regulation().setting();
    Place::setting(setting.unwrap_or(Setting::SwitchInterval))
}

impl Alternative {
    /// What becomes different: the interval where there is one, until something is chosen.
    pub fn kind(&self, run: &Run) -> AlternativeKind {
        let free = run.scenario().spec().regulation() == Regulation::NoGil;
        self.kind.unwrap_or(if free { AlternativeKind::Thread } else { AlternativeKind::Interval })
    }

    /// The new interval as text: until something is typed, one that makes a difference.
    pub fn text(&self, run: &Run) -> String {
        self.text.clone().unwrap_or_else(|| {
            let mut spec = run.scenario().spec().clone();
            spec.switch_interval = match spec.switch_interval == DEFAULT_SWITCH_INTERVAL {
                true => Nanos::from_millis(1),
                false => DEFAULT_SWITCH_INTERVAL,
            };
            spec.check_interval = match spec.check_interval == DEFAULT_CHECK_INTERVAL {
                true => 10,
                false => DEFAULT_CHECK_INTERVAL,
            };
            edit::text(&spec, &place(run))
        })
    }

    /// With the next interval above or below.
    pub fn nudged(&self, run: &Run, up: bool) -> Alternative {
        let (mut spec, place) = (run.scenario().spec().clone(), place(run));
        let read = edit::write(&mut spec, &place, &self.text(run));
        let next = read.ok().and_then(|()| edit::nudged(&spec, &place, up));
        Alternative { text: next.or(self.text.clone()), ..self.clone() }
    }

    /// The group that one more thread is like: the first of which there can be one more, until
    /// one is chosen.
    pub fn group(&self, run: &Run) -> GroupId {
        let spec = run.scenario().spec();
        let chosen = self.group.filter(|id| spec.group(*id).is_some());
        let mut free = spec.numbered_groups().filter(|(_, group)| no_more_of(group).is_none());
        let first = || free.next().map(|(id, _)| id);
        chosen.or_else(first).unwrap_or(GroupId::FIRST)
    }

    /// The thread or task whose I/O completes: the first one, until one is chosen that waits for I/O.
    pub fn who(&self, blocked: &[Blocked]) -> Option<Blocked> {
        self.who.filter(|who| blocked.contains(who)).or(blocked.first().copied())
    }

    /// The fork that is wished for.
    ///
    /// # Errors
    /// Why it cannot be, as a sentence.
    pub fn fork(&self, here: &Here) -> Result<Scenario, String> {
        let run = &here.run;
        let kind = self.kind(run);
        if let Some(why) = kind.impossible(here) {
            return Err(why);
        }
        let choice = match kind {
            AlternativeKind::Interval => self.interval(run)?,
            AlternativeKind::Thread => Choice::Thread(self.group(run)),
            AlternativeKind::Io => {
                Choice::Io(self.who(&here.blocked).ok_or("Nobody waits for I/O now.")?)
            }
        };
        fork(run.scenario(), here.at, choice)
    }

    fn interval(&self, run: &Run) -> Result<Choice, String> {
        let mut spec = run.scenario().spec().clone();
        edit::write(&mut spec, &place(run), &self.text(run))?;
        Ok(match spec.regulation() {
            Regulation::CheckInterval => Choice::CheckInterval(spec.check_interval),
            _ => Choice::SwitchInterval(spec.switch_interval),
        })
    }
}

#[cfg(test)]
mod tests {
    use gil_notation::{parse_scenario, print_scenario};

    use super::*;

    fn opened(text: &str) -> Rc<Run> {
        Run::of(parse_scenario(text).unwrap())
    }

    fn forked(run: &Rc<Run>, alternative: &Alternative) -> Result<String, String> {
        let here = Here::new(run.clone(), Nanos::from_millis(2));
        alternative.fork(&here).map(|fork| print_scenario(&fork))
    }

    #[test]
    fn what_is_offered_at_first_makes_a_difference() {
        for (text, more) in [
            ("v1/a:2:py-9ms", "/then=si-1ms@2ms"),
            ("v1/si=1ms/a:2:py-9ms", "/then=si-5ms@2ms"),
            ("v1/py=2.7/a:2:py-9ms", "/then=ci-10@2ms"),
            ("v1/py=3.14t/a:2:py-9ms", "/a2:1@2ms:py-9ms"),
        ] {
            let fork = forked(&opened(text), &Alternative::default());
            assert_eq!(fork, Ok(format!("{text}{more}")));
        }
    }

    #[test]
    fn an_interval_is_read_as_in_the_panel() {
        let run = opened("v1/a:2:py-9ms");
        let typed =
            |text: &str| Alternative { text: Some(text.to_owned()), ..Alternative::default() };
        assert_eq!(forked(&run, &typed("2.5 ms")), Ok("v1/a:2:py-9ms/then=si-2.5ms@2ms".into()));
        assert_eq!(forked(&run, &typed("20s")), Err("20 s is not between 1 us and 10 s.".into()));
        assert!(forked(&run, &typed("soon")).unwrap_err().contains("soon"));
        assert_eq!(typed("2 ms").nudged(&run, true).text(&run), "5 ms");
        assert_eq!(typed("soon").nudged(&run, true).text(&run), "soon");
    }

    #[test]
    fn a_choice_that_is_gone_gives_way_to_one_that_is_there() {
        let run = opened("v1/jobs:2:sleep-1ms:jobs-9/io:2:io-9ms");
        let thread = Alternative {
            kind: Some(AlternativeKind::Thread),
            group: Some(GroupId(9)),
            ..Alternative::default()
        };
        assert_eq!(thread.group(&run), GroupId(1));
        let gone = Blocked { group: gil_sim::GroupId(0), member: 1 };
        let io = Alternative {
            kind: Some(AlternativeKind::Io),
            who: Some(gone),
            ..Alternative::default()
        };
        let fork = forked(&run, &io).unwrap();
        assert!(fork.ends_with("/then=io-io.1@2ms"), "{fork}");
    }
}
