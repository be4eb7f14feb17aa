//! The page in the browser, and what a person could do to it.

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{BrowserLogEntry, By, Key, WebDriver, WebElement};

use super::TestResult;

const PATIENCE: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(30);

/// The size of a screen.
#[derive(Clone, Copy, Debug)]
pub struct Viewport {
    /// Its width in CSS pixels.
    pub width: u32,
    /// Its height in CSS pixels.
    pub height: u32,
    /// True for a device held in a hand, with touch.
    pub mobile: bool,
}

/// A large screen, which tests start with.
pub const DESKTOP: Viewport = Viewport { width: 1440, height: 900, mobile: false };

/// A small screen with a keyboard.
pub const LAPTOP: Viewport = Viewport { width: 1024, height: 768, mobile: false };

/// A phone.
pub const PHONE: Viewport = Viewport { width: 390, height: 844, mobile: true };

/// What a person set in their system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Media {
    /// Dark colours.
    pub dark: bool,
    /// As little motion as possible.
    pub reduced_motion: bool,
}

/// The page of one test.
pub struct Page {
    session: WebDriver,
    origin: String,
    console: Mutex<Vec<BrowserLogEntry>>,
}

impl Page {
    /// A page that is not yet opened.
    pub fn new(session: WebDriver, origin: String) -> Self {
        Self { session, origin, console: Mutex::default() }
    }

    /// The WebDriver session, for what has no helper here.
    pub fn session(&self) -> &WebDriver {
        &self.session
    }

    /// Where the site is served, such as `http://127.0.0.1:40000`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Opens the page at a path such as [`super::ROOT`], with a fragment or
    /// `""`, and waits until it runs. Only the fragment changed, the browser
    /// keeps the page as it is: see [`Page::reload`].
    pub async fn open(&self, path: &str, fragment: &str) -> TestResult {
        let hash = if fragment.is_empty() { "" } else { "#" };
        let address = format!("{}{path}{hash}{fragment}", self.origin);
        self.open_address(&address).await
    }

    /// Opens a page that is elsewhere, such as a file, and waits until the playground runs in it.
    pub async fn open_address(&self, address: &str) -> TestResult {
        self.session.goto(address).await?;
        self.wait_until_running().await
    }

    /// Goes into the first frame that fits, waited for, and waits until the playground runs in
    /// it. What is asked and done from then on is within the frame.
    pub async fn enter_frame(&self, css: &str) -> TestResult {
        self.wait_for(css).await?.enter_frame().await?;
        self.wait_until_running().await
    }

    /// Loads the page anew, and waits until it runs.
    pub async fn reload(&self) -> TestResult {
        self.session.refresh().await?;
        self.wait_until_running().await
    }

    async fn wait_until_running(&self) -> TestResult {
        // Trunk sets it once the page's `main` has run.
        self.wait_until_js("the page runs", "return window.wasmBindings !== undefined").await
    }

    /// The title of the page.
    pub async fn title(&self) -> TestResult<String> {
        Ok(self.session.title().await?)
    }

    /// The address the browser shows.
    pub async fn address(&self) -> TestResult<String> {
        Ok(self.session.current_url().await?.to_string())
    }

