//! Pictures to keep: the SVG is the picture of the screen, in every browser and as a file.

use gil_notation::PRESETS;
use serde::Deserialize;
use serde_json::json;

use crate::harness::{Page, TestResult, run};
use crate::parts::{CONVOY, choose, content, open_still, press_button, script};

/// How far two pictures are from each other: means over squares of 8 by 8 logical pixels, 0 to 255.
#[derive(Debug, Deserialize)]
struct Distance {
    /// Of all squares.
    mean: f64,
    /// Of the square that differs most.
    most: f64,
    /// Of all squares to those of a picture of nothing: what there is to be seen.
    nothing: f64,
}

impl Distance {
    /// Letters and hatches are drawn a little differently in an image: up to 2 % of what there is to
    /// be seen was measured, and 30 in a square. A picture of something else is as far as nothing.
    fn is_small(&self) -> bool {
        self.nothing > 2.0 && self.mean < self.nothing / 30.0 && self.most < 45.0
    }
}

/// Keeps what the page has the browser save.
const CATCH: &str = "window.saved = {};
    URL.createObjectURL = (old => blob => { window.last = blob; return old.call(URL, blob) })(URL.createObjectURL);
    HTMLAnchorElement.prototype.click = function () { window.saved[this.download] = window.last }";

/// Compares two saved pictures; the SVG is rendered by the browser, the PNG is what its canvas had.
const COMPARE: &str = "
    const done = arguments[arguments.length - 1];
    const [svg, png] = names.map(name => window.saved[name]);
    const load = blob => new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = () => reject(name + ' is no image');
      image.src = URL.createObjectURL(blob);
    });
    const squares = (image, [width, height]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d');
      if (image) context.drawImage(image, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      const across = Math.ceil(width / 16), means = new Float64Array(across * Math.ceil(height / 16) * 3);
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++)
        means[((y >> 4) * across + (x >> 4)) * 3 + c] += data[(y * width + x) * 4 + c] / 256;
      return means;
    };
    const between = (a, b) => {
      let sum = 0, most = 0;
      a.forEach((value, i) => { const d = Math.abs(value - b[i]); sum += d; most = Math.max(most, d) });
      return [sum / a.length, most];
    };
    Promise.all([load(svg), load(png)]).then(([a, b]) => {
      const size = [a.naturalWidth, a.naturalHeight];
      if (b.naturalWidth !== 2 * size[0] || b.naturalHeight !== 2 * size[1]) throw 'other sizes';
      const pixels = [b.naturalWidth, b.naturalHeight];
      const [one, other] = [squares(a, pixels), squares(b, pixels)];
      const paper = new Float64Array(one.length).map((_, i) => one[i % 3]);
      const [mean, most] = between(one, other);
      done({ mean, most, nothing: between(one, paper)[0] });
    }).catch(error => done(String(error)));";

/// Saves a kind of picture both ways and compares them.
async fn compare(page: &Page, kind: &str) -> TestResult<Distance> {
    choose(page, "#picture-kind", kind).await?;
    page.wait_for(".share-picture").await?;
    press_button(page, "Download SVG").await?;
    press_button(page, "Download PNG").await?;
    distance(page, kind).await
}

/// How far the two pictures are from each other that are saved under a name.
async fn distance(page: &Page, name: &str) -> TestResult<Distance> {
    let names = json!([format!("gil-{name}.svg"), format!("gil-{name}.png")]);
    let both = format!("return {names}.every(name => window.saved[name])");
    page.wait_until_js("both are saved", &both).await?;
    let compare = format!("const names = {names}; {COMPARE}");
    let answer = page.session().execute_async(compare, vec![]).await?;
    let answer = answer.json().clone();
    serde_json::from_value(answer.clone()).map_err(|_| format!("{name}: {answer}").into())
}

async fn open_dialog(page: &Page, fragment: &str) -> TestResult {
    open_still(page, fragment).await?;
    page.reload().await?;
    script(page, CATCH).await?;
    press_button(page, "Share").await?;
    press_button(page, "Picture").await
}

