//! Counting tests from what the test runners print.

use std::fmt;
use std::ops::AddAssign;

/// How many tests there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
    /// Tests that were left out.
    pub skipped: u64,
}

impl Counts {
    /// One check that passed or failed.
    pub fn of_check(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed), skipped: 0 }
    }

    /// What a test runner counted. A runner that failed without naming a
    /// failed test (it did not compile, it crashed) counts as one failure.
    pub fn of_run(success: bool, lines: &[String]) -> Self {
        let mut counts = Self::default();
        for line in lines {
            if let Some((_, result)) = line.split_once("test result: ") {
                counts += Self::of_result(result);
            }
        }
        if !success && counts.failed == 0 {
            counts.failed = 1;
        }
        counts
    }

    fn of_result(result: &str) -> Self {
        let number = |label: &str| {
            result
                .split([';', '.'])
                .filter_map(|part| part.trim().strip_suffix(label))
                .find_map(|part| part.trim().parse().ok())
                .unwrap_or(0)
        };
        Self { passed: number("passed"), failed: number("failed"), skipped: number("ignored") }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(success: bool, text: &str) -> Counts {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        Counts::of_run(success, &lines)
    }

    #[test]
    fn sums_the_results_of_all_runners() {
        let counts = count(
            false,
            "test a ... ok\n\
             test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s\n\
             test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 filtered out; finished in 0.10s\n",
        );
        assert_eq!(counts.to_string(), "7 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn a_runner_that_only_fails_is_one_failure() {
        assert_eq!(count(false, "error: no").to_string(), "0 passed, 1 failed");
        assert_eq!(count(true, "").to_string(), "0 passed, 0 failed");
    }
}
