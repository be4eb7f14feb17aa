//! Everything without a mouse.

use serde_json::json;

use crate::harness::{Key, Page, TestResult, run};
use crate::parts::{DEFAULT, address_is, button, clock, fragment, headline_has, open_still};

#[test]
fn the_tab_key_leads_everywhere_and_the_focus_is_seen() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        let expected = [
            "Skip to the simulation",
            "Explore",
            "Learn",
            "Compare",
            "Decide",
            "Your program",
            "How right is it?",
            "Share",
            "Theme: System. Switch to Light",
        ];
        for name in expected {
            page.press(Key::Tab).await?;
            assert_eq!(focus(page).await?, name);
        }
        for css in ["#preset", "#set-switch-interval-value", ".scrub", ".play", ".lanes"] {
            tab_to(page, css).await?;
        }
        tab_to(page, ".charts canvas").await?;
        tab_to(page, ".numbers summary").await?;
        tab_to(page, "button.event").await
    })
}

#[test]
fn the_skip_link_leads_to_the_simulation() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        page.press(Key::Tab).await?;
        let left = "return document.activeElement.getBoundingClientRect().left >= 0";
        page.wait_until_js("the link is seen", left).await?;
        page.press(Key::Enter).await?;
        page.wait_until_js("it has the focus", "return document.activeElement.id === 'main'")
            .await?;
        page.settle().await?;
        assert!(!page.exists(".problem").await?, "the link counts as a broken scenario");
        assert_eq!(fragment(page).await?, DEFAULT);
        page.press(Key::Tab).await?;
        page.wait_until_js("Tab goes on inside", "return !!document.activeElement.closest('main')")
            .await
    })
}

#[test]
fn a_run_is_chosen_played_and_stepped_through_by_keyboard() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        tab_to(page, "#preset").await?;
        page.press(Key::Down).await?;
        headline_has(page, "8 threads").await?;
        tab_to(page, ".play").await?;
        page.press(" ").await?;
        button(page, "Pause").await?;
        page.wait_until("the clock moves", async || Ok(clock(page).await? > 0.0)).await?;
        page.press(".").await?;
        button(page, "Play").await?;
        let paused = clock(page).await?;
        page.press("n").await?;
        page.wait_until("the clock jumps", async || Ok(clock(page).await? > paused)).await?;
        page.press("p").await?;
        page.wait_until("it jumps back", async || Ok(clock(page).await? <= paused)).await
    })
}

#[test]
fn a_question_mark_opens_the_list_of_keys() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        page.press("?").await?;
        page.wait_for("dialog[open][aria-label='Keyboard and notation']").await?;
        let listed = page.text("dialog dl").await?;
        for key in ["Space", "n and p", "Ctrl+Z"] {
            assert!(listed.contains(key), "{key} is not in {listed:?}");
        }
        page.press(Key::Escape).await?;
        page.wait_for_none("dialog[open]").await
    })
}

#[test]
fn letters_typed_into_a_field_are_no_commands() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        tab_to(page, "#item-0-name").await?;
        page.press_with(Key::Control, 'a').await?;
        page.press("pnl").await?;
        address_is(page, "v1/pnl:4:py-50ms").await
    })
}

/// Presses Tab until an element that fits has the focus; at every stop the focus is seen.
async fn tab_to(page: &Page, css: &str) -> TestResult {
    const MOST: usize = 80;
    let arrived = format!("return document.activeElement.matches({})", json!(css));
    for _ in 0..MOST {
        page.press(Key::Tab).await?;
        let seen = "const style = getComputedStyle(document.activeElement);
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1";
        assert!(page.eval::<bool>(seen).await?, "no outline: {}", focus(page).await?);
        if page.eval(&arrived).await? {
            return Ok(());
        }
    }
    Err(format!("{css} is not among {MOST} stops").into())
}

/// The name of what has the focus.
async fn focus(page: &Page) -> TestResult<String> {
    let name = "const it = document.activeElement;
        return it.getAttribute('aria-label') ?? (it.innerText || it.id || it.outerHTML)";
    page.eval(name).await
}
