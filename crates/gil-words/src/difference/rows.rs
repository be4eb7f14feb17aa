//! A figure in two runs: how large the difference is and how it reads.

use gil_sim::GroupId;
use gil_sim::metric::{Better, Metric, Unit};

use super::outcome::Side;
use crate::number::{number, percent};
use crate::{capitalized, quantity, time};

/// Figures closer together than this, as a share, count as the same.
const SAME: f64 = 0.01;

/// A metric in both runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Compared {
    /// `Wall time`, `io's response p95`.
    pub name: String,
    pub metric: &'static Metric,
    /// The group that it is of.
    pub group: Option<String>,
    /// Whether it is how long the same work took, so that a difference is one of speed.
    pub is_duration: bool,
    better: Better,
    pub a: f64,
    pub b: f64,
    /// The group in A and in B, where it is a figure of a group.
    pub groups: Option<(GroupId, GroupId)>,
}

impl Compared {
    /// A metric of the whole runs, or of a group.
    pub fn new(metric: &'static Metric, group: Option<&str>, a: f64, b: f64) -> Compared {
        let name = match group {
            Some(group) => format!("{group}'s {}", metric.title),
            None => capitalized(metric.title),
        };
        let (group, better) = (group.map(str::to_owned), metric.better);
        Compared { name, metric, group, is_duration: false, better, a, b, groups: None }
    }

    /// The same with other values.
    pub fn with_values(self, a: f64, b: f64) -> Compared {
        Compared { a, b, ..self }
    }

    /// The same as a figure of the groups with these indices.
    pub fn of_groups(self, a: GroupId, b: GroupId) -> Compared {
        Compared { groups: Some((a, b)), ..self }
    }

    /// The same as the time for the same work.
    pub fn for_same_work(self) -> Compared {
        Compared { is_duration: true, ..self }
    }

    /// The same as a length that is neither good nor bad.
    pub fn for_any_length(self) -> Compared {
        Compared { better: Better::Neither, ..self }
    }

    /// Its name within a sentence: that of a group stands for itself, `the GIL wait` needs an article.
    pub fn name_within(&self) -> String {
        if self.group.is_some() {
            return self.name.clone();
        }
        match self.metric.key {
            "gil_load" | "gil_load_max" | "gil_wait" | "handoff_rate" => {
                format!("the {}", self.metric.title)
            }
            _ => self.metric.title.to_owned(),
        }
    }

    /// Its name at the start of a sentence. A group keeps its own spelling.
    pub fn name_at_start(&self) -> String {
        match self.group {
            Some(_) => self.name.clone(),
            None => capitalized(&self.name_within()),
        }
    }

    /// Whether its name is in the plural.
    pub fn is_plural(&self) -> bool {
        matches!(self.metric.key, "missed" | "cores" | "unanswered")
    }

    /// Whether more of it is better.
    pub fn is_gain(&self) -> bool {
        self.better == Better::More
    }
}

impl Compared {
    /// How far apart the two are, up or down alike: the logarithm of their ratio.
    pub fn effect(&self) -> f64 {
        let (low, high) = (self.a.min(self.b), self.a.max(self.b));
        if high <= 0.0 { 0.0 } else { (high / low.max(high / 1e6)).ln() }
    }

    /// Whether there is nothing to say: about the same.
    pub fn is_same(&self) -> bool {
        self.effect() < SAME
    }

    /// Whether neither run has any of it.
    pub fn is_absent(&self) -> bool {
        self.a <= 0.0 && self.b <= 0.0
    }

    pub fn better(&self) -> Option<Side> {
        let more = if self.b > self.a { Side::B } else { Side::A };
        match self.better {
            Better::Neither => None,
            Better::More => Some(more),
            Better::Less => Some(more.other()),
        }
    }

    pub fn written(&self) -> (String, String) {
        (quantity(self.metric.unit, self.a), quantity(self.metric.unit, self.b))
    }

    /// The difference as B is to A: `1.9 times as fast, 43 ms less`.
    pub fn words(&self) -> String {
        if self.a <= 0.0 {
            return "none in A".to_owned();
        }
        if self.b <= 0.0 {
            return "none in B".to_owned();
        }
        if self.is_duration { self.speed() } else { self.factor() }
    }

    fn speed(&self) -> String {
        let apart = time((self.a - self.b).abs());
        if self.b < self.a {
            format!("{} times as fast, {apart} less", number(self.a / self.b))
        } else {
            format!("{} times as long, {apart} more", number(self.b / self.a))
        }
    }

    fn factor(&self) -> String {
        let (more, less, times) = self.words_of_unit();
        match self.b / self.a {
            ratio if ratio >= 1.995 => format!("{} times {times}", number(ratio)),
            ratio if ratio > 1.0 => format!("{} {more}", percent(ratio - 1.0)),
            ratio if ratio > 0.5 => format!("{} {less}", percent(1.0 - ratio)),
            ratio => format!("{} times {less}", number(1.0 / ratio)),
        }
    }

    /// More, less, and times as much.
    fn words_of_unit(&self) -> (&'static str, &'static str, &'static str) {
        match self.metric.unit {
            Unit::Time => ("longer", "shorter", "as long"),
            Unit::Number if self.metric.key == "cores" => ("more", "less", "as much"),
            Unit::Number => ("more", "fewer", "as many"),
            Unit::Rate | Unit::Factor | Unit::Share => ("higher", "lower", "as high"),
            Unit::Bytes => ("more", "less", "as much"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(key: &str, a: f64, b: f64) -> String {
        Compared::new(Metric::find(key).unwrap(), None, a, b).words()
    }

    #[test]
    fn a_difference_reads_as_what_it_is() {
        let duration =
            |a, b| Compared::new(Metric::find("wall").unwrap(), None, a, b).for_same_work();
        assert_eq!(duration(201e6, 58e6).words(), "3.47 times as fast, 143 ms less");
        assert_eq!(duration(58e6, 201e6).words(), "3.47 times as long, 143 ms more");
        assert_eq!(words("response_p99", 5e6, 85e6), "17 times as long");
        assert_eq!(words("response_p99", 85e6, 5e6), "17 times shorter");
        assert_eq!(words("throughput", 100.0, 112.0), "12 % higher");
        assert_eq!(words("memory", 100.0, 70.0), "30 % less");
        assert_eq!(words("missed", 0.0, 7.0), "none in A");
        assert_eq!(words("missed", 7.0, 0.0), "none in B");
    }
}
