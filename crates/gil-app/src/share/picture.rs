//! A picture to keep, as SVG or PNG.

use gil_notation::{Link, Tab};
use gil_share::picture::{Charted, Content, Picture, Subject, draw, draw_content};
use gil_view::scaling::{self, Question};
use gil_view::theme::Theme;
use yew::prelude::*;

use super::shared::SharedProps;
use crate::controls::{Options, Select};
use crate::link;
use crate::page::use_page;
use crate::save::copy_saying;
use crate::task::progress::progress;
use crate::task::runs::{Status, use_runs};
use crate::view::{SavePicture, WIDTH};

/// What a picture can be of, in the order of the list.
const OF: [Of; 6] = [
    Of::Run(Subject::Timeline),
    Of::Run(Subject::Stage),
    Of::Chart(scaling::Topic::SpeedUp),
    Of::Chart(scaling::Topic::Throughput),
    Of::Chart(scaling::Topic::Latency),
    Of::Run(Subject::Comparison),
];

/// What a picture is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    /// A run or two: drawn at once.
    Run(Subject),
    /// Many runs: the worker computes them.
    Chart(scaling::Topic),
}

impl Of {
    /// What is looked at.
    fn first(link: &Link) -> Of {
        match link.view.tab {
            Tab::Compare if link.other.is_some() => Of::Run(Subject::Comparison),
            _ => Of::Run(Subject::Timeline),
        }
    }

    /// In the list, and in the name of the file.
    fn key(self) -> &'static str {
        match self {
            Of::Run(kind) => kind.name(),
            Of::Chart(scaling::Topic::SpeedUp) => "speed-up",
            Of::Chart(scaling::Topic::Throughput) => "throughput",
            Of::Chart(scaling::Topic::Latency) => "latency",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Of::Run(Subject::Stage) => "Stage at this moment",
            Of::Run(Subject::Comparison) => "Comparison",
            Of::Run(Subject::Timeline | Subject::Chart) => "Timeline",
            Of::Chart(scaling::Topic::SpeedUp) => "How it scales: speed-up",
            Of::Chart(scaling::Topic::Throughput) => "How it scales: throughput",
            Of::Chart(scaling::Topic::Latency) => "How it scales: latency",
        }
    }
}

/// What is drawn, in what theme; the picture; where it goes.
#[component]
pub fn PictureForm(props: &SharedProps) -> Html {
    let link = &props.link;
    let page = use_page();
    let of = use_state_eq(|| Of::first(link));
    let dark = use_state_eq(|| page.theme.theme.name == Theme::dark().name);
    let theme = if *dark { Theme::dark() } else { Theme::light() };
    let choose_of = {
        let of = of.clone();
        Callback::from(move |key: String| {
            if let Some(one) = OF.into_iter().find(|of| of.key() == key) {
                of.set(one);
            }
        })
    };
    let choose_theme = {
        let dark = dark.clone();
        Callback::from(move |key: String| dark.set(key == "dark"))
    };
    let possible = |of: &Of| *of != Of::Run(Subject::Comparison) || link.other.is_some();
    let option = |of: Of| (of.key().into(), of.words().into());
    let all: Options = OF.into_iter().filter(possible).map(option).collect();
    let themes: Options =
        ["light", "dark"].iter().map(|name| ((*name).into(), titled(name).into())).collect();
    let name = format!("gil-{}", of.key());
    html! {
        <div class="share-part">
            <p>{ "The same picture as on the page, with what it shows and its link on it. It stands where figures are not allowed." }</p>
            <div class="share-row">
                <span class="share-choice">
                    <label for="picture-kind">{ "Of" }</label>
                    <Select id="picture-kind" options={all} chosen={of.key()} onchoose={choose_of} />
                </span>
                <span class="share-choice">
                    <label for="picture-theme">{ "Theme" }</label>
                    <Select id="picture-theme" options={themes} chosen={if *dark { "dark" } else { "light" }} onchoose={choose_theme} />
                </span>
            </div>
            { match *of {
                Of::Run(kind) => html! { <OfRun link={link.clone()} {kind} {theme} {name} /> },
                Of::Chart(kind) => html! { <OfChart link={link.clone()} {kind} {theme} {name} /> },
            } }
        </div>
    }
}

fn titled(name: &str) -> &'static str {
    if name == "dark" { "Dark" } else { "Light" }
}

#[derive(Properties, PartialEq)]
struct OfProps<K: PartialEq> {
    link: Link,
    kind: K,
    theme: Theme,
    name: String,
}

/// A run or two.
#[component]
fn OfRun(props: &OfProps<Subject>) -> Html {
    let drawn = use_memo((props.kind, props.link.clone()), |(kind, link)| {
        draw(*kind, link, WIDTH, Some(&link::page()))
    });
    drawn_or_why(&drawn, &props.theme, &props.name)
}

/// The chart, once its runs are there.
#[component]
fn OfChart(props: &OfProps<scaling::Topic>) -> Html {
    let runs = use_runs(&Question::usual(&props.link.scenario), true);
    let board = &runs.board;
    let is_done = matches!(board.status, Status::Done(_));
    let drawn = use_memo((props.kind, props.link.clone(), is_done), |(kind, link, is_done)| {
        let charted = is_done.then(|| Charted::of_sweep(*kind, board.now.swept()))?;
        Some(draw_content(Content::Chart(&charted), link, WIDTH, Some(&link::page())))
    });
    html! {
        <>
            if let Some(drawn) = drawn.as_ref() {
                { drawn_or_why(drawn, &props.theme, &props.name) }
            }
            { progress(&runs) }
        </>
    }
}

fn drawn_or_why(drawn: &Result<Picture, String>, theme: &Theme, name: &str) -> Html {
    match drawn {
        Err(why) => html! { <p class="complaint" role="alert">{ why }</p> },
        Ok(picture) => html! {
            <Drawn picture={picture.clone()} theme={theme.clone()} name={name.to_owned()} />
        },
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
    let draw = {
        let picture = props.picture.clone();
        Callback::from(move |()| Ok(picture.clone()))
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
                <SavePicture {draw} theme={props.theme.clone()} name={props.name.clone()} main=true />
                <button type="button" class="button" onclick={copy_svg}>{ "Copy SVG" }</button>
                <span role="status">{ said.unwrap_or_default() }</span>
            </p>
        </>
    }
}

/// For the address of an image. What a picture's text has of other characters stays as it is.
fn encoded(svg: &str) -> String {
    String::from(js_sys::encode_uri_component(svg))
}
