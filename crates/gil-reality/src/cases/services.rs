//! Whole programs: services of threads, alone and beside a report that computes; a service on an
//! event loop; batches and forked workers.

use gil_sim::{
    DEFAULT_SWITCH_INTERVAL, Dist, Group, Nanos, Repeat, Scenario, StartMethod, Step, Strategy,
};
use serde_json::Value;

use super::{Lab, MS, group, interval, python, reasons};
use crate::{Case, Family, Rank, Reading, Tolerance, spread};

/// Length of a measured run of a service.
const RUN: Nanos = Nanos::from_secs(20);

const RANKS: [Rank; 2] = [Rank::P50, Rank::P99];

/// The cases of files that `services.py` has printed, the later one and an earlier one.
fn cases(lab: &Lab, runs: &Runs) -> Vec<Case> {
    let families: [fn(&Lab, &Runs) -> Vec<Case>; 5] =
        [pools, beside_a_report, event_loops, batches, forked_workers];
    let all = families.into_iter().flat_map(|cases| cases(lab, runs));
    all.filter(|case| !case.measured.is_empty()).collect()
}

/// The later and the earlier file.
struct Runs([Value; 2]);

impl Runs {
    /// A figure of each run of a setting.
    fn each(&self, family: &str, setting: &str, field: &str) -> Vec<f64> {
        let settings = self.0.iter().map(|file| &file["cases"][family][setting]);
        settings.flat_map(|runs| each(runs, field)).collect()
    }
}

/// What is measured and simulated: all of a case but its rank.
struct Program {
    key: String,
    title: String,
    label: String,
    what: &'static str,
    scenario: Scenario,
}

impl Program {
    /// The p50 and the p99, whose measured values `measured` finds by their field.
    fn responses(self, measured: impl Fn(&str) -> Vec<f64>) -> [Case; 2] {
        RANKS.map(|rank| Case {
            key: format!("{}/{}", self.key, rank.name()),
            title: format!("{}, {}", self.title, rank.name()),
            label: format!("{}, {}", self.label, rank.name()),
            figure: Reading::Response(rank),
            tolerance: if rank == Rank::P50 { spread::SERVICE_P50 } else { spread::SERVICE_P99 },
            ..self.case(Family::Responses, "ms", measured(&format!("{}_ms", rank.name())))
        })
    }

    fn case(&self, family: Family, unit: &'static str, measured: Vec<f64>) -> Case {
        Case {
            key: self.key.clone(),
            title: self.title.clone(),
            label: self.label.clone(),
            family,
            what: self.what,
            scenario: self.scenario.clone(),
            figure: Reading::Elapsed,
            unit,
            measured,
            fitted: false,
            tolerance: spread::BATCH,
            reason: None,
        }
    }
}

/// A figure of each run.
fn each(runs: &Value, field: &str) -> Vec<f64> {
    let figures = runs.as_array().map_or(&[][..], Vec::as_slice).iter();
    figures.filter_map(|run| run[field].as_f64()).collect()
}

fn sleep(wait: Nanos) -> Step {
    Step::Sleep { wait: Dist::Fixed(wait) }
}

/// Requests of a Poisson process.
fn arriving(per_s: u32) -> Repeat {
    Repeat::Arrivals {
        every: Dist::Exponential(Nanos::from_secs_f64(1.0 / f64::from(per_s))),
        during: RUN,
    }
}

fn web(threads: u16, per_s: u32) -> Group {
    group("web", threads, vec![python(MS * 2), sleep(MS * 30)], arriving(per_s))
}

fn pools(lab: &Lab, runs: &Runs) -> Vec<Case> {
    const WHAT: &str = "A pool of threads serves requests that another process sends at random: 2 ms of CPU time \
                        and a sleep of 30 ms for each, from the scheduled arrival to the end.";
    let settings = [(8, 100), (8, 200), (8, 222), (8, 333), (12, 333), (16, 333)];
    let cases = settings.map(|(threads, per_s)| {
        let program = Program {
            key: format!("pool/{per_s}/{threads}"),
            title: format!("service, {threads} threads, {per_s} requests/s"),
            label: format!("{per_s}/s, {threads} thr"),
            what: WHAT,
            scenario: lab.limited(
                DEFAULT_SWITCH_INTERVAL,
                vec![web(threads, per_s)],
                super::long(),
            ),
        };
        let setting = format!("{threads} threads, {per_s}/s");
        program.responses(|field| runs.each("pool", &setting, field))
    });
    cases.into_iter().flatten().collect()
}

