//! Makes the list of all lessons from the files in `lessons`, so that a new file is a new lesson.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=lessons");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lessons");
    let mut files: Vec<_> = fs::read_dir(&folder)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".md"))
        .collect();
    files.sort();
    let mut list = String::from("&[\n");
    for file in files {
        let path = folder.join(&file);
        // Writing into a string cannot fail.
        let _ = writeln!(list, "({file:?}, include_str!({path:?})),");
    }
    list.push(']');
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("lessons.rs");
    fs::write(out, list)
}
