//! A browser with a fresh profile, driven by a chromedriver of its own.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio, id};
use std::sync::atomic::{AtomicU32, Ordering};

use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver};

use super::{TestResult, required_path};

const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    // The tests may run as root, and open nothing but the project's page.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // The same colours on every machine.
    "--force-color-profile=srgb",
];

/// A running browser.
pub struct Browser {
    // In the order they have to go: session, driver, profile.
    session: WebDriver,
    driver: Driver,
    profile: Profile,
}

impl Browser {
    /// Starts driver and browser.
    pub async fn start() -> TestResult<Self> {
        let driver = Driver::start(&required_path("CHROMEDRIVER")?)?;
        let profile = Profile::create()?;
        let capabilities = capabilities(&profile.0)?;
        let session = WebDriver::new(driver.address(), capabilities).await?;
        Ok(Self { session, driver, profile })
    }

    /// The session, to be dropped before the browser is closed.
    pub fn session(&self) -> WebDriver {
        self.session.clone()
    }

    /// Closes the browser.
    pub async fn quit(self) -> TestResult {
        let closed = self.session.quit().await;
        drop(self.driver);
        drop(self.profile);
        Ok(closed?)
    }
}

fn capabilities(profile: &Path) -> TestResult<ChromeCapabilities> {
    let mut capabilities = ChromeCapabilities::new();
    for argument in ARGUMENTS {
        capabilities.add_arg(argument)?;
    }
    capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    if let Some(chromium) = env::var_os("GIL_CHROMIUM") {
        capabilities.set_binary(&chromium.to_string_lossy())?;
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    Ok(capabilities)
}

struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts the driver. Several tests start one at a time, and the port that it picks for IPv4
    /// may be taken for IPv6: then it ends, and is started again.
    fn start(program: &Path) -> TestResult<Self> {
        const ATTEMPTS: usize = 3;
        for _ in 1..ATTEMPTS {
            if let Ok(driver) = Self::try_start(program) {
                return Ok(driver);
            }
        }
        Self::try_start(program)
    }

    /// Starts the driver on a port that it picks and prints.
    fn try_start(program: &Path) -> TestResult<Self> {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("could not start {}: {error}", program.display()))?;
        let output = process.stdout.take().ok_or("chromedriver has no output")?;
        // Dropped on the way out, this ends the process.
        let mut driver = Self { process, port: 0 };
        driver.port = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| announced_port(&line))
            .ok_or("chromedriver ended without telling its port, start it by hand to see why")?;
        Ok(driver)
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may be gone already, which is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The port in `ChromeDriver was started successfully on port 40000.`.
fn announced_port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

struct Profile(PathBuf);

impl Profile {
    fn create() -> TestResult<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("chromium-{}-{number}", id()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // Left over, it costs only space.
        let _ = fs::remove_dir_all(&self.0);
    }
}
