//! The tab that holds the simulation against measurements.

use std::time::Instant;

use crate::harness::{Media, PHONE, Page, TestResult, run};
use crate::parts::{address_has, contents, open_still, press_button, scenario_is};

/// Opens the tab and waits until all figures are there.
async fn open_checked(page: &Page) -> TestResult {
    open_still(page, "").await?;
    press_button(page, "How right is it?").await?;
    address_has(page, "/tab=right").await?;
    page.wait_for(".right-tab tbody tr").await?;
    // 450 figures take some seconds, and longer where several browsers compute them at once.
    let done = ".right-tab [role='status'][aria-busy='false']";
    for _ in 0..2 {
        if page.wait_for(done).await.is_ok() {
            return Ok(());
        }
    }
    page.wait_for(done).await?;
    Ok(())
}

async fn number_of(page: &Page, css: &str) -> TestResult<usize> {
    Ok(contents(page, css).await?.len())
}

#[test]
fn the_check_fills_its_tables_and_owns_up_to_its_misses() -> TestResult {
    run(async |page| {
        let started = Instant::now();
        open_checked(page).await?;
        println!("all figures after {:?}", started.elapsed());

        let rows = number_of(page, ".right-tab tbody tr").await?;
        assert!(rows >= 250, "{rows} rows");
        for column in [2, 4] {
            let cells = contents(page, &format!(".right-tab tbody td:nth-child({column})")).await?;
            let has_number = |cell: &String| cell.contains(|c: char| c.is_ascii_digit());
            assert!(cells.len() == rows && cells.iter().all(has_number), "{cells:?}");
        }
        let missed = number_of(page, ".right-tab tr.missed").await?;
        let expected = format!("{} of {rows} figures are within", rows - missed);
        let said = page.text(".right-tab .finding").await?;
        assert!(said.contains(&expected), "{said:?} does not say {expected:?}");
        let titles = contents(page, ".right-tab h2").await?;
        let owns_up = titles.iter().any(|title| title.contains("Where it misses"));
        assert_eq!(owns_up, missed > 0, "{titles:?}");
        Ok(())
    })
}

#[test]
fn one_python_can_be_looked_at_alone() -> TestResult {
    run(async |page| {
        open_checked(page).await?;
        let all = number_of(page, ".right-tab tbody tr").await?;
        for (name, key) in [("3.11", "3.11"), ("3.14", "3.14"), ("Published", "published")] {
            press_button(page, name).await?;
            page.wait_for(&format!(".dataset[data-set='{key}']:only-of-type")).await?;
            let rows = number_of(page, ".right-tab tbody tr").await?;
            assert!(rows > 0 && rows < all, "{name}: {rows} of {all}");
            let said = page.text(".right-tab .finding").await?;
            assert!(said.contains(&format!("of {rows} figures")), "{name}: {said}");
        }
        press_button(page, "All").await?;
        page.wait_for(".dataset[data-set='3.13t']").await?;
        assert_eq!(number_of(page, ".right-tab tbody tr").await?, all);
        Ok(())
    })
}

#[test]
fn every_figure_is_in_a_plot_too() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        open_checked(page).await?;
        for dark in [false, true] {
            page.emulate(Media { dark, reduced_motion: true }).await?;
            let rows = number_of(page, ".right-tab tbody tr").await?;
            assert_eq!(number_of(page, ".reality-plot .figure-row").await?, rows);
            // Every picture fits its place and has more than the colour of its ground.
            let empty: Vec<String> = page
                .eval(
                    "return [...document.querySelectorAll('.reality-plot')].filter(plot => {
                       const canvas = plot.querySelector('canvas');
                       const box = canvas.getBoundingClientRect();
                       const place = canvas.parentElement.getBoundingClientRect();
                       const pixels = new Uint32Array(canvas.getContext('2d')
                         .getImageData(0, 0, canvas.width, canvas.height).data.buffer);
                       return box.width > place.width + 1 || box.height > place.height + 1
                         || pixels.every(pixel => pixel === pixels[0]);
                     }).map(plot => plot.textContent)",
                )
                .await?;
            assert!(empty.is_empty(), "{empty:?}");
        }
        Ok(())
    })
}

#[test]
fn a_row_opens_its_scenario() -> TestResult {
    run(async |page| {
        open_checked(page).await?;
        let link = ".dataset[data-set='3.14'] tbody a";
        page.click(link).await?;
        scenario_is(page, "v1/py=3.14/cores=2/si=1ms/clock:2:py-100us:for-1s").await?;
        page.wait_for(".lanes canvas").await?;
        Ok(())
    })
}
