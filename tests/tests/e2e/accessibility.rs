//! axe-core finds nothing to complain about: every part of the page, in both themes.

use std::fs;

use serde_json::Value;

use crate::harness::{DESKTOP, Media, PHONE, Page, ROOT, TestResult, required_path, run};
use crate::parts::{open_still, press_button};

/// What axe-core says of what is on the page now; empty where all is well.
pub async fn violations(page: &Page) -> TestResult<Vec<String>> {
    if !page.eval::<bool>("return window.axe !== undefined").await? {
        let script = fs::read_to_string(required_path("GIL_AXE")?)?;
        page.session().execute(script, vec![]).await?;
    }
    const SCRIPT: &str = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then(
          found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
            `${rule.id}: ${rule.help}: ${node.target.join(' ')}\\n${node.html.slice(0, 160)}`))),
          error => done([String(error)]));";
    let found = page.session().execute_async(SCRIPT, vec![]).await?;
    let found: Vec<Value> = found.convert()?;
    Ok(found.iter().map(|violation| violation.as_str().unwrap_or_default().to_owned()).collect())
}

/// Fails with what axe-core says.
pub async fn check(page: &Page, what: &str) -> TestResult {
    page.settle().await?;
    let found = violations(page).await?;
    match found.is_empty() {
        true => Ok(()),
        false => Err(format!("{what}: {} violations\n{}", found.len(), found.join("\n")).into()),
    }
}

async fn check_parts(page: &Page, dark: bool) -> TestResult {
    page.emulate(Media { dark, reduced_motion: true }).await?;
    for tab in ["explore", "learn", "compare", "decide", "program", "right"] {
        page.open(ROOT, &format!("v1/count:4:py-20ms/tab={tab}")).await?;
        page.wait_for("main h2, main .finding").await?;
        check(page, tab).await?;
    }
    Ok(())
}

#[test]
fn every_part_in_light() -> TestResult {
    run(async |page| check_parts(page, false).await)
}

#[test]
fn every_part_in_dark() -> TestResult {
    run(async |page| check_parts(page, true).await)
}

#[test]
fn every_part_on_a_phone() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        check_parts(page, false).await
    })
}

async fn check_lessons(page: &Page, dark: bool) -> TestResult {
    page.emulate(Media { dark, reduced_motion: true }).await?;
    page.open(ROOT, "v1/count:4:py-20ms/tab=learn").await?;
    page.wait_for("#learn-title").await?;
    let lessons =
        "return [...document.querySelectorAll('[data-lesson]')].map(e => e.dataset.lesson)";
    let lessons: Vec<String> = page.eval(lessons).await?;
    assert!(lessons.len() >= 12, "{lessons:?}");
    for lesson in lessons {
        page.open(ROOT, &format!("v1/count:4:py-20ms/tab=learn/lesson={lesson}")).await?;
        page.wait_for(".lesson-body h3").await?;
        page.wait_for_none(".value.waiting").await?;
        check(page, &lesson).await?;
    }
    Ok(())
}

#[test]
fn every_lesson_in_light() -> TestResult {
    run(async |page| check_lessons(page, false).await)
}

#[test]
fn every_lesson_in_dark_on_a_phone() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        check_lessons(page, true).await
    })
}

#[test]
fn two_scenarios_side_by_side() -> TestResult {
    run(async |page| {
        page.emulate(Media { dark: false, reduced_motion: true }).await?;
        page.open(ROOT, "v1/count:4:py-20ms/vs/count:8:py-20ms/tab=compare").await?;
        page.wait_for("main .stage").await?;
        check(page, "compare").await
    })
}

#[test]
fn the_debugger() -> TestResult {
    run(async |page| {
        page.emulate(Media { dark: true, reduced_motion: true }).await?;
        for python in ["2.7", "3.11", "3.14t"] {
            page.open(ROOT, &format!("v1/py={python}/count:4:py-5ms/debug=on/at=2ms")).await?;
            page.wait_for(".debugger .listing").await?;
            check(page, python).await?;
        }
        Ok(())
    })
}

#[test]
fn an_answered_question() -> TestResult {
    run(async |page| {
        page.emulate(Media { dark: false, reduced_motion: true }).await?;
        page.open(ROOT, "v1/count:4:py-20ms/tab=learn/lesson=io").await?;
        page.wait_for(".predict").await?;
        press_button(page, "Skip, just show me").await?;
        page.wait_for(".predict-verdict").await?;
        check(page, "answer").await
    })
}

#[test]
fn the_list_of_keys() -> TestResult {
    run(async |page| {
        open_still(page, "").await?;
        page.press("?").await?;
        page.wait_for("dialog[open]").await?;
        check(page, "keys").await
    })
}

#[test]
fn figures_of_every_kind() -> TestResult {
    run(async |page| {
        page.emulate(Media { dark: true, reduced_motion: true }).await?;
        let all = "v1/count:4:py-20ms/embed=headline+stage+timeline+now+chart\
            /controls=play+edit+si+cores+python+threads:count+strategy:count";
        let two =
            "v1/count:4:py-20ms/vs/count:8:py-20ms/embed=compare/controls=edit+si/theme=light";
        let lesson = "v1/count:4:py-20ms/lesson=io/embed=lesson";
        for figure in [all, two, lesson, "v1/count:4:py-20mz/embed=stage"] {
            page.open(ROOT, figure).await?;
            page.wait_for(".embed-foot").await?;
            check(page, figure).await?;
        }
        page.set_viewport(PHONE).await?;
        page.open(ROOT, all).await?;
        page.click(".embed-edit summary").await?;
        check(page, "a figure on a phone").await
    })
}

#[test]
fn the_share_dialog() -> TestResult {
    run(async |page| {
        for viewport in [DESKTOP, PHONE] {
            page.set_viewport(viewport).await?;
            open_still(page, "").await?;
            page.reload().await?;
            press_button(page, "Share").await?;
            for part in ["Link", "Picture", "Embed"] {
                press_button(page, part).await?;
                check(page, part).await?;
            }
        }
        Ok(())
    })
}
