//! The playground in a frame that may run scripts and nothing else: without an origin there is no
//! storage, no history worth the name, and no file but the one that has everything in it.

use crate::harness::{Page, SUB_PATH, Server, TestResult, run_on};
use crate::lessons::names;
use crate::parts::{CONVOY, DEFAULT, content, headline_has, press_button, script};

/// Each tab by its name in a link and on its button, and something that only its content has.
const TABS: [(&str, &str, &str); 6] = [
    ("explore", "Explore", ".charts .chart-progress[data-state='done']"),
    ("learn", "Learn", ".lesson-card h3"),
    ("compare", "Compare", ".side-by-side button"),
    ("decide", "Decide", ".decide .chart-progress[data-state='done']"),
    ("program", "Your program", ".program .drop-zone"),
    ("right", "How right is it?", ".right-tab tbody tr"),
];

/// Each kind of figure, and something that it has when it is complete.
const FIGURES: [(&str, &str); 8] = [
    ("embed=stage/controls=none", ".embed .stage canvas"),
    ("embed=timeline/controls=play", ".embed .lanes canvas"),
    ("embed=headline/controls=si", ".embed .finding"),
    ("embed=now/controls=play", ".embed .moment"),
    ("embed=chart/controls=none", ".embed .charts .chart-progress[data-state='done']"),
    ("embed=headline+stage+timeline+now/controls=play+edit+si+threads:io", ".embed .knob"),
    (
        "vs/si=1ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30/embed=compare/controls=play+si",
        ".embed .side[data-side='b'] .lanes canvas",
    ),
    ("lesson=io/embed=lesson", ".embed .lesson-body p"),
];

/// A page with the playground in a sandboxed frame.
fn framing(address: &str) -> String {
    format!(
        "<!doctype html><title>Host</title><link rel=icon href=data:,><iframe \
         sandbox='allow-scripts' src='{address}' width='1200' height='800'></iframe>"
    )
}

/// Opens a link of the playground in a sandboxed frame of a page on another origin, and goes in.
async fn open_boxed(page: &Page, fragment: &str) -> TestResult {
    let address = format!("{}{SUB_PATH}#{fragment}", page.origin());
    let host = Server::new().page("/", &framing(&address)).start().await?;
    page.session().goto(&host).await?;
    page.enter_frame("iframe").await?;
    assert_eq!(page.eval::<String>("return self.origin").await?, "null");
    let refuses = "try { localStorage; return false } catch { return true }";
    assert!(page.eval::<bool>(refuses).await?, "the sandbox refuses storage");
    Ok(())
}

/// What a link shows is there, nothing says that it is broken, and the console has no error.
async fn shows(page: &Page, what: &str, shown: &str) -> TestResult {
    page.wait_for(shown).await.map_err(|error| format!("{what}: {error}"))?;
    let text = content(page, "body").await?;
    assert!(text.trim().len() > 40, "{what} is empty: {text:?}");
    assert!(!page.exists(".problem, .loading").await?, "{what}: {text}");
    page.no_errors().await.map_err(|error| format!("{what}: {error}").into())
}

#[test]
fn every_tab_opens_by_its_link() -> TestResult {
    run_on(Server::with_the_site()?, async |page| {
        for (tab, _, shown) in TABS {
            open_boxed(page, &format!("{CONVOY}/tab={tab}")).await?;
            shows(page, tab, shown).await?;
        }
        Ok(())
    })
}

#[test]
fn every_tab_opens_by_its_button() -> TestResult {
    run_on(Server::with_the_site()?, async |page| {
        open_boxed(page, CONVOY).await?;
        for (tab, button, shown) in TABS.into_iter().rev() {
            press_button(page, button).await?;
            shows(page, tab, shown).await?;
        }
        headline_has(page, "the switch interval is 5 ms").await
    })
}

#[test]
fn what_is_said_in_decide_stays_as_long_as_the_page() -> TestResult {
    run_on(Server::with_the_site()?, async |page| {
        open_boxed(page, &format!("{CONVOY}/tab=decide")).await?;
        page.wait_for(".costs").await?;
        press_button(page, "Move Memory growth up").await?;
        let order = async || content(page, ".costs").await;
        let changed = order().await?;
        press_button(page, "Explore").await?;
        press_button(page, "Decide").await?;
        page.wait_for(".costs").await?;
        assert_eq!(order().await?, changed);
        Ok(())
    })
}

#[test]
fn every_lesson_opens() -> TestResult {
    run_on(Server::with_the_site()?, async |page| {
        let lessons = names(page).await?;
        assert!(lessons.len() >= 10, "{lessons:?}");
        open_boxed(page, &format!("{DEFAULT}/tab=learn")).await?;
        for lesson in lessons {
            script(page, &format!("location.hash = '{DEFAULT}/tab=learn/lesson={lesson}'")).await?;
            page.wait_for_none(".lesson-card").await?;
            shows(page, &lesson, ".lesson-body p").await?;
            page.wait_for_none(".value.waiting").await?;
            script(page, &format!("location.hash = '{DEFAULT}/tab=learn'")).await?;
            shows(page, "the list", ".lesson-card h3").await?;
        }
        Ok(())
    })
}

#[test]
fn every_kind_of_figure_runs() -> TestResult {
    run_on(Server::with_the_site()?, async |page| {
        for (view, shown) in FIGURES {
            open_boxed(page, &format!("{CONVOY}/{view}")).await?;
            shows(page, view, shown).await?;
        }
        Ok(())
    })
}
