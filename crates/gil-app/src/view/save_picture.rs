//! The buttons that save a picture as SVG and as PNG.

use gil_share::picture::Picture;
use gil_view::display::{Fill, Ink, List, Shape};
use gil_view::theme::Theme;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Blob, HtmlCanvasElement};
use yew::prelude::*;

use crate::canvas::Surface;
use crate::save::{Said, download, download_text, say};

/// Width of a picture in logical pixels.
pub const WIDTH: f32 = 1_000.0;

/// How many pixels a PNG has for a logical pixel.
const SCALE: f64 = 2.0;

const DONE: &str = "Downloaded";
const REFUSED: &str = "The browser refuses";

/// The properties of [`SavePicture`].
#[derive(Properties, PartialEq)]
pub struct SavePictureProps {
    /// Draws it, once somebody asks; an error is a sentence.
    pub draw: Callback<(), Result<Picture, String>>,
    /// The theme of the picture.
    pub theme: Theme,
    /// The name of the file, without its ending.
    pub name: String,
    /// Whether this is what the reader came for: otherwise it is a thing beside others.
    #[prop_or_default]
    pub main: bool,
}

/// The buttons, and what came of it.
#[component]
pub fn SavePicture(props: &SavePictureProps) -> Html {
    let said = use_state_eq(|| None);
    let save = |save: fn(&Picture, &Theme, &str, Said)| {
        let (draw, theme, said) = (props.draw.clone(), props.theme.clone(), said.clone());
        let name = props.name.clone();
        Callback::from(move |_: MouseEvent| match draw.emit(()) {
            Ok(picture) => save(&picture, &theme, &name, said.clone()),
            Err(_) => say(&said, "There is no such picture"),
        })
    };
    let (lead, class) = match props.main {
        true => ("Download ", "button primary"),
        false => ("", "button"),
    };
    html! {
        <span class="save-picture">
            if !props.main {
                <span class="muted">{ "Save as" }</span>
            }
            <button type="button" {class} data-save="svg" onclick={save(save_svg)}>{ lead }{ "SVG" }</button>
            <button type="button" class="button" data-save="png" onclick={save(save_png)}>{ lead }{ "PNG" }</button>
            <span role="status">{ said.unwrap_or_default() }</span>
        </span>
    }
}

fn save_svg(picture: &Picture, theme: &Theme, name: &str, said: Said) {
    let done = download_text(&format!("{name}.svg"), "image/svg+xml", &picture.svg(theme));
    say(&said, if done.is_ok() { DONE } else { REFUSED });
}

fn save_png(picture: &Picture, theme: &Theme, name: &str, said: Said) {
    let name = format!("{name}.png");
    png(&picture.list, theme, move |data| {
        let done = data.is_some_and(|data| download(&name, &data).is_ok());
        say(&said, if done { DONE } else { REFUSED });
    });
}

/// The picture in twice its size, on the surface's colour.
fn png(list: &List, theme: &Theme, then: impl FnOnce(Option<Blob>) + 'static) {
    let (width, height) = (list.width, list.height);
    let paper = Shape::Rect {
        x: 0.0,
        y: 0.0,
        w: width,
        h: height,
        radius: 0.0,
        fill: Some(Fill::Solid(Ink::Surface)),
        stroke: None,
    };
    let shapes = std::iter::once(paper).chain(list.shapes.iter().cloned()).collect();
    let canvas = gloo::utils::document().create_element("canvas").ok();
    let canvas = canvas.and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok());
    let surface = canvas.clone().and_then(|canvas| Surface::new(canvas, theme.clone()));
    let (Some(canvas), Some(mut surface)) = (canvas, surface) else { return then(None) };
    surface.draw_at(&List { width, height, shapes }, SCALE);
    let done = Closure::once_into_js(move |data: Option<Blob>| then(data));
    // Where it throws, nothing comes of it; the canvas is our own, so it does not.
    let _ = canvas.to_blob(done.unchecked_ref());
}
