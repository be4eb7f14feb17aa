//! Everything a test needs: the site served, a browser, and its page.
//!
//! [`run`] gives each test a browser, a profile and a server of its own, so
//! that tests do not see each other. A test fails as well when the browser's
//! console has an error in the end.

mod browser;
mod page;
mod server;

use std::env;
use std::error::Error;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::thread;

use futures_util::FutureExt;

pub use page::{DESKTOP, LAPTOP, Media, PHONE, Page, Viewport};
pub use server::{Requests, Server, dist};
pub use thirtyfour::{By, Key, WebElement};

/// The site's path on a server of its own.
pub const ROOT: &str = "/";

/// The site's path on a server that has other things too.
pub const SUB_PATH: &str = "/docs/gil/";

/// What a test hands back.
pub type TestResult<T = ()> = Result<T, Box<dyn Error>>;

/// Runs a test with a page of the site that is not yet opened.
pub fn run<F>(test: F) -> TestResult
where
    F: AsyncFnOnce(&Page) -> TestResult,
{
    run_on(Server::with_the_site()?, test)
}

/// Runs a test with a page of that server that is not yet opened.
pub fn run_on<F>(server: Server, test: F) -> TestResult
where
    F: AsyncFnOnce(&Page) -> TestResult,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(run_in_browser(server, test))
}

async fn run_in_browser<F>(server: Server, test: F) -> TestResult
where
    F: AsyncFnOnce(&Page) -> TestResult,
{
    let origin = server.start().await?;
    let browser = browser::Browser::start().await?;
    let page = Page::new(browser.session(), origin);
    page.set_viewport(DESKTOP).await?;
    let outcome = AssertUnwindSafe(test(&page)).catch_unwind().await;
    let outcome = match outcome {
        Ok(Ok(())) => page.no_errors().await.map_err(Ok),
        Ok(Err(error)) => Err(Ok(error)),
        Err(panic) => Err(Err(panic)),
    };
    if outcome.is_err() {
        page.leave_traces(&test_name()).await;
    }
    drop(page);
    // The test's own outcome counts for more than a browser that hangs.
    let closed = browser.quit().await;
    match outcome {
        Ok(()) => closed,
        Err(Ok(error)) => Err(error),
        Err(Err(panic)) => std::panic::resume_unwind(panic),
    }
}

/// A path from the environment, which `cargo xtask test` sets.
pub fn required_path(variable: &str) -> TestResult<PathBuf> {
    let value = env::var_os(variable).map(PathBuf::from);
    value.ok_or_else(|| format!("{variable} is not set, run `cargo xtask test --only e2e`").into())
}

fn test_name() -> String {
    thread::current().name().unwrap_or("test").replace("::", "-")
}
