//! The lessons: the list, every one of them, its figures and questions.
//!
//! Which lessons there are is read from the page, so that a new one is tested as soon as it is
//! there.

use serde_json::json;

use crate::harness::{Key, Media, PHONE, Page, ROOT, TestResult, run};
use crate::parts::{
    DEFAULT, address_has, attribute, button, clock, content, contents, fragment, press_button,
    scenario_is, script,
};

/// Opens the list, or a lesson, for a person who wants no motion.
async fn open(page: &Page, lesson: &str) -> TestResult {
    page.emulate(Media { reduced_motion: true, ..Media::default() }).await?;
    page.open(ROOT, &format!("{DEFAULT}/tab=learn{lesson}")).await?;
    page.wait_for("#learn-title").await?;
    Ok(())
}

/// The names of all lessons, in their order.
pub async fn names(page: &Page) -> TestResult<Vec<String>> {
    open(page, "").await?;
    page.eval("return [...document.querySelectorAll('[data-lesson]')].map(e => e.dataset.lesson)")
        .await
}

/// Opens the first lesson that has this.
async fn open_one_with(page: &Page, css: &str) -> TestResult {
    for name in names(page).await? {
        open(page, &format!("/lesson={name}")).await?;
        page.wait_for(&format!(".lesson-turn a, {css}")).await?;
        if page.exists(css).await? {
            return bring(page, css).await;
        }
    }
    Err(format!("no lesson has {css}").into())
}

/// Scrolls to the first element that fits.
async fn bring(page: &Page, css: &str) -> TestResult {
    let css = json!(css);
    script(page, &format!("document.querySelector({css}).scrollIntoView({{block: 'center'}})"))
        .await
}

/// Waits until all numbers of the text are there, and says them.
async fn numbers(page: &Page) -> TestResult<Vec<String>> {
    page.wait_for_none(".value.waiting").await?;
    contents(page, "data").await
}

#[test]
fn the_list_leads_to_lessons_and_back() -> TestResult {
    run(async |page| {
        let names = names(page).await?;
        assert!(!names.is_empty());
        for part in [".lesson-card h3 a", ".lesson-card .lesson-summary", ".lesson-number"] {
            let texts = contents(page, part).await?;
            assert!(texts.len() == names.len() && texts.iter().all(|t| !t.is_empty()), "{part}");
        }
        assert_eq!(content(page, ".lesson-start .button").await?, "Start here");
        let title = content(page, ".lesson-card h3").await?;

        page.click(".lesson-card h3 a").await?;
        address_has(page, &format!("/lesson={}", names[0])).await?;
        page.wait_for(".lesson").await?;
        assert_eq!(content(page, "#learn-title").await?, title);
        assert!(page.title().await?.contains(&title), "{}", page.title().await?);
        let focused = "return document.activeElement.id === 'learn-title' && scrollY === 0";
        page.wait_until_js("the heading has the focus", focused).await?;

        press_button(page, "Mark as done").await?;
        page.session().back().await?;
        page.wait_for(".lesson-cards").await?;
        let first = format!("[data-lesson='{}']", names[0]);
        page.wait_for(&format!("{first} .lesson-done")).await?;
        assert!(!fragment(page).await?.contains("lesson="));
        page.reload().await?;
        page.wait_for(&format!("{first} .lesson-done")).await?;
        page.session().forward().await?;
        page.wait_for(".lesson").await?;
        Ok(())
    })
}

#[test]
fn a_lesson_that_is_not_there_is_told_and_the_list_shown() -> TestResult {
    run(async |page| {
        open(page, "/lesson=nowhere").await?;
        let told = page.text(".lesson-unknown").await?;
        assert!(told.contains("nowhere"), "{told}");
        page.wait_for(".lesson-card").await?;
        Ok(())
    })
}

/// Waits until every figure and chart there is has drawn something.
async fn figures_draw(page: &Page, lesson: &str) -> TestResult {
    const PICTURES: &str = "const figures = [...document.querySelectorAll(
            '.lesson-figure:not(.lesson-race)')];";
    let count: usize = page.eval(&format!("{PICTURES} return figures.length")).await?;
    for at in 0..count {
        let to = format!("{PICTURES} figures[{at}].scrollIntoView({{block: 'center'}})");
        script(page, &to).await?;
        let drawn = format!(
            "{PICTURES} const figure = figures[{at}];
             const canvas = figure.querySelector('canvas');
             if (!canvas || canvas.width < 50 || canvas.height < 50) return false;
             const pixels = new Uint32Array(canvas.getContext('2d')
               .getImageData(0, 0, canvas.width, canvas.height).data.buffer);
             return pixels.some(pixel => pixel !== pixels[0])"
        );
        page.wait_until_js(&format!("figure {at} of {lesson} draws"), &drawn).await?;
    }
    Ok(())
}

