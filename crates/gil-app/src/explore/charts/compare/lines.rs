//! From the results of a comparison to a chart and its title.

use gil_sim::compare::{Contender, Point};
use gil_view::chart::Range;
use gil_view::chart::picture::{Picture, cut};
use gil_view::scaling::wakeup_words;
use gil_words::{bytes, number};

use super::question::Question;
use super::ranked::{Ranked, SPEED_UP, WAKE_UP, across, circumstances, landmark, place};
use crate::task::results;

type Results = results::Results<Question>;

/// A run behind a point of the chart: its contender, and its place on the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The contender that did the work.
    pub contender: Contender,
    /// Its place on the axis, in the axis' unit.
    pub at: u64,
}

/// The picture of some results, with the colours of the contenders.
pub fn picture(
    ranked: Ranked,
    results: &Results,
    slots: &[u8],
    is_current: impl Fn(Target) -> bool,
    width: f32,
) -> Picture<Target> {
    let question = &results.question;
    let axis = question.setting.axis;
    let mut picture =
        Picture::new(finding(ranked, results), across(axis), ranked.axis(question), width);
    for (contender, slot) in question.contenders.iter().zip(slots) {
        let entry = |point: &Point| {
            let target = Target { contender: *contender, at: point.at };
            Some((place(axis, point.at), point.value(ranked.key)?, target))
        };
        let points = results.curve(*contender).filter_map(entry).collect();
        let range = |point: &Point| {
            let spread = point.spread(ranked.key)?;
            let (low, high, runs) = (spread.low, spread.high, spread.runs());
            Some(Range { x: place(axis, point.at), low, high, runs })
        };
        let ranges = results.curve(*contender).filter_map(range).collect();
        picture.line_of_medians(contender.to_string(), *slot, points, ranges);
    }
    // Names take up to three lines each where there is little room beside them.
    let lines = if width < 520.0 { 48.0 } else { 34.0 };
    let names = picture.chart.series.len() as f32 * lines + 70.0;
    picture.chart.height = picture.chart.height.max(names);
    let is_cut = |target: Target| {
        let point = results.get((target.contender, target.at));
        point.is_some_and(|point| cut(&point.outcome).is_some())
    };
    picture.mark(is_cut, is_current);
    picture
}

/// The contenders that are first and last, in a sentence. While points come in, what is known so far.
pub fn finding(ranked: Ranked, results: &Results) -> String {
    let question = &results.question;
    if question.contenders.is_empty() {
        return "Nobody to compare: add a Python and a strategy".to_owned();
    }
    let at = landmark(question.setting.axis);
    let what = circumstances(question, at);
    let value = |contender: &Contender| {
        let point = results.get((*contender, at))?;
        Some((point.value(ranked.key)?, *contender))
    };
    let mut ranks: Vec<(f64, Contender)> = question.contenders.iter().filter_map(value).collect();
    ranks.sort_by(|a, b| a.0.total_cmp(&b.0));
    if ranked.more_is_better() {
        ranks.reverse();
    }
    let others = |(value, contender): &(f64, Contender)| {
        format!(", {} with {contender}", ranked.format(*value))
    };
    match ranks.as_slice() {
        [] if ranked.key == WAKE_UP && results.complete => {
            format!("{what}: there is no I/O to wait for")
        }
        [] => format!("{what}: {}", ranked.name()),
        [(value, first), .., (_, last)] if are_level(ranked, results, at, *first, *last) => {
            let all = ranks.len();
            format!("{what}: level within the spread, {} with all {all}", ranked.format(*value))
        }
        [first, rest @ ..] => {
            let last = rest.last().map(others).unwrap_or_default();
            format!("{what}: {}{last}", winner(ranked, question, *first))
        }
    }
}

/// Whether the first and the last differ by no more than seeds do, where several were run.
fn are_level(
    ranked: Ranked,
    results: &Results,
    at: u64,
    first: Contender,
    last: Contender,
) -> bool {
    let spread = |contender| results.get((contender, at))?.spread(ranked.key);
    spread(first).zip(spread(last)).is_some_and(|(first, last)| first.is_level(&last))
}

