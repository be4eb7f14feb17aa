//! The static site. Trunk builds it; what Trunk does not do comes after it, by the hook in
//! `Trunk.toml`, so that it is done whoever calls Trunk.

mod finish;
mod html;
mod single;

use std::fs;
use std::path::Path;

use crate::failure::{Explain, Failure, Outcome};
use crate::progress::Step;
use crate::project::Project;
use crate::run;
use crate::setup::Toolbox;

pub use finish::{NAME as FINISH, finish};

/// Builds the site into `dist/` and checks it.
pub fn build(project: &Project, tools: &Toolbox) -> Outcome {
    let mut trunk = tools.trunk(project)?;
    Step::run("page", |step| {
        step.say("building the page with Trunk");
        trunk
            .args(["build", "--release", "--offline", "--locked"])
            .arg("--dist")
            .arg(project.dist());
        run::quietly(step, &project.logs(), &mut trunk)?;
        check_paths(&project.dist())?;
        tell_sizes(step, &project.dist())
    })
}

/// A site with a path from the server's root would not work under another.
fn check_paths(dist: &Path) -> Outcome {
    let page = fs::read_to_string(dist.join("index.html")).explain("read the built page")?;
    match absolute_path(&page) {
        None => Ok(()),
        Some(found) => Err(Failure::new(format!(
            "the built page has the absolute path {found}, make it relative in index.html"
        ))),
    }
}

fn absolute_path(page: &str) -> Option<&str> {
    const STARTS: [&str; 3] = ["src=\"", "href=\"", "\": \""];
    let values = STARTS.iter().flat_map(|start| page.split(start).skip(1));
    values.filter_map(|rest| rest.split('"').next()).find(|value| value.starts_with('/'))
}

fn tell_sizes(step: &Step, dist: &Path) -> Outcome {
    let files = fs::read_dir(dist).explain("list the built site")?;
    let mut sizes: Vec<(String, u64)> = files
        .flatten()
        .filter_map(|file| {
            let size = file.metadata().ok().filter(|data| data.is_file())?.len();
            Some((file.file_name().to_string_lossy().into_owned(), size))
        })
        .collect();
    sizes.sort();
    for (name, size) in sizes {
        step.say(format_args!("{:>8.1} kB  {name}", size as f64 / 1000.0));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_absolute_paths_only() {
        assert_eq!(absolute_path("<link href=\"./a.css\">"), None);
        assert_eq!(absolute_path("<a href=\"https://example.org/\">"), None);
        assert_eq!(absolute_path("<link href=\"/a.css\" rel=x>"), Some("/a.css"));
        assert_eq!(absolute_path("\"wasm\": \"/a.wasm\""), Some("/a.wasm"));
    }
}
