//! What was measured on which Python.

use gil_sim::Python;

use crate::cases::{self, Lab, services};
use crate::data::{DataError, Measured, Runs};
use crate::spread::{self, Spread};
use crate::{Case, machine};

/// Figures of one Python, or of one place where such were published.
#[derive(Clone, Copy, Debug)]
pub struct Dataset {
    /// Short and stable: `3.13`, `3.13t`, `published`.
    pub key: &'static str,
    /// For people: `CPython 3.13.5`.
    pub title: &'static str,
    /// Where the figures come from, in sentences.
    pub source: &'static str,
    /// Figures in it that nothing simulates yet.
    pub not_simulated_yet: &'static [&'static str],
    figures: Figures,
}

#[derive(Clone, Copy, Debug)]
enum Figures {
    /// Files that the measuring program has written, and how far the simulation may be off.
    Measured {
        python: &'static str,
        main: &'static str,
        earlier: Option<&'static str>,
        spread: &'static Spread,
    },
    /// Files of services and of shared objects.
    Programs(services::Files),
    /// Tables from elsewhere.
    Published,
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../tests/cpython/", $name))
    };
}

/// In the measured files: the page's memory estimate is made of these very figures.
const NOT_SIMULATED: &[&str] = &["memory"];

impl Dataset {
    /// All of them, in the order in which they are shown.
    pub const ALL: &[Dataset] = &[
        Dataset {
            key: "3.11",
            title: "CPython 3.11.7",
            source: "Measured twice on a Linux virtual machine with 2 cores. The latencies of the \
                     simulated machine are fitted to a few of these figures.",
            not_simulated_yet: NOT_SIMULATED,
            figures: Figures::Measured {
                python: "3.11",
                main: file!("py3.11.json"),
                earlier: Some(file!("earlier/py3.11.json")),
                spread: &spread::OF_3_11,
            },
        },
        Dataset {
            key: "3.13",
            title: "CPython 3.13.5",
            source: "Measured twice on the same machine, on a build without profile-guided \
                     optimisation. Of these figures only the start-up times of processes are fitted \
                     to.",
            not_simulated_yet: NOT_SIMULATED,
            figures: Figures::Measured {
                python: "3.13",
                main: file!("py3.13.json"),
                earlier: Some(file!("earlier/py3.13.json")),
                spread: &spread::OF_3_13,
            },
        },
        Dataset {
            key: "3.13t",
            title: "CPython 3.13.5, free-threaded",
            source: "Measured twice on the same machine, built like 3.13 but with --disable-gil. \
                     The wake-up on a busy core is fitted to the latency beside two threads at 5 ms.",
            not_simulated_yet: NOT_SIMULATED,
            figures: Figures::Measured {
                python: "3.13t",
                main: file!("py3.13t.json"),
                earlier: Some(file!("earlier/py3.13t.json")),
                spread: &spread::OF_3_13T,
            },
        },
        Dataset {
            key: "3.14",
            title: "CPython 3.14.10",
            source: "Measured twice on the same machine, Debian's build. Something else seems to \
                     have needed a core during the main run. Nothing is fitted to these figures but the start-up times of \
                     processes.",
            not_simulated_yet: NOT_SIMULATED,
            figures: Figures::Measured {
                python: "3.14",
                main: file!("py3.14.json"),
                earlier: Some(file!("earlier/py3.14.json")),
                spread: &spread::OF_3_14,
            },
        },
        Dataset {
            key: "services",
            title: "Services, pools and batches",
            source: "Whole programs on CPython 3.11.7, each setting measured in four runs on a Linux \
                     virtual machine with 2 cores while other programs were building on it, with a \
                     share of the cores too small to be felt but never small enough to leave one \
                     idle; some of them in earlier runs, most likely on a quieter machine. Shared objects without \
                     a GIL on 3.13.5. Nothing is fitted to these figures.",
            not_simulated_yet: &[],
            figures: Figures::Programs(services::Files {
                services: file!("services-3.11.json"),
                earlier: file!("earlier/services-3.11.json"),
                shared: file!("shared-3.13t.json"),
            }),
        },
        Dataset {
            key: "published",
            title: "Published figures",
            source: "An echo server beside CPU threads, from part 13 of Python behind the scenes \
                     (tenthousandmeters.com, 2021); Beazley's counts under the tick-based GIL; \
                     snippets on free-threaded builds (python/cpython#125986). The machines are \
                     not known or long gone, so order and rough size are judged.",
            not_simulated_yet: &["ccbench's latency: its workload is not described"],
            figures: Figures::Published,
        },
    ];

    /// The one with this key.
    pub fn find(key: &str) -> Option<&'static Dataset> {
        Dataset::ALL.iter().find(|set| set.key == key)
    }

    /// Its cases, those with the same scenario next to each other.
    ///
    /// # Panics
    /// Never: the files are part of the program, and a test reads them all.
    pub fn cases(&self) -> Vec<Case> {
        match self.figures {
            Figures::Published => cases::published(),
            Figures::Programs(files) => {
                let lab = |python, spread| Lab {
                    python: Python::find(python).expect("a Python that the engine models"),
                    machine: machine(),
                    spread,
                };
                let (lab, free) = (lab("3.11", &spread::OF_3_11), lab("3.13t", &spread::OF_3_13T));
                services::of_files(&lab, &free, files)
            }
            Figures::Measured { python, main, earlier, spread } => {
                let read =
                    |text| Measured::parse(text).expect("the measured files are read in a test");
                let runs = Runs { main: read(main), earlier: earlier.map(read) };
                let python = Python::find(python).expect("a Python that the engine models");
                let lab = Lab { python, machine: machine().with_cores(runs.main.cores), spread };
                cases::measured(&lab, &runs, self.key)
            }
        }
    }
}

/// Cases for somebody's own measured file: its figures, its Python, its number of cores. They are
/// there to be looked at beside the simulation, so nothing is known about their misses, and their
/// verdicts mean nothing.
///
/// # Errors
/// When the engine has no model of the file's Python.
pub fn cases_of(file: Measured) -> Result<Vec<Case>, DataError> {
    let unfit = |message: String| DataError { place: "python".to_owned(), message };
    let Some(python) = file.version().and_then(|version| Python::find(&version)) else {
        let [oldest, .., newest] = Python::ALL;
        return Err(unfit(format!("{oldest} to {newest} are simulated, not {:?}", file.python)));
    };
    let lab = Lab { python, machine: machine().with_cores(file.cores), spread: &spread::OF_3_11 };
    let mut cases = cases::measured(&lab, &Runs { main: file, earlier: None }, "");
    cases.iter_mut().for_each(|case| case.fitted = false);
    Ok(cases)
}
