//! What a figure shows and does.

use super::{
    document, enter, frame_of, leave, open, open_still, server, wait_until_shown, way_out,
};
use crate::harness::{Key, Page, ROOT, Server, TestResult, run, run_on};
use crate::parts::{
    CONVOY, clock, content, contents, headline, headline_has, press_button, script,
};

#[test]
fn shows_what_its_author_asked_for() -> TestResult {
    let figure = |view: &str, controls: &str| format!("{CONVOY}/embed={view}/controls={controls}");
    run(async |page| {
        page.open(ROOT, &figure("stage", "none")).await?;
        page.wait_for(".embed .stage canvas").await?;
        for gone in ["header.top", ".lanes", ".transport", ".knobs", ".embed-edit", ".headline"] {
            assert!(!page.exists(gone).await?, "{gone}");
        }
        page.open(ROOT, &figure("headline+timeline+now", "play+si+threads:io")).await?;
        page.wait_for(".embed .lanes canvas").await?;
        page.wait_for(".embed .moment").await?;
        headline_has(page, "the switch interval is 5 ms").await?;
        assert!(!page.exists(".stage").await?);
        assert_eq!(contents(page, ".knob label").await?, ["Switch interval", "Threads of io"]);
        page.open(ROOT, &figure("chart", "none")).await?;
        page.wait_for(".embed .charts .chart-progress[data-state='done']").await?;
        Ok(())
    })
}

#[test]
fn shows_a_lesson_and_a_comparison() -> TestResult {
    run(async |page| {
        page.open(ROOT, "v1/a:py-1ms/lesson=io/embed=lesson").await?;
        let title = content(page, ".embed h2").await?;
        assert!(title.contains("useless"), "{title}");
        // It came with the page around it, whose reader is elsewhere.
        assert!(page.eval::<bool>("return document.activeElement === document.body").await?);
        let two = format!("{CONVOY}/vs/si=1ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30");
        page.open(ROOT, &format!("{two}/embed=compare/controls=play+si")).await?;
        page.wait_for(".side[data-side='b'] .lanes canvas").await?;
        assert_eq!(contents(page, ".knobs-name").await?, ["A", "B"]);
        assert_eq!(contents(page, ".knob output").await?, ["5 ms", "1 ms"]);
        assert!(!page.exists(".side textarea").await?, "the author did not allow that");
        let out = way_out(page).await?;
        assert!(out.contains("/vs/") && out.contains("tab=compare"), "{out}");
        Ok(())
    })
}

#[test]
fn says_what_is_wrong_with_it() -> TestResult {
    run(async |page| {
        page.open(ROOT, "v1/hog:py-5mz/embed=stage").await?;
        let text = content(page, ".embed .problem").await?;
        assert!(text.contains("unknown unit \"mz\"") && text.contains("^^"), "{text}");
        assert!(!page.exists(".embed canvas").await?);
        page.open(ROOT, "v1/a:py-1ms/lesson=nowhere/embed=lesson").await?;
        let text = content(page, ".embed").await?;
        assert!(text.contains("There is no lesson \"nowhere\""), "{text}");
        Ok(())
    })
}

#[test]
fn what_the_reader_changes_goes_along() -> TestResult {
    let body = format!(
        "<gil-playground scenario=\"{CONVOY}\" view=\"headline stage\" controls=\"play si edit\">\
         </gil-playground>"
    );
    run_on(server(&body)?, async |page| {
        open_still(page, "/").await?;
        script(
            page,
            "addEventListener('gil-playground-change', e => window.heard = e.detail.link)",
        )
        .await?;
        let entries = "return history.length";
        let before = page.eval::<u32>(entries).await?;
        enter(page, "gil-playground").await?;
        page.wait_for(".knob input").await?;
        script(page, "document.querySelector('.knob input').focus()").await?;
        page.press(Key::Right + Key::Right).await?;
        headline_has(page, "the switch interval is 20 ms").await?;
        page.click(".scrub").await?;
        let (sentence, time) = (headline(page).await?, clock(page).await?);
        let out = way_out(page).await?;
        assert!(out.contains("si=20ms") && out.contains("/at="), "{out}");
        assert!(!out.contains("embed="), "{out}");
        leave(page).await?;
        page.wait_until_js("the page around hears of it", "return !!window.heard").await?;
        let link: String =
            page.eval("return document.querySelector('gil-playground').link").await?;
        assert!(link.contains("si=20ms"), "{link}");
        assert_eq!(page.eval::<u32>(entries).await?, before, "edits are no pages");
        page.open_address(&out).await?;
        headline_has(page, &sentence).await?;
        assert_eq!(clock(page).await?, time);
        Ok(())
    })
}

