//! The files that come out: figures in them, and programs that run.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use gil_claims::{Lab, Sheet};
use gil_decide::{
    Answer, Candidate, Constraints, File, Question, Search, Snippet, Source, diagnose,
};
use gil_notation::{PRESETS, parse_scenario, print_scenario};
use gil_sim::sweep::usual_group;
use gil_sim::{Run, Scenario};

const ALL_PYTHONS: &str = "costs=latency;py=3.11,3.12,3.14,3.14t;facts=native";

fn link(scenario: &Scenario) -> String {
    format!("https://example.org/#{}", print_scenario(scenario))
}

fn files(question: &Question, steps: usize) -> Vec<String> {
    let run = Run::of(question.scenario.clone());
    let findings = diagnose(question, &run.trace, &run.stats);
    let answer = Answer::new(question, Search::new(question.clone()).take(steps));
    let source = Source { answer: &answer, findings: &findings, link: &link };
    File::ALL.iter().map(|file| file.text(&source)).collect()
}

fn question(notation: &str, constraints: &str) -> Question {
    let scenario = parse_scenario(notation).unwrap();
    let group = usual_group(&scenario);
    Question { scenario, group, constraints: Constraints::read(constraints) }
}

#[test]
fn the_record_has_the_link_and_the_figures() {
    let question = question("v1/count:4:py-50ms:x2", "costs=speed;py=3.14;memory=512mib");
    let answer = Answer::new(&question, Search::new(question.clone()));
    let [record, playbook, postmortem, checklist] = &files(&question, usize::MAX)[..] else {
        panic!("four files");
    };
    assert!(record.contains("https://example.org/#v1/count:4:py-50ms:x2>"), "{record}");
    let best = answer.best().unwrap();
    let rate = gil_decide::words::rate(best.figures.throughput);
    assert!(record.contains(&rate), "{record}");
    assert!(record.contains("512 MiB") && record.contains("YYYY-MM-DD"), "{record}");
    assert!(record.contains("holds = \"throughput(count) > "), "{record}");
    for turn in &answer.turns {
        assert!(record.contains(&turn.text), "{}", turn.text);
    }
    assert!(playbook.contains("```python") && playbook.contains("https://example.org/#"));
    for part in ["## Trigger", "## Impact", "## Guardrail", "https://example.org/#"] {
        assert!(postmortem.contains(part), "{part}");
    }
    assert!(checklist.matches("- [ ] ").count() >= 3, "{checklist}");
}

#[test]
fn every_preset_has_all_files() {
    for preset in PRESETS {
        let question = question(preset.notation, "costs=latency;py=3.14;seen=gc,start");
        let all = Candidate::all(&question).len();
        for text in files(&question, all) {
            assert!(text.starts_with("# ") && text.ends_with('\n'), "{}", preset.key);
            assert_eq!(text.matches("```").count() % 2, 0, "{}: {text}", preset.key);
        }
    }
}

/// The claims that a record asks a team to keep are read by who checks them, and hold.
#[test]
fn the_claims_of_every_record_hold() {
    let mut checked = 0;
    for preset in PRESETS {
        let question = question(preset.notation, "costs=latency;py=3.14,3.14t");
        let record = files(&question, usize::MAX).swap_remove(0);
        let toml = record.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        let Some(toml) = toml else { continue };
        let sheet = Sheet::parse(toml).unwrap_or_else(|error| panic!("{}: {error}", preset.key));
        let mut lab = Lab::default();
        for claim in &sheet.claims {
            let found = claim.check(&sheet.scenarios[&claim.scenario], &mut lab);
            let found = found.unwrap_or_else(|error| panic!("{}: {error}", preset.key));
            assert!(found.holds, "{}: {}: it is {}", preset.key, claim.text, found.value);
            checked += 1;
        }
    }
    assert!(checked >= PRESETS.len(), "{checked}");
}

#[test]
fn nothing_run_is_no_text() {
    let question = question("v1/count:4:py-50ms", "");
    assert!(files(&question, 0).iter().all(String::is_empty));
}

/// Everything between "```python" and "```".
fn python_blocks(text: &str) -> Vec<String> {
    let blocks = text.split("```python\n").skip(1);
    blocks.filter_map(|rest| rest.split("```").next().map(str::to_owned)).collect()
}

/// All programs that can come out. Of those that differ by the group's name and the number of its
/// workers alone, one of each preset's is enough.
fn programs() -> Vec<String> {
    let mut all = BTreeMap::new();
    for preset in PRESETS {
        let question = question(preset.notation, ALL_PYTHONS);
        let candidates = Candidate::all(&question);
        let mut programs: Vec<String> =
            candidates.iter().map(|one| Snippet::of(&question, one).example).collect();
        for text in files(&question, candidates.len()) {
            programs.extend(python_blocks(&text));
        }
        for program in programs {
            all.entry(shape(&program)).or_insert(program);
        }
    }
    all.into_values().collect()
}

/// A program without the names of groups and without its numbers.
fn shape(program: &str) -> String {
    let words = program.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words
        .map(|word| {
            match word.starts_with("run_") || word.starts_with(|c: char| c.is_ascii_digit()) {
                true => "*",
                false => word,
            }
        })
        .collect()
}

#[test]
fn every_program_runs() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("there is no python3 here: programs are not run");
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    for (number, program) in programs().iter().enumerate() {
        let path = folder.join(format!("decide_{number}.py"));
        std::fs::write(&path, program).unwrap();
        let output = Command::new("python3").arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program}\n{said}");
        assert!(!output.stdout.is_empty(), "it prints something:\n{program}");
    }
}

#[test]
fn a_change_says_what_goes_and_what_comes() {
    let diff = |notation: &str, constraints: &str| {
        let question = question(notation, constraints);
        let candidates = Candidate::all(&question).len();
        let answer = Answer::new(&question, Search::new(question.clone()).take(candidates));
        Snippet::of(&question, &answer.best().unwrap().candidate).diff
    };
    let processes = diff("v1/count:4:py-50ms", "costs=speed");
    for line in [
        "-from concurrent.futures import ThreadPoolExecutor",
        "-with ThreadPoolExecutor(max_workers=4) as pool:",
        "+with ProcessPoolExecutor(max_workers=4, mp_context=context) as pool:",
        "     results = list(pool.map(run_count, items))",
    ] {
        assert!(processes.lines().any(|other| other == line), "{line}\n{processes}");
    }
    let threads = diff("v1/fetch:8:py-100us+io-10ms:x10:fork", "costs=memory;machine=64mib");
    assert!(threads.contains("-with ProcessPoolExecutor"), "{threads}");
}
