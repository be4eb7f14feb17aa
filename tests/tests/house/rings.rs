//! Rings of files that import each other, read off `use` and off paths in the code.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Source, sources};

/// The way to a module from the crate's root: `["view", "timeline"]`.
type Module = Vec<String>;

/// The modules of a crate, and what each of them names.
struct Crate {
    /// Where each module's file is.
    files: BTreeMap<Module, String>,
    /// The paths that each module names.
    named: BTreeMap<Module, Vec<Vec<String>>>,
    /// Names that a module hands on from another one.
    handed_on: BTreeMap<(Module, String), Module>,
}

/// All rings of files below a crate's `src`, each as the list of its files.
pub fn rings(folder: &str) -> Vec<String> {
    let code = Crate::read(folder);
    let arrows = code.arrows();
    let reach = |from: &Module| reachable(&arrows, from);
    let reached: BTreeMap<&Module, BTreeSet<Module>> =
        code.files.keys().map(|module| (module, reach(module))).collect();
    let mut told = BTreeSet::new();
    let mut rings = Vec::new();
    for (module, others) in &reached {
        if !others.contains(*module) || told.contains(*module) {
            continue;
        }
        let ring = others.iter().filter(|other| reached[other].contains(*module));
        let ring: Vec<&Module> = ring.collect();
        told.extend(ring.iter().copied());
        let paths: Vec<&str> = ring.iter().map(|module| code.files[*module].as_str()).collect();
        rings.push(paths.join(", "));
    }
    rings
}

fn reachable(arrows: &BTreeMap<Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<Module> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Module> = vec![from];
    while let Some(module) = open.pop() {
        for next in arrows.get(module).into_iter().flatten() {
            if found.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    found
}

impl Crate {
    fn read(folder: &str) -> Crate {
        let files = sources(folder);
        // The crate's root only lists its modules, and programs stand outside of it.
        let outside = ["lib.rs", "main.rs", "bin/"];
        let inside = |file: &&Source| {
            let within = within(file, folder);
            !file.is_test() && !outside.iter().any(|name| within.starts_with(name))
        };
        let mut code =
            Crate { files: BTreeMap::new(), named: BTreeMap::new(), handed_on: BTreeMap::new() };
        for file in files.iter().filter(inside) {
            code.files.insert(module_of(within(file, folder)), file.path.clone());
        }
        for file in files.iter().filter(inside) {
            code.take(module_of(within(file, folder)), file);
        }
        code
    }

    /// Notes what a file names and hands on.
    fn take(&mut self, module: Module, file: &Source) {
        let lines: Vec<&str> = file.code().map(|(_, line)| line).collect();
        let text = lines.join(" ");
        let mut named = Vec::new();
        for (public, tree) in uses(&text) {
            for path in leaves(&tree) {
                let target = self.module(&module, &path);
                if let (true, Some(target), Some(name)) = (public, target, path.last()) {
                    self.handed_on.insert((module.clone(), name.clone()), target);
                }
                named.push(path);
            }
        }
        named.extend(inline_paths(&text));
        self.named.insert(module, named);
    }

    /// Which module's file each module's file needs.
    fn arrows(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let needs = |(module, paths): (&Module, &Vec<Vec<String>>)| {
            let needed = paths.iter().filter_map(|path| self.definer(module, path));
            let needed: BTreeSet<Module> = needed.filter(|other| other != module).collect();
            (module.clone(), needed)
        };
        self.named.iter().map(needs).collect()
    }

    /// The module that defines what a path names, however often it is handed on.
    fn definer(&self, from: &Module, path: &[String]) -> Option<Module> {
        let mut module = self.module(from, path)?;
        let name = path.last()?;
        while let Some(next) = self.handed_on.get(&(module.clone(), name.clone())) {
            module = next.clone();
        }
        Some(module)
    }

    /// The last module on a path; `None` where it leads out of the crate or to its root.
    fn module(&self, from: &Module, path: &[String]) -> Option<Module> {
        let mut module = from.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => (module, rest) = (Vec::new(), &path[1..]),
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    module.pop();
                    rest = &rest[1..];
                }
            }
            name => {
                let child = [module.as_slice(), &[name.to_owned()]].concat();
                self.files.get(&child)?;
            }
        }
        for part in rest {
            let next = [module.as_slice(), std::slice::from_ref(part)].concat();
            if !self.files.contains_key(&next) {
                break;
            }
            module = next;
        }
        (!module.is_empty()).then_some(module)
    }
}

fn within<'f>(file: &'f Source, folder: &str) -> &'f str {
    file.path.strip_prefix(folder).unwrap_or(&file.path).trim_start_matches('/')
}

fn module_of(path: &str) -> Module {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// What stands between `use` and `;`, and whether it is handed on.
fn uses(text: &str) -> Vec<(bool, String)> {
    let statements = text.split(';').filter_map(|statement| {
        let (before, tree) = statement.rsplit_once("use ")?;
        let word = before.split_whitespace().next_back().unwrap_or_default();
        let tree: String = tree.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_tree = tree.chars().all(|c| c.is_alphanumeric() || " _:{},*".contains(c));
        is_tree.then(|| (word.starts_with("pub"), tree))
    });
    statements.collect()
}

/// The paths of a tree of imports: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn leaves(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let Some((stem, inner)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![path.split("::").map(|part| part.trim().to_owned()).collect()];
    };
    let stem: Vec<String> = stem
        .split("::")
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let inner = inner.trim_end();
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    let branches = branches(inner).into_iter().flat_map(|branch| leaves(&branch));
    branches.map(|leaf| [stem.clone(), leaf].concat()).collect()
}

/// What commas separate outside of braces.
fn branches(inner: &str) -> Vec<String> {
    let mut branches = vec![String::new()];
    let mut depth = 0;
    for c in inner.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match (c, branches.last_mut()) {
            (',', _) if depth == 0 => branches.push(String::new()),
            (c, Some(branch)) => branch.push(c),
            (_, None) => {}
        }
    }
    branches.retain(|branch| !branch.trim().is_empty());
    branches
}

/// Paths in the code itself that begin with `crate` or `super`.
fn inline_paths(text: &str) -> Vec<Vec<String>> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let paths = words.filter(|word| word.starts_with("crate::") || word.starts_with("super::"));
    paths
        .map(|path| path.split("::").map(str::to_owned).filter(|part| !part.is_empty()).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(tree: &str) -> Vec<String> {
        leaves(tree).iter().map(|path| path.join("::")).collect()
    }

    #[test]
    fn trees_of_imports_are_taken_apart() {
        assert_eq!(paths("a::b"), ["a::b"]);
        assert_eq!(
            paths("crate::a::{B, c::{D, e as F}}"),
            ["crate::a::B", "crate::a::c::D", "crate::a::c::e"]
        );
        assert_eq!(paths("a::{b::{C}, d}"), ["a::b::C", "a::d"]);
        let text = "//! x\nuse a::b;\npub use c::{d, e}; fn f() {}";
        assert_eq!(uses(text), [(false, "a::b".to_owned()), (true, "c::{d, e}".to_owned())]);
    }

    #[test]
    fn a_ring_is_found() {
        let arrows = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")];
        let module = |name: &str| vec![name.to_owned()];
        let arrows: BTreeMap<Module, BTreeSet<Module>> =
            arrows.map(|(from, to)| (module(from), BTreeSet::from([module(to)]))).into();
        assert!(reachable(&arrows, &module("a")).contains(&module("a")));
        assert!(!reachable(&arrows, &module("d")).contains(&module("d")));
    }
}
