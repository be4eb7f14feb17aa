//! Files that a team keeps in its repository, as Markdown, all made from the answer.

mod checklist;
mod playbook;
mod postmortem;
mod record;

use gil_sim::Scenario;

use crate::answer::{Answer, Entry};
use crate::diagnosis::Finding;
use crate::words::{bytes, p99, rate};

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

    /// The file's name.
    pub fn name(self) -> &'static str {
        match self {
            File::Record => "decision-concurrency.md",
            File::Playbook => "playbook-concurrency.md",
            File::Postmortem => "postmortem-concurrency.md",
            File::Checklist => "review-concurrency.md",
        }
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

/// What the files are made from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The answer.
    pub answer: &'a Answer,
    /// The diagnosis of the workload as it runs now.
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

    /// The workload as it runs now, as a Markdown link.
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

    /// A table of some entries.
    pub fn table(&self, entries: &[&Entry]) -> String {
        let mut text = "| strategy | p50 of a pass | p99 of a pass | passes | memory | start-up | \
                        compatibility risk | to be known |\n\
                        | --- | --- | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
        for entry in entries {
            let figures = &entry.figures;
            text += &format!(
                "| {} | {} | {} | {} | {} | {} | {} | {} |\n",
                self.link(entry),
                figures.latency.p50,
                p99(&figures.latency),
                rate(figures.throughput),
                bytes(figures.memory),
                figures.start_up,
                entry.compatibility.sum,
                entry.complexity.sum
            );
        }
        text
    }
}

/// Lines of a Markdown list.
pub(crate) fn list(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().map(|item| format!("- {item}\n")).collect()
}

/// A block of code.
pub(crate) fn block(language: &str, code: &str) -> String {
    format!("```{language}\n{}\n```\n", code.trim_end())
}
