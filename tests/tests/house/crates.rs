//! Which crate may know which, and what of the world outside.

use std::collections::BTreeSet;
use std::fs;

use toml::Table;

use crate::{holds, only, said};

use crate::sources::{root, sources};

/// The crates from the ground up, each with those of the project that it may use. A crate uses only
/// what stands above it in this list.
const CRATES: [(&str, &str); 17] = [
    ("gil-sim", ""),
    ("gil-race", "gil-sim"),
    ("gil-notation", "gil-sim"),
    ("gil-script", "gil-notation gil-sim"),
    ("gil-debug", "gil-notation gil-sim"),
    ("gil-reality", "gil-notation gil-sim"),
    ("gil-words", "gil-debug gil-sim"),
    ("gil-record", "gil-notation gil-sim gil-words"),
    ("gil-view", "gil-sim gil-words"),
    ("gil-claims", "gil-notation gil-sim gil-words"),
    ("gil-decide", "gil-notation gil-sim gil-words"),
    ("gil-export", "gil-sim"),
    ("gil-lessons", "gil-claims gil-notation gil-reality gil-sim gil-words"),
    ("gil-share", "gil-notation gil-sim gil-view gil-words"),
    (
        "gil-cli",
        "gil-claims gil-decide gil-export gil-notation gil-record gil-script gil-share gil-sim \
         gil-view gil-words",
    ),
    (
        "gil-app",
        "gil-claims gil-debug gil-decide gil-export gil-lessons gil-notation gil-race gil-reality \
         gil-record gil-script gil-share gil-sim gil-view gil-words",
    ),
    ("xtask", ""),
];

/// Crates that are a browser's: everything else runs anywhere.
const WEB: [&str; 6] = ["gloo", "js-sys", "wasm-bindgen", "wasm-bindgen-futures", "web-sys", "yew"];

/// The names under `[dependencies]` of a crate, those for one platform too.
fn dependencies(name: &str) -> BTreeSet<String> {
    let path = root().join("crates").join(name).join("Cargo.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let manifest: Table = text.parse().unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let targets = manifest.get("target").and_then(|target| target.as_table());
    let of_targets = targets.into_iter().flat_map(|targets| targets.values());
    let tables = of_targets.filter_map(|target| target.get("dependencies"));
    let tables = tables.chain(manifest.get("dependencies"));
    tables.filter_map(|table| table.as_table()).flat_map(|table| table.keys().cloned()).collect()
}

#[test]
fn every_crate_has_its_place() {
    let folders = fs::read_dir(root().join("crates")).expect("the project has crates");
    let names = folders.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let known = |name: &String| CRATES.iter().any(|(known, _)| known == name);
    let new: Vec<String> = names.filter(|name| !known(name)).collect();
    holds("A new crate gets its place in the list: what it may know, and who may know it.", &new);
}

#[test]
fn crates_know_only_what_is_below_them() {
    let mut broken = Vec::new();
    for (at, (name, may)) in CRATES.iter().enumerate() {
        let may: Vec<&str> = may.split_whitespace().collect();
        let below = |other: &str| CRATES[..at].iter().any(|(known, _)| *known == other);
        broken.extend(may.iter().filter(|other| !below(other)).map(|other| {
            format!("the list itself lets {name} use {other}, which does not stand below it")
        }));
        let used = dependencies(name);
        let ours = used.iter().filter(|used| CRATES.iter().any(|(known, _)| known == used));
        broken.extend(
            ours.filter(|used| !may.contains(&used.as_str()))
                .map(|used| format!("{name} uses {used}")),
        );
        let idle = may.iter().filter(|other| !used.contains(**other));
        broken.extend(idle.map(|other| format!("{name} may use {other} and does not")));
    }
    holds("The arrows between crates run down, and each of them is meant.", &broken);
}

#[test]
fn only_the_page_knows_a_browser() {
    let broken = CRATES.iter().filter(|(name, _)| *name != "gil-app").flat_map(|(name, _)| {
        let used = dependencies(name).into_iter().filter(|used| WEB.contains(&used.as_str()));
        used.map(move |used| format!("{name} uses {used}"))
    });
    holds("Everything but the page runs without a browser.", &broken.collect::<Vec<_>>());
}

#[test]
fn only_those_who_tell_the_protocol_know_it() {
    const MAY_NOT: [&str; 11] = [
        "gil-app",
        "gil-race",
        "gil-notation",
        "gil-view",
        "gil-claims",
        "gil-cli",
        "gil-decide",
        "gil-lessons",
        "gil-reality",
        "gil-script",
        "gil-share",
    ];
    let asked = ["Protocol::", "RequestScope", "protocol()"];
    let broken =
        MAY_NOT.iter().flat_map(|name| said(&sources(&format!("crates/{name}/src")), &asked, &[]));
    holds(
        "Which protocol a Python follows is asked by the engine and by those who tell it (gil-debug, \
         gil-words). Who only offers what a Python has asks for `Spec::regulation`.",
        &broken.collect::<Vec<_>>(),
    );
}

#[test]
fn the_engine_asks_for_the_protocol_where_protocols_differ() {
    only(
        "The engine asks which protocol it runs in few places: another one is a protocol's own file, \
         or a place in ARCHITECTURE.md.",
        &sources("crates/gil-sim/src/engine"),
        &["match self.protocol", "self.protocol ==", "self.protocol !="],
        &[
            ("crates/gil-sim/src/engine/mod.rs", "taking and dropping"),
            ("crates/gil-sim/src/engine/program.rs", "looks at the eval breaker"),
            ("crates/gil-sim/src/engine/domain.rs", "who holds"),
            ("crates/gil-sim/src/engine/what_if.rs", "who is told of an interval"),
            ("crates/gil-sim/src/engine/world.rs", "what a collection stops"),
            ("crates/gil-sim/src/engine/lock.rs", "a lock that moves between cores"),
            ("crates/gil-sim/src/engine/object.rs", "an object that moves between cores"),
        ],
    );
}
