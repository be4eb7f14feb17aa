//! The charts, read from the table behind them.

use serde_json::json;

use crate::harness::{Key, Page, TestResult, run};
use crate::parts::{
    DEFAULT, attribute, content, fragment, open_still, press_button, script,
};

const CANVAS: &str = ".charts canvas";

#[test]
fn cpu_bound_work_stays_flat_and_io_bound_work_scales() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        page.click(".numbers summary").await?;
        swept(page).await?;
        for threads in [2, 8, 64] {
            let times = number(page, "cpu", threads, "speed_up").await?;
            assert!((0.5..1.2).contains(&times), "CPU-bound, {threads} threads: {times}");
        }
        assert!(number(page, "io", 8, "speed_up").await? > 7.0);
        assert!(number(page, "io", 64, "speed_up").await? > 20.0);
        let finding = content(page, ".chart-finding").await?;
        assert!(finding.contains("CPU-bound: 64 threads are "), "{finding:?}");
        Ok(())
    })
}

#[test]
fn throughput_and_latency_are_charts_too_with_their_numbers() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        page.click(".numbers summary").await?;
        swept(page).await?;
        for (kind, finding, column) in
            [("Throughput", "passes a second", "throughput"), ("Latency", "I/O", "p99")]
        {
            press_button(page, kind).await?;
            let chart = format!("{CANVAS}[aria-label^='{kind} chart']");
            let label = attribute(page, &chart, "aria-label").await?.unwrap_or_default();
            assert!(label.contains(finding), "{label:?}");
            for work in ["cpu", "io", "own"] {
                let cell = cell(page, work, 8, column).await?;
                let expected = column == "throughput" || work == "io";
                assert_eq!(cell.starts_with(|c: char| c.is_ascii_digit()), expected, "{cell:?}");
            }
        }
        Ok(())
    })
}

#[test]
fn a_point_is_opened_by_keyboard() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        swept(page).await?;
        page.wait_for(".charts .segment:last-child").await?;
        script(page, "document.querySelector('.charts .segment:last-child').focus()").await?;
        page.press(Key::Tab).await?;
        reads(page, "4 threads").await?;
        page.press(Key::Right).await?;
        page.press(Key::Enter).await?;
        address_changes(page, "v1/count:", DEFAULT).await
    })
}

#[test]
fn a_point_is_opened_by_mouse() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        swept(page).await?;
        let canvas = page.wait_for(CANVAS).await?;
        canvas.scroll_into_view().await?;
        let hint = content(page, "#chart-reading").await?;
        // From the right edge inwards, until the pointer is at a point.
        for step in 0..60 {
            let (x, y) = (330 - 20 * (step % 15), 110 - 30 * (step / 15));
            let chain = page.session().action_chain();
            chain.move_to_element_with_offset(&canvas, x, y).perform().await?;
            page.settle().await?;
            let reading = content(page, "#chart-reading").await?;
            if reading != hint && !reading.contains(" 4 threads") {
                page.session().action_chain().click().perform().await?;
                return address_changes(page, "v1/", DEFAULT).await;
            }
        }
        Err("the pointer found no point".into())
    })
}

#[test]
fn a_long_computation_can_be_cancelled_and_taken_up_again() -> TestResult {
    run(async |page| {
        // So many events that nobody's computer is through before the press.
        open_still(page, "v1/a:2:sys-1us:x1000000/events=2000000").await?;
        page.wait_for(".chart-progress[data-state='running']").await?;
        press_button(page, "Cancel").await?;
        page.wait_for(".chart-progress[data-state='cancelled']").await?;
        press_button(page, "Compute again").await?;
        page.wait_for(".chart-progress[data-state='running']").await?;
        Ok(())
    })
}

/// Waits until everything is computed.
async fn swept(page: &Page) -> TestResult {
    page.wait_for(".chart-progress[data-state='done']").await.map(|_| ())
}

async fn reads(page: &Page, part: &str) -> TestResult {
    let has = async || Ok(content(page, "#chart-reading").await?.contains(part));
    page.wait_until(&format!("a point with {part:?} is read out"), has).await
}

/// A cell of the table behind the charts.
async fn cell(page: &Page, work: &str, threads: u16, column: &str) -> TestResult<String> {
    let css = format!(
        ".numbers [data-work='{work}'] tr[data-threads='{threads}'] [data-column='{column}']"
    );
    let text: Option<String> =
        page.eval(&format!("return document.querySelector({})?.innerText", json!(css))).await?;
    text.ok_or_else(|| format!("no cell {css}").into())
}

async fn number(page: &Page, work: &str, threads: u16, column: &str) -> TestResult<f64> {
    Ok(cell(page, work, threads, column).await?.replace(',', "").parse()?)
}

/// Waits until another scenario is open, whose address begins so.
async fn address_changes(page: &Page, start: &str, before: &str) -> TestResult {
    let changed = async || {
        let now = fragment(page).await?;
        Ok(now.starts_with(start) && now != before)
    };
    page.wait_until("another scenario is open", changed).await
}