#[test]
fn every_preset_is_the_same_as_svg_and_on_canvas() -> TestResult {
    run(async |page| {
        for preset in PRESETS {
            open_dialog(page, &gil_notation::print_scenario(&preset.scenario())).await?;
            for kind in ["timeline", "stage"] {
                let distance = compare(page, kind).await?;
                assert!(distance.is_small(), "{} {kind}: {distance:?}", preset.key);
            }
        }
        Ok(())
    })
}

#[test]
fn charts_and_comparisons_in_the_dark_too() -> TestResult {
    run(async |page| {
        open_dialog(page, "v1/count:4:py-50ms/vs/py=3.13t/count:4:py-50ms/tab=compare").await?;
        choose(page, "#picture-theme", "dark").await?;
        for kind in ["speed-up", "throughput", "latency", "comparison"] {
            let distance = compare(page, kind).await?;
            assert!(distance.is_small(), "{kind}: {distance:?}");
        }
        let svg: String = page
            .session()
            .execute_async(
                "window.saved['gil-comparison.svg'].text().then(arguments[arguments.length - 1])",
                vec![],
            )
            .await?
            .convert()?;
        for part in ["<text", "#v1/count:4:py-50ms/vs/py=3.13t/", "GIL Playground 0.1.0", "<title"]
        {
            assert!(svg.contains(part), "{part}");
        }
        Ok(())
    })
}

#[test]
fn charts_are_saved_from_where_they_stand() -> TestResult {
    run(async |page| {
        open_still(page, "v1/fetch:4:py-200us+io-5ms:x10").await?;
        script(page, CATCH).await?;
        for (chart, name) in [(".charts", "speed-up"), (".compare", "memory")] {
            page.wait_for(chart).await?.scroll_into_view().await?;
            if name == "memory" {
                choose(page, "[data-control='compare-figure']", "Memory").await?;
            }
            page.wait_for(&format!("{chart} .chart-progress[data-state='done']")).await?;
            for kind in ["svg", "png"] {
                page.wait_for(&format!("{chart} [data-save='{kind}']")).await?.click().await?;
            }
            let distance = distance(page, name).await?;
            assert!(distance.is_small(), "{name}: {distance:?}");
        }
        let text = "window.saved['gil-memory.svg'].text().then(arguments[arguments.length - 1])";
        let svg: String = page.session().execute_async(text, vec![]).await?.convert()?;
        for part in ["CPU-bound work on 4 cores", "#v1/fetch:4:", "3.14 asyncio"] {
            assert!(svg.contains(part), "{part}: {svg}");
        }
        Ok(())
    })
}

#[test]
fn a_scenario_leaves_as_python_and_its_run_as_a_trace() -> TestResult {
    run(async |page| {
        open_still(page, CONVOY).await?;
        script(page, CATCH).await?;
        press_button(page, "Share").await?;
        press_button(page, "Python").await?;
        let program = content(page, ".share-dialog .preview").await?;
        let expected = gil_script::program(&gil_notation::parse(CONVOY)?);
        assert!(program == expected, "the program is not that of the scenario");
        press_button(page, "Trace").await?;
        for format in gil_export::Format::ALL {
            press_button(page, format.title()).await?;
        }
        let names = ["gil.profile.json", "gil.trace.json"];
        for (format, name) in gil_export::Format::ALL.into_iter().zip(names) {
            page.wait_until_js("it is saved", &format!("return !!window.saved['{name}']")).await?;
            let text =
                format!("window.saved['{name}'].text().then(arguments[arguments.length - 1])");
            let text: String = page.session().execute_async(text, vec![]).await?.convert()?;
            let scenario = gil_notation::parse_scenario(CONVOY)?;
            let expected = format.text(&gil_sim::Run::of(scenario), CONVOY);
            // As JSON: the order of keys is the serializer's.
            let json = |text: &str| serde_json::from_str::<serde_json::Value>(text);
            assert!(json(&text)? == json(&expected)?, "{name} is another one than gil writes");
        }
        Ok(())
    })
}

#[test]
fn says_what_a_picture_lacks() -> TestResult {
    run(async |page| {
        open_dialog(page, "v1/count:4:py-50ms").await?;
        assert!(!page.exists("#picture-kind option[value='comparison']").await?);
        assert_eq!(content(page, "#picture-kind option").await?, "Timeline");
        Ok(())
    })
}
