//! The page opens, wherever it is served from.

use crate::harness::{ROOT, SUB_PATH, TestResult, run};

#[test]
fn opens_at_the_root() -> TestResult {
    run(async |page| {
        page.open(ROOT, "").await?;
        page.wait_for("h1").await?;
        assert_eq!(page.title().await?, "GIL Playground");
        Ok(())
    })
}

#[test]
fn opens_under_a_sub_path() -> TestResult {
    run(async |page| {
        page.open(SUB_PATH, "").await?;
        page.wait_for("h1").await?;
        let foreign: Vec<String> = page
            .eval(
                "return performance.getEntriesByType('resource').map(e => e.name)
                   .filter(name => !name.endsWith('/favicon.ico'))
                   .filter(name => !name.startsWith(new URL('.', location.href).href))",
            )
            .await?;
        assert!(foreign.is_empty(), "loaded from elsewhere: {foreign:?}");
        Ok(())
    })
}
