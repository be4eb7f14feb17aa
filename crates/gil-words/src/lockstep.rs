//! What is said where fixed durations march in step.

use gil_sim::Nanos;
use gil_sim::lockstep::{Decided, Lockstep, PART};
use gil_sim::stats::{GroupStats, Stats};

use crate::{number, spread};

/// The warning, in one sentence with both figures: `Fixed durations march in step here: …`.
pub fn lockstep(stats: &Stats, found: &Lockstep) -> Option<String> {
    let group = stats.group(found.group)?;
    let percent = 100 / PART;
    let [fixed, varied] = [found.fixed.median, found.varied.median];
    let said = match found.decided {
        Decided::Throughput => {
            let passes = if group.queue.is_some() { "jobs" } else { "passes" };
            format!("{} gets through {} {passes} a second", group.name, number(fixed))
        }
        decided => format!("{} is {}", time_of(group, decided), time(fixed)),
    };
    let write = |value: f64| match found.decided {
        Decided::Throughput => number(value),
        Decided::Median | Decided::P99 => time(value),
    };
    let varied = if found.varied.count > 1 { spread(&found.varied, write) } else { write(varied) };
    Some(format!(
        "Fixed durations march in step here: {said} as written, {varied} once each duration \
         varies by {percent} %."
    ))
}

/// `the 99th percentile of web's responses`.
fn time_of(group: &GroupStats, decided: Decided) -> String {
    let which = if decided == Decided::P99 { "99th percentile" } else { "median" };
    let of = if group.response.is_some() { "responses" } else { "passes" };
    format!("the {which} of {}'s {of}", group.name)
}

fn time(nanos: f64) -> String {
    Nanos(nanos as u64).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_notation::parse_scenario;
    use gil_sim::Run;
    use gil_sim::lockstep::find;

    fn said(text: &str) -> Option<String> {
        let run = Run::of(parse_scenario(text).expect("a scenario"));
        lockstep(&run.stats, &find(&run)?)
    }

    #[test]
    fn the_sentence_has_both_figures() {
        let four = said("v1/cores=2/w:4:py-50ms+io-50ms:x100:fork").expect("a warning");
        assert!(four.contains("w gets through 27 passes a second as written, 35."), "{four}");
        assert!(four.ends_with("in 5 seeds) once each duration varies by 10 %."), "{four}");
        let full = said("v1/web:4:py-5ms+io-5ms:arrive-exp4ms@400ms").expect("a warning");
        assert!(full.contains("of web's responses is "), "{full}");
        assert_eq!(said("v1/cores=2/w:4:py-45ms..55ms+io-45ms..55ms:x100:fork"), None);
        assert_eq!(said("v1/cores=2/w:2:py-50ms+io-50ms:x100:fork"), None);
    }
}
