//! The numbers behind the charts over the number of threads.

use gil_sim::sweep::{Point, Work};
use gil_view::scaling::{Swept, work_name};
use gil_words::number;

use crate::explore::charts::numbers::{
    Column, Line, NONE, NOT_YET, Row, Table, end, percentiles, percentiles_csv,
};

const COLUMNS: [Column; 8] = [
    ("speed_up", "Speed-up", "times one thread"),
    ("throughput", "Throughput", "passes/s"),
    ("p50", "Wake-up p50", "from I/O"),
    ("p95", "Wake-up p95", "from I/O"),
    ("p99", "Wake-up p99", "from I/O"),
    ("handoffs", "Handoffs", "per second"),
    ("missed", "Missed", "wake-ups"),
    ("end", "End", "of the run"),
];

/// Every run as a row.
pub fn table(swept: &Swept) -> Table {
    Table {
        caption: "Every run with its number of threads. \
                  Wake-up is from the completion of I/O until its thread has the GIL.",
        axis: "Threads",
        columns: &COLUMNS,
        lines: Work::ALL.map(|work| line(swept, work)).to_vec(),
    }
}

/// The key of a curve for tests.
fn key(work: Work) -> &'static str {
    match work {
        Work::Cpu => "cpu",
        Work::Io => "io",
        Work::Own => "own",
    }
}

fn title(swept: &Swept, work: Work) -> String {
    match work {
        Work::Cpu => "CPU-bound: each thread computes 50 ms in Python".to_owned(),
        Work::Io => "I/O-bound: each thread 10 times computes 0.1 ms and waits 10 ms".to_owned(),
        Work::Own => format!("This scenario, threads of {}", swept.question.group_name()),
    }
}

fn line(swept: &Swept, work: Work) -> Line {
    let now = (work == Work::Own).then(|| swept.question.threads_now());
    let row = |point: &Point| Row {
        key: point.threads.to_string(),
        at: point.threads.to_string(),
        cells: cells(swept, work, point).to_vec(),
        current: Some(point.threads) == now,
    };
    Line {
        key: key(work).to_owned(),
        title: title(swept, work),
        rows: swept.curve(work).map(row).collect(),
        empty: NOT_YET.to_owned(),
    }
}

/// As people read them, in the order of the columns.
fn cells(swept: &Swept, work: Work, point: &Point) -> [String; 8] {
    let speed_up = swept.speed_up(work, point.threads);
    let [p50, p95, p99] = percentiles(point.wakeup);
    [
        speed_up.map_or_else(|| NONE.to_owned(), number),
        number(point.throughput),
        p50,
        p95,
        p99,
        number(point.handoffs),
        point.missed.to_string(),
        end(&point.outcome).to_owned(),
    ]
}

/// With all digits; times in nanoseconds.
pub fn csv(swept: &Swept) -> String {
    let head = "work,threads,speed_up,throughput_per_s,wakeup_p50_ns,wakeup_p95_ns,wakeup_p99_ns,\
                handoff_rate_per_s,missed,end\n";
    let line = |work, point: &Point| {
        let speed_up = swept.speed_up(work, point.threads).map(|n| n.to_string());
        format!(
            "{},{},{},{},{},{},{},{}\n",
            work_name(work),
            point.threads,
            speed_up.unwrap_or_default(),
            point.throughput,
            percentiles_csv(point.wakeup),
            point.handoffs,
            point.missed,
            end(&point.outcome)
        )
    };
    let lines = Work::ALL
        .into_iter()
        .flat_map(|work| swept.curve(work).map(move |point| line(work, point)));
    std::iter::once(head.to_owned()).chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::super::question::tests::computed;
    use super::*;

    #[test]
    fn csv_has_a_line_for_each_run() {
        let csv = csv(&computed("cpu").swept());
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 37);
        assert!(lines.iter().all(|line| line.split(',').count() == 10), "{csv}");
        assert!(lines[1].starts_with("CPU-bound,1,1,"), "{}", lines[1]);
    }

    #[test]
    fn cells_have_three_digits_and_units() {
        let results = computed("convoy");
        let swept = results.swept();
        let point = swept.point(Work::Own, 2).unwrap();
        let cells = cells(&swept, Work::Own, point);
        assert!(cells[2].ends_with("ms") || cells[2].ends_with("us"), "{cells:?}");
        assert_eq!(cells[7], "completed");
    }
}
