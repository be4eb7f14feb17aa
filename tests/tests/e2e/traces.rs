//! Traces that other tools open: speedscope is given one as its users would.

use gil_export::Format;
use gil_notation::Preset;
use gil_sim::Run;

use crate::harness::{DESKTOP, Server, TestResult, required_path, run_on};

#[test]
fn speedscope_opens_trace_events() -> TestResult {
    let preset = Preset::find("convoy").ok_or("there is such a preset")?;
    let text = Format::Chrome.text(&Run::of(preset.scenario()), preset.notation);
    let index = required_path("GIL_SPEEDSCOPE")?;
    let folder = index.parent().ok_or("a folder")?;
    let server = Server::new().root(folder).page("/convoy.trace.json", &text);
    run_on(server, async |page| {
        page.set_viewport(DESKTOP).await?;
        let address = format!("{}/index.html#profileURL=/convoy.trace.json", page.origin());
        page.session().goto(address).await?;
        // The name of the first lane, and how many there are: three threads with three lanes each.
        let shows = "return document.body.innerText.includes('hog: GIL')
            && document.body.innerText.includes('(1/9)')";
        page.wait_until_js("speedscope shows the first of nine lanes", shows).await?;
        // Where there is no WebGL its flame chart can't be drawn, and that is said.
        page.expect_errors().await
    })
}
