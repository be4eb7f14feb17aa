//! Where a figure can stand: another origin, a sandbox, strict rules, a plain frame, many on a page.

use axum::http::header::CONTENT_SECURITY_POLICY;

use super::{
    SITE, document, document_with, enter, frame_of, leave, open, open_still, server,
    wait_until_shown, way_out,
};
use crate::harness::{Key, Page, Server, TestResult, run_on};
use crate::parts::{CONVOY, clock, headline_has, script};

/// A figure whose reader changes the switch interval to 20 ms with the keyboard.
async fn change(page: &Page) -> TestResult {
    page.wait_for(".knob input").await?;
    script(page, "document.querySelector('.knob input').focus()").await?;
    page.press(Key::Right + Key::Right).await?;
    headline_has(page, "the switch interval is 20 ms").await
}

fn element(attributes: &str) -> String {
    format!(
        "<gil-playground scenario=\"{CONVOY}\" view=\"headline stage\" controls=\"play si\" \
         {attributes}></gil-playground>"
    )
}

/// A server on another origin with the playground alone.
async fn playground() -> TestResult<String> {
    Server::new().site(SITE)?.start().await
}

#[test]
fn in_a_page_of_another_origin() -> TestResult {
    let parent = Server::new();
    run_on(parent.page("/", ""), async |page| {
        // The page around is on a third server, which knows where the playground is.
        let site = playground().await?;
        let head = format!("<script src=\"{site}{SITE}embed.js\"></script>");
        let around = Server::new().page("/", &document_with(&head, &element("")));
        page.session().goto(around.start().await?).await?;
        wait_until_shown(page, "gil-playground").await?;
        let height = format!("return parseFloat({}.style.height)", frame_of("gil-playground"));
        enter(page, "gil-playground").await?;
        change(page).await?;
        assert!(way_out(page).await?.starts_with(&format!("{site}{SITE}#v1/si=20ms/")));
        let content: f64 = page
            .eval("return document.querySelector('.embed').getBoundingClientRect().height")
            .await?;
        leave(page).await?;
        let follows = async || Ok((page.eval::<f64>(&height).await? - content).abs() <= 1.0);
        page.wait_until("the frame is as high as its content", follows).await
    })
}

#[test]
fn in_a_sandbox() -> TestResult {
    // Of all that a sandbox can allow, scripts alone.
    let body = element("sandbox=\"allow-scripts\"");
    run_on(server(&body)?, async |page| {
        open_still(page, "/").await?;
        enter(page, "gil-playground").await?;
        change(page).await?;
        let origin: String = page.eval("return self.origin").await?;
        assert_eq!(origin, "null");
        assert!(way_out(page).await?.contains("#v1/si=20ms/"));
        let content: f64 = page
            .eval("return document.querySelector('.embed').getBoundingClientRect().height")
            .await?;
        leave(page).await?;
        let height = format!("return parseFloat({}.style.height)", frame_of("gil-playground"));
        let follows = async || Ok((page.eval::<f64>(&height).await? - content).abs() <= 1.0);
        page.wait_until("the frame is as high as its content", follows).await
    })
}

#[test]
fn in_a_page_with_strict_rules() -> TestResult {
    const POLICY: &str = "default-src 'none'; script-src 'self'; frame-src 'self'; img-src data:";
    // The rules are those of the page around, not of the playground.
    run_on(Server::new().page("/", ""), async |page| {
        let rules = format!("<meta http-equiv=\"{CONTENT_SECURITY_POLICY}\" content=\"{POLICY}\">");
        let head = format!("{rules}<script src=\"{SITE}embed.js\"></script>");
        let around = Server::new().page("/", &document_with(&head, &element(""))).site(SITE)?;
        page.session().goto(around.start().await?).await?;
        enter(page, "gil-playground").await?;
        change(page).await
    })
}

#[test]
fn as_a_plain_frame() -> TestResult {
    let frame = |id: &str, more: &str| {
        format!(
            "<iframe id=\"{id}\" src=\"{SITE}#{CONVOY}/embed=headline+stage/controls=play+si\" \
             title=\"The convoy\" width=\"100%\" height=\"300\" style=\"border:0\" {more}></iframe>"
        )
    };
    let body = format!("{}{}", frame("plain", ""), frame("follows", "data-gil-playground"));
    run_on(server(&body)?, async |page| {
        open_still(page, "/").await?;
        page.enter_frame("#plain").await?;
        change(page).await?;
        leave(page).await?;
        page.enter_frame("#follows").await?;
        let content: f64 = page
            .eval("return document.querySelector('.embed').getBoundingClientRect().height")
            .await?;
        leave(page).await?;
        let height = "return document.querySelector('#follows').getBoundingClientRect().height";
        let follows = async || Ok((page.eval::<f64>(height).await? - content).abs() <= 1.0);
        page.wait_until("the frame is as high as its content", follows).await?;
        let plain = "return document.querySelector('#plain').getBoundingClientRect().height";
        assert_eq!(page.eval::<f64>(plain).await?, 300.0);
        // One that comes later, as in a page that is never loaded anew, is followed too.
        script(
            page,
            "const late = document.querySelector('#follows').cloneNode();
             [late.id, late.style.height] = ['late', ''];
             document.body.append(late);
             late.scrollIntoView()",
        )
        .await?;
        let late = "return document.querySelector('#late').style.height !== ''";
        page.wait_until_js("the late one is followed", late).await
    })
}

#[test]
fn many_on_a_page_load_the_program_once() -> TestResult {
    let far = "<div style=\"height: 9000px\"></div>";
    let body = format!(
        "{}{}{far}{}",
        element("id=\"one\""),
        element("id=\"two\""),
        element("id=\"three\"")
    );
    let server = server(&body)?;
    let requests = server.requests();
    run_on(server, async |page| {
        open(page, "/").await?;
        wait_until_shown(page, "#one").await?;
        wait_until_shown(page, "#two").await?;
        assert_eq!(requests.count("gil-app_bg.wasm") + program(&requests.all()), 1);
        // What is far away is not even begun.
        let three =
            "return !!document.querySelector('#three').shadowRoot.querySelector('.running')";
        assert!(!page.eval::<bool>(three).await?);
        script(page, "document.querySelector('#three').scrollIntoView()").await?;
        wait_until_shown(page, "#three").await?;
        assert_eq!(program(&requests.all()), 1);
        Ok(())
    })
}

/// How often the page's program was asked for.
fn program(requests: &[String]) -> usize {
    requests.iter().filter(|path| path.contains("gil-app-") && path.ends_with(".wasm")).count()
}

#[test]
fn from_a_file() -> TestResult {
    // A page and the playground in a folder, opened by a double click.
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("embed-from-file");
    std::fs::create_dir_all(&folder)?;
    let dist = crate::harness::dist()?;
    let head = format!("<script src=\"file://{}/embed.js\"></script>", dist.display());
    let file = folder.join("page.html");
    std::fs::write(&file, document_with(&head, &element("")))?;
    run_on(Server::new().page("/", &document("")), async |page| {
        page.session().goto(format!("file://{}", file.display())).await?;
        enter(page, "gil-playground").await?;
        change(page).await?;
        assert!(clock(page).await? >= 0.0);
        Ok(())
    })
}
