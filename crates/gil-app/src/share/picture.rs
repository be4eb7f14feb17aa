//! A picture to keep, as SVG or PNG.

use gil_notation::{Link, Tab};
use gil_share::picture::{Kind, Picture, draw};
use gil_view::display::{Fill, Ink, List, Shape};
use gil_view::theme::Theme;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Blob, HtmlCanvasElement};
use yew::prelude::*;

use super::SharedProps;
use crate::app::use_page;
use crate::canvas::Surface;
use crate::explore::panel::field::{Options, Select};
use crate::link;
use crate::save::{copy_saying, download, download_text, say};

/// Width of a picture in logical pixels.
pub const WIDTH: f32 = 1_000.0;

/// What is drawn, in what theme; the picture; where it goes.
#[component]
pub fn PictureForm(props: &SharedProps) -> Html {
    let link = &props.link;
    let page = use_page();
    let kind = use_state_eq(|| first(link));
    let dark = use_state_eq(|| page.theme.theme.name == Theme::dark().name);
    let theme = if *dark { Theme::dark() } else { Theme::light() };
    let drawn = use_memo((*kind, link.clone()), |(kind, link)| {
        draw(*kind, link, WIDTH, Some(&link::page()))
    });
    let choose_kind = {
        let kind = kind.clone();
        Callback::from(move |key: String| {
            if let Some(one) = Kind::ALL.into_iter().find(|kind| kind.name() == key) {
                kind.set(one);
            }
        })
    };
    let choose_theme = {
        let dark = dark.clone();
        Callback::from(move |key: String| dark.set(key == "dark"))
    };
    let kinds: Options =
        kinds(link).into_iter().map(|kind| (kind.name().into(), words(kind).into())).collect();
    let themes: Options =
        ["light", "dark"].iter().map(|name| ((*name).into(), titled(name).into())).collect();
    html! {
        <div class="share-part">
            <p>{ "The same picture as on the page, with what it shows and its link on it. It stands where figures are not allowed." }</p>
            <div class="share-row">
                <label for="picture-kind">{ "Of" }</label>
                <Select id="picture-kind" options={kinds} chosen={kind.name()} onchoose={choose_kind} />
                <label for="picture-theme">{ "Theme" }</label>
                <Select id="picture-theme" options={themes} chosen={if *dark { "dark" } else { "light" }} onchoose={choose_theme} />
            </div>
            { match drawn.as_ref() {
                Err(why) => html! { <p class="complaint" role="alert">{ why }</p> },
                Ok(picture) => html! { <Drawn picture={picture.clone()} {theme} name={format!("gil-{}", kind.name())} /> },
            } }
        </div>
    }
}

fn titled(name: &str) -> &'static str {
    if name == "dark" { "Dark" } else { "Light" }
}

/// What is looked at.
fn first(link: &Link) -> Kind {
    match link.view.tab {
        Tab::Compare if link.other.is_some() => Kind::Comparison,
        _ => Kind::Timeline,
    }
}

fn kinds(link: &Link) -> Vec<Kind> {
    let possible = |kind: &Kind| *kind != Kind::Comparison || link.other.is_some();
    Kind::ALL.into_iter().filter(possible).collect()
}

fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Timeline => "Timeline",
        Kind::Stage => "Stage at this moment",
        Kind::Chart => "How it scales",
        Kind::Comparison => "Comparison",
    }
}

#[derive(Properties, PartialEq)]
struct DrawnProps {
    picture: Picture,
    theme: Theme,
    name: String,
}

#[component]
fn Drawn(props: &DrawnProps) -> Html {
    let said = use_state_eq(|| None);
    let svg = use_memo((props.picture.clone(), props.theme.clone()), |(picture, theme)| {
        picture.svg(theme)
    });
    let source = format!("data:image/svg+xml,{}", encoded(&svg));
    let as_svg = {
        let (svg, said, name) = (svg.clone(), said.clone(), format!("{}.svg", props.name));
        Callback::from(move |_: MouseEvent| {
            let done = download_text(&name, "image/svg+xml", &svg).is_ok();
            say(&said, if done { "Downloaded" } else { REFUSED });
        })
    };
    let as_png = {
        let (said, name) = (said.clone(), format!("{}.png", props.name));
        let (picture, theme) = (props.picture.clone(), props.theme.clone());
        Callback::from(move |_: MouseEvent| {
            let (name, said) = (name.clone(), said.clone());
            png(&picture.list, &theme, move |data| {
                let done = data.is_some_and(|data| download(&name, &data).is_ok());
                say(&said, if done { "Downloaded" } else { REFUSED });
            });
        })
    };
    let copy_svg = {
        let (svg, said) = (svg.clone(), said.clone());
        Callback::from(move |_: MouseEvent| {
            copy_saying(&svg, said.clone(), "Copied", "The browser refuses: download it instead");
        })
    };
    html! {
        <>
            <img class="share-picture" src={source} alt={props.picture.description.clone()} />
            <p class="share-row">
                <button type="button" class="button primary" onclick={as_svg}>{ "Download SVG" }</button>
                <button type="button" class="button" onclick={as_png}>{ "Download PNG" }</button>
                <button type="button" class="button" onclick={copy_svg}>{ "Copy SVG" }</button>
                <span role="status">{ said.unwrap_or_default() }</span>
            </p>
        </>
    }
}

const REFUSED: &str = "The browser refuses";

/// For the address of an image. What a picture's text has of other characters stays as it is.
fn encoded(svg: &str) -> String {
    String::from(js_sys::encode_uri_component(svg))
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
    surface.draw_at(&List { width, height, shapes }, 2.0);
    let done = Closure::once_into_js(move |data: Option<Blob>| then(data));
    // Where it throws, nothing comes of it; the canvas is our own, so it does not.
    let _ = canvas.to_blob(done.unchecked_ref());
}
