//! Light and dark.

use crate::harness::{Media, ROOT, TestResult, run};
use crate::parts::{attribute_is, button};

const DARK: Media = Media { dark: true, reduced_motion: true };
const LIGHT: Media = Media { dark: false, reduced_motion: true };

#[test]
fn follows_the_system_until_told_otherwise() -> TestResult {
    run(async |page| {
        page.emulate(DARK).await?;
        page.open(ROOT, "").await?;
        attribute_is(page, "html", "data-theme", "dark").await?;
        page.emulate(LIGHT).await?;
        attribute_is(page, "html", "data-theme", "light").await
    })
}

#[test]
fn a_choice_is_kept() -> TestResult {
    run(async |page| {
        page.emulate(LIGHT).await?;
        page.open(ROOT, "").await?;
        button(page, "Theme: System. Switch to Light").await?.click().await?;
        button(page, "Theme: Light. Switch to Dark").await?.click().await?;
        attribute_is(page, "html", "data-theme", "dark").await?;
        let dark: String = background(page).await?;
        page.reload().await?;
        attribute_is(page, "html", "data-theme", "dark").await?;
        assert_eq!(background(page).await?, dark);
        button(page, "Theme: Dark. Switch to System").await?.click().await?;
        attribute_is(page, "html", "data-theme", "light").await?;
        assert_ne!(background(page).await?, dark);
        Ok(())
    })
}

async fn background(page: &crate::harness::Page) -> TestResult<String> {
    page.eval("return getComputedStyle(document.body).backgroundColor").await
}
