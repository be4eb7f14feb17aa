//! Figures of the playground in pages of others.

mod around;
mod failure;
mod figure;
mod hosts;
mod place;
mod room;

use serde_json::json;

use crate::harness::{By, Media, Page, Server, TestResult, WebElement};

/// Where the playground is on the server of a page that has figures.
const SITE: &str = "/gil/";

/// A page in HTML with this in its body, and the script of the custom element.
fn document(body: &str) -> String {
    document_with(&format!("<script src=\"{SITE}embed.js\"></script>"), body)
}

/// A page in HTML with this in its head and its body.
fn document_with(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Docs</title>\
         <link rel=\"icon\" href=\"data:,\">{head}</head><body><h1>Docs</h1>{body}</body></html>"
    )
}

/// A server with that page and the playground beside it.
fn server(body: &str) -> TestResult<Server> {
    Server::new().page("/", &document(body)).site(SITE)
}

/// Opens a page that is not the playground's.
async fn open(page: &Page, path: &str) -> TestResult {
    Ok(page.session().goto(format!("{}{path}", page.origin())).await?)
}

/// As [`open`] for a reader who wants no motion: nothing plays by itself.
async fn open_still(page: &Page, path: &str) -> TestResult {
    page.emulate(Media { reduced_motion: true, ..Media::default() }).await?;
    open(page, path).await
}

/// JavaScript for the frame of an element.
fn frame_of(css: &str) -> String {
    format!("document.querySelector({}).shadowRoot.querySelector('iframe')", json!(css))
}

/// Waits until the figure of an element runs and has told its height.
async fn wait_until_shown(page: &Page, css: &str) -> TestResult {
    let box_of =
        format!("document.querySelector({})?.shadowRoot?.querySelector('.running')", json!(css));
    page.wait_until_js(&format!("{css} runs"), &format!("return !!{box_of}")).await
}

/// The frame of an element.
async fn frame(page: &Page, css: &str) -> TestResult<WebElement> {
    let root = page.wait_for(css).await?.get_shadow_root().await?;
    Ok(root.find(By::Css("iframe")).await?)
}

/// Goes into the frame of an element whose figure runs.
async fn enter(page: &Page, css: &str) -> TestResult {
    wait_until_shown(page, css).await?;
    Ok(frame(page, css).await?.enter_frame().await?)
}

/// Goes back to the page around all frames.
async fn leave(page: &Page) -> TestResult {
    Ok(page.session().enter_default_frame().await?)
}

/// Where "Open in the playground" leads, from within a figure.
async fn way_out(page: &Page) -> TestResult<String> {
    page.wait_for(".embed-foot a").await?;
    page.eval("return document.querySelector('.embed-foot a').href").await
}
