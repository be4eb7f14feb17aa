//! Measured figures beside the simulated ones of the same scenario.

use gil_sim::{Machine, Nanos, Os, Python, Repeat, Run, Scenario, Spec};
use gil_words::{number, percent, rate, time};

use super::{Measured, MeasuredGroup, Spread};
use crate::findings::rank;

/// A figure that both have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// How long the whole run took, in nanoseconds.
    Wall,
    /// Passes per second of the run.
    Throughput,
    /// The median of a pass, in nanoseconds.
    PassMedian,
    /// Its 99th percentile.
    PassP99,
    /// The median of a response, in nanoseconds.
    ResponseMedian,
    /// Its 99th percentile.
    ResponseP99,
    /// The median of a turn with the GIL, in nanoseconds: that of the group's middle thread.
    Turn,
}

impl Figure {
    /// What it's called.
    pub fn name(self) -> &'static str {
        match self {
            Figure::Wall => "wall time",
            Figure::Throughput => "passes per second",
            Figure::PassMedian => "pass p50",
            Figure::PassP99 => "pass p99",
            Figure::ResponseMedian => "response p50",
            Figure::ResponseP99 => "response p99",
            Figure::Turn => "turn p50",
        }
    }

    /// A value of it, in words.
    pub fn words(self, value: f64) -> String {
        if self.is_time() { time(value) } else { rate(value) }
    }

    /// Whether it's a time; otherwise it's a rate.
    pub fn is_time(self) -> bool {
        self != Figure::Throughput
    }
}

/// A figure, measured and simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The group; `None` for the whole run.
    pub group: Option<String>,
    /// The figure.
    pub figure: Figure,
    /// What was measured.
    pub measured: f64,
    /// What the simulation says; `None` where it has no such figure.
    pub simulated: Option<f64>,
}

impl Row {
    /// How far off the simulation is: its ratio to what was measured, less 1.
    pub fn error(&self) -> Option<f64> {
        let simulated = self.simulated?;
        (self.measured > 0.0).then(|| simulated / self.measured - 1.0)
    }
}

impl Row {
    /// The error in words: percent with its sign.
    pub fn error_words(&self) -> Option<String> {
        let rounded = (self.error()? * 1_000.0).round() / 10.0;
        let sign = if rounded > 0.0 { "+" } else { "" };
        Some(format!("{sign}{} %", number(rounded)))
    }
}

/// A measured run and the simulation of its scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// What was simulated: the scenario on the machine, and with the Python, that ran it.
    pub scenario: Scenario,
    /// What was changed or couldn't be, in a sentence each.
    pub notes: Vec<String>,
    /// Figures of the run, then of each group.
    pub rows: Vec<Row>,
}

/// Figures that are off by less agree.
const AGREES: f64 = 0.1;
/// Figures that are off by more don't.
const DISAGREES: f64 = 0.25;
/// Two turns that are less apart are one where a thread reads its own clock (docs/measured.md).
const ONE_TURN: Nanos = Nanos::from_micros(50);

impl Agreement {
    /// Simulates what was measured.
    pub fn of(measured: &Measured) -> Agreement {
        let mut notes = Vec::new();
        let scenario = as_measured(measured, &mut notes);
        Agreement::with(measured, scenario, notes)
    }

    /// The same with a scenario that is known already, and what was noted of it.
    pub(super) fn with(
        measured: &Measured,
        scenario: Scenario,
        mut notes: Vec<String>,
    ) -> Agreement {
        let run = Run::of(scenario.clone());
        let mut rows = Vec::new();
        if run.is_whole() {
            let (measured, simulated) = (measured.wall.0 as f64, run.trace.end.0 as f64);
            let figure = Figure::Wall;
            rows.push(Row { group: None, figure, measured, simulated: Some(simulated) });
        } else {
            notes.push("The simulation was cut before it was over.".to_owned());
        }
        for group in &measured.groups {
            rows.extend(of_group(measured, group, &run));
        }
        Agreement { scenario, notes, rows }
    }

    /// Whether they agree, in a sentence or two.
    pub fn verdict(&self) -> String {
        let mut errors: Vec<(&Row, f64)> =
            self.rows.iter().filter_map(|row| Some((row, row.error()?))).collect();
        errors.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let Some((worst, error)) = errors.first().copied() else {
            return "Nothing that was measured is simulated as well.".to_owned();
        };
        let within = |bound| errors.iter().filter(|(_, error)| error.abs() <= bound).count();
        let all = errors.len();
        let (close, far) = (within(AGREES), all - within(DISAGREES));
        let is = worst_words(worst, error);
        match (close == all, far) {
            (true, _) => format!(
                "The simulation agrees: all {all} figures are within {}. The worst is {is}",
                percent(AGREES)
            ),
            (false, 0) => format!(
                "The simulation roughly agrees: {close} of {all} figures are within {}, and all \
                 within {}. The worst is {is}",
                percent(AGREES),
                percent(DISAGREES)
            ),
            (false, far) => format!(
                "The simulation disagrees in {far} of {all} figures by more than {}. The worst is \
                 {is}",
                percent(DISAGREES)
            ),
        }
    }
}

fn worst_words(row: &Row, error: f64) -> String {
    let value = |value: f64| row.figure.words(value);
    let of = row.group.as_ref().map_or_else(String::new, |group| format!("{group}'s "));
    format!(
        "{of}{}: {} measured, {} simulated ({}{}).",
        row.figure.name(),
        value(row.measured),
        value(row.simulated.unwrap_or_default()),
        if error < 0.0 { "-" } else { "+" },
        percent(error.abs())
    )
}

