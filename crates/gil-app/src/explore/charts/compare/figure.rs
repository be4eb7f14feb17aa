//! What is compared, varied and shown, and what all of that is called.

use gil_sim::compare::{Axis, Point, Setting};
use gil_sim::spread::Spread;
use gil_sim::sweep::Work;
use gil_view::chart::{self, Scale, Unit};
use gil_words::count;

use super::question::Question;

/// A figure of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// How many times as fast as one thread.
    SpeedUp,
    /// Passes per second.
    Throughput,
    /// The 99th percentile of how long finished I/O waits for its thread.
    Latency,
    /// An estimate of the memory.
    Memory,
    /// Until the last worker begins.
    StartUp,
}

impl Figure {
    /// All of them, in the order of the list.
    pub const ALL: [Figure; 5] =
        [Figure::SpeedUp, Figure::Throughput, Figure::Latency, Figure::Memory, Figure::StartUp];

    /// What it is called, and its value in the list.
    pub fn name(self) -> &'static str {
        match self {
            Figure::SpeedUp => "Speed-up",
            Figure::Throughput => "Throughput",
            Figure::Latency => "Wake-up p99",
            Figure::Memory => "Memory",
            Figure::StartUp => "Start-up",
        }
    }

    /// The chart's axis for this figure.
    pub fn axis(self, question: &Question) -> chart::Axis {
        let (label, scale) = match self {
            Figure::SpeedUp => (format!("times as fast as {}", question.against()), Scale::Log2),
            Figure::Throughput => ("passes per second".to_owned(), Scale::Log10),
            Figure::Latency => ("from I/O complete to going on, p99".to_owned(), Scale::Log10),
            Figure::Memory => ("memory, an estimate".to_owned(), Scale::Log2),
            Figure::StartUp => ("until the last worker begins".to_owned(), Scale::Log10),
        };
        chart::Axis::new(label, scale, self.unit())
    }

    fn unit(self) -> Unit {
        match self {
            Figure::SpeedUp => Unit::Factor,
            Figure::Throughput => Unit::Rate,
            Figure::Latency | Figure::StartUp => Unit::Time,
            Figure::Memory => Unit::Bytes,
        }
    }

    /// Its value for a run, where it has one.
    pub fn of(self, point: &Point) -> Option<f64> {
        let value = match self {
            Figure::SpeedUp => point.speed_up?,
            Figure::Throughput => point.throughput,
            Figure::Latency => point.wakeup?.p99?.0.max(1) as f64,
            Figure::Memory => point.memory as f64,
            Figure::StartUp => point.start_up?.0 as f64,
        };
        // Nothing has no place on a scale of ratios: tasks of a loop need no start.
        (value > 0.0).then_some(value)
    }

    /// How far the seeds behind its value reach, where there are several.
    pub fn spread(self, point: &Point) -> Option<Spread> {
        let (reach, speed_up) = point.reach?;
        match self {
            Figure::SpeedUp => speed_up,
            Figure::Throughput => Some(reach.throughput),
            Figure::Latency => reach.wakeup[2],
            Figure::Memory | Figure::StartUp => None,
        }
    }

    /// A value of this figure in words.
    pub fn format(self, value: f64) -> String {
        match self {
            Figure::SpeedUp => format!("{} times", gil_words::number(value)),
            Figure::Throughput => format!("{} passes a second", gil_words::number(value)),
            _ => gil_words::quantity(self.unit(), value),
        }
    }

    /// Whether more is better.
    pub fn more_is_better(self) -> bool {
        matches!(self, Figure::SpeedUp | Figure::Throughput)
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
            let group = setting.scenario.spec().groups.get(setting.group);
            format!("Work of {}", group.map_or("", |group| &group.name))
        }
    }
}
