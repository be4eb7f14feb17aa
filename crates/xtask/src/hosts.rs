//! The sites in `examples/`, each built as its owner would build it, for the end-to-end tests.
//! The tests' server adds the playground under `gil/`, where the sites expect it.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Explain, Failure, Outcome};
use crate::pins;
use crate::progress::Step;
use crate::project::Project;
use crate::run;
use crate::setup::Hosts;

/// What makes a site of an example's files.
#[derive(Clone, Copy, Debug)]
enum Builder {
    MdBook,
    MkDocs,
    Sphinx,
    Docusaurus,
    /// The files are the site.
    Nothing,
}

/// The folders in `examples/`; the tests know the sites by the same names.
const EXAMPLES: [(&str, Builder); 6] = [
    ("mdbook", Builder::MdBook),
    ("mkdocs", Builder::MkDocs),
    ("sphinx", Builder::Sphinx),
    ("docusaurus", Builder::Docusaurus),
    ("html", Builder::Nothing),
    ("iframe", Builder::Nothing),
];

/// Where the built sites are, each in a folder of its example's name.
pub fn folder(project: &Project) -> PathBuf {
    project.target().join("hosts")
}

/// Builds the sites whose files or tools have changed, and hands back why some could not be built.
pub fn build(project: &Project, tools: &Hosts) -> Vec<Failure> {
    let built = EXAMPLES.map(|(name, builder)| {
        let example = Example { project, name, builder };
        Step::run(name, |step| example.bring_up_to_date(tools, step)).err()
    });
    built.into_iter().flatten().collect()
}

struct Example<'a> {
    project: &'a Project,
    name: &'static str,
    builder: Builder,
}

impl Example<'_> {
    fn bring_up_to_date(&self, tools: &Hosts, step: &Step) -> Outcome {
        let sources = self.project.root().join("examples").join(self.name);
        let files = files(&sources).explain(format_args!("list examples/{}", self.name))?;
        let site = folder(self.project).join(self.name);
        let stamp_file = site.with_extension("stamp");
        let stamp = self.stamp(tools, &sources, &files)?;
        if site.is_dir() && fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
            step.say("the site is up to date");
            return Ok(());
        }
        step.say(format_args!("building the site of examples/{}", self.name));
        // A copy, so that nothing is left among the example's files.
        let copy = self.project.target().join("hosts-sources").join(self.name);
        copy_anew(&sources, &files, &copy).explain(format_args!("copy examples/{}", self.name))?;
        // What is left of a failed attempt is not taken for the site.
        fs::create_dir_all(folder(self.project)).explain("create the folder for sites")?;
        fs::write(&stamp_file, "").explain("forget the last site")?;
        remove(&site).explain("remove the last site")?;
        match self.command(tools, &copy, &site)? {
            Some(mut command) => run::quietly(step, &self.project.logs(), &mut command)?,
            None => copy_anew(&sources, &files, &site).explain("copy the site")?,
        }
        fs::write(&stamp_file, stamp).explain("note what the site was made of")
    }

    /// What the site is made of, shortened.
    fn stamp(&self, tools: &Hosts, sources: &Path, files: &[PathBuf]) -> Outcome<String> {
        let mut hasher = DefaultHasher::new();
        hasher.write(self.version(tools)?.as_bytes());
        for file in files {
            let content = fs::read(sources.join(file));
            hasher.write(file.to_string_lossy().as_bytes());
            hasher.write_u8(0);
            hasher.write(&content.explain(format_args!("read {}", file.display()))?);
        }
        Ok(format!("{:016x}", hasher.finish()))
    }

    fn version(&self, tools: &Hosts) -> Outcome<String> {
        Ok(match self.builder {
            Builder::MdBook => {
                let program = tools.mdbook.as_ref().map_err(Clone::clone)?;
                run::output_of(Command::new(program).arg("--version")).unwrap_or_default()
            }
            Builder::MkDocs | Builder::Sphinx => pins::PYTHON_HOSTS.concat(),
            Builder::Docusaurus => pins::DOCUSAURUS.to_owned() + &pins::DOCUSAURUS_WITH.concat(),
            Builder::Nothing => String::new(),
        })
    }

    /// What makes the site of the files in a folder; nothing where they are it.
    fn command(&self, tools: &Hosts, folder: &Path, site: &Path) -> Outcome<Option<Command>> {
        // As modules: the programs beside them only work in the place where they were installed.
        let python = |module: &str| -> Outcome<Command> {
            let mut python =
                Command::new(tools.python.as_ref().map_err(Clone::clone)?.join("python"));
            python.args(["-m", module]);
            Ok(python)
        };
        let mut command = match self.builder {
            Builder::Nothing => return Ok(None),
            Builder::MdBook => {
                let mut mdbook = Command::new(tools.mdbook.as_ref().map_err(Clone::clone)?);
                mdbook.args(["build", "-d"]).arg(site);
                mdbook
            }
            Builder::MkDocs => {
                let mut mkdocs = python("mkdocs")?;
                mkdocs.args(["build", "-q", "-d"]).arg(site);
                mkdocs
            }
            Builder::Sphinx => {
                let mut sphinx = python("sphinx")?;
                sphinx.args(["-q", "-b", "html", "."]).arg(site);
                sphinx
            }
            Builder::Docusaurus => {
                let tool = tools.docusaurus.as_ref().map_err(Clone::clone)?;
                docusaurus(tool, folder, site)?
            }
        };
        command.current_dir(folder);
        Ok(Some(command))
    }
}

fn docusaurus(tool: &Path, folder: &Path, site: &Path) -> Outcome<Command> {
    let modules = tool.join("node_modules");
    link(&modules, &folder.join("node_modules")).explain("link the modules of Docusaurus")?;
    let mut command = Command::new(modules.join(".bin").join("docusaurus"));
    command.args(["build", "--out-dir"]).arg(site).env("NO_UPDATE_NOTIFIER", "1");
    // Its cache lies with the modules, and one of a site in another folder breaks the build.
    command.env("DOCUSAURUS_NO_PERSISTENT_CACHE", "true");
    Ok(command)
}

/// The files in a folder and below, in order, by their paths within it; not what tools leave there.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inner))? {
            let entry = entry?;
            let name = entry.file_name();
            let path = inner.join(&name);
            if name == "node_modules" || name.to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type()?.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

fn copy_anew(from: &Path, files: &[PathBuf], to: &Path) -> std::io::Result<()> {
    remove(to)?;
    for file in files {
        let copy = to.join(file);
        fs::create_dir_all(copy.parent().unwrap_or(to))?;
        fs::copy(from.join(file), copy)?;
    }
    Ok(())
}

fn remove(folder: &Path) -> std::io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

#[cfg(unix)]
fn link(original: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(original, link)
}

#[cfg(windows)]
fn link(original: &Path, link: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_dir(original, link)
}
