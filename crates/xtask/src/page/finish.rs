//! What is done to the site after Trunk, before it is served or handed over.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use flate2::{Compression, Crc};

use super::single;
use crate::failure::{Explain, Failure, Outcome};

/// What the hook calls this.
pub const NAME: &str = "finish";

/// Stands in `Trunk.toml` where the version of the worker's files belongs.
const WORKER_VERSION: &str = "WORKER-VERSION";

/// The worker's script and its program.
pub const WORKER: [&str; 2] = ["gil-worker.js", "gil-worker_bg.wasm"];

/// Finishes the site in Trunk's staging folder, as its hook.
///
/// # Errors
/// Outside of the hook, or when the site is not as `index.html` and `Trunk.toml` make it.
pub fn finish() -> Outcome {
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or_else(|| {
        Failure::new("only Trunk can call this, as its hook: run `cargo xtask dist`")
    })?;
    let site = Site { folder };
    let page = tell_version(&site)?;
    site.write("index.html", &page)?;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let compression = if release { Compression::best() } else { Compression::fast() };
    site.write(single::FILE, &single::make(&site, &page, compression)?)
}

/// The page with the version of the worker's files in their addresses. Their names are fixed: a
/// browser that has kept the worker of the last version asks anew.
fn tell_version(site: &Site) -> Outcome<String> {
    let page = site.text("index.html")?;
    if !page.contains(WORKER_VERSION) {
        return Err(Failure::new(format!(
            "the built page has no {WORKER_VERSION}, see pattern_script in Trunk.toml"
        )));
    }
    let mut sum = Crc::new();
    for file in WORKER {
        sum.update(&site.bytes(file)?);
    }
    Ok(page.replace(WORKER_VERSION, &format!("{:08x}", sum.sum())))
}

/// A built site.
pub struct Site {
    folder: PathBuf,
}

impl Site {
    /// What a file of the site consists of; its name may be an address relative to the page.
    pub fn bytes(&self, file: &str) -> Outcome<Vec<u8>> {
        fs::read(self.path(file)).explain(format_args!("read {file} of the built site"))
    }

    /// The text of a file of the site.
    pub fn text(&self, file: &str) -> Outcome<String> {
        fs::read_to_string(self.path(file)).explain(format_args!("read {file} of the built site"))
    }

    fn write(&self, file: &str, text: &str) -> Outcome {
        fs::write(self.path(file), text).explain(format_args!("write {file} of the site"))
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.join(Path::new(file.trim_start_matches("./")))
    }
}
