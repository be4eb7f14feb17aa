//! The standard library for wasm: the toolchain's own, or one built from
//! Debian's source where rustup's server cannot be reached.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use super::debian::{self, Apt};
use super::wasm_opt::make_executable;
use crate::failure::{Explain, Failure, Outcome};
use crate::pins;
use crate::progress::Step;
use crate::project::Project;
use crate::run;
use crate::version::Version;

const FOLDER_PREFIX: &str = "rust-web-";

/// A standard library for wasm and the compiler that goes with it.
#[derive(Clone, Debug)]
pub enum WasmStd {
    /// The person's own toolchain has the target.
    Toolchain,
    /// Debian's compiler, unpacked, with a library built from its source.
    Unpacked {
        /// The folder it was unpacked into.
        root: PathBuf,
        /// The linker of the person's own toolchain.
        linker: PathBuf,
    },
}

impl WasmStd {
    /// Sets what cargo needs to know to compile for wasm.
    pub fn configure(&self, project: &Project, command: &mut Command) {
        for (name, value) in self.variables(project) {
            command.env(name, value);
        }
    }

    /// What cargo needs to know to compile for wasm, as environment.
    pub fn variables(&self, project: &Project) -> Vec<(&'static str, OsString)> {
        let mut variables = vec![("CARGO_TARGET_DIR", project.wasm_target().into())];
        if let Self::Unpacked { root, linker } = self {
            variables.push(("RUSTC", root.join("rustc").into()));
            variables.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.clone().into()));
        }
        variables
    }

    /// A command that runs clippy for wasm; it has to be of the compiler's
    /// own version to read the library.
    pub fn clippy(&self, project: &Project) -> Command {
        let mut command = match self {
            Self::Toolchain => run::cargo(),
            Self::Unpacked { root, .. } => Command::new(root.join("cargo-clippy")),
        };
        command.arg("clippy").current_dir(project.root());
        self.configure(project, &mut command);
        command
    }
}

/// Finds or makes a standard library for wasm.
pub fn prepare(project: &Project, apt: &Mutex<Apt>, step: &Step) -> Outcome<WasmStd> {
    if toolchain_has_target() {
        step.say("the toolchain has the target");
        return Ok(WasmStd::Toolchain);
    }
    if let Some(root) = unpacked(project) {
        step.say(format_args!("there, in {}", project.show(&root)));
        return with_linker(root);
    }
    let by_rustup = add_by_rustup(project, step);
    if toolchain_has_target() {
        return Ok(WasmStd::Toolchain);
    }
    if let Err(failure) = by_rustup {
        step.say(format_args!("{failure}"));
    }
    let apt = &mut *debian::lock(apt);
    if !apt.is_there() {
        return Err(Failure::new(format!(
            "the standard library for wasm is missing and there is no apt to get it from Debian, \
             run `rustup target add {}` where rustup's server can be reached",
            pins::WASM_TARGET
        )));
    }
    with_linker(from_debian(project, apt, step)?)
}

fn toolchain_has_target() -> bool {
    sysroot().is_some_and(|root| has_std(&library_folder(&root)))
}

fn sysroot() -> Option<PathBuf> {
    let mut rustc = Command::new("rustc");
    let text = run::output_of(rustc.args(["--print", "sysroot"]))?;
    Some(PathBuf::from(text.trim()))
}

fn library_folder(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(pins::WASM_TARGET).join("lib")
}

fn has_std(folder: &Path) -> bool {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    names
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .any(|name| name.starts_with("libstd") && name.ends_with(".rlib"))
}

fn add_by_rustup(project: &Project, step: &Step) -> Outcome {
    if run::which("rustup").is_none() {
        return Err(Failure::new("rustup is not there to add the target"));
    }
    step.say(format_args!(
        "running `rustup target add {}`, which adds to your rustup toolchain",
        pins::WASM_TARGET
    ));
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", pins::WASM_TARGET]);
    run::tentatively(step, &project.logs(), &mut rustup)
}

/// A folder that an earlier run has finished.
fn unpacked(project: &Project) -> Option<PathBuf> {
    let folders = fs::read_dir(project.tools()).ok()?.flatten();
    folders
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with(FOLDER_PREFIX) && !name.ends_with(PARTIAL)
        })
        .map(|entry| entry.path())
        // Looked at closely, because it may come from an older set-up.
        .find(|root| has_std(&library_folder(&root.join("usr"))) && has_wrappers(root))
}

