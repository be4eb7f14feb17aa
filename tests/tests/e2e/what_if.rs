//! What if: a run is forked at a moment, and both branches go into one address.

use crate::harness::{Page, ROOT, TestResult, run};
use crate::parts::{
    address_has, address_is, address_lacks, attribute, choose, content, contents, fragment,
    open_still, press_button, type_into,
};

/// Two that wait for I/O while one computes, and a moment of it.
const WAITING: &str = "v1/io:2:py-100us+io-20ms/hog:py-50ms";
const MOMENT: &str = "v1/io:2:py-100us+io-20ms/hog:py-50ms/at=9ms";

const KIND: &str = "#what-if-kind";
const NOTE: &str = ".what-if-note";

/// Waits until the address holds a fork of [`WAITING`] with this more beside it, at its moment.
async fn compares_with(page: &Page, more: &str) -> TestResult {
    let groups = WAITING.trim_start_matches("v1/");
    address_is(page, &format!("{WAITING}/vs/{groups}/{more}/tab=compare/at=9ms")).await
}

#[test]
fn a_fork_is_compared_with_the_run_it_comes_from() -> TestResult {
    let mut link = String::new();
    run(async |page| {
        open_still(page, MOMENT).await?;
        assert_eq!(content(page, ".what-if-at").await?, "What if, at 9.000 ms,");
        type_into(page, ".what-if input.time", "2 ms").await?;
        press_button(page, "Fork here").await?;
        compares_with(page, "then=si-2ms@9ms").await?;
        link = fragment(page).await?;
        Ok(())
    })?;
    run(async |page| {
        // Somebody else opens the address: both scenarios are there, and the moment.
        page.open(ROOT, &link).await?;
        page.wait_for("[role='tab'][aria-selected='true'], .tab[aria-current]").await?;
        page.settle().await?;
        assert_eq!(fragment(page).await?, link);
        Ok(())
    })
}

#[test]
fn a_thread_can_start_and_io_can_complete() -> TestResult {
    run(async |page| {
        open_still(page, MOMENT).await?;
        choose(page, KIND, "thread").await?;
        choose(page, "#what-if-group", "1").await?;
        press_button(page, "Fork here").await?;
        compares_with(page, "hog2:1@9ms:py-50ms").await?;
        Ok(())
    })?;
    run(async |page| {
        open_still(page, MOMENT).await?;
        choose(page, KIND, "io").await?;
        let whose = contents(page, "#what-if-who option").await?;
        assert_eq!(whose, ["of io-1", "of io-2"]);
        choose(page, "#what-if-who", "0.1").await?;
        press_button(page, "Fork here").await?;
        compares_with(page, "then=io-io.2@9ms").await
    })
}

#[test]
fn what_is_not_possible_says_why() -> TestResult {
    run(async |page| {
        open_still(page, "v1/py=3.14t/hog:py-50ms/at=5ms").await?;
        let off = contents(page, &format!("{KIND} option:disabled")).await?;
        assert_eq!(
            off,
            [
                "the switch interval were (without a GIL there is no switch interval)",
                "the I/O completed (nobody waits for I/O now)",
            ]
        );
        // With one GIL there is an interval, but not every one.
        page.open(ROOT, MOMENT).await?;
        type_into(page, ".what-if input.time", "20 s").await?;
        let told = async || Ok(content(page, NOTE).await?.contains("20 s is not between"));
        page.wait_until("it says what an interval can be", told).await?;
        let fork = ".what-if .button";
        assert_eq!(attribute(page, fork, "disabled").await?.as_deref(), Some("true"));
        Ok(())
    })
}

#[test]
fn the_panel_lists_what_intervenes_and_takes_it_out() -> TestResult {
    run(async |page| {
        open_still(page, &format!("{WAITING}/then=si-1ms@12500us+io-io.2@20ms")).await?;
        let lines = contents(page, ".interventions li").await?;
        let said =
            ["at 12.5 ms the switch interval becomes 1 ms", "at 20 ms the I/O of io-2 completes"];
        assert_eq!(lines, said);
        // Other edits leave them alone.
        type_into(page, "#set-machine-cores-value", "2").await?;
        address_has(page, "cores=2").await?;
        address_has(page, "then=si-1ms@12500us+io-io.2@20ms").await?;
        press_button(page, &format!("Remove: {}", said[0])).await?;
        address_has(page, "then=io-io.2@20ms").await?;
        press_button(page, &format!("Remove: {}", said[1])).await?;
        address_lacks(page, "then=").await?;
        page.wait_for_none(".interventions").await
    })
}
