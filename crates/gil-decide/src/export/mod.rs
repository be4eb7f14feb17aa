//! Files that a team keeps in its repository, as Markdown, all made from the answer.

mod assumptions;
mod checklist;
mod claims;
pub mod incident;
mod playbook;
mod postmortem;
mod record;

use gil_sim::{Nanos, Scenario};

use crate::answer::{Answer, Entry};
use crate::candidate::workers;
use crate::cost::WorkKind;
use crate::diagnosis::Finding;
use crate::question::Question;
use crate::words::{bytes, rate, seconds, time, time_range};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// What was decided and why.
    Record,
    /// The rules that follow.
    Playbook,
    /// An incident, to be filled in.
    Postmortem,
    /// What to look for in a review.
    Checklist,
}

impl File {
    /// All of them.
    pub const ALL: [File; 4] = [File::Record, File::Playbook, File::Postmortem, File::Checklist];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            File::Record => "Decision record",
            File::Playbook => "Playbook",
            File::Postmortem => "Postmortem",
            File::Checklist => "Review checklist",
        }
    }

    /// The file's name: what it is and of which workload, `decision-web-8-threads-report.md`.
    pub fn name(self, question: &Question) -> String {
        let kind = match self {
            File::Record => "decision",
            File::Playbook => "playbook",
            File::Postmortem => "postmortem",
            File::Checklist => "review",
        };
        format!("{kind}-{}.md", slug(question))
    }

    /// Its text. Nothing to say, and so no text, as long as nothing was run.
    pub fn text(self, source: &Source) -> String {
        let Some(facts) = Facts::of(source) else { return String::new() };
        match self {
            File::Record => record::text(&facts),
            File::Playbook => playbook::text(&facts),
            File::Postmortem => postmortem::text(&facts),
            File::Checklist => checklist::text(&facts),
        }
    }
}

/// The workload in a few words that a file's name can hold.
fn slug(question: &Question) -> String {
    let group = question.group();
    let groups = question.scenario.spec().numbered_groups();
    let others = groups.filter(|(id, _)| *id != question.group);
    let mut words = vec![group.name.clone(), workers(group.strategy, group.count)];
    words.extend(others.map(|(_, other)| other.name.clone()));
    let text = words.join("-").to_lowercase();
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// What the files are made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The answer.
    pub answer: &'a Answer,
    /// The diagnosis of the workload as it runs today.
    pub findings: &'a [Finding],
    /// The address under which a scenario can be opened.
    pub link: &'a dyn Fn(&Scenario) -> String,
}

/// The same, once there is a best.
pub(crate) struct Facts<'a> {
    pub answer: &'a Answer,
    pub findings: &'a [Finding],
    pub best: &'a Entry,
    link: &'a dyn Fn(&Scenario) -> String,
}

impl<'a> Facts<'a> {
    fn of(source: &Source<'a>) -> Option<Facts<'a>> {
        let Source { answer, findings, link } = *source;
        Some(Facts { answer, findings, best: answer.best()?, link })
    }

    /// The workload as it runs today, as a Markdown link.
    pub fn now_link(&self) -> String {
        format!("[the workload](<{}>)", (self.link)(&self.answer.question.scenario))
    }

    /// A candidate as a Markdown link to its scenario.
    pub fn link(&self, entry: &Entry) -> String {
        let question = &self.answer.question;
        let title = entry.candidate.title(question);
        match entry.candidate.scenario(question) {
            Ok(scenario) => format!("[{title}](<{}>)", (self.link)(&scenario)),
            Err(_) => title,
        }
    }

    pub fn title(&self, entry: &Entry) -> String {
        entry.candidate.title(&self.answer.question)
    }

    pub fn group(&self) -> &str {
        &self.answer.question.group().name
    }

    /// A table of some entries: medians with the range of the seeds.
    pub fn table(&self, entries: &[&Entry]) -> String {
        let question = &self.answer.question;
        let batch = question.kind() == WorkKind::Batch;
        let waits = match batch {
            true => "makespan".to_owned(),
            false => format!("{} | {}", question.typical_wait(), question.wait()),
        };
        let lines = if batch { 8 } else { 9 };
        let mut text = format!(
            "| strategy | {waits} | throughput | memory | start-up | risk | change | to learn |\n|{}\n",
            " --- |".repeat(lines)
        );
        for entry in entries {
            text += &self.row(entry, batch);
        }
        text
    }

    fn row(&self, entry: &Entry, batch: bool) -> String {
        let figures = &entry.figures;
        let waits = match batch {
            true => time_range(figures.wait),
            false => format!("{} | {}", time(figures.typical), time_range(figures.wait)),
        };
        format!(
            "| {} | {waits} | {} | {} | {} | {} | {} | {} |\n",
            self.link(entry),
            rate(figures.throughput),
            bytes(figures.memory),
            figures.start_up.map_or_else(|| "–".to_owned(), start_up),
            entry.compatibility.sum,
            entry.effort.sum,
            entry.complexity.sum
        )
    }
}

/// A start-up time, to two digits.
fn start_up(time: Nanos) -> String {
    seconds(time.as_secs_f64(), 2)
}

/// Lines of a Markdown list.
pub(crate) fn list(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().map(|item| format!("- {item}\n")).collect()
}

/// A block of code.
pub(crate) fn block(language: &str, code: &str) -> String {
    format!("```{language}\n{}\n```\n", code.trim_end())
}