const PARTIAL: &str = ".partial";

fn has_wrappers(root: &Path) -> bool {
    WRAPPED.iter().all(|program| root.join(program).is_file())
}

/// The toolchain's own linker, used where it lies: moved, it loses its LLVM.
fn with_linker(root: PathBuf) -> Outcome<WasmStd> {
    let from_toolchain = sysroot()
        .and_then(|sysroot| fs::read_dir(sysroot.join("lib/rustlib")).ok())
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin/rust-lld"))
        .find(|linker| linker.is_file());
    let linker = from_toolchain
        .or_else(|| ["rust-lld", "wasm-ld", "lld"].into_iter().find_map(run::which))
        .ok_or_else(|| {
            Failure::new("no linker for wasm was found, run `sudo apt-get install lld`")
        })?;
    Ok(WasmStd::Unpacked { root, linker })
}

fn from_debian(project: &Project, apt: &mut Apt, step: &Step) -> Outcome<PathBuf> {
    let version = choose_version(apt, step)?;
    let number = Version::parse(&version)
        .ok_or_else(|| Failure::new(format!("Debian's version {version} is not understood")))?;
    let root = project.tools().join(format!("{FOLDER_PREFIX}{number}"));
    let partial = root.with_file_name(format!("{FOLDER_PREFIX}{number}{PARTIAL}"));
    if partial.exists() {
        fs::remove_dir_all(&partial).explain("remove the rest of an earlier set-up")?;
    }
    let packages = packages(apt, &version);
    step.say(format_args!("downloading Debian's compiler {version} into {}", project.show(&root)));
    apt.unpack(step, &packages, &partial)?;
    write_wrappers(&partial)?;
    build_std(project, step, &partial)?;
    // The name says that everything is in there, so it comes last.
    if root.exists() {
        fs::remove_dir_all(&root).explain("remove an incomplete standard library")?;
    }
    fs::rename(&partial, &root).explain("put the standard library in its place")?;
    Ok(root)
}

fn choose_version(apt: &mut Apt, step: &Step) -> Outcome<String> {
    if best_version(&apt.versions("rustc-web")).is_none() {
        apt.update(step)?;
    }
    let best = best_version(&apt.versions("rustc-web")).ok_or_else(|| {
        Failure::new(format!(
            "Debian offers no rustc-web {}, run `rustup target add {}` where rustup's server can \
             be reached",
            pins::DEBIAN_RUST,
            pins::WASM_TARGET
        ))
    })?;
    if !best.starts_with(pins::DEBIAN_RUST) {
        step.say(format_args!(
            "NOTE: Debian no longer offers {}, taking {best}",
            pins::DEBIAN_RUST
        ));
    }
    Ok(best)
}

/// The pinned version, or else the newest that is new enough.
fn best_version(offered: &[String]) -> Option<String> {
    let pinned = offered.iter().find(|v| v.starts_with(pins::DEBIAN_RUST));
    let newest = offered
        .iter()
        .filter(|v| Version::parse(v).is_some_and(|v| v >= pins::DEBIAN_RUST_OLDEST))
        .max_by_key(|v| Version::parse(v));
    pinned.or(newest).cloned()
}

/// What the compiler consists of, and of its libraries those that the machine
/// does not have.
fn packages(apt: &Apt, version: &str) -> Vec<String> {
    let short = version.split('.').take(2).collect::<Vec<_>>().join(".");
    let runtime = format!("libstd-rust-web-{short}");
    let mut packages: Vec<String> =
        ["rustc-web", "rust-web-src", "rust-web-clippy", "libstd-rust-web-dev", &runtime]
            .iter()
            .map(|name| format!("{name}={version}"))
            .collect();
    let libraries = apt.dependencies(&runtime);
    let llvm = libraries.iter().filter(|name| name.starts_with("libllvm"));
    for name in llvm {
        packages.push(name.clone());
        let missing = apt.dependencies(name).into_iter().filter(|d| !apt.has(d));
        packages.extend(missing);
    }
    packages
}

