//! The reader's own program: a script out, a recording in, what is kept.

use std::path::{Path, PathBuf};

use thirtyfour::By;

use crate::harness::{DESKTOP, PHONE, Page, ROOT, TestResult, run};

/// A recording of a real program, by its name.
fn recording(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings").join(name)
}

/// A file for the page, written for this test.
fn file(name: &str, text: &str) -> TestResult<PathBuf> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text)?;
    Ok(path)
}

async fn give(page: &Page, path: &Path) -> TestResult {
    let input = page.session().find(By::Css(".drop-zone input[type=file]")).await?;
    Ok(input.send_keys(path.display().to_string()).await?)
}

async fn wait_for_text(page: &Page, css: &str, text: &str) -> TestResult {
    let what = format!("{css} says {text:?}");
    page.wait_until(&what, async || {
        Ok(page.exists(css).await? && page.text(css).await?.contains(text))
    })
    .await
}

#[test]
fn a_recording_is_told_and_drawn() -> TestResult {
    run(async |page| {
        page.set_viewport(DESKTOP).await?;
        page.open(ROOT, "v1/tab=program").await?;
        give(page, &recording("convoy.gecko.json")).await?;
        wait_for_text(page, ".recorded .finding", "It's the GIL. client-1 and client-2 waited")
            .await?;
        // One long wait or many short ones: of the thread that waited longest, then of another.
        wait_for_text(page, ".waits h3", "How client-1 waited").await?;
        page.click(".recorded-threads tbody tr:nth-child(4) button").await?;
        wait_for_text(page, ".waits h3", "How client-2 waited").await?;
        wait_for_text(page, ".alternatives", "ruled out").await?;
        // The lanes are those of every timeline: they zoom.
        assert!(page.exists(".recorded .lanes canvas").await?);
        page.click(".recorded button[aria-label^='Zoom in']").await?;
        page.wait_for(".timeline-bar .button:not([disabled])").await?;
        // The record has it, beside the simulation.
        let record = "return [...document.querySelectorAll('pre.preview')]
            .some(it => it.textContent.includes('client\\\\-1 | 0 % | 83 %'))";
        page.wait_until_js("the record has the figures", record).await
    })
}

#[test]
fn a_broken_file_says_where_and_what_was_there_stays() -> TestResult {
    let whole = std::fs::read_to_string(recording("zip.gecko.json"))?;
    let broken = file("broken.json", &whole[..whole.len() / 2])?;
    run(async |page| {
        page.set_viewport(PHONE).await?;
        page.open(ROOT, "v1/tab=program").await?;
        give(page, &recording("zip.gecko.json")).await?;
        page.wait_for(".recorded").await?;
        give(page, &broken).await?;
        wait_for_text(page, ".program .problem", "broken.json: line 1, column").await?;
        assert!(page.exists(".recorded").await?, "the recording before is still there");
        // Nothing is wider than the phone.
        let fits = "return document.documentElement.scrollWidth <= innerWidth";
        assert!(page.eval::<bool>(fits).await?);
        Ok(())
    })
}

#[test]
fn the_script_is_that_of_the_scenario() -> TestResult {
    run(async |page| {
        page.set_viewport(DESKTOP).await?;
        page.open(ROOT, "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30/tab=program").await?;
        let link = gil_notation::parse("v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30")?;
        let expected = gil_script::program(&link);
        let shown: String = page
            .eval("return document.querySelector('[aria-label=\"reproduce.py\"]').textContent")
            .await?;
        assert!(shown == expected, "the program is not that of the scenario");
        Ok(())
    })
}

#[test]
fn a_note_of_an_incident_has_number_and_title() -> TestResult {
    run(async |page| {
        page.set_viewport(DESKTOP).await?;
        page.open(ROOT, "v1/tab=program").await?;
        page.click(".incident summary").await?;
        page.click(".incident input[type=text]").await?;
        page.press("The report froze the API").await?;
        wait_for_text(page, ".incident .preview", "# 1. The report froze the API").await?;
        let name = "return document.querySelector('.incident .preview').getAttribute('aria-label')";
        let name: String = page.eval(name).await?;
        assert!(
            name.starts_with("0001-20") && name.ends_with("-the-report-froze-the-api.md"),
            "{name}"
        );
        Ok(())
    })
}

#[test]
fn a_recording_becomes_the_scenario_of_the_page() -> TestResult {
    run(async |page| {
        page.set_viewport(DESKTOP).await?;
        page.open(ROOT, "v1/tab=program").await?;
        give(page, &recording("convoy.gecko.json")).await?;
        page.wait_for(".made button").await?;
        page.click(".made button").await?;
        wait_for_text(page, ".made [role=status]", "off by at most").await?;
        let made = page.text(".made pre").await?;
        let scenario = made.trim().trim_start_matches("v1/").to_owned();
        page.wait_until("the address has it", async || {
            Ok(page
                .eval::<String>("return decodeURIComponent(location.hash)")
                .await?
                .contains(&scenario))
        })
        .await?;
        assert!(scenario.contains("/report:") && scenario.contains("/client:2@"), "{scenario}");
        // Both are seen: the recorded lanes, and those of the simulation.
        let lanes = "return document.querySelectorAll('.recorded .lanes canvas').length >= 4";
        page.wait_until_js("there are two timelines", lanes).await?;
        // From there on Decide is about it.
        page.eval::<Option<()>>(
            "[...document.querySelectorAll('.program button')]
                .find(it => it.textContent == 'Decide for this scenario').click()",
        )
        .await?;
        wait_for_text(page, ".decide .verdict", "It's the GIL").await
    })
}

