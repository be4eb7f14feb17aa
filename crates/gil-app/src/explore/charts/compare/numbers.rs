//! The numbers behind the comparison.

use gil_sim::compare::{Contender, Point};
use gil_words::{bytes, number};

use super::question::Question;
use super::ranked::{at_words, axis_name};
use crate::explore::charts::numbers::{
    Column, Line, NONE, NOT_YET, Row, Table, end, percentiles, percentiles_csv,
};
use crate::task::results;

type Results = results::Results<Question>;

const COLUMNS: [Column; 9] = [
    ("speed_up", "Speed-up", "times one thread"),
    ("throughput", "Throughput", "passes/s"),
    ("p50", "Wake-up p50", "from I/O"),
    ("p95", "Wake-up p95", "from I/O"),
    ("p99", "Wake-up p99", "from I/O"),
    ("start_up", "Start-up", "last worker"),
    ("memory", "Memory", "estimate"),
    ("handoffs", "Handoffs", "per second"),
    ("end", "End", "of the run"),
];

/// Every run as a row.
pub fn table(results: &Results) -> Table {
    let question = &results.question;
    Table {
        caption: "Every run of every contender. Speed-ups are against one plain thread of the \
                  default build of the first contender's version, on the same machine. Starting \
                  up counts. Memory is an estimate from measurements of bare processes, \
                  interpreters and threads on Linux.",
        axis: axis_name(question.setting.axis),
        columns: &COLUMNS,
        lines: question.contenders.iter().map(|contender| line(results, *contender)).collect(),
    }
}

fn line(results: &Results, contender: Contender) -> Line {
    let setting = &results.question.setting;
    let row = |point: &Point| Row {
        key: point.at.to_string(),
        at: at_words(setting.axis, point.at),
        cells: cells(point).to_vec(),
        current: false,
    };
    Line {
        key: contender.to_string(),
        title: contender.to_string(),
        rows: results.curve(contender).map(row).collect(),
        empty: setting.refusal(contender).unwrap_or_else(|| NOT_YET.to_owned()),
    }
}

fn cells(point: &Point) -> [String; 9] {
    let rate = |value: f64| if value > 0.0 { number(value) } else { NONE.to_owned() };
    let [p50, p95, p99] = percentiles(point.wakeup);
    [
        point.speed_up.map_or_else(|| NONE.to_owned(), number),
        rate(point.throughput),
        p50,
        p95,
        p99,
        point.start_up.map_or_else(|| NONE.to_owned(), |time| time.to_string()),
        bytes(point.memory as f64),
        number(point.handoffs),
        end(&point.outcome).to_owned(),
    ]
}

/// With all digits; times in nanoseconds.
pub fn csv(results: &Results) -> String {
    let head = "contender,at,speed_up,throughput_per_s,wakeup_p50_ns,wakeup_p95_ns,wakeup_p99_ns,\
                start_up_ns,memory_bytes,handoff_rate_per_s,end\n";
    let line = |point: &Point| {
        format!(
            "{},{},{},{},{},{},{},{},{}\n",
            point.contender,
            point.at,
            point.speed_up.map(|n| n.to_string()).unwrap_or_default(),
            point.throughput,
            percentiles_csv(point.wakeup),
            point.start_up.map(|time| time.0.to_string()).unwrap_or_default(),
            point.memory,
            point.handoffs,
            end(&point.outcome)
        )
    };
    let contenders = results.question.contenders.iter();
    let lines = contenders.flat_map(|contender| results.curve(*contender).map(line));
    std::iter::once(head.to_owned()).chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use gil_sim::compare::Axis;
    use gil_sim::sweep::Work;

    use super::super::question::tests::usual;
    use super::*;

    #[test]
    fn table_and_csv_have_a_row_for_each_run() {
        let results = Results::computed(usual(Work::Io, Axis::Cores));
        let runs = 6 * Axis::Cores.values().len();
        assert_eq!(table(&results).lines.iter().map(|line| line.rows.len()).sum::<usize>(), runs);
        let csv = csv(&results);
        assert_eq!(csv.lines().count(), runs + 1);
        assert!(csv.lines().all(|line| line.split(',').count() == 11), "{csv}");
    }
}