#[test]
fn every_lesson_opens_with_its_numbers_figures_and_answers() -> TestResult {
    run(async |page| {
        for name in names(page).await? {
            open(page, &format!("/lesson={name}")).await?;
            page.wait_for(".lesson-turn a").await?;
            let numbers = numbers(page).await?;
            let known = |text: &String| !text.is_empty() && text != "unknown";
            assert!(numbers.iter().all(known), "{name}: {numbers:?}");
            figures_draw(page, &name).await?;

            while page.exists(".predict[data-shown='false'] .link").await? {
                bring(page, ".predict[data-shown='false'] .link").await?;
                page.click(".predict[data-shown='false'] .link").await?;
            }
            let told = "const told = [...document.querySelectorAll('.predict')]
                .map(e => e.querySelector('.predict-verdict')?.textContent ?? '');
                return told.every(t => t && !t.startsWith('Simulating'))";
            page.wait_until_js(&format!("all questions of {name} are answered"), told).await?;
            let verdicts = contents(page, ".predict-verdict").await?;
            let bad = |text: &&String| text.contains("cannot") || text.contains("None of these");
            assert_eq!(verdicts.iter().find(bad), None, "{name}");
            figures_draw(page, &name).await?;
            assert_eq!(contents(page, ".lesson p.complaint:not(:empty)").await?, [""; 0], "{name}");
            page.no_errors().await.map_err(|error| format!("{name}: {error}"))?;
        }
        Ok(())
    })
}

#[test]
fn numbers_tell_where_they_come_from() -> TestResult {
    run(async |page| {
        open_one_with(page, ".value").await?;
        numbers(page).await?;
        script(page, "document.querySelector('.value data').parentElement.focus()").await?;
        let shown = "return getComputedStyle(document.querySelector('.value + [role=tooltip]'))
            .display === 'block'";
        page.wait_until_js("the detail is shown", shown).await?;
        let detail = content(page, ".value + [role=tooltip]").await?;
        assert!(detail.contains("Simulated") || detail.contains("given"), "{detail}");
        page.press(Key::Escape).await?;
        page.wait_until_js("Escape puts it away", &shown.replace("block", "none")).await
    })
}

#[test]
fn a_question_with_choices() -> TestResult {
    run(async |page| {
        open_one_with(page, ".predict .choices").await?;
        let shown = "return !!document.querySelector('.predict .lesson-figure, .tag')";
        assert!(!page.eval::<bool>(shown).await?, "the answer is not asked for yet");
        assert!(!button(page, "Show the answer").await?.is_enabled().await?);
        page.click(".choices input").await?;
        press_button(page, "Show the answer").await?;
        page.wait_for(".choice.right .tag.good").await?;
        let verdict = content(page, ".predict-verdict").await?;
        let first_is_right = page.exists(".choice:first-child.right").await?;
        assert_eq!(verdict.starts_with("That is right"), first_is_right, "{verdict}");
        page.wait_until_js(
            "the focus goes on with the answer",
            "return document.activeElement.matches('.predict-verdict')",
        )
        .await?;

        page.reload().await?;
        page.wait_for(".choice.right").await?;
        page.wait_for(".choices input:checked").await?;
        press_button(page, "Try again").await?;
        page.wait_for_none(".choice.right").await?;
        page.wait_for_none(".choices input:checked").await
    })
}

#[test]
fn a_question_for_a_number() -> TestResult {
    run(async |page| {
        open_one_with(page, ".predict .estimate").await?;
        script(page, "document.querySelector('.estimate input').focus()").await?;
        page.press(Key::End).await?;
        let most = content(page, ".estimate-ends span:last-child").await?;
        page.wait_until("the value is told in words", async || {
            Ok(content(page, ".estimate output").await? == most)
        })
        .await?;
        script(page, "document.querySelector('.estimate').closest('.predict').querySelector('.primary').click()")
            .await?;
        page.wait_for(".estimate-row.simulated").await?;
        let verdict = content(page, ".predict-verdict").await?;
        assert!(verdict.starts_with(&format!("You said {most}, it is ")), "{verdict}");
        assert!(verdict.contains("You were "), "{verdict}");
        Ok(())
    })
}

