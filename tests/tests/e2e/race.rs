//! Races that a reader steps through.

use serde_json::json;

use crate::harness::{Key, Media, Page, ROOT, TestResult, run};
use crate::parts::{DEFAULT, content, contents, script};

/// Opens the lesson that has the race of this title, and gives the selector of the race.
async fn open_race(page: &Page, title: &str) -> TestResult<String> {
    let lesson = if title.starts_with("Counting") { "protects" } else { "races" };
    page.emulate(Media { reduced_motion: true, ..Media::default() }).await?;
    page.open(ROOT, &format!("{DEFAULT}/tab=learn/lesson={lesson}")).await?;
    let race = format!(".race[aria-label='Race: {title}']");
    page.wait_for(&race).await?;
    Ok(race)
}

/// Presses the button of this text within a race, also one that cannot do anything.
async fn press(page: &Page, race: &str, text: &str) -> TestResult {
    let find = format!(
        "[...document.querySelectorAll({})].find(b => b.textContent.startsWith({})).click()",
        json!(format!("{race} button")),
        json!(text)
    );
    script(page, &find).await?;
    page.settle().await
}

/// What is shared, as `name: value`.
async fn shared(page: &Page, race: &str) -> TestResult<Vec<String>> {
    let names = contents(page, &format!("{race} .race-cell dt")).await?;
    let values = contents(page, &format!("{race} .race-cell dd")).await?;
    Ok(names.iter().zip(values).map(|(name, value)| format!("{name}: {value}")).collect())
}

async fn said(page: &Page, race: &str) -> TestResult<String> {
    content(page, &format!("{race} .race-said")).await
}

#[test]
fn an_example_leads_to_the_freed_object_and_back() -> TestResult {
    run(async |page| {
        let race = open_race(page, "Counting references without a lock").await?;
        press(page, &race, "Show one that goes wrong").await?;
        assert_eq!(shared(page, &race).await?, ["ob_refcnt: 1"]);
        let freed = format!("{race} .race-object.freed");
        let is_at_end = format!("{race} .race-verdict");
        for _ in 0..32 {
            if page.exists(&is_at_end).await? {
                break;
            }
            press(page, &race, "Next step").await?;
        }
        assert!(page.exists(&freed).await?);
        let end = said(page, &race).await?;
        assert!(end.contains("freed while the global a still refers to it"), "{end:?}");
        let warning = content(page, &format!("{race} .race-warning")).await?;
        assert_eq!(warning, "Used after it was freed.");
        // The last two steps are the one that frees and the one that uses.
        press(page, &race, "Back").await?;
        press(page, &race, "Back").await?;
        assert!(!page.exists(&freed).await?);
        press(page, &race, "Restart").await?;
        assert_eq!(shared(page, &race).await?, ["ob_refcnt: 1"]);
        page.no_errors().await
    })
}

#[test]
fn the_gil_holds_a_thread_back_and_the_page_says_why() -> TestResult {
    run(async |page| {
        let race = open_race(page, "Counting references with the GIL").await?;
        press(page, &race, "Step T1").await?;
        let before = contents(page, &format!("{race} .race-step.next")).await?;
        press(page, &race, "Step T2").await?;
        assert_eq!(contents(page, &format!("{race} .race-step.next")).await?, before);
        let why = "T1 has the GIL, and no switch can fall inside Py_INCREF(obj).";
        assert!(said(page, &race).await?.contains(why));
        let off = format!("{race} .race-thread-1 .race-go[aria-disabled='true']");
        assert!(page.exists(&off).await?);
        Ok(())
    })
}

#[test]
fn the_keys_step_both_threads_and_back() -> TestResult {
    run(async |page| {
        let race = open_race(page, "x += 1").await?;
        press(page, &race, "3.9").await?;
        script(
            page,
            &format!("document.querySelector({}).focus()", json!(format!("{race} .race-go"))),
        )
        .await?;
        for key in ['1', '2'] {
            page.press(key.to_string()).await?;
        }
        for _ in 0..3 {
            page.press("1").await?;
        }
        for _ in 0..3 {
            page.press("2").await?;
        }
        page.settle().await?;
        assert_eq!(shared(page, &race).await?, ["x: 1"]);
        let end = said(page, &race).await?;
        assert!(end.contains("x is 1 and should be 2. An update was lost."), "{end:?}");
        page.press(Key::Backspace).await?;
        page.settle().await?;
        assert!(!page.exists(&format!("{race} .race-verdict")).await?);
        Ok(())
    })
}

#[test]
fn the_python_decides_about_the_bytecode_and_the_count() -> TestResult {
    run(async |page| {
        let race = open_race(page, "x += 1").await?;
        for (python, opcode, count) in [
            ("3.9", "INPLACE_ADD", "Of 20 ways to interleave, 18 lose an update."),
            ("3.12", "BINARY_OP +=", "All 2 ways to interleave end as they should."),
            ("3.14t", "LOAD_SMALL_INT 1", "Of 70 ways to interleave, 68 lose an update."),
        ] {
            press(page, &race, python).await?;
            let steps = contents(page, &format!("{race} .race-step code")).await?;
            assert!(steps.iter().any(|step| step == opcode), "{python}: {steps:?}");
            let said = content(page, &format!("{race} .race-count")).await?;
            assert!(said.starts_with(count), "{python}: {said:?}");
        }
        Ok(())
    })
}
