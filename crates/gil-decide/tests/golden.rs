//! Four decisions as a team would get them, readable in `golden/`: the ranking with its figures,
//! what was refused and why, and the decision record. `UPDATE_GOLDEN=1` writes them anew.
//!
//! What is asserted beside the text is what an experienced person would answer, and that the figures
//! are near to what real programs were measured to do (`tests/cpython/services-3.11.json`: CPython
//! 3.11.7 on 2 cores, while other programs ran on them).

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
    measured: String,
}

/// Seconds of each run of a measured setting, in order.
fn measured(case: &str, setting: &str, figure: &str) -> Vec<f64> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cpython/services-3.11.json");
    let data: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let scale = if figure.ends_with("_ms") { 1e-3 } else { 1.0 };
    let runs = data["cases"][case][setting].as_array().unwrap().iter();
    let mut runs: Vec<f64> = runs.map(|run| run[figure].as_f64().unwrap() * scale).collect();
    runs.sort_by(f64::total_cmp);
    runs
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
    Decision { answer, record, measured: String::new() }
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
        let mut text = format!(
            "{}\n\n# Measured on CPython 3.11.7, 2 cores\n\n{}\n# Ranking\n\n",
            self.answer.headline(),
            self.measured
        );
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

    /// Seconds that a person waits today.
    fn today(&self) -> f64 {
        self.answer.now().unwrap().figures.wait.unwrap().median
    }

    /// Seconds that a person waits after the change.
    fn then(&self) -> f64 {
        self.answer.best().unwrap().figures.wait.unwrap().median
    }

    /// Writes down what was measured, and holds a simulated figure against it. A quarter is what
    /// the other programs on the machine made of it: the simulation has its cores to itself.
    fn measured(&mut self, what: &str, simulated: f64, [case, setting, figure]: [&str; 3]) {
        let runs = measured(case, setting, figure);
        let (low, high) = (runs[0], runs[runs.len() - 1]);
        let median = runs[(runs.len() - 1) / 2];
        let words = |seconds| words::seconds(seconds, 2);
        writeln!(
            self.measured,
            "- {what}: {} ({} to {} in {} runs); simulated {}.",
            words(median),
            words(low),
            words(high),
            runs.len(),
            words(simulated)
        )
        .unwrap();
        let ratio = simulated / median;
        assert!((0.75..1.25).contains(&ratio), "{what}: {simulated} s, measured {runs:?}");
    }
}

/// A gthread worker with 8 threads and 333 requests a second, for which 8 slots of 32 ms are too
/// few.
#[test]
fn an_overloaded_pool_gets_more_threads() {
    let mut found = decide("v1/cores=2/web:8:py-2ms+io-30ms:arrive-exp3ms@20s");
    assert_eq!((found.first().change, found.first().members), (Change::Nothing, Some(16)));
    found.measured("p99 with 8 threads", found.today(), ["pool", "8 threads, 333/s", "p99_ms"]);
    found.measured("p99 with 16 threads", found.then(), ["pool", "16 threads, 333/s", "p99_ms"]);
    found.is_as_written("overloaded-pool");
}

/// An event loop that a client without an async version blocks for 20 ms in each request. What was
/// measured is a loop that is blocked for 25 ms once a second, which `asyncio.to_thread` frees, too:
/// p99 36 ms before and 17 ms after it.
#[test]
fn a_blocked_loop_gets_to_thread() {
    let mut found = decide("v1/cores=2/web:100:py-1ms+io-20ms+block-20ms:arrive-exp40ms@20s:async");
    assert_eq!(found.first().change, Change::Offload);
    let (today, then) = (found.today(), found.then());
    // A request that waits for nobody takes 41 ms.
    assert!(today > 0.1 && (0.041..0.05).contains(&then), "{today} {then}");
    let real = |setting| measured("event_loop", setting, "p99_ms")[0];
    let (blocked, apart) = (real("sleep"), real("sleep apart"));
    assert!(blocked > 2.0 * apart, "{blocked} {apart}");
    found.measured = format!(
        "- p99 of a loop that is blocked for 25 ms once a second: {}; in asyncio.to_thread: {}.\n",
        words::seconds(blocked, 2),
        words::seconds(apart, 2)
    );
    found.is_as_written("blocked-loop");
}

/// A service with a thread that computes a report next to it.
#[test]
fn a_report_leaves_the_process_of_the_service() {
    let mut found =
        decide("v1/cores=2/web:8:py-2ms+io-30ms:arrive-exp10ms@20s/report:py-200ms:daemon");
    let apart = Change::Apart(Strategy::Processes(StartMethod::Forkserver));
    assert_eq!(found.first().change, apart);
    found.measured("p99 next to the thread", found.today(), ["report", "5 ms, 100/s", "p99_ms"]);
    found.measured("p99 without it", found.then(), ["pool", "8 threads, 100/s", "p99_ms"]);
    found.is_as_written("report-thread");
}

/// 40 jobs that compute 200 ms each, in four threads of one process.
#[test]
fn a_batch_goes_to_processes() {
    let mut found = decide("v1/cores=2/batch:4:py-200ms:jobs-40");
    let to = found.first().moves_to();
    let Some(Strategy::Processes(method)) = to else { panic!("{to:?}") };
    found.measured("makespan in threads", found.today(), ["batch", "threads", "seconds"]);
    let setting = match method {
        StartMethod::Fork => "fork",
        StartMethod::Forkserver => "forkserver",
        StartMethod::Spawn => "spawn",
    };
    found.measured("makespan in processes", found.then(), ["batch", setting, "seconds"]);
    found.is_as_written("cpu-batch");
}
