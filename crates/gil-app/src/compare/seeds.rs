//! Both scenarios in several seeds, so that a difference is told from chance.

use std::rc::Rc;

use gil_sim::spread::SEEDS;
use gil_words::difference::Seeds;
use yew::prelude::*;

use crate::page::use_page;
use crate::task::progress::progress;
use crate::task::runs::use_runs;
use crate::task::seeds::Question;

/// What the seeds give, and how far they are.
pub struct Known {
    /// The metrics of both in all seeds; those of none while they are computed.
    pub known: Rc<Seeds>,
    /// How far that is, as a line of the page.
    pub progress: Html,
}

/// Has both scenarios run with several seeds. What is said changes once, when all are there:
/// half of the seeds would call other things level.
#[hook]
pub fn use_seeds() -> Known {
    let model = use_page().model;
    let a = model.run.scenario().clone();
    let b = model.other.as_ref().map(|other| other.scenario().clone());
    let has_both = b.is_some();
    let question = Question { scenarios: std::iter::once(a).chain(b).collect(), seeds: SEEDS };
    let runs = use_runs(&question, has_both);
    let now = runs.board.now.clone();
    let is_known = now.complete && has_both && now.question == question;
    let known = use_memo((is_known, question), |(is_known, _)| match is_known {
        true => Seeds { a: now.samples(0), b: now.samples(1) },
        false => Seeds::default(),
    });
    Known { known, progress: progress(&runs) }
}
