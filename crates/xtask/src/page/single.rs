//! The playground in one file, which asks for no other: for a double click, a sandbox, a mail.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::finish::{Site, WORKER};
use super::html;
use crate::failure::{Explain, Failure, Outcome};

/// What the file is called; www/boot.js knows it.
pub const FILE: &str = "gil-playground.html";

/// Tells www/boot.js that the page has all parts, by the names that they have here.
const PROGRAM: &str = "<script id=\"program\" type=\"application/json\">null</script>";

/// The file, made of the site's page and what that loads.
///
/// # Errors
/// When the page is not as `index.html`, `Trunk.toml` and Trunk make it, or when a part would load
/// another file.
pub fn make(site: &Site, page: &str, compression: Compression) -> Outcome<String> {
    let single =
        html::replace(page, "<script id=\"program\"", "</script>", |_| Ok(PROGRAM.into()))?;
    let single = html::replace(&single, "<script src=", "</script>", |tag| boot(site, tag))?;
    let single =
        html::replace_all(&single, "<link rel=\"stylesheet\"", ">", |tag| style(site, tag))?;
    let parts = parts(site, page, compression)?;
    html::replace(&single, "</body", ">", |end| Ok(parts + end))
}

fn boot(site: &Site, tag: &str) -> Outcome<String> {
    let script = site.text(html::value(tag, "src=")?)?;
    Ok(format!("<script>\n{}</script>", html::script(&script)))
}

fn style(site: &Site, tag: &str) -> Outcome<String> {
    let file = html::value(tag, "href=")?;
    let sheet = site.text(file)?;
    if sheet.contains("@import") || sheet.replace("url(\"data:", "").contains("url(") {
        return Err(Failure::new(format!("{file} loads another file, which {FILE} cannot")));
    }
    Ok(format!("<style>\n{}</style>", html::style(&sheet)))
}

/// What the site has in further files: the programs and the scripts that go with them.
fn parts(site: &Site, page: &str, compression: Compression) -> Outcome<String> {
    let script = startable(&site.text(html::value(page, "\"script\":")?)?)?;
    let app = packed(&site.bytes(html::value(page, "\"wasm\":")?)?, compression)?;
    let [worker_script, worker_program] = WORKER;
    let worker = packed(&site.bytes(worker_program)?, compression)?;
    let worker_script = html::script(&site.text(worker_script)?);
    Ok([
        element("id=\"gil-app-wasm\" type=\"text/plain\"", &app),
        element("id=\"gil-worker-wasm\" type=\"text/plain\"", &worker),
        element("id=\"gil-worker-script\" type=\"text/plain\"", &worker_script),
        element("type=\"module\"", &html::script(&script)),
    ]
    .concat())
}

fn element(attributes: &str, text: &str) -> String {
    format!("<script {attributes}>{text}</script>\n")
}

/// A program compressed with gzip, in base64.
fn packed(program: &[u8], compression: Compression) -> Outcome<String> {
    let mut encoder = GzEncoder::new(Vec::new(), compression);
    encoder.write_all(program).explain("compress a program")?;
    Ok(STANDARD.encode(encoder.finish().explain("compress a program")?))
}

/// A module of wasm-bindgen that starts the page with the function that it exports, which nobody
/// can import from within a page.
fn startable(module: &str) -> Outcome<String> {
    let imports = module.lines().any(|line| line.starts_with("import "));
    let export = module.rsplit_once("export {").and_then(|(before, list)| {
        let (list, _) = list.split_once('}')?;
        let init = list.split(',').find_map(|name| name.trim().strip_suffix(" as default"))?;
        Some((before, init))
    });
    match export {
        Some((before, init)) if !imports => Ok(format!("{before}gilPlayground.start({init});\n")),
        _ => Err(Failure::new(format!(
            "the program's script is not as {FILE} needs it: it must import nothing and export one \
             function as default at its end"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_with_what_a_module_exports() {
        let module = "function go() {}\nexport { sync, go as default };\n";
        assert_eq!(
            startable(module).as_deref(),
            Ok("function go() {}\ngilPlayground.start(go);\n")
        );
        assert!(startable("function go() {}\nexport { go };\n").is_err());
        assert!(startable(&format!("import * as a from './a.js';\n{module}")).is_err());
    }
}
