//! Back and forward.

use crate::harness::{Page, TestResult, run};
use crate::parts::{
    CONVOY, DEFAULT, address_has, address_is, address_lacks, choose, headline_has, open_still,
    press_button, script, type_into,
};

/// In the headline of the convoy.
const OF_CONVOY: &str = "the switch interval is 5 ms";

#[test]
fn back_and_forward_lead_through_tabs_and_edits() -> TestResult {
    run(async |page| {
        own_clock(page).await?;
        choose(page, "#preset", "convoy").await?;
        address_is(page, CONVOY).await?;
        later(page).await?;
        press_button(page, "How right is it?").await?;
        address_has(page, "/tab=right").await?;

        page.session().back().await?;
        address_is(page, CONVOY).await?;
        headline_has(page, OF_CONVOY).await?;
        page.session().back().await?;
        address_is(page, DEFAULT).await?;
        headline_has(page, "4 threads share").await?;

        page.session().forward().await?;
        address_is(page, CONVOY).await?;
        headline_has(page, OF_CONVOY).await?;
        page.session().forward().await?;
        page.wait_for(".right-tab").await?;
        address_has(page, "/tab=right").await
    })
}

#[test]
fn edits_in_quick_succession_are_one_step_back() -> TestResult {
    run(async |page| {
        own_clock(page).await?;
        choose(page, "#preset", "convoy").await?;
        type_into(page, "#set-switch-interval-value", "20ms").await?;
        address_has(page, "si=20ms").await?;
        later(page).await?;
        choose(page, "#preset", "network").await?;
        headline_has(page, "8 threads").await?;
        page.session().back().await?;
        address_has(page, "si=20ms").await?;
        page.session().back().await?;
        address_is(page, DEFAULT).await?;
        page.session().forward().await?;
        address_has(page, "si=20ms").await
    })
}

#[test]
fn back_also_gives_up_the_zoom_that_came_later() -> TestResult {
    run(async |page| {
        own_clock(page).await?;
        choose(page, "#preset", "convoy").await?;
        address_is(page, CONVOY).await?;
        press_button(page, "Zoom in").await?;
        address_has(page, "/from=").await?;
        page.session().back().await?;
        headline_has(page, "4 threads share").await?;
        address_lacks(page, "/from=").await
    })
}

/// Opens the page with a clock that stands until [`later`]: what is quick does not depend on
/// how fast the test is.
async fn own_clock(page: &Page) -> TestResult {
    open_still(page, "").await?;
    address_is(page, DEFAULT).await?;
    script(page, "let now = Date.now(); Date.now = () => now; window.later = () => now += 1e4;")
        .await
}

async fn later(page: &Page) -> TestResult {
    script(page, "window.later()").await
}