    /// Makes the screen as large as that.
    pub async fn set_viewport(&self, viewport: Viewport) -> TestResult {
        let Viewport { width, height, mobile } = viewport;
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile }),
        )
        .await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": mobile })).await?;
        Ok(())
    }

    /// Sets what a person may have set in their system.
    pub async fn emulate(&self, media: Media) -> TestResult {
        let scheme = if media.dark { "dark" } else { "light" };
        let motion = if media.reduced_motion { "reduce" } else { "no-preference" };
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]});
        self.devtools("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub async fn devtools(&self, method: &str, parameters: Value) -> TestResult<Value> {
        Ok(self.session.cdp().send_raw(method, parameters).await?)
    }

    /// Runs JavaScript in the page; `return` hands back a value.
    pub async fn eval<T: DeserializeOwned>(&self, script: &str) -> TestResult<T> {
        Ok(self.session.execute(script, vec![]).await?.convert()?)
    }

    /// The first element that fits, waited for.
    pub async fn wait_for(&self, css: &str) -> TestResult<WebElement> {
        self.wait_until(&format!("there is {css}"), async || self.exists(css).await).await?;
        Ok(self.session.find(By::Css(css)).await?)
    }

    /// Waits until no element fits any more.
    pub async fn wait_for_none(&self, css: &str) -> TestResult {
        self.wait_until(&format!("there is no {css}"), async || Ok(!self.exists(css).await?)).await
    }

    /// True when an element fits.
    pub async fn exists(&self, css: &str) -> TestResult<bool> {
        Ok(!self.session.find_all(By::Css(css)).await?.is_empty())
    }

    /// The text of the first element that fits, waited for.
    pub async fn text(&self, css: &str) -> TestResult<String> {
        Ok(self.wait_for(css).await?.text().await?)
    }

    /// Clicks the first element that fits, waited for.
    pub async fn click(&self, css: &str) -> TestResult {
        Ok(self.wait_for(css).await?.click().await?)
    }

    /// Asks until the answer is yes; `what` completes "waited in vain until".
    pub async fn wait_until(
        &self,
        what: &str,
        condition: impl AsyncFn() -> TestResult<bool>,
    ) -> TestResult {
        let start = Instant::now();
        while !condition().await? {
            if start.elapsed() > PATIENCE {
                return Err(format!("waited in vain until {what}").into());
            }
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }

    /// Runs JavaScript until it returns true.
    pub async fn wait_until_js(&self, what: &str, script: &str) -> TestResult {
        self.wait_until(what, async || self.eval(script).await).await
    }

    /// Waits until fonts are there and two frames have been drawn.
    pub async fn settle(&self) -> TestResult {
        const SCRIPT: &str = "const done = arguments[arguments.length - 1];
            document.fonts.ready.then(() =>
              requestAnimationFrame(() => requestAnimationFrame(() => done(null))));";
        self.session.execute_async(SCRIPT, vec![]).await?;
        Ok(())
    }

    /// Types text into whatever has the focus; a key such as `Key::Tab` works
    /// as `page.press(Key::Tab)`.
    pub async fn press(&self, keys: impl Into<thirtyfour::TypingData>) -> TestResult {
        Ok(self.session.action_chain().send_keys(keys).perform().await?)
    }

    /// Presses a key while another one, such as `Key::Shift`, is held.
    pub async fn press_with(&self, held: Key, key: impl Into<char>) -> TestResult {
        let key = key.into();
        let chain = self.session.action_chain();
        Ok(chain.key_down(held.clone()).key_down(key).key_up(key).key_up(held).perform().await?)
    }

    /// The text on the clipboard.
    pub async fn clipboard(&self) -> TestResult<String> {
        self.devtools(
            "Browser.grantPermissions",
            json!({
                "origin": self.origin,
                "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
            }),
        )
        .await?;
        const SCRIPT: &str = "const done = arguments[arguments.length - 1];
            navigator.clipboard.readText().then(
              text => done({ text }), error => done({ error: String(error) }));";
        let answer = self.session.execute_async(SCRIPT, vec![]).await?;
        match answer.json() {
            Value::Object(map) if map.contains_key("text") => {
                Ok(map["text"].as_str().unwrap_or_default().to_owned())
            }
            other => Err(format!("the clipboard could not be read: {other}").into()),
        }
    }

    /// Saves what the screen shows as a PNG.
    pub async fn screenshot(&self, file: &Path) -> TestResult {
        let png = self.session.screenshot_as_png().await?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, png)
            .map_err(|error| format!("could not write {}: {error}", file.display()).into())
    }

    /// Everything on the browser's console since the test began.
    pub async fn console(&self) -> TestResult<Vec<BrowserLogEntry>> {
        // Reading it empties it in the browser.
        let new = self.session.browser_log().await?;
        let mut all = self.console.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        all.extend(new);
        Ok(all.clone())
    }

    /// Lets the errors that are on the console by now count as expected.
    pub async fn expect_errors(&self) -> TestResult {
        self.console().await?;
        let mut all = self.console.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        all.retain(|entry| !is_error(entry));
        Ok(())
    }

    /// Fails when the console has an error.
    pub async fn no_errors(&self) -> TestResult {
        let errors: Vec<String> =
            self.console().await?.into_iter().filter(is_error).map(|entry| entry.message).collect();
        if errors.is_empty() {
            return Ok(());
        }
        Err(format!("errors on the browser's console:\n{}", errors.join("\n")).into())
    }

    /// Keeps a picture and the console of a test that failed.
    pub async fn leave_traces(&self, test: &str) {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("failed-{test}.png"));
        match self.screenshot(&file).await {
            Ok(()) => eprintln!("what the browser showed: {}", file.display()),
            Err(error) => eprintln!("the browser shows nothing: {error}"),
        }
        for entry in self.console().await.unwrap_or_default() {
            eprintln!("console {}: {}", entry.level, entry.message);
        }
    }
}

/// Browsers ask for an icon on their own; a page without one is no error.
fn is_error(entry: &BrowserLogEntry) -> bool {
    entry.level == "SEVERE" && !entry.message.contains("/favicon.ico")
}