#[test]
fn can_be_set_back_and_edited_whole() -> TestResult {
    run(async |page| {
        page.open(ROOT, &format!("{CONVOY}/embed=headline/controls=edit+si")).await?;
        page.click(".embed-edit summary").await?;
        page.click("#set-machine-cores-value").await?;
        page.press_with(Key::Control, 'a').await?;
        page.press("2").await?;
        page.wait_for(".embed-foot button").await?;
        assert!(way_out(page).await?.contains("cores=2"));
        press_button(page, "Reset").await?;
        page.wait_for_none(".embed-foot button").await?;
        assert!(!way_out(page).await?.contains("cores=2"));
        Ok(())
    })
}

#[test]
fn attributes_say_what_a_link_says() -> TestResult {
    let body = "<gil-playground scenario=\"https://example.org/gil/#v1/count:4:py-50ms\" \
        view=\"stage timeline\" controls=\"play, si threads:count\" start=\"10ms\" end=\"40ms\" \
        loop speed=\"1/1000\" theme=\"dark\" title=\"Four threads\"></gil-playground>";
    run_on(server(body)?, async |page| {
        open(page, "/").await?;
        wait_until_shown(page, "gil-playground").await?;
        let frame = frame_of("gil-playground");
        let source: String = page.eval(&format!("return {frame}.src.split('#')[1]")).await?;
        assert_eq!(
            source,
            "v1/count:4:py-50ms/embed=stage+timeline/controls=play+si+threads:count/from=10ms\
             /to=40ms/loop=on/slow=1000/theme=dark"
        );
        assert_eq!(page.eval::<String>(&format!("return {frame}.title")).await?, "Four threads");
        enter(page, "gil-playground").await?;
        page.wait_for("html[data-theme='dark']").await?;
        // It plays by itself, from where its author wants it to begin.
        page.wait_until("it plays", async || Ok(clock(page).await? > 10.0)).await?;
        leave(page).await?;
        script(page, "document.querySelector('gil-playground').setAttribute('theme', 'light')")
            .await?;
        script(page, "document.querySelector('gil-playground').setAttribute('view', 'now')")
            .await?;
        enter(page, "gil-playground").await?;
        page.wait_for("html[data-theme='light']").await?;
        page.wait_for_none(".stage").await?;
        Ok(())
    })
}

/// Sets attributes of the element one after the other, as a framework does.
async fn set(page: &Page, attributes: &[(&str, &str)]) -> TestResult {
    let set = |(name, value): &(&str, &str)| {
        format!("document.querySelector('gil-playground').setAttribute('{name}', '{value}');")
    };
    script(page, &attributes.iter().map(set).collect::<String>()).await
}

