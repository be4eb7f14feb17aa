//! The site where others host it: with strict rules, in a sandbox, as a file, without a network.

use std::fs;
use std::path::Path;

use axum::http::header::CONTENT_SECURITY_POLICY;
use serde_json::json;

use crate::harness::{Page, ROOT, SUB_PATH, Server, TestResult, dist, run_on};
use crate::parts::{CONVOY, DEFAULT, fragment, headline_has, script};

/// The strictest rules that the site keeps to, as README.md has them.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; \
    connect-src 'self'; frame-ancestors *";

const SINGLE: &str = "gil-playground.html";

/// The page shows the convoy, and charts from its worker: the page itself would compute them only
/// when somebody asks it to.
async fn works(page: &Page) -> TestResult {
    headline_has(page, "the switch interval is 5 ms").await?;
    page.wait_for(".charts .chart-progress[data-state='done']").await?;
    page.wait_for(".numbers tr[data-at]").await.map(|_| ())
}

fn strict() -> TestResult<Server> {
    Ok(Server::with_the_site()?.header(CONTENT_SECURITY_POLICY, POLICY))
}

#[test]
fn keeps_to_a_strict_content_security_policy() -> TestResult {
    run_on(strict()?, async |page| {
        page.open(ROOT, CONVOY).await?;
        works(page).await?;
        // The rules are in force: text is no program.
        script(
            page,
            "setTimeout(() => {
               try { new Function('return 1') }
               catch (error) { window.refused = error instanceof EvalError }
             })",
        )
        .await?;
        page.wait_until_js("text is refused", "return window.refused === true").await
    })
}

#[test]
fn keeps_to_it_under_a_sub_path_with_all_that_it_computes() -> TestResult {
    run_on(strict()?, async |page| {
        page.open(SUB_PATH, &format!("{DEFAULT}/tab=right")).await?;
        page.wait_for(".right-tab tbody tr").await?;
        page.open(SUB_PATH, CONVOY).await?;
        works(page).await
    })
}

#[test]
fn one_file_is_enough() -> TestResult {
    // Nothing else of the site is there.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("one-file");
    fs::create_dir_all(&folder)?;
    let alone = folder.join(SINGLE);
    fs::copy(dist()?.join(SINGLE), &alone)?;
    run_on(Server::new(), async |page| {
        page.open_address(&format!("file://{}#{CONVOY}", alone.display())).await?;
        works(page).await?;
        page.open_address(&format!("file://{}#{DEFAULT}", alone.display())).await?;
        headline_has(page, "4 threads share one GIL").await
    })
}

#[test]
fn one_file_may_be_forbidden_everything_else() -> TestResult {
    let policy = "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; \
        script-src 'unsafe-inline' 'wasm-unsafe-eval'; img-src data: blob:; worker-src blob:";
    let site = Server::with_the_site()?.header(CONTENT_SECURITY_POLICY, policy);
    let requests = site.requests();
    run_on(site, async |page| {
        page.open(&format!("/{SINGLE}"), CONVOY).await?;
        works(page).await?;
        let others: Vec<String> =
            requests.all().into_iter().filter(|path| !path.ends_with(SINGLE)).collect();
        assert!(others.is_empty(), "{others:?}");
        Ok(())
    })
}

#[test]
fn the_page_as_a_file_goes_to_the_one_that_works() -> TestResult {
    run_on(Server::new(), async |page| {
        let index = dist()?.join("index.html");
        page.open_address(&format!("file://{}#{CONVOY}", index.display())).await?;
        assert!(page.address().await?.contains(SINGLE));
        assert_eq!(fragment(page).await?, CONVOY);
        works(page).await
    })
}

/// A page with the playground in a frame that may run scripts and nothing else.
fn framing(address: &str) -> String {
    format!(
        "<!doctype html><title>Host</title><iframe sandbox='allow-scripts' src='{address}' \
         width='1200' height='800'></iframe>"
    )
}

#[test]
fn in_a_sandbox_of_another_site() -> TestResult {
    let site = Server::with_the_site()?;
    run_on(site, async |page| {
        let frame = framing(&format!("{}{SUB_PATH}#{CONVOY}", page.origin()));
        let host = Server::new().page("/", &frame).start().await?;
        page.session().goto(&host).await?;
        page.enter_frame("iframe").await?;
        assert_eq!(page.eval::<String>("return self.origin").await?, "null");
        assert_eq!(fragment(page).await?, CONVOY);
        works(page).await
    })
}

