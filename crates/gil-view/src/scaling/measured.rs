//! Measured runs beside the simulated ones.

use gil_sim::sweep::Work;
use gil_words::{count, number, percent};

use super::Swept;

/// A run of the real program with some number of threads in the varied group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Its number of threads.
    pub threads: u16,
    /// Passes of the group per second.
    pub throughput: f64,
}

/// A measured run beside the simulation with as many threads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// What was measured.
    pub measured: Measured,
    /// Passes per second of the simulation, once it has been run to its end.
    pub simulated: Option<f64>,
}

impl Pair {
    /// How far off the simulation is: its ratio to what was measured, less 1.
    pub fn error(&self) -> Option<f64> {
        let measured = self.measured.throughput;
        (measured > 0.0).then_some(self.simulated? / measured - 1.0)
    }
}

/// The error in words: percent with its sign.
pub fn error_words(error: f64) -> String {
    let sign = if error < 0.0 { "-" } else { "+" };
    format!("{sign}{}", percent(error.abs()))
}

/// The measured runs by rising number of threads, each beside its simulation.
pub fn pairs(swept: &Swept) -> Vec<Pair> {
    let own = swept.question.same_as().unwrap_or(Work::Own);
    let simulated = |threads: u16| {
        let point = swept.point(Work::Own, threads).or_else(|| swept.point(own, threads));
        point.filter(|point| point.is_whole()).map(|point| point.throughput)
    };
    let pair =
        |measured: &Measured| Pair { measured: *measured, simulated: simulated(measured.threads) };
    swept.measured.iter().map(pair).collect()
}

/// Whether measurement and simulation agree, in a sentence; `None` before there is anything to
/// compare.
pub fn verdict(swept: &Swept) -> Option<String> {
    let errors: Vec<(Pair, f64)> =
        pairs(swept).into_iter().filter_map(|pair| Some((pair, pair.error()?))).collect();
    let (worst, error) = errors.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
    let all = match errors.as_slice() {
        [(one, _)] => format!("Measured with {}", count(one.measured.threads.into(), "thread")),
        many => {
            let threads = many.iter().map(|(pair, _)| pair.measured.threads.to_string());
            format!("Measured with {} threads", threads.collect::<Vec<_>>().join(", "))
        }
    };
    let how = match error.abs() {
        error if error <= 0.1 => "the simulation agrees",
        error if error <= 0.25 => "the simulation roughly agrees",
        _ => "the simulation disagrees",
    };
    Some(format!(
        "{all}: {how}. {} it's off by {}: {} passes per second measured, {} simulated.",
        if errors.len() == 1 {
            "There".to_owned()
        } else {
            format!("At worst, with {},", count(worst.measured.threads.into(), "thread"))
        },
        error_words(*error),
        number(worst.measured.throughput),
        number(worst.simulated.unwrap_or_default())
    ))
}

#[cfg(test)]
mod tests {
    use super::super::tests::Known;
    use super::super::{Topic, picture};
    use super::*;

    fn measured(known: &Known, factor: f64) -> Vec<Measured> {
        let swept = known.swept();
        let of = |threads| {
            let throughput = swept.point(Work::Own, threads).expect("it was run").throughput;
            Measured { threads, throughput: throughput / factor }
        };
        [4, 1, 2].map(of).to_vec()
    }

    #[test]
    fn marks_lie_where_the_measurement_does_and_errors_are_told() {
        let known = Known::of("mixed");
        let swept = known.swept().with_measured(measured(&known, 1.2));
        let chart = picture(Topic::Throughput, &swept, None, 700.0).chart;
        let marks = chart.series.iter().find(|series| series.name == "measured").expect("marks");
        assert_eq!(marks.points.iter().map(|point| point.0).collect::<Vec<_>>(), [1.0, 2.0, 4.0]);
        assert!(pairs(&swept).iter().all(|pair| (pair.error().unwrap() - 0.2).abs() < 1e-9));
        let verdict = verdict(&swept).expect("something was measured");
        let begins =
            "Measured with 1, 2, 4 threads: the simulation roughly agrees. At worst, with ";
        assert!(verdict.starts_with(begins) && verdict.contains("it's off by +20 %"), "{verdict}");
    }

    #[test]
    fn a_speed_up_needs_a_measurement_of_one_thread() {
        let known = Known::of("mixed");
        let names = |points: Vec<Measured>, topic| {
            let swept = known.swept().with_measured(points);
            let series = picture(topic, &swept, None, 700.0).chart.series;
            series.iter().any(|series| series.name == "measured")
        };
        let all = measured(&known, 1.0);
        let without = all.iter().copied().filter(|point| point.threads != 1).collect::<Vec<_>>();
        assert!(names(all.clone(), Topic::SpeedUp));
        assert!(!names(without.clone(), Topic::SpeedUp));
        assert!(names(without, Topic::Throughput));
        assert!(!names(all, Topic::Latency));
        assert_eq!(verdict(&known.swept()), None);
    }
}
