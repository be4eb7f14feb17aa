//! Four decisions as a team would get them, readable in `golden/`: the ranking with its figures,
//! what was refused and why, and the decision record. `UPDATE_GOLDEN=1` writes them anew.
//!
//! What is asserted beside the text is what an experienced person would answer, next to what real
//! programs were measured to do (CPython 3.11 on 2 cores).

use std::fmt::Write as _;
use std::path::PathBuf;

use gil_decide::{
    Answer, Candidate, Change, Constraints, File, Question, Search, Source, diagnose, words,
};
use gil_notation::{parse_scenario, print_scenario};
use gil_sim::sweep::usual_group;
use gil_sim::{Run, Scenario, StartMethod, Strategy};

struct Decision {
    answer: Answer,
    record: String,
}

fn decide(notation: &str) -> Decision {
    let scenario = parse_scenario(notation).unwrap();
    let group = usual_group(&scenario);
    let question = Question { scenario, group, constraints: Constraints::default() };
    let run = Run::of(question.scenario.clone());
    let findings = diagnose(&question, &run.trace, &run.stats);
    let answer = Answer::new(&question, Search::new(question.clone()));
    let link =
        |scenario: &Scenario| format!("https://gil.example.org/#{}", print_scenario(scenario));
    let record = File::Record.text(&Source { answer: &answer, findings: &findings, link: &link });
    Decision { answer, record }
}

impl Decision {
    /// Holds the decision against the file of this name.
    fn is_as_written(&self, name: &str) {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden")
            .join(name)
            .with_extension("md");
        let text = self.text();
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            text == written,
            "{} says something else; UPDATE_GOLDEN=1 writes it:\n{text}",
            path.display()
        );
    }

    fn text(&self) -> String {
        let Answer { question, ranked, .. } = &self.answer;
        let mut text = format!("{}\n\n# Ranking\n\n", self.answer.headline());
        for (place, entry) in ranked.iter().enumerate() {
            let title = entry.candidate.title(question);
            let wait = words::time_range(entry.figures.wait);
            let rate = words::rate_range(entry.figures.throughput);
            let reason = self.answer.reason(entry);
            writeln!(text, "{}. {title}: {} {wait}, {rate}. {reason}", place + 1, question.wait())
                .unwrap();
        }
        text += "\n# Refused\n\n";
        for (titles, reason) in self.answer.refusals() {
            writeln!(text, "- {}: {reason}.", titles.join("; ")).unwrap();
        }
        text + "\n" + &self.record
    }

    fn first(&self) -> Candidate {
        self.answer.best().unwrap().candidate
    }

    /// Seconds that a person waits: today and after the change.
    fn waits(&self) -> (f64, f64) {
        let of = |entry: &gil_decide::Entry| entry.figures.wait.unwrap().median;
        (of(self.answer.now().unwrap()), of(self.answer.best().unwrap()))
    }
}

/// A gthread worker with 8 threads and 333 requests a second, for which 8 slots of 32 ms are too
/// few. Measured: p99 6.3 s with 8 threads, 134 ms with 16 while another program took most of a
/// core.
#[test]
fn an_overloaded_pool_gets_more_threads() {
    let found = decide("v1/web:8:py-2ms+io-30ms:arrive-exp3ms@20s");
    assert_eq!((found.first().change, found.first().members), (Change::Nothing, Some(16)));
    let (today, then) = found.waits();
    assert!((6.0..8.0).contains(&today), "{today}");
    assert!((0.045..0.06).contains(&then), "{then}");
    found.is_as_written("overloaded-pool");
}

/// An event loop that a client without an async version blocks for 20 ms, 25 times a second.
#[test]
fn a_blocked_loop_gets_to_thread() {
    let found = decide("v1/web:100:py-1ms+io-20ms+block-20ms:arrive-exp40ms@20s:async");
    assert_eq!(found.first().change, Change::Offload);
    let (today, then) = found.waits();
    assert!(today > 0.1 && (0.041..0.05).contains(&then), "{today} {then}");
    found.is_as_written("blocked-loop");
}

/// A service with a thread that computes a report beside it. Measured at 100 requests a second:
/// p99 77.5 ms beside the thread.
#[test]
fn a_report_leaves_the_process_of_the_service() {
    let found = decide("v1/web:8:py-2ms+io-30ms:arrive-exp10ms@20s/report:py-200ms:daemon");
    let apart = Change::Apart(Strategy::Processes(StartMethod::Forkserver));
    assert_eq!(found.first().change, apart);
    let (today, then) = found.waits();
    assert!((0.065..0.09).contains(&today), "{today}");
    assert!((0.034..0.045).contains(&then), "{then}");
    found.is_as_written("report-thread");
}

/// 40 jobs that compute 200 ms each, in four threads of one process.
#[test]
fn a_batch_goes_to_processes() {
    let found = decide("v1/batch:4:py-200ms:jobs-40");
    let to = found.first().moves_to();
    assert!(matches!(to, Some(Strategy::Processes(_))), "{to:?}");
    let (today, then) = found.waits();
    assert!((7.8..8.3).contains(&today), "{today}");
    assert!((1.9..2.4).contains(&then), "{then}");
    found.is_as_written("cpu-batch");
}
