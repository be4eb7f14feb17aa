//! The page opens, wherever it is served from, and shows something at once.

use crate::harness::{ROOT, SUB_PATH, TestResult, run};
use crate::parts::{button, clock, headline, headline_has, open_still};

#[test]
fn opens_at_the_root_with_a_run_playing() -> TestResult {
    run(async |page| {
        page.open(ROOT, "").await?;
        page.wait_for("h1").await?;
        assert_eq!(page.title().await?, "GIL Playground");
        headline_has(page, "4 threads share one GIL").await?;
        button(page, "Pause").await?;
        let before = clock(page).await?;
        page.wait_until("the clock moves", async || Ok(clock(page).await? > before)).await
    })
}

#[test]
fn stands_still_for_those_who_want_no_motion() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        assert!(headline(page).await?.contains("threads"));
        button(page, "Play").await?;
        for _ in 0..5 {
            page.settle().await?;
            assert_eq!(clock(page).await?, 0.0);
        }
        Ok(())
    })
}

#[test]
fn opens_under_a_sub_path() -> TestResult {
    run(async |page| {
        page.open(SUB_PATH, "").await?;
        headline_has(page, "threads").await?;
        // The charts' worker is found there too.
        page.wait_for(".numbers tr[data-at]").await?;
        let foreign: Vec<String> = page
            .eval(
                "return performance.getEntriesByType('resource').map(e => e.name)
                   .filter(name => !name.startsWith('data:') && !name.endsWith('/favicon.ico'))
                   .filter(name => !name.startsWith(new URL('.', location.href).href))",
            )
            .await?;
        assert!(foreign.is_empty(), "loaded from elsewhere: {foreign:?}");
        Ok(())
    })
}
