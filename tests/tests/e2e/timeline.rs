//! The timeline: zoom, playhead, selection.

use serde_json::json;

use crate::harness::{Key, Page, TestResult, run};
use crate::parts::{
    DEFAULT, address_has, address_is, address_lacks, clock, content, open_still, press_button,
    script,
};

const LANES: &str = ".lanes";

#[test]
fn zooms_by_keys() -> TestResult {
    run(async |page| {
        focused(page).await?;
        page.press("+").await?;
        let once = window(page).await?;
        page.press("+").await?;
        page.wait_until("it is closer", async || Ok(window(page).await? != once)).await?;
        page.press("-").await?;
        page.wait_until("it is as before", async || Ok(window(page).await? == once)).await?;
        page.press(Key::Right).await?;
        page.wait_until("it has moved on", async || Ok(window(page).await? != once)).await?;
        page.press("f").await?;
        address_is(page, DEFAULT).await
    })
}

#[test]
fn zooms_by_buttons() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        page.wait_for(".lanes canvas").await?;
        press_button(page, "Zoom in").await?;
        let once = window(page).await?;
        press_button(page, "Zoom in").await?;
        page.wait_until("it is closer", async || Ok(window(page).await? != once)).await?;
        press_button(page, "Zoom out").await?;
        page.wait_until("it is as before", async || Ok(window(page).await? == once)).await?;
        press_button(page, "Fit").await?;
        address_is(page, DEFAULT).await
    })
}

#[test]
fn zooms_by_wheel() -> TestResult {
    run(async |page| {
        focused(page).await?;
        let scrolled = "return scrollY";
        let before: f64 = page.eval(scrolled).await?;
        wheel(page, -240).await?;
        address_has(page, "/from=").await?;
        assert_eq!(page.eval::<f64>(scrolled).await?, before, "the page scrolls with it");
        wheel(page, 480).await?;
        address_lacks(page, "/from=").await
    })
}

async fn wheel(page: &Page, by: i32) -> TestResult {
    let (x, y): (f64, f64) = page
        .eval(
            "const r = document.querySelector('.lanes').getBoundingClientRect();
             return [r.left + r.width / 2, r.top + r.height / 2]",
        )
        .await?;
    let event = json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": by });
    page.devtools("Input.dispatchMouseEvent", event).await.map(|_| ())
}

#[test]
fn pointing_tells_what_lies_there() -> TestResult {
    run(async |page| {
        focused(page).await?;
        let lanes = page.wait_for(LANES).await?;
        let chain = page.session().action_chain();
        chain.move_to_element_with_offset(&lanes, 0, 10).perform().await?;
        page.wait_for(".tip").await?;
        let told = content(page, ".tip p").await?;
        let millis: f64 = told.trim_end_matches(" ms").parse()?;
        // The names of the lanes take some room on the left.
        assert!((70.0..105.0).contains(&millis), "{told} in the middle of 201 ms");
        Ok(())
    })
}

#[test]
fn a_click_moves_the_playhead() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        page.wait_for(".lanes canvas").await?;
        page.click(LANES).await?;
        address_has(page, "/at=").await?;
        let at = clock(page).await?;
        assert!((70.0..105.0).contains(&at), "{at} ms in the middle of 201 ms");
        Ok(())
    })
}

#[test]
fn a_stretch_selected_by_keys_has_its_figures_below() -> TestResult {
    run(async |page| {
        focused(page).await?;
        for _ in 0..2 {
            page.press_with(Key::Shift, Key::Right).await?;
        }
        figures(page, "from 0.000 ms").await?;
        page.press(Key::Escape).await?;
        page.wait_for_none(".timeline table").await
    })
}

#[test]
fn a_stretch_selected_by_dragging_has_its_figures_below() -> TestResult {
    run(async |page| {
        focused(page).await?;
        let lanes = page.wait_for(LANES).await?;
        let chain = page.session().action_chain().key_down(Key::Shift);
        let chain = chain.move_to_element_with_offset(&lanes, -100, 10).click_and_hold();
        chain.move_by_offset(200, 0).release().key_up(Key::Shift).perform().await?;
        figures(page, "Selected: ").await?;
        address_is(page, DEFAULT).await
    })
}

/// The table's caption has this part, and there is a row for each of the four threads.
async fn figures(page: &Page, part: &str) -> TestResult {
    page.wait_for(".timeline table tbody tr:nth-child(4)").await?;
    let caption = content(page, ".timeline caption").await?;
    assert!(caption.contains(part), "{caption:?}");
    assert!(caption.contains("handoffs"), "{caption:?}");
    Ok(())
}

/// Opens the page, its timeline in sight and with the focus.
async fn focused(page: &Page) -> TestResult {
    open_still(page, "").await?;
    page.wait_for(".lanes canvas").await?;
    script(
        page,
        "const lanes = document.querySelector('.lanes');
         lanes.scrollIntoView({ block: 'center' }); lanes.focus();",
    )
    .await
}

/// The part of the address that says which stretch is seen, waited for.
async fn window(page: &Page) -> TestResult<String> {
    address_has(page, "/from=").await?;
    let address = crate::parts::fragment(page).await?;
    let (_, window) = address.split_once("/from=").ok_or("no window")?;
    Ok(window.to_owned())
}