/// Programs that find Debian's libraries where they were unpacked, whatever
/// folder that is.
fn write_wrappers(root: &Path) -> Outcome {
    let libraries = root.join("usr/lib");
    let folders = fs::read_dir(&libraries).explain("look into Debian's libraries")?;
    let folder = folders
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.ends_with("-linux-gnu"))
        .ok_or_else(|| Failure::new("Debian's libraries are not where they used to be"))?;
    for program in WRAPPED {
        let path = root.join(program);
        let script = WRAPPER.replace("FOLDER", &folder).replace("PROGRAM", program);
        fs::write(&path, script).explain("write a start script for Debian's compiler")?;
        make_executable(&path)?;
    }
    let mut rustc = Command::new(root.join("rustc"));
    match run::output_of(rustc.arg("--version")) {
        Some(_) => Ok(()),
        None => Err(Failure::new(
            "Debian's compiler does not run here, run its `rustc --version` in .tools to see why",
        )),
    }
}

const WRAPPED: [&str; 2] = ["rustc", "cargo-clippy"];

const WRAPPER: &str = r#"#!/bin/sh
root=$(dirname "$(readlink -f "$0")")/usr
LD_LIBRARY_PATH=$root/lib/FOLDER${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
exec "$root/bin/PROGRAM" "$@"
"#;

fn build_std(project: &Project, step: &Step, root: &Path) -> Outcome {
    let source = source_folder(root)?;
    let library = source.join("library");
    // The registry has what Debian's copies in there were taken from.
    let vendor = library.join("vendor");
    if vendor.exists() {
        fs::remove_dir_all(vendor).explain("remove Debian's copies of crates")?;
    }
    step.say("building the standard library for wasm (about 1 minute on 2 cores)");
    let target = root.join("build");
    let mut command = run::cargo();
    command
        .current_dir(&library)
        .args(["build", "-p", "sysroot", "--release"])
        .args(["--target", pins::WASM_TARGET])
        .args(["--features", "compiler-builtins-mem"])
        .env("RUSTC", root.join("rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", std_flags(&library))
        .env("CARGO_TARGET_DIR", &target);
    for variable in ["CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER"] {
        command.env_remove(variable);
    }
    run::quietly(step, &project.logs(), &mut command)?;
    let built = target.join(pins::WASM_TARGET).join("release/deps");
    copy_libraries(&built, &library_folder(&root.join("usr")))?;
    fs::remove_dir_all(target).explain("remove what building left over")?;
    fs::remove_dir_all(source).explain("remove Debian's source")
}

/// The same flags as for the official library; its messages name files as
/// rustup's do, not with this machine's folders.
fn std_flags(library: &Path) -> String {
    let mut flags = String::from("-Zforce-unstable-if-unmarked -Cembed-bitcode=yes");
    let library = library.display().to_string();
    // Cargo splits the flags at blanks and has no way to quote one.
    if !library.contains(' ') {
        flags += &format!(" --remap-path-prefix={library}=/rustc/library");
        if let Some(home) = cargo_home().filter(|home| !home.contains(' ')) {
            flags += &format!(" --remap-path-prefix={home}=/cargo");
        }
    }
    flags
}

fn cargo_home() -> Option<String> {
    let named = env::var_os("CARGO_HOME").map(PathBuf::from);
    let usual = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo"));
    Some(named.or_else(usual)?.display().to_string())
}

fn source_folder(root: &Path) -> Outcome<PathBuf> {
    let sources = root.join("usr/src");
    let folders = fs::read_dir(&sources).explain("look into Debian's source")?;
    folders
        .flatten()
        .map(|entry| entry.path())
        .find(|folder| folder.join("library").is_dir())
        .ok_or_else(|| Failure::new("Debian's source is not where it used to be"))
}

fn copy_libraries(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to).explain("create the folder for the standard library")?;
    let files = fs::read_dir(from).explain("look for the built standard library")?;
    for path in files.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|end| end == "rlib")
            && let Some(name) = path.file_name()
        {
            fs::copy(&path, to.join(name)).explain("copy the standard library")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(offered: &[&str]) -> Option<String> {
        let offered: Vec<String> = offered.iter().map(|v| (*v).to_owned()).collect();
        best_version(&offered)
    }

    #[test]
    fn prefers_the_pinned_version_then_the_newest() {
        let pinned = format!("{}+dfsg1-1", pins::DEBIAN_RUST);
        assert_eq!(best(&["9.0.0-1", &pinned]), Some(pinned));
        assert_eq!(best(&["9.0.0-1", "9.1.0-1"]).as_deref(), Some("9.1.0-1"));
        assert_eq!(best(&["1.85.0+dfsg3-1"]), None);
        assert_eq!(best(&[]), None);
    }
}
