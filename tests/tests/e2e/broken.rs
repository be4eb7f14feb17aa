//! Links that cannot be opened.

use crate::harness::{Page, ROOT, TestResult, run};
use crate::parts::{
    CONVOY, DEFAULT, address_is, button, content, fragment, headline_has, press_button,
};

/// A broken link is refused, quoted, and left; the page works all the same.
fn refused(link: &str, message: &str, quoted: &str) -> TestResult {
    run(async |page| {
        page.open(ROOT, link).await?;
        let problem = problem(page).await?;
        assert!(problem.contains(message), "{problem}");
        let quote = content(page, ".problem pre").await?;
        assert!(quote.contains(quoted) && quote.contains('^'), "{quote}");
        assert_eq!(fragment(page).await?, link);
        headline_has(page, "4 threads share one GIL").await?;
        button(page, "Pause").await?;

        press_button(page, "Open the default scenario").await?;
        page.wait_for_none(".problem").await?;
        address_is(page, DEFAULT).await
    })
}

async fn problem(page: &Page) -> TestResult<String> {
    page.wait_for(".problem[role='alert']").await?;
    content(page, ".problem").await
}

#[test]
fn an_unknown_step() -> TestResult {
    refused("v1/a:oi-1ms", "unknown step \"oi\"; did you mean \"io\"?", "a:oi-1ms")
}

#[test]
fn garbage() -> TestResult {
    refused("x=%E0%A4/..(1)&y", "This link cannot be opened", "x=")
}

#[test]
fn a_newer_version() -> TestResult {
    refused("v2/threads(4)", "a newer GIL Playground (v2)", "v2/threads(4)")
}

#[test]
fn far_too_much_text() -> TestResult {
    let link = format!("v1/{}", "a:py-1ms/".repeat(2_000));
    refused(&link, "at most 2000 characters", "...")
}

#[test]
fn a_value_out_of_range() -> TestResult {
    refused("v1/cores=9999/a:py-1ms", "9999 is not between 1 and 64", "cores=9999")
}

#[test]
fn markup_is_text() -> TestResult {
    run(async |page| {
        page.open(ROOT, "v1/<img src=x onerror=console.error(1)>:py-1ms").await?;
        problem(page).await?;
        assert!(!page.exists(".problem img").await?);
        Ok(())
    })
}

#[test]
fn a_link_pasted_over_another_one() -> TestResult {
    run(async |page| {
        page.open(ROOT, CONVOY).await?;
        headline_has(page, "2 threads io").await?;
        page.open(ROOT, "v1/a:oi-1ms").await?;
        let problem = problem(page).await?;
        assert!(problem.contains("Below runs the default scenario."), "{problem}");
        headline_has(page, "4 threads share one GIL").await?;
        // Mended, it opens.
        page.open(ROOT, CONVOY).await?;
        page.wait_for_none(".problem").await?;
        headline_has(page, "2 threads io").await
    })
}
