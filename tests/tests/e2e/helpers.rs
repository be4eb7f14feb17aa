//! The harness does what it says, so that a green test means something.

use crate::harness::{Key, Media, PHONE, Page, ROOT, TestResult, run};

#[test]
fn emulates_phones_and_settings() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        page.emulate(Media { dark: true, reduced_motion: true }).await?;
        page.open(ROOT, "").await?;
        assert_eq!(page.eval::<u32>("return innerWidth").await?, PHONE.width);
        assert!(matches_media(page, "(prefers-color-scheme: dark)").await?);
        assert!(matches_media(page, "(prefers-reduced-motion: reduce)").await?);
        page.emulate(Media::default()).await?;
        assert!(!matches_media(page, "(prefers-color-scheme: dark)").await?);
        Ok(())
    })
}

#[test]
fn presses_keys_and_reads_the_clipboard() -> TestResult {
    run(async |page| {
        page.open(ROOT, "").await?;
        let script = "document.body.innerHTML = '<input id=probe>';
            document.getElementById('probe').focus();";
        page.eval::<Option<()>>(script).await?;
        page.press("gil").await?;
        page.press_with(Key::Control, 'a').await?;
        page.press_with(Key::Control, 'c').await?;
        assert_eq!(page.clipboard().await?, "gil");
        Ok(())
    })
}

#[test]
fn notices_errors_on_the_console() -> TestResult {
    let outcome = run(async |page| {
        page.open(ROOT, "").await?;
        page.eval::<Option<()>>("console.error('made up')").await.map(|_| ())
    });
    let error = outcome.expect_err("an error on the console fails a test");
    assert!(error.to_string().contains("made up"), "{error}");
    Ok(())
}

async fn matches_media(page: &Page, query: &str) -> TestResult<bool> {
    page.eval(&format!("return matchMedia('{query}').matches")).await
}
