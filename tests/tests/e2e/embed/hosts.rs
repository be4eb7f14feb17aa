//! Pages that real documentation tools have built, with figures in them: the sites of `examples/`.

use super::{leave, way_out};
use crate::harness::{By, Key, Page, Server, TestResult, WebElement, run_on};
use crate::parts::{headline_has, script};

/// A figure in a page of a host, whatever it is made with.
async fn frames(page: &Page) -> TestResult<Vec<WebElement>> {
    let mut frames = page.session().find_all(By::Css("iframe")).await?;
    for element in page.session().find_all(By::Css("gil-playground")).await? {
        frames.push(element.get_shadow_root().await?.find(By::Css("iframe")).await?);
    }
    Ok(frames)
}

/// Goes into a figure that has been scrolled to, once it runs.
async fn enter(page: &Page, number: usize) -> TestResult {
    page.wait_until("there is a figure", async || Ok(frames(page).await?.len() > number)).await?;
    let frame = frames(page).await?.remove(number);
    frame.scroll_into_view().await?;
    frame.enter_frame().await?;
    page.wait_for(".embed-foot a").await?;
    Ok(())
}

/// The way of a reader through a page of a host: the figures run, as high as their content; what is
/// changed in one of them goes along to the playground; the page's own links have the focus
/// before and after.
async fn read(page: &Page, path: &str, second: &str) -> TestResult {
    page.session().goto(format!("{}{path}", page.origin())).await?;
    enter(page, 0).await?;
    page.wait_for(".lanes canvas").await?;
    let fits = "return document.documentElement.scrollHeight <= innerHeight + 1";
    page.wait_until_js("the frame is as high as its content", fits).await?;
    page.wait_for(".knob input").await?;
    script(page, "document.querySelector('.knob input').focus()").await?;
    page.press(Key::Right + Key::Right).await?;
    let edited = async || Ok(way_out(page).await?.contains("si=20ms"));
    page.wait_until("the edit is in the link", edited).await?;
    let out = way_out(page).await?;
    leave(page).await?;
    leaves_the_focus(page).await?;
    enter(page, 1).await?;
    page.wait_for(second).await?;
    leave(page).await?;
    let links = links(page).await?;
    page.open_address(&out).await?;
    headline_has(page, "the switch interval is 20 ms").await?;
    for link in links {
        page.open_address(&link).await?;
        page.wait_for("main .finding, main .embed-foot, main.embed, .learn").await?;
        assert!(!page.exists(".problem").await?, "{link} cannot be opened");
    }
    Ok(())
}

/// All addresses of the playground in a page: of frames, and of pictures that stand for figures.
async fn links(page: &Page) -> TestResult<Vec<String>> {
    let links: Vec<String> = page
        .eval(
            "const found = [...document.querySelectorAll('a[href*=\"#v1/\"], iframe[src*=\"#v1/\"]')];
             return found.map(element => element.href || element.src)",
        )
        .await?;
    assert!(links.len() >= 2, "{links:?}");
    Ok(links)
}

/// Tab leads out of the figures to a link of the page that stands behind them.
async fn leaves_the_focus(page: &Page) -> TestResult {
    let outside = "const at = document.activeElement;
        const figures = document.querySelectorAll('gil-playground, iframe');
        return at.tagName === 'A' && (figures[0].compareDocumentPosition(at) & 4) !== 0";
    // A lesson has many things that can have the focus.
    for _ in 0..250 {
        page.press(Key::Tab).await?;
        if page.eval::<bool>(outside).await? {
            return Ok(());
        }
    }
    Err("the focus does not leave the figure".into())
}

/// What the second figure has when it is complete: a chart, in most examples.
const CHART: &str = ".charts .chart-progress[data-state='done']";

fn reads(host: &str, path: &str, second: &str) -> TestResult {
    run_on(Server::with_host(host)?, async |page| {
        read(page, path, second).await?;
        // What a host's own theme misses, such as fonts of other sites, is not the figures'.
        page.expect_errors().await
    })
}

#[test]
fn in_html() -> TestResult {
    reads("html", "/index.html", CHART)
}

#[test]
fn in_a_plain_frame() -> TestResult {
    reads("iframe", "/index.html", CHART)
}

#[test]
fn in_mdbook() -> TestResult {
    reads("mdbook", "/index.html", CHART)
}

#[test]
fn in_mkdocs() -> TestResult {
    reads("mkdocs", "/index.html", CHART)
}

#[test]
fn in_sphinx_from_restructuredtext() -> TestResult {
    reads("sphinx", "/index.html", CHART)
}

#[test]
fn in_sphinx_from_markdown() -> TestResult {
    reads("sphinx", "/myst.html", ".lesson-body p")
}

#[test]
fn in_docusaurus() -> TestResult {
    // Its pages have no file names: with one, the site makes itself anew in the browser.
    reads("docusaurus", "/", CHART)
}

/// Without scripts, as in a page that strips them, the pictures are there and lead to the figure.
#[test]
fn without_scripts_there_are_pictures() -> TestResult {
    run_on(Server::with_host("html")?, async |page| {
        let off = serde_json::json!({ "value": true });
        page.devtools("Emulation.setScriptExecutionDisabled", off).await?;
        page.session().goto(format!("{}/index.html", page.origin())).await?;
        let picture = page.wait_for("gil-playground a img").await?;
        assert!(picture.rect().await?.width > 300.0);
        let link = page.wait_for("gil-playground a").await?.attr("href").await?;
        let on = serde_json::json!({ "value": false });
        page.devtools("Emulation.setScriptExecutionDisabled", on).await?;
        let link = link.ok_or("no link around the picture")?;
        page.open_address(&format!("{}/{link}", page.origin())).await?;
        headline_has(page, "the switch interval is 5 ms").await
    })
}
