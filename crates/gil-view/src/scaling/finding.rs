//! What a chart says, as its title.

use gil_sim::sweep::{Point, Work};

use super::Swept;
use super::lines::{Topic, latency_of};
use gil_words::{capitalized, count, number};

/// The finding. While points come in, what is known so far.
pub fn title(topic: Topic, results: &Swept) -> String {
    let found = match topic {
        Topic::SpeedUp => speed_up(results),
        Topic::Throughput => throughput(results),
        Topic::Latency => latency(results),
    };
    let found = found.unwrap_or_else(|| format!("{} with 1 to 64 threads", topic.name()));
    match results.curve(Work::Own).find(|point| point.outcome.is_cut()) {
        Some(point) => format!("{found}; from {} on runs were cut", plain(point.threads)),
        None => found,
    }
}

fn speed_up(results: &Swept) -> Option<String> {
    let at_most = |work| {
        let threads = results.last(work).filter(|point| point.threads > 1)?.threads;
        Some((threads, number(results.speed_up(work, threads)?)))
    };
    let is_apart = results.question.same_as().is_none();
    let own = at_most(Work::Own).filter(|_| is_apart);
    let curves = [
        ("CPU-bound", at_most(Work::Cpu), false),
        ("I/O-bound", at_most(Work::Io), false),
        ("this scenario", own, true),
    ];
    let known = curves.into_iter().filter_map(|(name, most, own)| Some((name, most?, own)));
    // The first one says what is meant, the others how many.
    let mut before = None;
    let parts: Vec<String> = known
        .map(|(name, (threads, factor), own)| {
            let with = if own { threads_of(results, threads) } else { plain(threads) };
            match before.replace(threads) {
                None => format!("{name}: {with} are {factor} times as fast as one"),
                Some(same) if same == threads && !own => format!("{name}: {factor} times"),
                Some(_) => format!("{name}: {factor} times with {with}"),
            }
        })
        .collect();
    (!parts.is_empty()).then(|| capitalized(&parts.join("; ")))
}

/// `64 threads`.
fn plain(threads: u16) -> String {
    count(threads.into(), "thread")
}

/// `64 threads`, or `64 io threads` where there are several groups.
fn threads_of(results: &Swept, threads: u16) -> String {
    let several = results.question.scenario.spec().groups.len() > 1;
    let noun = match several {
        true => format!("{} thread", results.question.group_name()),
        false => "thread".to_owned(),
    };
    count(threads.into(), &noun)
}

/// Throughputs nearer to each other than this are the same to a reader.
const SAME: f64 = 0.05;

fn throughput(results: &Swept) -> Option<String> {
    let last = results.last(Work::Own).filter(|point| point.threads > 1)?;
    let one = results.point(Work::Own, 1)?;
    let best = results.whole(Work::Own).max_by(|a, b| a.throughput.total_cmp(&b.throughput))?;
    let rate = |rate: f64| format!("{} passes a second", number(rate));
    let with = |threads| threads_of(results, threads);
    Some(if best.throughput < one.throughput * (1.0 + SAME) {
        let rest = match last.throughput < one.throughput * (1.0 - SAME) {
            true => format!("and {} do {}", with(last.threads), number(last.throughput)),
            false => "and more threads do no more".to_owned(),
        };
        format!("One thread does {}, {rest}", rate(one.throughput))
    } else if best.throughput < last.throughput * (1.0 + SAME) {
        let enough = results
            .whole(Work::Own)
            .find(|point| point.throughput * (1.0 + SAME) > best.throughput)
            .map_or(last.threads, |point| point.threads);
        match enough == last.threads {
            true => format!(
                "{} do {}, one does {}",
                with(enough),
                rate(last.throughput),
                number(one.throughput)
            ),
            false => format!("{} do {}, more do no more", with(enough), rate(last.throughput)),
        }
    } else {
        format!(
            "{} do most: {}; with {} it is {}",
            with(best.threads),
            rate(best.throughput),
            last.threads,
            number(last.throughput)
        )
    })
}

fn latency(results: &Swept) -> Option<String> {
    let work = latency_of(results);
    let p99 = |point: &Point| point.wakeup.and_then(|wakeup| wakeup.p99);
    let one = p99(results.point(work, 1)?)?;
    let last = results.whole(work).rev().find(|point| point.threads > 1 && p99(point).is_some())?;
    let (with, otherwise) = match work {
        Work::Own => (threads_of(results, last.threads), ""),
        _ => (plain(last.threads), "No I/O in this scenario. I/O-bound work: "),
    };
    let what = if otherwise.is_empty() { "After" } else { "after" };
    Some(format!(
        "{otherwise}{what} its I/O, one in a hundred waits {} or longer with one thread, {} with {with}",
        one,
        p99(last)?
    ))
}

#[cfg(test)]
mod tests {
    use super::super::tests::Known;
    use super::*;

    #[test]
    fn findings_name_their_numbers() {
        for (topic, key, parts) in [
            (
                Topic::SpeedUp,
                "cpu",
                &["CPU-bound: 64 threads are ", "times as fast as one", "I/O-bound: "][..],
            ),
            (Topic::SpeedUp, "convoy", &["; this scenario: ", "64 io threads"]),
            (
                Topic::Throughput,
                "cpu",
                &["One thread does 20 passes a second, and more threads do no more"],
            ),
            (Topic::Throughput, "native", &["passes a second"]),
            (Topic::Latency, "cpu", &["No I/O in this scenario", "with 64 threads"]),
            (Topic::Latency, "convoy", &["After its I/O", "with 64 io threads"]),
        ] {
            let title = title(topic, &Known::of(key).swept());
            for part in parts {
                assert!(title.contains(part), "{topic:?} of {key}: {title}");
            }
        }
    }

    #[test]
    fn a_curve_without_points_is_left_out() {
        let mut known = Known::of("convoy");
        known.points.retain(|(work, _)| *work != Work::Cpu);
        let title = title(Topic::SpeedUp, &known.swept());
        assert!(title.starts_with("I/O-bound: 64 threads are "), "{title}");
        assert!(title.contains("; this scenario: "), "{title}");
    }

    #[test]
    fn nothing_is_known_at_first() {
        let question = Known::of("cpu").question;
        let title = title(Topic::SpeedUp, &Swept::new(&question, []));
        assert_eq!(title, "Speed-up with 1 to 64 threads");
    }
}
