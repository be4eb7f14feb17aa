//! Pictures of the page for people, taken by `cargo xtask screenshots`.

use std::env;
use std::path::{Path, PathBuf};

use crate::harness::{DESKTOP, LAPTOP, Media, PHONE, Page, ROOT, TestResult, Viewport, run};

const VIEWPORTS: [Viewport; 3] = [DESKTOP, LAPTOP, PHONE];

#[test]
fn take() -> TestResult {
    let folder = env::var_os("GIL_SCREENSHOTS")
        .map(PathBuf::from)
        .ok_or("GIL_SCREENSHOTS is not set, run `cargo xtask screenshots`")?;
    let fragments = env::var("GIL_FRAGMENTS").unwrap_or_default();
    run(async |page| {
        for fragment in fragments.split('\n') {
            take_all(page, &folder, fragment).await?;
        }
        Ok(())
    })
}

async fn take_all(page: &Page, folder: &Path, fragment: &str) -> TestResult {
    for viewport in VIEWPORTS {
        page.set_viewport(viewport).await?;
        for dark in [false, true] {
            page.emulate(Media { dark, reduced_motion: true }).await?;
            page.open(ROOT, fragment).await?;
            page.reload().await?;
            page.settle().await?;
            let file = folder.join(file_name(fragment, viewport, dark));
            page.screenshot(&file).await?;
            println!("{}", file.display());
        }
    }
    Ok(())
}

fn file_name(fragment: &str, viewport: Viewport, dark: bool) -> String {
    let scene: String = fragment
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(60)
        .collect();
    let scene = if scene.is_empty() { "page".to_owned() } else { scene };
    let scheme = if dark { "dark" } else { "light" };
    format!("{scene}-{}x{}-{scheme}.png", viewport.width, viewport.height)
}
