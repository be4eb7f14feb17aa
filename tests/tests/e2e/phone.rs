//! The page on a phone.

use serde_json::json;

use crate::harness::{PHONE, Page, ROOT, TestResult, run};
use crate::lessons::names;
use crate::parts::{address_is, open_still, press_button, type_into};

#[test]
fn nothing_is_wider_than_a_phone() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        open_still(page, "").await?;
        page.wait_for(".lanes canvas").await?;
        page.wait_for(".charts .chart-progress[data-state='done']").await?;
        fits(page, "Explore").await?;
        press_button(page, "How right is it?").await?;
        page.wait_for(".right-tab tbody tr").await?;
        fits(page, "How right is it?").await
    })
}

#[test]
fn no_lesson_is_wider_than_a_phone() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        for lesson in names(page).await? {
            page.open(ROOT, &format!("v1/count:4:py-50ms/tab=learn/lesson={lesson}")).await?;
            page.wait_for(".lesson-turn a").await?;
            let known = "return !document.querySelector('.lesson-body .waiting')";
            page.wait_until_js("all numbers are there", known).await?;
            fits(page, &lesson).await?;
        }
        Ok(())
    })
}

async fn fits(page: &Page, what: &str) -> TestResult {
    page.settle().await?;
    let width: u32 = page.eval("return document.documentElement.scrollWidth").await?;
    let wide: Vec<String> = page
        .eval(
            "return [...document.querySelectorAll('body *')]
               .filter(e => e.getBoundingClientRect().right > 391 && !e.closest('.table-scroll'))
               .map(e => `${e.tagName} ${e.className}`).slice(0, 8)",
        )
        .await?;
    assert!(width <= PHONE.width, "{what}: {width} px wide, perhaps because of {wide:?}");
    Ok(())
}

#[test]
fn the_transport_is_always_at_hand() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        open_still(page, "").await?;
        page.wait_for(".lanes canvas").await?;
        in_sight(page, ".transport .play").await?;
        press_button(page, "Play").await?;
        in_sight(page, "[aria-label='Pause (Space)']").await
    })
}

#[test]
fn the_scenario_is_edited_on_a_sheet() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        open_still(page, "").await?;
        in_sight(page, "#preset").await?;
        press_button(page, "Edit").await?;
        in_sight(page, "#set-machine-cores-value").await?;
        type_into(page, "#set-machine-cores-value", "2").await?;
        address_is(page, "v1/cores=2/count:4:py-50ms").await?;
        press_button(page, "Done").await?;
        page.wait_for_none("#scenario-controls.up").await
    })
}

/// Waits until an element is on the screen and nothing is over it.
async fn in_sight(page: &Page, css: &str) -> TestResult {
    let css = json!(css);
    let script = format!(
        "const element = document.querySelector({css});
         if (!element) return false;
         const r = element.getBoundingClientRect();
         const there = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
         return r.top >= 0 && r.bottom <= innerHeight && element.contains(there)"
    );
    page.wait_until_js(&format!("{css} is in sight"), &script).await
}
