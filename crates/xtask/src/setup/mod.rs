//! Getting the tools: what is there and fits is used, what is missing is
//! fetched or built into the project's cache folder.

mod browser;
mod cargo_tools;
mod checkers;
mod debian;
mod hosts;
mod npm;
mod python;
mod wasm_opt;
mod wasm_std;

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::thread;

pub use browser::Browser;
pub use hosts::Hosts;
pub use wasm_std::WasmStd;

use crate::failure::{Explain, Failure, Outcome};
use crate::progress::Step;
use crate::project::Project;
use crate::run;

/// What a command is going to use.
#[derive(Clone, Copy, Debug, Default)]
pub struct Needs {
    /// The standard library for wasm.
    pub wasm: bool,
    /// wasm-bindgen and its test runner.
    pub bindgen: bool,
    /// Trunk and wasm-opt.
    pub page: bool,
    /// Chromium, its driver, axe-core and speedscope.
    pub browser: bool,
    /// What builds the sites that the page is tested in.
    pub hosts: bool,
    /// A Python with pytest.
    pub pytest: bool,
}

impl Needs {
    /// Building the page.
    pub const PAGE: Self =
        Self { wasm: true, bindgen: true, page: true, browser: false, hosts: false, pytest: false };

    /// Running generated programs and their tests.
    pub const PYTEST: Self = Self {
        wasm: false,
        bindgen: false,
        page: false,
        browser: false,
        hosts: false,
        pytest: true,
    };

    /// Building the page and looking at it.
    pub const SHOWN: Self = Self { browser: true, ..Self::PAGE };

    /// Everything.
    pub const ALL: Self = Self { hosts: true, ..Self::SHOWN };

    /// What either of two commands needs.
    pub fn and(self, other: Self) -> Self {
        Self {
            wasm: self.wasm || other.wasm,
            bindgen: self.bindgen || other.bindgen,
            page: self.page || other.page,
            browser: self.browser || other.browser,
            hosts: self.hosts || other.hosts,
            pytest: self.pytest || other.pytest,
        }
    }
}

/// The tools, each there or with the reason why not, so that the work that
/// does not need a missing one can go on.
pub struct Toolbox {
    wasm: Outcome<WasmStd>,
    bindgen: Outcome<PathBuf>,
    trunk: Outcome<PathBuf>,
    wasm_opt: Outcome<PathBuf>,
    browser: Outcome<Browser>,
    axe: Outcome<PathBuf>,
    speedscope: Outcome<PathBuf>,
    pytest: Outcome<PathBuf>,
    hosts: Hosts,
}

impl Toolbox {
    /// Gets what is needed, independent steps side by side.
    pub fn prepare(project: &Project, needs: Needs) -> Outcome<Self> {
        let _only_one = lock_tools(project)?;
        Step::run("crates", |step| cargo_tools::fetch_crates(project, step))?;
        // Two steps must not talk to apt at the same time.
        let apt = Mutex::new(debian::Apt::new(project.logs()));
        let tools = thread::scope(|scope| {
            let wasm = scope.spawn(|| {
                wanted(needs.wasm, "wasm-std", |step| wasm_std::prepare(project, &apt, step))
            });
            let wasm_opt = scope
                .spawn(|| wanted(needs.page, "wasm-opt", |step| wasm_opt::prepare(project, step)));
            let browser = scope
                .spawn(|| wanted(needs.browser, "browser", |step| browser::prepare(&apt, step)));
            let axe = scope.spawn(|| {
                wanted(needs.browser, "axe-core", |step| checkers::axe(project, &apt, step))
            });
            let speedscope = scope.spawn(|| {
                wanted(needs.browser, "speedscope", |step| {
                    checkers::speedscope(project, &apt, step)
                })
            });
            let python = scope.spawn(|| {
                wanted(needs.hosts, "python-hosts", |step| hosts::python(project, &apt, step))
            });
            let pytest = scope.spawn(|| {
                wanted(needs.pytest, "pytest", |step| python::pytest(project, &apt, step))
            });
            let docusaurus = scope.spawn(|| {
                wanted(needs.hosts, "docusaurus", |step| hosts::docusaurus(project, &apt, step))
            });
            // One after the other: they share the crates they are built from.
            let bindgen = wanted(needs.bindgen, "wasm-bindgen", |step| {
                cargo_tools::wasm_bindgen(project, step)
            });
            let trunk = wanted(needs.page, "trunk", |step| cargo_tools::trunk(project, step));
            let mdbook = wanted(needs.hosts, "mdbook", |step| cargo_tools::mdbook(project, step));
            Self {
                wasm: joined(wasm.join()),
                bindgen,
                trunk,
                wasm_opt: joined(wasm_opt.join()),
                browser: joined(browser.join()),
                axe: joined(axe.join()),
                speedscope: joined(speedscope.join()),
                pytest: joined(pytest.join()),
                hosts: Hosts {
                    mdbook,
                    python: joined(python.join()),
                    docusaurus: joined(docusaurus.join()),
                },
            }
        });
        if tools.bindgen.is_ok() && tools.trunk.is_ok() {
            cargo_tools::clean_up(project);
        }
        Ok(tools)
    }

