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
        assert!(verdict.starts_with("It's the GIL."), "{verdict}");
        let best = content(page, BEST).await?;
        assert!(best.starts_with("hog in its own process"), "{best}");
        let status = content(page, ".decide .finding").await?;
        assert!(status.contains("makespan"), "{status}");
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
        button(page, "Move A large change up").await?.focus().await?;
        for _ in 0..4 {
            page.press(Key::Enter).await?;
            page.settle().await?;
        }
        let first = content(page, ".costs li:first-child strong").await?;
        assert_eq!(first, "A large change");
        let differs = async || {
            let best = content(page, BEST).await?;
            Ok(!best.is_empty() && best != before)
        };
        page.wait_until("the answer is another one", differs).await?;
        // What was said is still there after a reload.
        page.reload().await?;
        page.wait_for(DONE).await?;
        assert_eq!(content(page, ".costs li:first-child strong").await?, "A large change");
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
        assert!(refused.contains("can't be pickled"), "{refused}");
        type_into(page, "#decide-memory", "much").await?;
        page.press(Key::Tab).await?;
        let note = content(page, "#decide-memory-note").await?;
        assert!(note.contains("512mib"), "{note}");
        // What was typed stays to be mended.
        let typed = page.eval::<String>("return document.querySelector('#decide-memory').value");
        assert_eq!(typed.await?, "much");
        Ok(())
    })
}

#[test]
fn an_overloaded_pool_gets_more_threads() -> TestResult {
    run(async |page| {
        answered(page, "v1/web:8:py-2ms+io-30ms:arrive-exp3ms@5s").await?;
        assert_eq!(content(page, BEST).await?, "16 threads instead of 8");
        let finding = content(page, ".decide .finding").await?;
        assert!(finding.contains("p99 of a response"), "{finding}");
        // Nothing is in reach before somebody has said so.
        let pressed = "return document.querySelectorAll('.toggle[aria-pressed=true]').length";
        assert_eq!(page.eval::<u32>(pressed).await?, 0);
        Ok(())
    })
}

#[test]
fn a_reader_says_what_it_is_and_where_durations_come_from() -> TestResult {
    run(async |page| {
        answered(page, "v1/io:2:py-100us+io-1ms:x30").await?;
        assert!(content(page, ".decide .finding").await?.contains("makespan"));
        press_button(page, "A service").await?;
        let pass = async || {
            let answer = content(page, ".decide").await?;
            Ok(answer.contains("Pass, p99") && !answer.contains("makespan of"))
        };
        page.wait_until("a pass counts", pass).await?;
        assert!(content(page, PREVIEW).await?.contains("were typed in"));
        choose(page, "#decide-durations", "measured").await?;
        let says = "were measured on the real program";
        let measured = async || Ok(content(page, PREVIEW).await?.contains(says));
        page.wait_until("the record says that they were measured", measured).await
    })
}

#[test]
fn what_is_not_the_gil_is_said() -> TestResult {
    run(async |page| {
        answered(page, CONVOY).await?;
        choose(page, "#decide-preset", "network").await?;
        let is_not =
            async || Ok(content(page, ".decide .verdict").await?.starts_with("It's not the GIL."));
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
        assert_eq!(name, "playbook-count-4-threads.md");
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
        address_has(page, ":fork").await
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