fn winner(ranked: Ranked, question: &Question, (value, contender): (f64, Contender)) -> String {
    let value = ranked.format(value);
    let against = match ranked.key {
        SPEED_UP => format!(" as fast as {}", question.against()),
        _ => String::new(),
    };
    format!("{}{value}{against} with {contender}", ranked.lead)
}

/// All figures of a run in a line of text.
pub fn reading(results: &Results, target: Target) -> Option<String> {
    let point = results.get((target.contender, target.at))?;
    let question = &results.question;
    let mut parts = vec![format!("{}. {}", target.contender, circumstances(question, target.at))];
    parts.extend(
        point
            .speed_up
            .map(|factor| format!("{} times as fast as {}", number(factor), question.against())),
    );
    parts.push(format!("{} passes/s", number(point.throughput)));
    parts.extend(wakeup_words(point.wakeup));
    parts.extend(point.start_up.map(|time| format!("last worker ready after {time}")));
    parts.push(format!("about {}", bytes(point.memory as f64)));
    parts.push(format!("{} handoffs/s", number(point.handoffs)));
    if let Some(end) = cut(&point.outcome) {
        parts.push(end.to_owned());
    }
    Some(parts.join("; "))
}

#[cfg(test)]
mod tests {
    use gil_sim::compare::Axis;
    use gil_sim::sweep::Work;

    use super::super::question::tests::usual;
    use super::super::ranked::RANKED;
    use super::*;

    const SLOTS: [u8; 6] = [0, 1, 2, 3, 4, 5];

    #[test]
    fn each_contender_has_a_line_and_its_points_their_runs() {
        let results = Results::computed(usual(Work::Io, Axis::Cores));
        for ranked in RANKED {
            let is_current = |target: Target| target.at == 4;
            let picture = picture(ranked, &results, &SLOTS, is_current, 700.0);
            // An event loop's tasks have nothing to start.
            let lines = if ranked.key == "startup" { 5 } else { 6 };
            assert_eq!(picture.chart.series.len(), lines, "{ranked:?}");
            assert_eq!(picture.targets().count(), lines * Axis::Cores.values().len());
            assert_eq!(picture.target(picture.current.unwrap()).unwrap().at, 4);
        }
    }

    #[test]
    fn findings_name_the_first_and_the_last() {
        let results = Results::computed(usual(Work::Cpu, Axis::Cores));
        for (key, parts) in [
            ("speedup", &["CPU-bound work, 8 workers on 16 cores", "3.11", "times with"][..]),
            ("throughput", &["passes a second with 3.14 ", "with 3.11 threads"]),
            ("wakeup_p99", &["no I/O"]),
            ("memory", &["MiB with 3.14 asyncio", "MiB with 3.14 processes"]),
            ("startup", &["us with 3.1"]),
        ] {
            let finding = finding(Ranked::of_key(key), &results);
            for part in parts {
                assert!(finding.contains(part), "{key}: {finding}");
            }
        }
    }

    #[test]
    fn a_reading_has_all_figures() {
        let results = Results::computed(usual(Work::Io, Axis::CpuShare));
        let target = Target { contender: results.question.contenders[2], at: 50 };
        let text = reading(&results, target).unwrap();
        for part in ["3.14t threads. Passes of 10 ms with 50 %", "p99", "MiB", "passes/s"] {
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn contenders_within_the_spread_are_level() {
        let text = "v1/web:8:py-2ms+io-30ms:arrive-exp4500us@500ms";
        let scenario = gil_notation::parse_scenario(text).expect("a scenario");
        let setting =
            gil_sim::compare::Setting::new(&scenario, Work::Own, gil_sim::GroupId(0), Axis::Cores);
        let contenders = Contender::usual(&scenario)[..2].to_vec();
        let results = Results::computed(Question::new(setting, contenders));
        let finding = finding(Ranked::of_key("throughput"), &results);
        assert!(finding.contains("level within the spread, "), "{finding}");
        assert!(finding.ends_with(" passes a second with all 2"), "{finding}");
    }
}
