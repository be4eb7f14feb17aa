//! Measured files: what the measuring program printed, and figures in it by their place.

use std::fmt;

use gil_sim::bounds;
use serde_json::Value;

/// Why a measured file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataError {
    /// Where in the file: `cases/io_latency/2/p50_ms`, or empty where the file says it.
    pub place: String,
    /// What is wrong there, as a sentence without its full stop.
    pub message: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => write!(f, "{}", self.message),
            place => write!(f, "at {place}: {}", self.message),
        }
    }
}

impl std::error::Error for DataError {}

fn error<T>(place: &str, message: impl Into<String>) -> Result<T, DataError> {
    Err(DataError { place: place.to_owned(), message: message.into() })
}

/// A run of the measuring program on real CPython.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Its Python, as it calls itself: `3.13.5`.
    pub python: String,
    /// Whether that is a free-threaded build.
    pub free_threaded: bool,
    /// Cores that it was measured on.
    pub cores: u16,
    cases: Value,
}

/// The families of figures that are read.
const FAMILIES: [&str; 13] = [
    "cpu_scaling",
    "io_scaling",
    "mixed_scaling",
    "native_release",
    "io_latency",
    "interval_latency",
    "hold_latency",
    "convoy",
    "handoffs",
    "lock_contention",
    "processes",
    "asyncio",
    "subinterpreters",
];

/// Length of a call beside which latencies were measured.
const CALL: [&str; 2] = ["hold_latency", "call_ms"];

impl Measured {
    /// Reads what the measuring program printed. Families that are missing are no error.
    ///
    /// # Errors
    /// No JSON, no `python`, `cores` or `cases`, or a figure that is none, with its place.
    pub fn parse(text: &str) -> Result<Measured, DataError> {
        let file: Value = serde_json::from_str(text)
            .or_else(|fault| error("", format!("this is no JSON: {fault}")))?;
        let Some(python) = file["python"].as_str() else {
            return error("python", "the version is missing, such as \"3.13.5\"");
        };
        let cases = file["cases"].clone();
        let Some(families) = cases.as_object() else {
            return error("cases", "an object with the measured figures is expected");
        };
        for (name, family) in families.iter().filter(|(name, _)| FAMILIES.contains(&name.as_str()))
        {
            check_family(&format!("cases/{name}"), family)?;
        }
        let measured = Measured {
            python: python.to_owned(),
            free_threaded: file["build"] == "free-threaded" || file["gil"] == false,
            cores: cores(&file["cores"])?,
            cases,
        };
        measured.check_call()?;
        measured.check_work()?;
        Ok(measured)
    }

    /// The 3.13 of 3.13.5, with a t for a free-threaded build.
    pub(crate) fn version(&self) -> Option<String> {
        let (major, rest) = self.python.split_once('.')?;
        let minor = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        Some(format!("{major}.{minor}{}", if self.free_threaded { "t" } else { "" }))
    }

    /// The figure at a path of keys under `cases`, where it was measured.
    pub(crate) fn at(&self, path: &[&str]) -> Option<f64> {
        let found = path.iter().fold(&self.cases, |value, key| &value[key]);
        found.as_f64().filter(|figure| *figure > 0.0)
    }

    /// Families that the measuring program failed at, each with what it said.
    pub fn failures(&self) -> Vec<(&'static str, &str)> {
        let failure = |name: &'static str| Some((name, self.cases[name]["error"].as_str()?));
        FAMILIES.into_iter().filter_map(failure).collect()
    }

    /// So is the work that processes were given.
    fn check_work(&self) -> Result<(), DataError> {
        let longest = bounds::DURATION.end().as_secs_f64();
        for method in ["fork", "forkserver", "spawn"] {
            let work = self.at(&["processes", method, "inline_s"]);
            if let Some(seconds) = work.filter(|work| !(1e-6..=longest).contains(work)) {
                return error(
                    &format!("cases/processes/{method}/inline_s"),
                    format!("{seconds} is not between 0.000001 and {longest} s"),
                );
            }
        }
        Ok(())
    }

    /// The length of a call is simulated, so it has to be one that can be.
    fn check_call(&self) -> Result<(), DataError> {
        let longest = bounds::DURATION.end().as_millis_f64();
        match self.at(&CALL) {
            Some(ms) if !(0.001..=longest).contains(&ms) => error(
                "cases/hold_latency/call_ms",
                format!("{ms} is not between 0.001 and {longest} ms"),
            ),
            _ => Ok(()),
        }
    }
}

fn cores(value: &Value) -> Result<u16, DataError> {
    let cores = value.as_u64().and_then(|cores| u16::try_from(cores).ok());
    match cores.filter(|cores| bounds::CORES.contains(cores)) {
        Some(cores) => Ok(cores),
        None => error(
            "cores",
            format!(
                "a number from {} to {} is expected",
                bounds::CORES.start(),
                bounds::CORES.end()
            ),
        ),
    }
}

fn check_family(place: &str, value: &Value) -> Result<(), DataError> {
    match value {
        Value::Null => Ok(()),
        Value::Object(map) if map.get("error").is_some_and(Value::is_string) => Ok(()),
        Value::Object(_) => check_figures(place, value),
        _ => error(place, "an object with figures is expected"),
    }
}

/// Whether all that is in there are figures. The parser bounds how deep they can be nested.
fn check_figures(place: &str, value: &Value) -> Result<(), DataError> {
    match value {
        // A list is raw data of a case, which is not read.
        Value::Null | Value::Array(_) => Ok(()),
        Value::Number(number) if number.as_f64().is_some_and(|number| number >= 0.0) => Ok(()),
        Value::Object(map) => {
            map.iter().try_for_each(|(key, value)| check_figures(&format!("{place}/{key}"), value))
        }
        other => error(place, format!("a number of at least 0 is expected, not {other}")),
    }
}

/// The main run of a Python, and an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Runs {
    pub main: Measured,
    pub earlier: Option<Measured>,
}

impl Runs {
    /// A figure that both runs measured in the same way; none where it was not measured.
    pub fn both(&self, path: &[&str]) -> Vec<f64> {
        let runs = std::iter::once(&self.main).chain(&self.earlier);
        runs.filter_map(|run| run.at(path)).collect()
    }

    /// A figure that only the main run measured well: speed-ups, which the earlier run did not
    /// take in pairs.
    pub fn main_only(&self, path: &[&str]) -> Vec<f64> {
        self.main.at(path).into_iter().collect()
    }
}
