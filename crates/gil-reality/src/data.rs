//! The measured files, and figures in them by their place.

use serde_json::Value;

/// A run of the measuring program on real CPython.
pub(crate) struct Measured(Value);

impl Measured {
    /// The run that counts.
    pub fn main() -> Measured {
        Measured::read(include_str!("../../../tests/cpython/py3.11.json"))
    }

    /// The run an hour before it.
    pub fn earlier() -> Measured {
        Measured::read(include_str!("../../../tests/cpython/earlier/py3.11.json"))
    }

    fn read(text: &str) -> Measured {
        Measured(serde_json::from_str(text).expect("the measured files are JSON"))
    }

    /// The figure at a path of keys under `cases`.
    pub fn at(&self, path: &[&str]) -> f64 {
        let cases = &self.0["cases"];
        let found = path.iter().fold(cases, |value, key| &value[key]);
        found.as_f64().unwrap_or_else(|| panic!("{path:?} was measured"))
    }
}

/// Both runs.
pub(crate) struct Runs {
    pub main: Measured,
    pub earlier: Measured,
}

impl Runs {
    pub fn read() -> Runs {
        Runs { main: Measured::main(), earlier: Measured::earlier() }
    }

    /// A figure that both runs measured in the same way.
    pub fn both(&self, path: &[&str]) -> Vec<f64> {
        vec![self.main.at(path), self.earlier.at(path)]
    }

    /// A figure that only the main run measured well: speed-ups, which the earlier run did not
    /// take in pairs.
    pub fn main_only(&self, path: &[&str]) -> Vec<f64> {
        vec![self.main.at(path)]
    }
}