fn beside_a_report(lab: &Lab, runs: &Runs) -> Vec<Case> {
    const WHAT: &str =
        "The same service with 8 threads, and one more thread that computes all the time.";
    let settings = [("5 ms", 50), ("1 ms", 50), ("0.5 ms", 50), ("5 ms", 100), ("1 ms", 100)];
    let cases = settings.map(|(switch, per_s)| {
        let report = group("report", 1, vec![python(MS * 5)], Repeat::Daemon);
        let switch_interval = interval(&switch.replace(' ', ""));
        let program = Program {
            key: format!("report/{}/{per_s}", switch.replace(' ', "")),
            title: format!("service beside a report, {switch}, {per_s} requests/s"),
            label: format!("{switch}, {per_s}/s"),
            what: WHAT,
            scenario: lab.limited(switch_interval, vec![web(8, per_s), report], super::long()),
        };
        let setting = format!("{switch}, {per_s}/s");
        program.responses(|field| runs.each("report", &setting, field))
    });
    cases.into_iter().flatten().collect()
}

/// What blocks the event loop once a second: its name in the file, for people, what simulates it.
type Blocker = (&'static str, &'static str, fn(Nanos) -> Step);

fn event_loops(lab: &Lab, runs: &Runs) -> Vec<Case> {
    const WHAT: &str = "200 requests a second on one event loop, 1 ms of CPU time and a sleep of 10 ms for each; once a \
                        second something takes about 25 ms. On the loop it is simulated as a call of another thread that \
                        keeps the GIL, which holds the loop up just as well.";
    let holds: fn(Nanos) -> Step = |work| Step::NativeHolding { work: Dist::Fixed(work) };
    let blockers: [Blocker; 7] = [
        ("nothing", "nothing blocks", |_| sleep(MS)),
        ("json", "json.dumps on the loop", holds),
        ("json apart", "json.dumps in to_thread", holds),
        ("python", "Python on the loop", holds),
        ("python apart", "Python in to_thread", python),
        ("sleep", "a blocking call on the loop", holds),
        ("sleep apart", "a blocking call in to_thread", sleep),
    ];
    let cases = blockers.map(|(name, title, step)| {
        let tasks = Group {
            strategy: Strategy::Asyncio,
            ..group("web", 100, vec![python(MS), sleep(MS * 10)], arriving(200))
        };
        let blocker = vec![sleep(MS * 1000), step(length_of_call(runs, name))];
        let blocker = group("blocker", 1, blocker, Repeat::Daemon);
        let groups = if name == "nothing" { vec![tasks] } else { vec![tasks, blocker] };
        let program = Program {
            key: format!("loop/{}", name.replace(' ', "-")),
            title: format!("asyncio, {title}"),
            label: name.to_owned(),
            what: WHAT,
            scenario: lab.limited(DEFAULT_SWITCH_INTERVAL, groups, super::long()),
        };
        program.responses(|field| runs.each("event_loop", name, field))
    });
    cases.into_iter().flatten().collect()
}

/// `json.dumps` could not be made to last exactly as long as the others: the mean of the runs.
fn length_of_call(runs: &Runs, name: &str) -> Nanos {
    let lengths = runs.each("event_loop", name, "call_cpu_ms");
    match name.starts_with("json") && !lengths.is_empty() {
        true => Nanos::from_secs_f64(lengths.iter().sum::<f64>() / lengths.len() as f64 / 1e3),
        false => MS * 25,
    }
}

fn batches(lab: &Lab, runs: &Runs) -> Vec<Case> {
    const WHAT: &str = "40 jobs of 200 ms of CPU time each, from the first to the last: one after the other, or by four \
                        threads or processes of concurrent.futures, whose start is part of it.";
    let pool = |strategy| Group {
        strategy,
        ..group("batch", 4, vec![python(MS * 200)], Repeat::Jobs(40))
    };
    let process = |method| pool(Strategy::Processes(method));
    let all = [
        ("sequential", group("batch", 1, vec![python(MS * 200)], Repeat::Times(40))),
        ("threads", pool(Strategy::Threads)),
        ("fork", process(StartMethod::Fork)),
        ("forkserver", process(StartMethod::Forkserver)),
        ("spawn", process(StartMethod::Spawn)),
    ];
    let case = |(how, group): (&str, Group)| {
        let program = Program {
            key: format!("batch/{how}"),
            title: format!("batch of 40 x 200 ms, {how}"),
            label: how.to_owned(),
            what: WHAT,
            scenario: lab.limited(DEFAULT_SWITCH_INTERVAL, vec![group], super::long()),
        };
        let seconds = runs.each("batch", how, "seconds");
        program.case(Family::Batches, "ms", seconds.iter().map(|seconds| seconds * 1e3).collect())
    };
    all.map(case).into_iter().collect()
}

