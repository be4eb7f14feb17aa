//! Links that cannot be opened.

use crate::harness::{Page, ROOT, TestResult, run};
use crate::parts::{
    CONVOY, DEFAULT, address_is, button, content, fragment, headline_has, press_button,
};

#[test]
fn broken_links_are_refused_quoted_and_left() -> TestResult {
    let much = format!("v1/{}", "a:py-1ms/".repeat(2_000));
    let cases = [
        ("v1/a:oi-1ms", "unknown step \"oi\"; did you mean \"io\"?", "a:oi-1ms"),
        ("x=%E0%A4/..(1)&y", "This link cannot be opened", "x="),
        ("v2/threads(4)", "a newer GIL Playground (v2)", "v2/threads(4)"),
        ("v1/cores=9999/a:py-1ms", "9999 is not between 1 and 64", "cores=9999"),
        (&much, "at most 2000 characters", "..."),
    ];
    run(async |page| {
        for (link, message, quoted) in cases {
            page.open(ROOT, link).await?;
            page.reload().await?;
            refused(page, link, message, quoted).await?;
        }
        Ok(())
    })
}

/// The page tells and quotes what is wrong, leaves the address as it is, and works all the same.
async fn refused(page: &Page, link: &str, message: &str, quoted: &str) -> TestResult {
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
}

async fn problem(page: &Page) -> TestResult<String> {
    page.wait_for(".problem[role='alert']").await?;
    content(page, ".problem").await
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
        headline_has(page, "the switch interval is 5 ms").await?;
        page.open(ROOT, "v1/a:oi-1ms").await?;
        let problem = problem(page).await?;
        assert!(problem.contains("Below runs the default scenario."), "{problem}");
        headline_has(page, "4 threads share one GIL").await?;
        // Mended, it opens.
        page.open(ROOT, CONVOY).await?;
        page.wait_for_none(".problem").await?;
        headline_has(page, "the switch interval is 5 ms").await
    })
}
