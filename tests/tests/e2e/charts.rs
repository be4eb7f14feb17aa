//! The charts, read from the table behind them.

use serde_json::json;

use crate::harness::{Key, Page, TestResult, run};
use crate::parts::{
    CONVOY, address_has, attribute, content, open_still, press_button, scenario_is, script,
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
        open_still(page, CONVOY).await?;
        swept(page).await?;
        script(page, "document.querySelector('.vary select').focus()").await?;
        page.press(Key::Tab).await?;
        // The focus begins at the scenario as it is, with two threads.
        page.wait_for(".chart-canvas.pointed").await?;
        page.press(Key::Right).await?;
        page.press(Key::Enter).await?;
        scenario_is(page, &CONVOY.replace("io:2:", "io:3:")).await
    })
}

#[test]
fn a_point_is_opened_by_mouse() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        swept(page).await?;
        let canvas = page.wait_for(CANVAS).await?;
        canvas.scroll_into_view().await?;
        // From the middle to the right, until the pointer is at a point of more than 4 threads.
        for step in 0..40 {
            let (x, y) = (30 + 20 * (step % 10), 90 - 30 * (step / 10));
            let chain = page.session().action_chain();
            chain.move_to_element_with_offset(&canvas, x, y).perform().await?;
            page.settle().await?;
            if page.exists(".chart-canvas.pointed").await? {
                let before = content(page, ".chart-reading").await?;
                page.session().action_chain().click().perform().await?;
                let threads = threads_in(&before).ok_or("no threads are read out")?;
                return address_has(page, &format!(":{threads}:py-")).await;
            }
        }
        Err("the pointer found no point".into())
    })
}

#[test]
fn a_computation_can_be_cancelled_and_taken_up_again() -> TestResult {
    run(async |page| {
        // A worker that never answers: nobody's computer is through before the press.
        instead_of_workers(page, "class { postMessage() {} terminate() {} addEventListener() {} }")
            .await?;
        open_still(page, "").await?;
        page.wait_for(".charts .chart-progress[data-state='running']").await?;
        press_button(page, "Cancel").await?;
        page.wait_for(".charts .chart-progress[data-state='cancelled']").await?;
        press_button(page, "Compute again").await?;
        page.wait_for(".charts .chart-progress[data-state='running']").await?;
        Ok(())
    })
}

#[test]
fn without_workers_the_page_itself_computes() -> TestResult {
    run(async |page| {
        instead_of_workers(page, "class { constructor() { throw new Error('none here'); } }")
            .await?;
        open_still(page, "").await?;
        page.wait_for(".charts .chart-progress[data-state='failed'] [role='alert']").await?;
        press_button(page, "Compute on the page").await?;
        swept(page).await
    })
}

/// From the next load on, the page gets this class for `Worker`.
async fn instead_of_workers(page: &Page, class: &str) -> TestResult {
    let source = format!("window.Worker = {class};");
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }))
        .await
        .map(|_| ())
}

/// Waits until everything is computed.
async fn swept(page: &Page) -> TestResult {
    page.wait_for(".charts .chart-progress[data-state='done']").await.map(|_| ())
}

/// The number in front of "threads".
fn threads_in(reading: &str) -> Option<&str> {
    let (before, _) = reading.split_once(" thread")?;
    before.rsplit(|c: char| !c.is_ascii_digit()).next()
}

/// A cell of the table behind the charts.
async fn cell(page: &Page, work: &str, threads: u16, column: &str) -> TestResult<String> {
    let css =
        format!(".numbers [data-line='{work}'] tr[data-at='{threads}'] [data-column='{column}']");
    let text: Option<String> =
        page.eval(&format!("return document.querySelector({})?.innerText", json!(css))).await?;
    text.ok_or_else(|| format!("no cell {css}").into())
}

async fn number(page: &Page, work: &str, threads: u16, column: &str) -> TestResult<f64> {
    Ok(cell(page, work, threads, column).await?.replace(',', "").parse()?)
}