fn forked_workers(lab: &Lab, runs: &Runs) -> Vec<Case> {
    const WHAT: &str = "Forked workers, each with 50 ms of CPU time and a sleep of 50 ms for a job, again and again.";
    let case = |workers: u16| {
        let strategy = Strategy::Processes(StartMethod::Fork);
        let steps = vec![python(MS * 50), sleep(MS * 50)];
        let group = Group { strategy, ..group("worker", workers, steps, Repeat::For(RUN)) };
        let program = Program {
            key: format!("prefork/{workers}"),
            title: format!("prefork, 50 + 50 ms, {}", counted_workers(workers)),
            label: format!("prefork, {workers}"),
            what: WHAT,
            scenario: lab.limited(DEFAULT_SWITCH_INTERVAL, vec![group], super::long()),
        };
        let per_s = runs.each("prefork", &workers.to_string(), "per_s");
        Case { figure: Reading::PassRate, ..program.case(Family::Requests, "/s", per_s) }
    };
    [1, 2, 4, 8, 16].map(case).into_iter().collect()
}

fn counted_workers(workers: u16) -> String {
    format!("{workers} worker{}", if workers == 1 { "" } else { "s" })
}

/// Objects that more threads share than there are cores, without a GIL.
fn shared(lab: &Lab, file: &Value) -> Vec<Case> {
    let objects = [2, 4, 8, 16, 40].map(|threads| one_object(lab, threads, file));
    let services = [8, 16, 40].map(|threads| service_with_a_shared_object(lab, threads, file));
    objects.into_iter().chain(services.into_iter().flatten()).collect()
}

/// Two threads over one; more threads over two, which the level of the two is no part of.
fn one_object(lab: &Lab, threads: u16, file: &Value) -> Case {
    const WHAT: &str = "Threads touch one object all the time on two cores: throughput of all together. Two threads over \
                        one; more threads than cores over two.";
    let throughput = |threads: u16| -> Vec<f64> {
        let runs = file["relative_throughput"][threads.to_string()].as_array();
        runs.map_or(&[][..], Vec::as_slice).iter().filter_map(Value::as_f64).collect()
    };
    let touch = |threads| {
        let steps = vec![share(MS * 10)];
        lab.scenario(DEFAULT_SWITCH_INTERVAL, vec![group("hot", threads, steps, Repeat::Times(5))])
    };
    let of_two = throughput(2).into_iter();
    let (base, measured, over) = match threads {
        2 => (1, throughput(2), "one"),
        _ => (2, throughput(threads).into_iter().zip(of_two).map(|(a, b)| a / b).collect(), "two"),
    };
    Case {
        key: format!("shared/{threads}"),
        title: format!("one shared object, 3.13t, {threads} threads over {over}"),
        label: format!("3.13t, {threads} over {over}"),
        family: Family::SpeedUps,
        what: WHAT,
        scenario: touch(threads),
        figure: Reading::SpeedUp { alone: Box::new(touch(base)), threads: threads / base },
        unit: "x",
        measured,
        fitted: false,
        tolerance: SHARED,
        reason: None,
    }
}

const SHARED: Tolerance = Tolerance {
    factor: 1.26,
    reason: "the two runs of two threads differ by 26 %, and every other figure is over that one",
};

fn share(work: Nanos) -> Step {
    Step::Share { object: "config".to_owned(), work: Dist::Fixed(work) }
}

fn service_with_a_shared_object(lab: &Lab, threads: u16, file: &Value) -> [Case; 2] {
    const WHAT: &str = "A free-threaded service, 200 requests a second at random: 1.5 ms of its own Python, 0.5 ms on an \
                        object that all threads share, a sleep of 30 ms.";
    let steps =
        vec![python(Nanos::from_micros(1_500)), share(Nanos::from_micros(500)), sleep(MS * 30)];
    let web = group("web", threads, steps, arriving(200));
    let program = Program {
        key: format!("shared/service/{threads}"),
        title: format!("service with a shared object, 3.13t, {threads} threads"),
        label: format!("3.13t, {threads} thr"),
        what: WHAT,
        scenario: lab.limited(DEFAULT_SWITCH_INTERVAL, vec![web], super::long()),
    };
    let figures = &file["service"][threads.to_string()];
    program.responses(|field| figures[field].as_f64().into_iter().collect())
}

/// The measured files, as text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Files {
    pub services: &'static str,
    pub earlier: &'static str,
    pub shared: &'static str,
}

/// All cases of the data set of whole programs, `free` for those without a GIL.
pub(crate) fn of_files(lab: &Lab, free: &Lab, files: Files) -> Vec<Case> {
    let read = |text: &str| serde_json::from_str(text).expect("the measured files are JSON");
    let runs = Runs([read(files.services), read(files.earlier)]);
    let cases = cases(lab, &runs).into_iter().chain(shared(free, &read(files.shared)));
    cases.map(|case| Case { reason: reasons::find("services", &case.key), ..case }).collect()
}
