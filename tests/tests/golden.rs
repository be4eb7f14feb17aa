//! Golden traces: what the engine does in small scenarios, to be followed by a reader.
//!
//! Each file in `golden/` says what it shows, then has a scenario in the notation and the text form
//! of its trace: to add one, write the first two and let `UPDATE_GOLDEN=1 cargo test -p gil-tests
//! --test golden` add the third. After a change that is meant the same command writes all traces
//! anew; read the differences like code.
//!
//! In the scenario `{round}` stands for [`ROUND`], and `{round spawn=2ms}` for the same with one
//! cost changed.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

use gil_sim::{Scenario, run};

/// A machine with round numbers, to be checked by hand: slices of 1 ms, 10 us from any signal or
/// completion to the woken thread on its core, 1 us from the decision to sleep until asleep, 1 us
/// from a raised request back into the wait, and nothing else takes any time.
const ROUND: &str = "slice=1ms/wake=10us/wakehot=10us/wakecold=10us/deepens=0s/slack=0s/ctx=0s/\
                     uncontended=0s/fwake=0s/fwait=1us/syscall=0s/tstart=0s/rewait=1us/fork=0s/\
                     fserver=0s/spawn=0s/interp=0s/pickle=0s/unpickle=0s/task=0s/job=0s/line=0s";

/// A file of the folder, taken apart.
struct Golden {
    path: PathBuf,
    /// What it shows, and the scenario as it is written.
    head: String,
    scenario: Scenario,
    trace: String,
}

impl Golden {
    fn read(path: PathBuf) -> Golden {
        let name = path.display();
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (shows, rest) = text
            .split_once("\n\n")
            .unwrap_or_else(|| panic!("{name}: a blank line is missing after what it shows"));
        assert!(shows.lines().all(|line| line.starts_with("# ")), "{name}: lines begin with `# `");
        let (notation, trace) = rest.split_once("\n\n").unwrap_or((rest.trim_end(), ""));
        let scenario = gil_notation::parse_scenario(&on_machine(notation))
            .unwrap_or_else(|error| panic!("{name}: {notation}\n{error:?}"));
        let head = format!("{shows}\n\n{notation}\n\n");
        Golden { scenario, head, trace: trace.to_owned(), path }
    }

    fn now(&self) -> String {
        run(&self.scenario).to_string()
    }
}

/// The notation with the machine written out.
fn on_machine(notation: &str) -> String {
    let Some((before, rest)) = notation.split_once("{round") else { return notation.to_owned() };
    let (changes, after) = rest.split_once('}').expect("`{round` is closed");
    let key = |setting: &str| setting.split('=').next().unwrap_or_default().to_owned();
    let changes: Vec<&str> = changes.split_whitespace().collect();
    let settings = ROUND.split('/').map(|setting| {
        let change = changes.iter().find(|change| key(change) == key(setting));
        change.copied().unwrap_or(setting)
    });
    format!("{before}{}{after}", settings.collect::<Vec<_>>().join("/"))
}

fn goldens() -> Vec<Golden> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> =
        files.map(|entry| entry.expect("the folder can be read").path()).collect();
    paths.sort();
    paths.into_iter().map(Golden::read).collect()
}

#[test]
fn traces_are_the_golden_ones() {
    let is_update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let goldens = goldens();
    assert!(goldens.len() >= 35, "only {} files were found", goldens.len());
    for golden in goldens {
        let now = golden.now();
        if is_update {
            let text = format!("{}{now}", golden.head);
            fs::write(&golden.path, text).expect("the golden files can be written");
        } else if let Some(difference) = difference(&golden.trace, &now) {
            let name = golden.path.display();
            panic!("{name}: {difference}\nUPDATE_GOLDEN=1 if this is meant");
        }
    }
}

/// The first line in which two texts differ.
fn difference(expected: &str, got: &str) -> Option<String> {
    let (mut expected, mut got) = (expected.lines(), got.lines());
    (1..).find_map(|number| match (expected.next(), got.next()) {
        (None, None) => Some(None),
        (a, b) if a == b => None,
        (a, b) => {
            let line = |line: Option<&str>| line.unwrap_or("(end)").to_owned();
            Some(Some(format!("line {number}\nexpected {}\n     got {}", line(a), line(b))))
        }
    })?
}