/// The scenario with what ran it: Python, cores, switch interval, scale.
fn as_measured(measured: &Measured, notes: &mut Vec<String>) -> Scenario {
    let own = &measured.scenario;
    let mut spec = own.spec().clone();
    let found = python(measured);
    if let Some(found) = found {
        spec.python = found;
    } else {
        notes.push(format!(
            "Python {} isn't simulated, so it's the scenario's own, {}.",
            measured.python.version, spec.python
        ));
    }
    let most = *gil_sim::bounds::CORES.end();
    let (os, cores) = (os(&measured.python.platform), measured.python.cores.min(most));
    if (spec.machine.os, spec.machine.cores) != (os.unwrap_or(spec.machine.os), cores) {
        spec.machine = Machine::of(os.unwrap_or(spec.machine.os), cores);
    }
    spec.switch_interval = measured.python.switch_interval;
    scale(&mut spec, measured.scale);
    let asked = own.spec();
    let differs = asked.python != spec.python || asked.machine.cores != spec.machine.cores;
    match Scenario::new(spec) {
        Ok(scenario) => {
            if differs {
                notes.push(format!(
                    "Simulated with Python {} on {}, as it was measured.",
                    scenario.spec().python,
                    gil_words::count(usize::from(cores), "core")
                ));
            }
            scenario
        }
        Err(wrong) => {
            let first = wrong.first().map(ToString::to_string).unwrap_or_default();
            notes.push(format!("Simulated as the scenario says, not as it was measured: {first}."));
            own.clone()
        }
    }
}

/// The Python that ran it, as far as it's simulated.
fn python(measured: &Measured) -> Option<Python> {
    let mut parts = measured.python.version.split('.');
    let (major, minor) = (parts.next()?, parts.next()?);
    let minor: String = minor.chars().take_while(char::is_ascii_digit).collect();
    let free = if measured.python.has_gil { "" } else { "t" };
    Python::find(&format!("{major}.{minor}{free}"))
}

fn os(platform: &str) -> Option<Os> {
    match platform {
        "linux" => Some(Os::Linux),
        "darwin" => Some(Os::MacOs),
        "win32" => Some(Os::Windows),
        _ => None,
    }
}

fn scale(spec: &mut Spec, factor: f64) {
    let count = |n: u32| ((f64::from(n) * factor).round().max(1.0)) as u32;
    let time = |t: Nanos| Nanos((t.0 as f64 * factor).round().max(1.0) as u64);
    for group in &mut spec.groups {
        group.repeat = match group.repeat {
            Repeat::Times(n) => Repeat::Times(count(n)),
            Repeat::Jobs(n) => Repeat::Jobs(count(n)),
            Repeat::For(t) => Repeat::For(time(t)),
            Repeat::Arrivals { every, during } => Repeat::Arrivals { every, during: time(during) },
            other @ (Repeat::Daemon | Repeat::Serve) => other,
        };
    }
}

fn of_group(measured: &Measured, group: &MeasuredGroup, run: &Run) -> Vec<Row> {
    let stats = run.stats.groups.iter().position(|one| one.name == group.name);
    let simulated = stats.map(|at| &run.stats.groups[at]);
    let wall = |time: Nanos| time.as_secs_f64().max(1e-9);
    let row = |figure, measured: Option<f64>, simulated: Option<f64>| {
        let group = Some(group.name.clone());
        Some(Row { group, figure, measured: measured?, simulated })
    };
    let of = |spread: Option<Spread>, pick: fn(&Spread) -> Nanos| Some(pick(&spread?).0 as f64);
    let pass = simulated.and_then(|stats| stats.pass);
    let response = simulated.and_then(|stats| stats.response);
    let nanos = |time: Option<Nanos>| time.map(|time| time.0 as f64);
    let throughput = simulated.map(|stats| stats.passes as f64 / wall(run.trace.end));
    [
        row(Figure::Throughput, Some(group.passes as f64 / wall(measured.wall)), throughput),
        row(Figure::PassMedian, of(group.pass, |s| s.p50), nanos(pass.and_then(|p| p.p50))),
        row(Figure::PassP99, of(group.pass, |s| s.p99), nanos(pass.and_then(|p| p.p99))),
        row(
            Figure::ResponseMedian,
            of(group.response, |s| s.p50),
            nanos(response.and_then(|r| r.p50)),
        ),
        row(
            Figure::ResponseP99,
            of(group.response, |s| s.p99),
            nanos(response.and_then(|r| r.p99)),
        ),
        row(
            Figure::Turn,
            nanos(measured_turn(measured, &group.name)),
            stats.and_then(|at| nanos(simulated_turn(run, at))),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The middle of the medians of a group's threads.
fn measured_turn(measured: &Measured, group: &str) -> Option<Nanos> {
    let of = measured.threads.iter().filter(|thread| thread.group == group);
    middle(of.filter_map(|thread| Some(thread.turns?.p50)).collect())
}

fn middle(mut times: Vec<Nanos>) -> Option<Nanos> {
    times.sort_unstable();
    rank(&times, 500)
}

/// The same of simulated threads: with the GIL, where stretches that lie close together are one.
fn simulated_turn(run: &Run, group: usize) -> Option<Nanos> {
    let members = run.trace.threads.iter().enumerate();
    let members = members.filter(|(_, thread)| thread.group.index() == group);
    let medians = members.filter_map(|(at, _)| {
        let spans = run.trace.gils.iter().flat_map(|gil| &gil.spans);
        let own = spans.filter(|span| span.thread.index() == at);
        let mut turns: Vec<(Nanos, Nanos)> = Vec::new();
        for span in own {
            match turns.last_mut() {
                Some(last) if span.start - last.1 < ONE_TURN => last.1 = span.end,
                _ => turns.push((span.start, span.end)),
            }
        }
        middle(turns.into_iter().map(|(start, end)| end - start).collect())
    });
    middle(medians.collect())
}
