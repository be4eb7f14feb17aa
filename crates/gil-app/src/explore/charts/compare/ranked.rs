//! What is compared, varied and shown, and what all of that is called.

use gil_sim::compare::{Axis, Setting};
use gil_sim::metric::{Better, Metric};
use gil_sim::sweep::Work;
use gil_view::chart::{self, Scale, Unit};
use gil_words::{capitalized, count, number};

use super::question::Question;

/// A metric that contenders are ranked by, and how the chart shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Its key in the list of metrics.
    pub key: &'static str,
    scale: Scale,
    /// What the vertical axis is called.
    axis: &'static str,
    /// What stands before the best value in a finding.
    pub lead: &'static str,
}

/// The metrics, in the order of the list.
pub const RANKED: [Ranked; 5] = [
    Ranked { key: SPEED_UP, scale: Scale::Log2, axis: "times as fast as", lead: "" },
    Ranked { key: "throughput", scale: Scale::Log10, axis: "passes per second", lead: "" },
    Ranked {
        key: WAKE_UP,
        scale: Scale::Log10,
        axis: "from I/O complete to going on, p99",
        lead: "one I/O in a hundred waits ",
    },
    Ranked { key: "memory", scale: Scale::Log2, axis: "memory, an estimate", lead: "about " },
    Ranked {
        key: "startup",
        scale: Scale::Log10,
        axis: "until the last worker begins",
        lead: "the last worker begins after ",
    },
];

/// The metric that is against something.
pub const SPEED_UP: &str = "speedup";
/// The metric that only work with I/O has.
pub const WAKE_UP: &str = "wakeup_p99";

impl Ranked {
    /// The metric of this key.
    #[cfg(test)]
    pub fn of_key(key: &str) -> Ranked {
        *RANKED.iter().find(|ranked| ranked.key == key).expect("a ranked metric")
    }

    fn metric(self) -> Option<&'static Metric> {
        Metric::find(self.key)
    }

    /// What it is called, and its value in the list.
    pub fn name(self) -> String {
        capitalized(self.metric().map_or(self.key, |metric| metric.title))
    }

    /// The chart's axis for this metric.
    pub fn axis(self, question: &Question) -> chart::Axis {
        let label = match self.key {
            SPEED_UP => format!("{} {}", self.axis, question.against()),
            _ => self.axis.to_owned(),
        };
        chart::Axis::new(label, self.scale, self.unit())
    }

    fn unit(self) -> Unit {
        self.metric().map_or(Unit::Number, |metric| metric.unit)
    }

    /// A value of this metric in words.
    pub fn format(self, value: f64) -> String {
        match self.unit() {
            Unit::Factor => format!("{} times", number(value)),
            Unit::Rate => format!("{} passes a second", number(value)),
            unit => gil_words::quantity(unit, value),
        }
    }

    /// Whether more is better.
    pub fn more_is_better(self) -> bool {
        self.metric().is_some_and(|metric| metric.better == Better::More)
    }
}

/// What is varied, in the list and as the heading of its column.
pub fn axis_name(axis: Axis) -> &'static str {
    match axis {
        Axis::Workers => "Workers",
        Axis::Interval => "Switch interval",
        Axis::Cores => "Cores",
        Axis::CpuShare => "CPU share",
        Axis::Data => "Data per job",
    }
}

/// The axis of the chart.
pub fn across(axis: Axis) -> chart::Axis {
    let (label, scale) = match axis {
        Axis::Workers => ("workers", Scale::Log2),
        Axis::Interval => ("switch interval", Scale::Log10),
        Axis::Cores => ("cores", Scale::Log2),
        Axis::CpuShare => ("part of each pass that is computing", Scale::Linear),
        Axis::Data => ("arguments of each job, and as much for its result", Scale::Log2),
    };
    let values = || axis.values().into_iter().map(|at| place(axis, at));
    let shown = || values().filter(|value| scale != Scale::Log2 || *value > 0.0);
    let (low, high) = (shown().fold(f64::MAX, f64::min), shown().fold(0.0, f64::max));
    chart::Axis { covers: Some((low, high)), ..chart::Axis::new(label, scale, unit(axis)) }
}

fn unit(axis: Axis) -> Unit {
    match axis {
        Axis::Workers | Axis::Cores => Unit::Number,
        Axis::Interval => Unit::Time,
        Axis::CpuShare => Unit::Share,
        Axis::Data => Unit::Bytes,
    }
}

/// A value of the axis as the chart has it.
pub fn place(axis: Axis, at: u64) -> f64 {
    match axis {
        Axis::CpuShare => at as f64 / 100.0,
        _ => at as f64,
    }
}

/// A value of the axis in the table.
pub fn at_words(axis: Axis, at: u64) -> String {
    gil_words::quantity(unit(axis), place(axis, at))
}

/// Where findings are read off.
pub fn landmark(axis: Axis) -> u64 {
    match axis {
        Axis::Workers => 8,
        Axis::Interval => 100_000_000,
        Axis::Cores => 16,
        Axis::CpuShare => 50,
        Axis::Data => 1 << 20,
    }
}

/// What the workers do and how many they are, at a value of the axis.
pub fn circumstances(question: &Question, at: u64) -> String {
    let setting = &question.setting;
    let words = at_words(setting.axis, at);
    let work = work_words(question);
    let workers = count(setting.workers().into(), "worker");
    match setting.axis {
        Axis::Workers => format!("{work}, {}", count(at as usize, "worker")),
        Axis::Cores => format!("{work}, {workers} on {}", count(at as usize, "core")),
        Axis::Interval => format!("{work}, {workers}, switch interval {words}"),
        Axis::CpuShare => format!("Passes of 10 ms with {words} computing, {workers}"),
        Axis::Data => format!("{work}, {workers}, {words} for each job and its result"),
    }
}

/// What is the same for everybody and everywhere in the chart.
pub fn common(question: &Question) -> String {
    let Setting { axis, scenario, .. } = &question.setting;
    let work = match axis {
        Axis::CpuShare => "Passes of 10 ms, partly computing, partly I/O".to_owned(),
        _ => work_words(question),
    };
    let cores = match axis {
        Axis::Cores => String::new(),
        _ => format!(" on {}", count(scenario.spec().machine.cores.into(), "core")),
    };
    format!("{work}{cores}, the same for all")
}

/// What the workers do.
fn work_words(question: &Question) -> String {
    let setting = &question.setting;
    match setting.work {
        Work::Cpu => "CPU-bound work".to_owned(),
        Work::Io => "I/O-bound work".to_owned(),
        Work::Own => {
            let group = setting.scenario.spec().group(setting.group);
            format!("Work of {}", group.map_or("", |group| &group.name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ranked_metric_is_in_the_list() {
        let names = RANKED.map(|ranked| (ranked.metric().is_some(), ranked.name()));
        let want = ["Speed-up", "Throughput", "Wake-up p99", "Memory", "Start-up"];
        assert_eq!(names, want.map(|name| (true, name.to_owned())));
        let gains = RANKED.map(Ranked::more_is_better);
        assert_eq!(gains, [true, true, false, false, false]);
    }
}
