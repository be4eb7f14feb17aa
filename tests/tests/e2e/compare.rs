//! The comparison of Pythons and strategies, read from the table behind its chart.

use serde_json::json;

use crate::harness::{By, Key, PHONE, Page, TestResult, run};
use crate::parts::{address_has, choose, content, open_still, press_button, script};

const DONE: &str = ".compare .chart-progress[data-state='done']";
const WORK: &str = "[data-control='compare-work']";

#[test]
fn the_usual_contenders_differ_where_the_work_computes() -> TestResult {
    run(async |page| {
        compared(page).await?;
        for (contender, low, high) in [
            ("3.11 threads", 0.8, 1.2),
            ("3.14 threads", 0.8, 1.2),
            ("3.14t threads", 2.5, 4.0),
            ("3.14 processes (forkserver)", 2.5, 4.0),
            ("3.14 subinterpreters", 2.5, 4.0),
            ("3.14 asyncio", 0.8, 1.2),
        ] {
            let times = number(page, contender, 8, "speed_up").await?;
            assert!((low..high).contains(&times), "CPU-bound, {contender}: {times}");
        }
        assert_eq!(cell(page, "3.11 threads", 8, "p99").await?, "none");
        choose(page, WORK, "io").await?;
        finding_has(page, "I/O-bound work, 8 workers").await?;
        page.wait_for(DONE).await?;
        for contender in ["3.11 threads", "3.14 threads", "3.14t threads", "3.14 asyncio"] {
            let times = number(page, contender, 8, "speed_up").await?;
            assert!((7.0..8.2).contains(&times), "I/O-bound, {contender}: {times}");
        }
        Ok(())
    })
}

#[test]
fn contenders_come_and_go() -> TestResult {
    run(async |page| {
        compared(page).await?;
        assert_eq!(rows(page, "3.14 asyncio").await?, 12);
        page.click("[aria-label='Remove 3.14 asyncio']").await?;
        page.wait_for_none(".compare [data-line='3.14 asyncio']").await?;
        choose(page, "[data-control='compare-python']", "2.7").await?;
        choose(page, "[data-control='compare-strategy']", "asyncio").await?;
        let why = content(page, ".contender-add [role='status']").await?;
        assert!(why.contains("no asyncio"), "{why}");
        choose(page, "[data-control='compare-strategy']", "threads").await?;
        press_button(page, "Add").await?;
        page.wait_for(DONE).await?;
        let times = number(page, "2.7 threads", 8, "speed_up").await?;
        assert!((0.1..1.0).contains(&times), "2.7 threads: {times}");
        press_button(page, "The usual six").await?;
        page.wait_for(".compare [data-line='3.14 asyncio'] tr[data-at='8']").await?;
        page.wait_for_none(".compare [data-line='2.7 threads']").await
    })
}

#[test]
fn another_axis_and_another_figure() -> TestResult {
    run(async |page| {
        compared(page).await?;
        choose(page, "[data-control='compare-axis']", "Data per job").await?;
        finding_has(page, "1 MiB for each job").await?;
        page.wait_for(DONE).await?;
        let processes = "3.14 processes (forkserver)";
        let free = number(page, processes, 0, "speed_up").await?;
        let large = number(page, processes, 1 << 20, "speed_up").await?;
        assert!(large < free / 2.0, "{free} {large}");
        choose(page, "[data-control='compare-figure']", "Memory").await?;
        finding_has(page, "MiB with 3.14 asyncio").await
    })
}

#[test]
fn a_point_of_the_comparison_is_opened() -> TestResult {
    run(async |page| {
        compared(page).await?;
        page.session().find(By::Css(".compare canvas")).await?.focus().await?;
        // The first key takes the first point, one worker of 3.11, the second the next one.
        for key in [Key::Right, Key::Right, Key::Enter] {
            page.press(key).await?;
            page.settle().await?;
        }
        address_has(page, "cpu:").await
    })
}

#[test]
fn nothing_is_wider_than_a_phone() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        compared(page).await?;
        let wide = "return document.documentElement.scrollWidth > innerWidth";
        assert!(!page.eval::<bool>(wide).await?);
        Ok(())
    })
}

/// Opens the page and waits until everything is compared.
async fn compared(page: &Page) -> TestResult {
    open_still(page, "").await?;
    page.wait_for(".compare").await?.scroll_into_view().await?;
    script(page, "document.querySelector('.compare .numbers').open = true").await?;
    page.wait_for(DONE).await.map(|_| ())
}

async fn finding_has(page: &Page, text: &str) -> TestResult {
    let what = format!("the finding has {text:?}");
    page.wait_until(&what, async || {
        Ok(content(page, ".compare .chart-finding").await?.contains(text))
    })
    .await
}

async fn rows(page: &Page, contender: &str) -> TestResult<usize> {
    let css = format!(".compare [data-line='{contender}'] tr[data-at]");
    page.eval(&format!("return document.querySelectorAll({}).length", json!(css))).await
}

async fn cell(page: &Page, contender: &str, at: u64, column: &str) -> TestResult<String> {
    let css =
        format!(".compare [data-line='{contender}'] tr[data-at='{at}'] [data-column='{column}']");
    let text: Option<String> =
        page.eval(&format!("return document.querySelector({})?.innerText", json!(css))).await?;
    text.ok_or_else(|| format!("no cell {css}").into())
}

async fn number(page: &Page, contender: &str, at: u64, column: &str) -> TestResult<f64> {
    Ok(cell(page, contender, at, column).await?.replace(',', "").parse()?)
}