#[test]
fn an_element_that_changes_shows_what_it_says_then() -> TestResult {
    let body = format!(
        "<script>window.changes = [];
         addEventListener('gil-playground-change', event => changes.push(event.detail.link))</script>
         <gil-playground scenario=\"{CONVOY}\" view=\"stage\" controls=\"si\"></gil-playground>"
    );
    run_on(server(&body)?, async |page| {
        open_still(page, "/").await?;
        let edit = async |page: &Page| {
            enter(page, "gil-playground").await?;
            page.wait_for(".knob input").await?;
            script(page, "document.querySelector('.knob input').focus()").await?;
            page.press(Key::Right).await?;
            page.wait_for(".embed-foot button").await?;
            leave(page).await
        };
        edit(page).await?;
        page.wait_until_js("the page hears of it", "return changes.length === 1").await?;
        // What is there already changes nothing: the reader's edit stays.
        set(page, &[("controls", "si"), ("scenario", CONVOY)]).await?;
        let link = "return document.querySelector('gil-playground').link";
        assert!(page.eval::<String>(link).await?.contains("si="));

        set(page, &[("scenario", "v1/count:4:py-50ms"), ("controls", "threads:count")]).await?;
        page.wait_until_js(
            "it is named anew",
            &format!("return {}.title.includes('count, 4 threads')", frame_of("gil-playground")),
        )
        .await?;
        enter(page, "gil-playground").await?;
        page.wait_for_none(".embed-foot button").await?;
        leave(page).await?;
        assert_eq!(page.eval::<usize>("return changes.length").await?, 1, "nobody edited");
        edit(page).await?;
        page.wait_until_js("the page hears of it", "return changes.length === 2").await?;
        enter(page, "gil-playground").await?;
        press_button(page, "Reset").await?;
        let way = async || Ok(way_out(page).await?.ends_with("#v1/count:4:py-50ms"));
        page.wait_until("it is as its author wrote it last", way).await?;
        leave(page).await?;
        // Elsewhere in the page it begins anew, once.
        script(page, "document.body.append(document.querySelector('gil-playground'))").await?;
        wait_until_shown(page, "gil-playground").await
    })
}

#[test]
fn a_playground_is_loaded_from_an_address_of_a_page() -> TestResult {
    let body = "<gil-playground scenario=\"v1/a:py-1ms\" src=\"javascript:parent.loaded=1//\">\
        </gil-playground><p id=\"end\"></p>";
    run_on(server(body)?, async |page| {
        page.session().goto(format!("{}/", page.origin())).await?;
        page.wait_for("#end").await?;
        let empty = "return customElements.get('gil-playground') !== undefined
            && !document.querySelector('gil-playground').shadowRoot.querySelector('iframe')";
        page.wait_until_js("there is no frame", empty).await?;
        assert!(page.eval::<bool>("return window.loaded === undefined").await?);
        // What is wrong is said in the console.
        page.expect_errors().await
    })
}

#[test]
fn stands_still_off_the_screen() -> TestResult {
    let figure = format!("<gil-playground scenario=\"{CONVOY}/slow=100\"></gil-playground>");
    let far = "<div style=\"height: 1500px\"></div>";
    run_on(server(&format!("{figure}{far}<p id=\"end\">The end</p>"))?, async |page| {
        open(page, "/").await?;
        enter(page, "gil-playground").await?;
        page.wait_until("it plays", async || Ok(clock(page).await? > 0.0)).await?;
        leave(page).await?;
        script(page, "document.getElementById('end').scrollIntoView()").await?;
        page.settle().await?;
        enter(page, "gil-playground").await?;
        let stopped = async || still_at(page, clock(page).await?).await;
        page.wait_until("it stands", stopped).await?;
        leave(page).await?;
        script(page, "scrollTo(0, 0)").await?;
        enter(page, "gil-playground").await?;
        let here = clock(page).await?;
        page.wait_until("it goes on", async || Ok(clock(page).await? > here)).await
    })
}

/// Whether the playhead has not moved for some frames' time.
async fn still_at(page: &Page, before: f64) -> TestResult<bool> {
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    Ok(clock(page).await? == before)
}

#[test]
fn is_a_picture_without_its_script() -> TestResult {
    let body = "<gil-playground scenario=\"v1/a:py-1ms\"><a href=\"#x\">The same as a picture</a>\
        </gil-playground>";
    let plain = super::document_with("", body);
    run_on(Server::new().page("/", &plain).page("/gone", &document(body)), async |page| {
        open(page, "/").await?;
        assert_eq!(page.text("gil-playground a").await?, "The same as a picture");
        // With a script that cannot be had, too.
        open(page, "/gone").await?;
        assert_eq!(page.text("gil-playground a").await?, "The same as a picture");
        page.expect_errors().await
    })
}