    /// The standard library for wasm.
    pub fn wasm(&self) -> Outcome<&WasmStd> {
        self.wasm.as_ref().map_err(Clone::clone)
    }

    /// The folder that holds wasm-bindgen and its test runner.
    pub fn bindgen(&self) -> Outcome<&PathBuf> {
        self.bindgen.as_ref().map_err(Clone::clone)
    }

    /// Chromium and its driver.
    pub fn browser(&self) -> Outcome<&Browser> {
        self.browser.as_ref().map_err(Clone::clone)
    }

    /// The script of axe-core.
    pub fn axe(&self) -> Outcome<&PathBuf> {
        self.axe.as_ref().map_err(Clone::clone)
    }

    /// The page of speedscope.
    pub fn speedscope(&self) -> Outcome<&PathBuf> {
        self.speedscope.as_ref().map_err(Clone::clone)
    }

    /// The Python that has pytest.
    pub fn pytest(&self) -> Outcome<&PathBuf> {
        self.pytest.as_ref().map_err(Clone::clone)
    }

    /// What builds the sites that the page is tested in.
    pub fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    /// A command that runs Trunk, every tool it calls on its path.
    pub fn trunk(&self, project: &Project) -> Outcome<Command> {
        let trunk = self.trunk.as_ref().map_err(Clone::clone)?;
        let wasm_opt = self.wasm_opt.as_ref().map_err(Clone::clone)?;
        let mut command = Command::new(trunk);
        command
            .current_dir(project.root())
            .env("PATH", run::path_with(&[self.bindgen()?.clone(), wasm_opt.clone()])?);
        self.wasm()?.configure(project, &mut command);
        // The hook of Trunk.toml need not build this program with the compiler for wasm.
        if let Ok(program) = std::env::current_exe() {
            command.env("GIL_XTASK", program);
        }
        // Trunk takes only the words true and false for this one.
        if std::env::var_os("NO_COLOR").is_some() {
            command.env("NO_COLOR", "true");
        }
        Ok(command)
    }

    /// The first reason why something needed is missing.
    pub fn complete(&self, needs: Needs) -> Outcome {
        if needs.wasm {
            self.wasm()?;
        }
        if needs.bindgen {
            self.bindgen()?;
        }
        if needs.page {
            self.trunk.as_ref().map_err(Clone::clone)?;
        }
        if needs.browser {
            self.browser()?;
        }
        if needs.hosts {
            self.hosts.complete()?;
        }
        Ok(())
    }
}

/// Keeps a second set-up from building the same tools at the same time; the
/// lock goes with the file.
fn lock_tools(project: &Project) -> Outcome<File> {
    fs::create_dir_all(project.tools()).explain("create the cache folder for tools")?;
    let path = project.tools().join("lock");
    let file = File::create(path).explain("create the lock of the cache folder")?;
    if file.try_lock().is_err() {
        eprintln!("Waiting for another set-up in this folder to finish");
        file.lock().explain("lock the cache folder for tools")?;
    }
    Ok(file)
}

fn wanted<T>(
    needed: bool,
    name: &'static str,
    work: impl FnOnce(&Step) -> Outcome<T>,
) -> Outcome<T> {
    if needed {
        Step::run(name, work)
    } else {
        Err(Failure::new(format!("{name} was not asked for")))
    }
}

fn joined<T>(result: thread::Result<Outcome<T>>) -> Outcome<T> {
    result.unwrap_or_else(|_| Err(Failure::new("a set-up step panicked, see above")))
}