#[test]
fn a_question_for_a_curve_by_finger_and_by_key() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        open_one_with(page, ".predict:has(.plot-waiting, .drawing)").await?;
        page.wait_for(".drawing .handle").await?;
        bring(page, ".drawing").await?;
        let value = ".drawing .handle[role='slider']";
        let before = attribute(page, value, "aria-valuenow").await?;
        script(page, "document.querySelector('.drawing .handle').focus()").await?;
        page.press(Key::Up).await?;
        page.wait_for(".drawing .handle.set").await?;
        let risen = attribute(page, value, "aria-valuenow").await?;
        assert_ne!(before, risen);

        let (x, y): (f64, f64) = page
            .eval(
                "const box = document.querySelector('.drawing .handle').getBoundingClientRect();
                 return [box.left + box.width / 2, box.top + box.height / 2]",
            )
            .await?;
        for (kind, y) in [("touchStart", y), ("touchMove", y + 30.0), ("touchEnd", 0.0)] {
            let points = if kind == "touchEnd" { json!([]) } else { json!([{ "x": x, "y": y }]) };
            let event = json!({ "type": kind, "touchPoints": points });
            page.devtools("Input.dispatchTouchEvent", event).await?;
        }
        page.wait_until("the point follows the finger", async || {
            Ok(attribute(page, value, "aria-valuenow").await? != risen)
        })
        .await?;
        script(page, "document.querySelector('.drawing').closest('.predict').querySelector('.primary').click()")
            .await?;
        page.wait_for(".predict .spot.guess").await?;
        let verdict = content(page, ".predict-verdict").await?;
        assert!(verdict.contains("you said"), "{verdict}");
        Ok(())
    })
}

#[test]
fn a_control_changes_its_figure_and_the_playground_gets_the_edit() -> TestResult {
    run(async |page| {
        open_one_with(page, ".lesson-body > .lesson-figure .knob input").await?;
        page.wait_for(".lesson-figure .lanes canvas").await?;
        let lesson = fragment(page).await?;
        let before = attribute(page, ".open-scenario", "href").await?;
        let said = content(page, ".knob output").await?;
        script(page, "document.querySelector('.knob input').focus()").await?;
        page.press(Key::Right).await?;
        page.wait_until("the figure has another scenario", async || {
            Ok(attribute(page, ".open-scenario", "href").await? != before)
        })
        .await?;
        assert_ne!(content(page, ".knob output").await?, said);
        let edited = attribute(page, ".open-scenario", "href").await?.unwrap_or_default();

        press_button(page, "Reset").await?;
        page.wait_until("it is as before", async || {
            Ok(attribute(page, ".open-scenario", "href").await? == before)
        })
        .await?;
        script(page, "document.querySelector('.knob input').focus()").await?;
        page.press(Key::Right).await?;
        page.wait_for(&format!(".open-scenario[href='{edited}']")).await?;
        page.click(".open-scenario").await?;
        page.wait_for(".explore .lanes canvas").await?;
        scenario_is(page, edited.trim_start_matches('#')).await?;
        page.session().back().await?;
        page.wait_for(".lesson").await?;
        assert_eq!(fragment(page).await?, lesson);
        Ok(())
    })
}

#[test]
fn keys_play_the_figure_that_has_the_focus_and_no_other() -> TestResult {
    run(async |page| {
        open_one_with(page, ".lesson-body > .lesson-figure:not(.lesson-race)").await?;
        page.wait_for(".lesson-figure .play").await?;
        let start = clock(page).await?;
        script(page, "document.activeElement.blur()").await?;
        page.press("...").await?;
        page.settle().await?;
        assert_eq!(clock(page).await?, start);
        script(page, "document.querySelector('.lesson-figure .play').focus()").await?;
        page.press("nnn").await?;
        page.wait_until("the playhead moves", async || Ok(clock(page).await? > start)).await?;
        press_button(page, "Explore").await?;
        page.wait_for(".explore .clock").await?;
        assert_eq!(clock(page).await?, 0.0, "the simulator's own playhead stays");
        Ok(())
    })
}

#[test]
fn works_where_the_browser_keeps_nothing() -> TestResult {
    run(async |page| {
        let refuse = "Object.defineProperty(window, 'localStorage', {
            get() { throw new DOMException('refused', 'SecurityError') } })";
        let source = json!({ "source": refuse });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", source).await?;
        let names = names(page).await?;
        page.click(".lesson-card h3 a").await?;
        page.wait_for(".lesson").await?;
        press_button(page, "Mark as done").await?;
        page.click(".lesson-back a").await?;
        page.wait_for(&format!("[data-lesson='{}'] .lesson-done", names[0])).await?;
        open_one_with(page, ".predict .choices").await?;
        page.click(".choices input").await?;
        press_button(page, "Show the answer").await?;
        page.wait_for(".choice.right").await?;
        Ok(())
    })
}
