//! Figures that cannot be shown: their place is that of what stands for them, and the page is told.

use axum::http::header::CONTENT_SECURITY_POLICY;

use super::{SITE, document_with, enter, frame_of, leave, open, server, wait_until_shown};
use crate::harness::{Page, Server, TestResult, run_on};
use crate::parts::{CONVOY, content, script};

/// Hears what goes wrong from the beginning.
const LISTEN: &str = "<script>window.heard = [];
    addEventListener('gil-playground-error', event => heard.push(event.detail))</script>";

/// An element with a picture's stand-in, 100 pixels high.
fn with_fallback(scenario: &str) -> String {
    format!(
        "<gil-playground scenario=\"{scenario}\" view=\"stage timeline\" \
         style=\"display:block;min-height:600px\"><a href=\"#x\" id=\"instead\" \
         style=\"display:block;height:100px\">As a picture</a></gil-playground>"
    )
}

/// Waits for the error and checks that the author's own is what is seen, and as high as that.
async fn falls_back(page: &Page, kind: &str) -> TestResult<String> {
    page.wait_until_js("an error is told", "return heard.length > 0").await?;
    let told: (String, String) = page.eval("return [heard[0].kind, heard[0].reason]").await?;
    assert_eq!(told.0, kind, "{}", told.1);
    let instead = page.wait_for("#instead").await?;
    assert!(instead.is_displayed().await?);
    let height = "return document.querySelector('gil-playground').getBoundingClientRect().height";
    assert_eq!(page.eval::<f64>(height).await?, 100.0);
    let errors = page.console().await?;
    assert!(errors.iter().any(|entry| entry.message.contains("gil-playground:")), "{errors:?}");
    page.expect_errors().await?;
    Ok(told.1)
}

#[test]
fn forbidden_by_the_page_around() -> TestResult {
    run_on(Server::new().page("/", ""), async |page| {
        let site = Server::new().site(SITE)?.start().await?;
        let rules =
            format!("<meta http-equiv=\"{CONTENT_SECURITY_POLICY}\" content=\"frame-src 'self'\">");
        let head = format!("{rules}{LISTEN}<script src=\"{site}{SITE}embed.js\"></script>");
        let around = Server::new().page("/", &document_with(&head, &with_fallback(CONVOY)));
        page.session().goto(around.start().await?).await?;
        let reason = falls_back(page, "blocked").await?;
        assert!(reason.contains(&format!("add {site} to frame-src")), "{reason}");
        Ok(())
    })
}

#[test]
fn forbidden_by_its_own_site() -> TestResult {
    run_on(Server::new().page("/", ""), async |page| {
        let site = Server::new().site(SITE)?.header(CONTENT_SECURITY_POLICY, "script-src 'self'");
        let site = site.start().await?;
        let head = format!("{LISTEN}<script src=\"{site}{SITE}embed.js\"></script>");
        let around = Server::new().page("/", &document_with(&head, &with_fallback(CONVOY)));
        page.session().goto(around.start().await?).await?;
        let reason = falls_back(page, "start").await?;
        assert!(reason.contains("'wasm-unsafe-eval'"), "{reason}");
        Ok(())
    })
}

#[test]
fn with_a_server_that_is_gone() -> TestResult {
    // Its script is there, its page is not.
    let script = std::fs::read_to_string(crate::harness::dist()?.join("embed.js"))?;
    let head = format!("{LISTEN}<script>{script}</script>");
    let body = with_fallback(CONVOY).replace("<gil-playground", "<gil-playground src=\"/gone/\"");
    run_on(Server::new().page("/", &document_with(&head, &body)), async |page| {
        open(page, "/").await?;
        let reason = falls_back(page, "blocked").await?;
        assert!(reason.contains("/gone/"), "{reason}");
        Ok(())
    })
}

#[test]
fn with_a_link_that_cannot_be_read() -> TestResult {
    let head = format!("{LISTEN}<script src=\"{SITE}embed.js\"></script>");
    let page = document_with(&head, &with_fallback("v1/hog:py-5mz"));
    run_on(Server::new().page("/", &page).site(SITE)?, async |page| {
        open(page, "/").await?;
        let reason = falls_back(page, "link").await?;
        assert!(reason.contains("unknown unit \"mz\""), "{reason}");
        let title = format!("return {}.title", frame_of("gil-playground"));
        assert!(page.eval::<String>(&title).await?.contains("cannot be shown"));
        // Said right, it runs.
        let mend = format!(
            "document.querySelector('gil-playground').setAttribute('scenario', '{CONVOY}')"
        );
        script(page, &mend).await?;
        wait_until_shown(page, "gil-playground").await
    })
}

#[test]
fn says_itself_what_is_wrong_where_nothing_stands_for_it() -> TestResult {
    let body = "<gil-playground scenario=\"v1/hog:py-5mz\" view=\"stage\"></gil-playground>";
    run_on(server(body)?, async |page| {
        open(page, "/").await?;
        enter(page, "gil-playground").await?;
        let text = content(page, ".embed").await?;
        assert!(text.contains("unknown unit \"mz\""), "{text}");
        assert!(!text.contains("count"), "it is no other scenario: {text}");
        leave(page).await?;
        page.expect_errors().await
    })
}

#[test]
fn attributes_that_are_wrong_are_told() -> TestResult {
    let body = format!(
        "<gil-playground scenario=\"{CONVOY}\" veiw=\"stage\" theme=\"blue\" height=\"abc\" \
         data-view=\"x\" aria-label=\"A\" class=\"c\"></gil-playground>"
    );
    run_on(server(&body)?, async |page| {
        open(page, "/").await?;
        wait_until_shown(page, "gil-playground").await?;
        let told: Vec<String> = page.console().await?.into_iter().map(|it| it.message).collect();
        let ours = told.iter().filter(|text| text.contains("gil-playground:")).count();
        assert_eq!(ours, 3, "{told:?}");
        for part in ["did you mean", "neither light nor dark", "neither auto nor a number"] {
            assert!(told.iter().any(|text| text.contains(part)), "{part}: {told:?}");
        }
        Ok(())
    })
}

#[test]
fn a_preset_is_a_scenario() -> TestResult {
    run_on(
        server("<gil-playground scenario=\"convoy\" view=\"headline\"></gil-playground>")?,
        async |page| {
            open(page, "/").await?;
            enter(page, "gil-playground").await?;
            page.wait_for(".embed .finding").await?;
            assert!(!page.exists(".problem").await?);
            Ok(())
        },
    )
}

#[test]
fn says_that_it_needs_scripts_and_does_not_load_for_ever() -> TestResult {
    run_on(
        Server::new().page("/", "<iframe src=\"/gil/\" sandbox></iframe>").site(SITE)?,
        async |page| {
            open(page, "/").await?;
            page.wait_for("iframe").await?.enter_frame().await?;
            let text = page.text("body").await?;
            assert!(text.contains("needs JavaScript") && !text.contains("Loading"), "{text}");
            leave(page).await?;
            // The browser says that scripts are forbidden.
            page.expect_errors().await
        },
    )
}
