//! A figure and the page around it: height and focus.

use super::{enter, frame, frame_of, leave, open, open_still, server, wait_until_shown, way_out};
use crate::harness::{Key, Media, Page, TestResult, run_on};
use crate::parts::{CONVOY, script};

fn body() -> String {
    format!(
        "<p><a href=\"#before\" id=\"before\">before</a></p>\
         <gil-playground scenario=\"{CONVOY}\" view=\"stage timeline\" controls=\"play si edit\">\
         </gil-playground>\
         <p><a href=\"#after\" id=\"after\">after</a></p>"
    )
}

async fn height(page: &Page) -> TestResult<f64> {
    page.eval(&format!("return {}.getBoundingClientRect().height", frame_of("gil-playground")))
        .await
}

async fn scrolls(page: &Page) -> TestResult<bool> {
    page.eval("return document.documentElement.scrollHeight > innerHeight + 1").await
}

#[test]
fn the_height_follows_the_content() -> TestResult {
    run_on(server(&body())?, async |page| {
        open_still(page, "/").await?;
        enter(page, "gil-playground").await?;
        page.wait_for(".lanes canvas").await?;
        page.wait_until("nothing scrolls", async || Ok(!scrolls(page).await?)).await?;
        leave(page).await?;
        let closed = height(page).await?;
        enter(page, "gil-playground").await?;
        page.click(".embed-edit summary").await?;
        leave(page).await?;
        page.wait_until("the frame grows", async || Ok(height(page).await? > closed + 300.0))
            .await?;
        enter(page, "gil-playground").await?;
        page.wait_until("nothing scrolls", async || Ok(!scrolls(page).await?)).await?;
        script(page, "document.querySelector('.embed-edit summary').focus()").await?;
        page.press(Key::Enter).await?;
        leave(page).await?;
        page.wait_until("the frame shrinks", async || Ok(height(page).await? == closed)).await
    })
}

/// The id of what has the focus in the page around.
async fn focused(page: &Page) -> TestResult<String> {
    page.eval("return document.activeElement.id || document.activeElement.tagName").await
}

#[test]
fn the_focus_goes_in_and_out() -> TestResult {
    run_on(server(&body())?, async |page| {
        open_still(page, "/").await?;
        wait_until_shown(page, "gil-playground").await?;
        script(page, "document.getElementById('before').focus()").await?;
        page.press(Key::Tab).await?;
        assert_eq!(focused(page).await?, "GIL-PLAYGROUND");
        enter(page, "gil-playground").await?;
        let inside = "return document.activeElement.textContent || document.activeElement.type";
        assert_eq!(page.eval::<String>(inside).await?, "Skip this figure");
        page.press(Key::Tab).await?;
        assert_eq!(page.eval::<String>(inside).await?, "range", "then the first thing to change");
        leave(page).await?;
        // Through all of it and out at the end.
        for _ in 0..40 {
            page.press(Key::Tab).await?;
            if focused(page).await? != "GIL-PLAYGROUND" {
                break;
            }
        }
        assert_eq!(focused(page).await?, "after");
        page.press_with(Key::Shift, Key::Tab).await?;
        assert_eq!(focused(page).await?, "GIL-PLAYGROUND");
        Ok(())
    })
}

#[test]
fn a_figure_can_be_skipped() -> TestResult {
    run_on(server(&body())?, async |page| {
        open_still(page, "/").await?;
        wait_until_shown(page, "gil-playground").await?;
        script(page, "document.getElementById('before').focus()").await?;
        page.press(Key::Tab).await?;
        enter(page, "gil-playground").await?;
        assert!(page.wait_for(".skip:focus").await?.rect().await?.x >= 0.0, "it is seen");
        page.press(Key::Enter).await?;
        page.wait_for(".figure-end:focus").await?;
        leave(page).await?;
        page.press(Key::Tab).await?;
        assert_eq!(focused(page).await?, "after");
        // On the way back the figure's own stops come in their order.
        page.press_with(Key::Shift, Key::Tab).await?;
        enter(page, "gil-playground").await?;
        page.wait_for(".open-scenario:focus").await?;
        leave(page).await
    })
}

#[test]
fn the_element_gives_its_focus_to_the_figure() -> TestResult {
    run_on(server(&body())?, async |page| {
        open_still(page, "/").await?;
        wait_until_shown(page, "gil-playground").await?;
        script(page, "document.querySelector('gil-playground').focus()").await?;
        assert_eq!(focused(page).await?, "GIL-PLAYGROUND");
        let named = frame(page, "gil-playground").await?.attr("title").await?;
        assert!(named.is_some_and(|title| title.starts_with("GIL Playground: Python 3.11")));
        Ok(())
    })
}

#[test]
fn the_theme_is_that_of_the_page() -> TestResult {
    run_on(server(&body())?, async |page| {
        // A page that is light whatever the reader's system says, until its own button is pressed.
        page.emulate(Media { dark: true, reduced_motion: true }).await?;
        open(page, "/").await?;
        enter(page, "gil-playground").await?;
        page.wait_for("html[data-theme='light']").await?;
        script(page, "document.querySelector('.knob input').focus()").await?;
        page.press(Key::Right).await?;
        page.wait_until("it is edited", async || Ok(way_out(page).await?.contains("si=10ms")))
            .await?;
        leave(page).await?;
        script(page, "document.body.style.background = 'oklch(0.2 0.02 250)'").await?;
        enter(page, "gil-playground").await?;
        page.wait_for("html[data-theme='dark']").await?;
        assert!(way_out(page).await?.contains("si=10ms"), "what the reader has changed stays");
        Ok(())
    })
}
