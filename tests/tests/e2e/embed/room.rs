//! The room that is kept for a figure: nothing in the page around moves when it starts.

use gil_notation::{Link, parse};
use gil_share::snippet::{Host, Hosted, room, write};
use serde_json::json;

use super::{SITE, document_with, frame_of, open, server, wait_until_shown};
use crate::harness::{DESKTOP, PHONE, Page, Server, TestResult, Viewport, run_on};
use crate::parts::{CONVOY, script};

/// Widths of columns of text.
const WIDTHS: [u32; 4] = [390, 600, 800, 1280];

/// Figures of all kinds, with the controls that they may have.
fn figures() -> Vec<String> {
    let other = "vs/si=1ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30";
    let convoy = [
        "embed=stage/controls=none",
        "embed=timeline/controls=none",
        "embed=timeline/controls=play",
        "embed=headline/controls=none",
        "embed=now/controls=play",
        "embed=chart/controls=none",
        "embed=stage+timeline/controls=play",
        "embed=stage+timeline/controls=play+si",
        "embed=headline+stage+timeline/controls=play+si+cores+python+threads:io",
        "embed=headline+stage+timeline+now+chart/controls=play+edit+si",
        &format!("{other}/embed=compare/controls=play+si"),
        "lesson=convoy/embed=lesson/controls=play",
    ]
    .map(|view| format!("{CONVOY}/{view}"));
    let others = [
        "v1/count:4:py-50ms/embed=stage+timeline/controls=play",
        "v1/cores=2/web:12:py-2ms+io-10ms:x10/embed=stage+timeline/controls=play",
        "v1/web:40:py-2ms+io-10ms:x10/embed=stage+timeline/controls=none",
    ];
    convoy.into_iter().chain(others.map(str::to_owned)).collect()
}

fn link(text: &str) -> Link {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The attributes of an element that shows a link.
fn attributes(link: &Link) -> String {
    let attributes = gil_share::snippet::element_attributes(link);
    let one = |attribute: gil_share::snippet::Attribute| match attribute.value {
        Some(value) => format!("{}=\"{value}\" ", attribute.name),
        None => format!("{} ", attribute.name),
    };
    attributes.into_iter().map(one).collect()
}

/// The height of the frame of an element.
async fn height(page: &Page, css: &str) -> TestResult<f64> {
    page.eval(&format!("return {}.getBoundingClientRect().height", frame_of(css))).await
}

/// The table of snippets, that of `embed.js` and a figure that runs agree at every width.
#[test]
fn a_figure_fills_the_room_that_was_kept_for_it() -> TestResult {
    let element = |(number, text): (usize, &String)| {
        format!("<gil-playground id=\"f{number}\" {}></gil-playground>", attributes(&link(text)))
    };
    let figures = figures();
    // From the beginning as wide as that: figures for phones are laid out once.
    let column = "<style>body { margin: 0; width: calc(100vw - 200px) }</style>";
    let elements: String = figures.iter().enumerate().map(element).collect();
    let body = format!("{column}{elements}");
    run_on(server(&body)?, async |page| {
        let mut wrong = Vec::new();
        for width in WIDTHS {
            let screen = Viewport { width: width + 200, height: 900, mobile: false };
            page.set_viewport(screen).await?;
            open(page, "/").await?;
            for (number, text) in figures.iter().enumerate() {
                let css = format!("#f{number}");
                let scroll = format!("document.querySelector({}).scrollIntoView()", json!(css));
                script(page, &scroll).await?;
                wait_until_shown(page, &css).await?;
                let kept = f64::from(room(&link(text), width));
                page.settle().await?;
                tokio::time::sleep(std::time::Duration::from_millis(400)).await;
                let real = height(page, &css).await?;
                // A lesson is higher than any screen: what is below it moves out of sight.
                if !text.contains("embed=lesson") && real != kept {
                    wrong.push(format!("{width}: kept {kept}, is {real}: {text}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    })
}

/// A page with text above and below a figure, as the Share dialog's snippet has it.
fn article(text: &str) -> TestResult<Server> {
    let link = link(text);
    let figure =
        Hosted { link: &link, base: "gil/", title: "A figure", height: 1, picture: "p.svg" };
    let paragraph = "<p>One thread that counts keeps the GIL for a whole switch interval, and two \
        threads that wait for quick answers have to wait for it each time.</p>";
    // What moves is added up from the beginning.
    let watch = "<script>window.moved = 0; new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) moved += entry.value;
      }).observe({ type: 'layout-shift', buffered: true })</script>
      <style>body { max-width: 60rem; margin: 0 auto; padding: 0 1rem; font: 1rem/1.5 sans-serif }</style>
      <meta name=\"viewport\" content=\"width=device-width\">";
    // The picture that stands in it until then is not there.
    let snippet = write(Host::Element, &figure).text.replace("p.svg", "data:,");
    let below = paragraph.repeat(12);
    let body = format!("{}{snippet}{below}", paragraph.repeat(2));
    Server::new().page("/", &document_with(watch, &body)).site(SITE)
}

fn nothing_moves(viewport: Viewport) -> TestResult {
    for view in ["embed=stage+timeline/controls=play+si", "embed=headline+stage/controls=play"] {
        run_on(article(&format!("{CONVOY}/{view}"))?, async |page| {
            page.set_viewport(viewport).await?;
            open(page, "/").await?;
            wait_until_shown(page, "gil-playground").await?;
            // Longer than it takes a frame to become smaller.
            tokio::time::sleep(std::time::Duration::from_millis(2600)).await;
            let moved: f64 = page.eval("return moved").await?;
            assert!(moved < 0.02, "{view}: {moved}");
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn nothing_moves_on_a_desk() -> TestResult {
    nothing_moves(Viewport { width: 1280, height: 720, ..DESKTOP })
}

#[test]
fn nothing_moves_on_a_phone() -> TestResult {
    nothing_moves(PHONE)
}

#[test]
fn a_figure_fits_on_a_phone() -> TestResult {
    let figure = link(&format!("{CONVOY}/embed=stage+timeline/controls=play+si"));
    run_on(
        server(&format!(
            "<meta name=\"viewport\" content=\"width=device-width\"><gil-playground {}></gil-playground>",
            attributes(&figure)
        ))?,
        async |page| {
            page.set_viewport(PHONE).await?;
            open(page, "/").await?;
            wait_until_shown(page, "gil-playground").await?;
            // The room that was kept is given back after a while.
            let height = format!("{}.getBoundingClientRect().height", frame_of("gil-playground"));
            let fits = format!("return {height} <= {}", PHONE.height);
            page.wait_until_js("the figure is no higher than the phone", &fits).await
        },
    )
}
