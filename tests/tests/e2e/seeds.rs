//! Several seeds, and fixed durations that march in step.

use crate::harness::{TestResult, run};
use crate::parts::{address_has, content, contents, open_still, press_button};

/// Four prefork workers on two cores, whose durations never vary.
const LOCKSTEP: &str = "v1/cores=2/w:4:py-50ms+io-50ms:x20:fork";

/// A service that is nearly full, with a switch interval that makes no difference to it.
const LEVEL: &str = "v1/web:8:py-2ms+io-30ms:arrive-exp4500us@1s\
                     /vs/si=3ms/web:8:py-2ms+io-30ms:arrive-exp4500us@1s/tab=compare";

#[test]
fn durations_that_march_in_step_are_told_and_varied() -> TestResult {
    run(async |page| {
        open_still(page, LOCKSTEP).await?;
        page.wait_for(".lockstep").await?;
        let told = content(page, ".lockstep p").await?;
        assert!(told.contains("w gets through 26.9 passes a second as written"), "{told}");
        press_button(page, "Vary the durations").await?;
        address_has(page, "w:4:py-45ms..55ms+io-45ms..55ms:x20:fork").await?;
        page.wait_for_none(".lockstep").await
    })
}

#[test]
fn more_seeds_show_how_far_figures_reach() -> TestResult {
    run(async |page| {
        open_still(page, "v1/web:2:py-exp2ms+io-exp5ms:x20").await?;
        assert!(!page.exists(".by-seed").await?);
        press_button(page, "5 more seeds").await?;
        page.wait_for("[data-figure='web: throughput']").await?;
        let ranges = contents(page, ".by-seed td:last-child").await?;
        assert!(ranges.iter().all(|range| range.contains(" to ")), "{ranges:?}");
        Ok(())
    })
}

#[test]
fn a_difference_within_the_spread_is_level() -> TestResult {
    run(async |page| {
        open_still(page, LEVEL).await?;
        page.wait_until("the sentence says that it is level", async || {
            Ok(content(page, ".difference .finding").await?.starts_with("Level: in 5 seeds"))
        })
        .await
    })
}
