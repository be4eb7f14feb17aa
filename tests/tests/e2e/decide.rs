//! The guide: constraints in, an answer and files out.

use crate::harness::{By, Key, PHONE, Page, TestResult, run};
use crate::parts::{
    CONVOY, address_has, button, choose, content, contents, open_still, press_button, script,
    type_into,
};

const DONE: &str = ".decide .chart-progress[data-state='done']";
const BEST: &str = ".decide .best h2";
const PREVIEW: &str = ".decide .preview";

#[test]
fn a_convoy_gets_an_answer_with_its_diagnosis() -> TestResult {
    run(async |page| {
        answered(page, CONVOY).await?;
        let verdict = content(page, ".decide .verdict").await?;
        assert!(verdict.starts_with("It is the GIL."), "{verdict}");
        let best = content(page, BEST).await?;
        assert!(best.contains("apart from io"), "{best}");
        let status = content(page, ".decide .finding").await?;
        assert!(status.contains("for a pass at p99"), "{status}");
        assert_ne!(contents(page, ".decide tr[data-rank='2']").await?.len(), 0);
        let turns = contents(page, ".decide .turns li").await?;
        assert!(turns.len() >= 2, "{turns:?}");
        Ok(())
    })
}

#[test]
fn another_first_cost_is_another_answer() -> TestResult {
    run(async |page| {
        answered(page, "v1/count:4:py-50ms").await?;
        let before = content(page, BEST).await?;
        assert!(before.contains("processes"), "{before}");
        // With the keyboard, the focus goes along.
        button(page, "Move Memory growth up").await?.focus().await?;
        for _ in 0..2 {
            page.press(Key::Enter).await?;
            page.settle().await?;
        }
        let first = content(page, ".costs li:first-child strong").await?;
        assert_eq!(first, "Memory growth");
        let differs = async || {
            let best = content(page, BEST).await?;
            Ok(!best.is_empty() && best != before)
        };
        page.wait_until("the answer is another one", differs).await?;
        // What was said is still there after a reload.
        page.reload().await?;
        page.wait_for(DONE).await?;
        assert_eq!(content(page, ".costs li:first-child strong").await?, "Memory growth");
        Ok(())
    })
}

#[test]
fn libraries_and_versions_rule_out_and_allow() -> TestResult {
    run(async |page| {
        answered(page, "v1/count:4:py-50ms").await?;
        page.click("#decide-nopickle").await?;
        press_button(page, "3.14t").await?;
        let free = async || Ok(content(page, BEST).await?.contains("3.14t"));
        page.wait_until("3.14t is the answer", free).await?;
        let refused = content(page, ".decide .refused").await?;
        assert!(refused.contains("cannot be pickled"), "{refused}");
        type_into(page, "#decide-memory", "much").await?;
        page.press(Key::Tab).await?;
        let note = content(page, "#decide-memory-note").await?;
        assert!(note.contains("512mib"), "{note}");
        Ok(())
    })
}

#[test]
fn what_is_not_the_gil_is_said() -> TestResult {
    run(async |page| {
        answered(page, CONVOY).await?;
        choose(page, "#decide-preset", "network").await?;
        let is_not =
            async || Ok(content(page, ".decide .verdict").await?.starts_with("It is not the GIL."));
        page.wait_until("it is not the GIL", is_not).await
    })
}

#[test]
fn files_are_copied_and_downloaded() -> TestResult {
    run(async |page| {
        answered(page, "v1/count:4:py-50ms").await?;
        let record = content(page, PREVIEW).await?;
        assert!(record.contains("#v1/count:4:py-50ms>"), "{record}");
        assert!(record.contains("[[claims]]"), "{record}");
        press_button(page, "Copy").await?;
        let said = ".decide-files [role='status']";
        let copied = async || Ok(content(page, said).await? == "Copied");
        page.wait_until("it says that the file is copied", copied).await?;
        assert_eq!(page.clipboard().await?, record);
        press_button(page, "Playbook").await?;
        let playbook = async || Ok(content(page, PREVIEW).await?.starts_with("# Playbook"));
        page.wait_until("the playbook is shown", playbook).await?;
        // What the browser would save is read instead.
        script(
            page,
            "HTMLAnchorElement.prototype.click = function () {
                 fetch(this.href).then((file) => file.text()).then((text) => {
                     window.saved = [this.download, text];
                 });
             };",
        )
        .await?;
        press_button(page, "Download").await?;
        let saved = async || page.eval::<bool>("return !!window.saved").await;
        page.wait_until("a file is saved", saved).await?;
        let (name, text): (String, String) = page.eval("return window.saved").await?;
        assert_eq!(name, "playbook-concurrency.md");
        assert_eq!(text, content(page, PREVIEW).await?);
        Ok(())
    })
}

#[test]
fn a_candidate_opens_in_explore_and_in_compare() -> TestResult {
    run(async |page| {
        answered(page, "v1/count:4:py-50ms").await?;
        page.click(".decide .best .decide-actions button:nth-child(2)").await?;
        for part in ["v1/count:4:py-50ms/vs/", "tab=compare"] {
            address_has(page, part).await?;
        }
        press_button(page, "Decide").await?;
        page.wait_for(BEST).await?;
        page.click(".decide .best .decide-actions button:nth-child(1)").await?;
        page.wait_for(".stage canvas").await?;
        address_has(page, ":forkserver").await
    })
}

#[test]
fn the_guide_is_no_wider_than_a_phone() -> TestResult {
    run(async |page| {
        page.set_viewport(PHONE).await?;
        answered(page, CONVOY).await?;
        let wide = "return document.documentElement.scrollWidth > innerWidth";
        assert!(!page.eval::<bool>(wide).await?);
        page.session().find(By::Css(".costs .icon:not(:disabled)")).await?;
        let small = "return [...document.querySelectorAll('.decide button')]
            .filter((b) => b.offsetParent && b.getBoundingClientRect().height < 43.5)
            .map((b) => b.textContent)";
        assert_eq!(page.eval::<Vec<String>>(small).await?, Vec::<String>::new());
        Ok(())
    })
}

/// Opens the guide for a scenario and waits until everything has been simulated.
async fn answered(page: &Page, scenario: &str) -> TestResult {
    open_still(page, &format!("{scenario}/tab=decide")).await?;
    page.wait_for(DONE).await?;
    page.wait_for(BEST).await.map(|_| ())
}