#[test]
fn two_times_of_a_job_say_what_holds_the_gil() -> TestResult {
    run(async |page| {
        page.set_viewport(DESKTOP).await?;
        page.open(ROOT, "v1/tab=program").await?;
        page.click(".two-times summary").await?;
        page.click(".two-times button").await?;
        wait_for_text(page, ".two-times .verdict", "holds the GIL").await?;
        // What can't be is refused, with what it would mean.
        let many = ".two-times .two-times-field:nth-child(2) input";
        page.eval::<Option<()>>(&format!(
            "const input = document.querySelector('{many}'); input.value = '100ms';
             input.dispatchEvent(new InputEvent('input', {{bubbles: true}}))"
        ))
        .await?;
        page.click(".two-times button").await?;
        wait_for_text(page, ".two-times .problem", "as fast as one").await
    })
}

#[test]
fn what_the_script_measured_stands_beside_the_simulation() -> TestResult {
    run(async |page| {
        page.set_viewport(DESKTOP).await?;
        page.open(ROOT, "v1/tab=program").await?;
        give(page, &recording("convoy.measured.json")).await?;
        wait_for_text(page, ".measured-run .finding", "The simulation").await?;
        wait_for_text(page, ".measured-run table", "io: pass p99").await?;
        // It noted what its threads did, so its lanes are there, too.
        page.wait_for(".recorded .lanes canvas").await?;
        // The machine is fitted, and can be kept.
        page.click(".calibrate button").await?;
        page.wait_for(".calibrate [role=status]").await?;
        if page.exists(".calibrate .primary").await? {
            page.click(".calibrate .primary").await?;
            page.wait_until_js("the link has the machine", "return /wake|ctx/.test(location.hash)")
                .await?;
        }
        Ok(())
    })
}

/// Runs the program that the page shows, for real; the file that it prints.
async fn reproduce(page: &Page, name: &str) -> TestResult<PathBuf> {
    let shown: String = page
        .eval("return document.querySelector('[aria-label=\"reproduce.py\"]').textContent")
        .await?;
    let program = file(&format!("{name}.py"), &shown)?;
    let output = std::process::Command::new("python3").arg(&program).output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    file(&format!("{name}.json"), std::str::from_utf8(&output.stdout)?)
}

#[test]
fn the_way_from_the_script_to_the_chart_and_back_after_a_reload() -> TestResult {
    run(async |page| {
        page.set_viewport(DESKTOP).await?;
        // Out and in again, with one thread and with two.
        for (threads, name) in [(1, "one"), (2, "two")] {
            page.open(ROOT, &format!("v1/cores=2/count:{threads}:py-20ms:x5/tab=program")).await?;
            page.wait_for("[aria-label='reproduce.py']").await?;
            let measured = reproduce(page, name).await?;
            give(page, &measured).await?;
            wait_for_text(page, ".measured-run .muted", &format!("{name}.json: measured on"))
                .await?;
        }
        // What was measured before the page was opened anew is there again.
        wait_for_text(page, ".program .segments", "one.json").await?;
        // Both are points of the same chart, each with its error.
        page.eval::<Option<()>>(
            "location.hash = location.hash.replace('tab=program', 'tab=explore')",
        )
        .await?;
        wait_for_text(
            page,
            ".measured-points .finding",
            "Measured with 1, 2 threads: the simulation",
        )
        .await?;
        let errors =
            "return [...document.querySelectorAll('.measured-points tbody td:nth-child(4)')]
            .filter(it => /^[+-]\\d.* %$/.test(it.textContent)).length === 2";
        page.wait_until_js("each point has its error", errors).await?;
        // A measurement of something else stays away from the chart, and says so.
        page.eval::<Option<()>>("location.hash = '#v1/cores=2/count:2:py-30ms:x5'").await?;
        wait_for_text(page, ".charts", "one.json isn't on the chart. It's of another scenario")
            .await?;
        // Notes are in the record, and stay, too.
        page.eval::<Option<()>>("location.hash = '#v1/cores=2/count:2:py-20ms:x5/tab=program'")
            .await?;
        page.wait_for("#record-notes").await?;
        page.click("#record-notes").await?;
        page.press("Two threads are no faster.").await?;
        // Also when the page opens on the chart.
        page.eval::<Option<()>>(
            "location.hash = location.hash.replace('tab=program', 'tab=explore')",
        )
        .await?;
        page.reload().await?;
        wait_for_text(page, ".measured-points .finding", "Measured with 1, 2 threads").await?;
        page.eval::<Option<()>>("location.hash = '#v1/cores=2/count:2:py-20ms:x5/tab=program'")
            .await?;
        page.wait_for(".measured-run").await?;
        let record = "return [...document.querySelectorAll('pre.preview')].some(it =>
            it.textContent.includes('## Notes\\n\\nTwo threads are no faster.')
            && it.textContent.includes('| wall time |')
            && it.textContent.includes('`two.json`: CPython'))";
        page.wait_until_js("the record has figures and notes", record).await?;
        // And go when they're to go.
        page.eval::<Option<()>>(
            "[...document.querySelectorAll('.program button')]
                .find(it => it.textContent == 'Forget all files').click()",
        )
        .await?;
        page.reload().await?;
        page.wait_for(".drop-zone").await?;
        assert!(!page.exists(".measured-run").await?);
        Ok(())
    })
}