#[test]
fn two_frames_fetch_the_program_once() -> TestResult {
    let frames = format!(
        "<!doctype html><iframe src='gil/'></iframe><iframe id='other' src='gil/#{CONVOY}'></iframe>"
    );
    let site = Server::new().page("/", &frames).site("/gil/")?;
    let requests = site.requests();
    run_on(site, async |page| {
        page.session().goto(page.origin()).await?;
        page.enter_frame("iframe").await?;
        headline_has(page, "4 threads share one GIL").await?;
        page.session().enter_default_frame().await?;
        page.enter_frame("#other").await?;
        works(page).await?;
        let asked = requests.all();
        let programs = asked.iter().filter(|path| path.contains("gil-app-"));
        assert_eq!(programs.count(), 2, "its script and its program, each once: {asked:?}");
        assert_eq!(requests.count("/gil-worker_bg.wasm"), 1, "{asked:?}");
        Ok(())
    })
}

/// From now on the page has no network.
async fn offline(page: &Page) -> TestResult {
    page.devtools("Network.enable", json!({})).await?;
    let none = json!({
        "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    page.devtools("Network.emulateNetworkConditions", none).await.map(|_| ())
}

#[test]
fn needs_the_network_only_once() -> TestResult {
    // The worker's files are asked for again; a browser keeps them as it does on any usual server.
    let site = Server::new().root(&dist()?);
    let requests = site.requests();
    run_on(site, async |page| {
        page.open(ROOT, CONVOY).await?;
        works(page).await?;
        let before = requests.all();
        offline(page).await?;
        for (view, shown) in [
            ("tab=learn", "#learn-title"),
            ("tab=right", ".right-tab tbody tr"),
            ("tab=decide", ".decide"),
        ] {
            script(page, &format!("location.hash = '{DEFAULT}/{view}'")).await?;
            page.wait_for(shown).await?;
        }
        script(page, &format!("location.hash = '{DEFAULT}'")).await?;
        headline_has(page, "4 threads share one GIL").await?;
        script(page, &format!("location.hash = '{CONVOY}'")).await?;
        works(page).await?;
        assert_eq!(requests.all(), before);
        Ok(())
    })
}

/// Opens a page that cannot start, and reads what it says.
async fn excuse(page: &Page, address: &str) -> TestResult<String> {
    page.session().goto(address).await?;
    let excuse = page.text(".loading[role='alert']").await?;
    page.expect_errors().await?;
    Ok(excuse)
}

/// From the next load on, this runs before the page does.
async fn beforehand(page: &Page, source: &str) -> TestResult {
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }))
        .await
        .map(|_| ())
}

#[test]
fn says_which_file_cannot_be_had() -> TestResult {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("incomplete");
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(dist()?)? {
        let file = entry?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name == "index.html" || name.starts_with("boot-") || name.ends_with(".css") {
            fs::copy(file.path(), folder.join(name))?;
        }
    }
    run_on(Server::new().root(&folder), async |page| {
        let excuse = excuse(page, page.origin()).await?;
        fs::remove_dir_all(&folder)?;
        assert!(excuse.starts_with("The GIL Playground does not start."), "{excuse}");
        assert!(excuse.contains("gil-app-") && excuse.contains("Reload the page"), "{excuse}");
        Ok(())
    })
}

#[test]
fn says_which_rule_is_too_strict() -> TestResult {
    let policy = "script-src 'self'";
    let site = Server::with_the_site()?.header(CONTENT_SECURITY_POLICY, policy);
    run_on(site, async |page| {
        let excuse = excuse(page, page.origin()).await?;
        assert!(excuse.contains("'wasm-unsafe-eval'"), "{excuse}");
        Ok(())
    })
}

#[test]
fn says_what_a_browser_lacks() -> TestResult {
    run_on(Server::with_the_site()?, async |page| {
        let single = format!("{}/{SINGLE}", page.origin());
        beforehand(page, "delete window.DecompressionStream").await?;
        let without = excuse(page, &single).await?;
        assert!(without.contains("DecompressionStream. Open it in a current"), "{without}");
        beforehand(page, "delete window.WebAssembly").await?;
        for address in [&single, page.origin()] {
            let without = excuse(page, address).await?;
            assert!(without.contains("WebAssembly, which this browser lacks"), "{without}");
        }
        Ok(())
    })
}
