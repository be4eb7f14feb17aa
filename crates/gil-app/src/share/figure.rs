//! A figure for another page: what it shows, for what kind of page, and the text to put there.

use gil_notation::{Embed, Link, Shade};
use gil_share::picture::draw;
use gil_share::snippet::{Host, Hosted, Snippet, page_link, write};
use gil_view::theme::Theme;
use gil_words::scenario;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::copyable::Copyable;
use super::offer::{self, toggled};
use super::preview::Preview;
use super::shared::{SharedProps, length};
use crate::controls::{Options, Select};
use crate::dom::use_id;
use crate::link;
use crate::save::{download_text, say};
use crate::store;
use crate::view::WIDTH;

/// Where the address of the playground is kept that the reader's pages use.
const BASE: &str = "gil-playground-base";

/// The name of the picture that snippets use.
const PICTURE: &str = "gil-playground.svg";

/// The form, the snippet and the preview.
#[component]
pub fn FigureForm(props: &SharedProps) -> Html {
    let link = &props.link;
    let embed = use_state_eq(|| offer::first(link));
    let host = use_state_eq(|| Host::Element);
    let base = use_state_eq(|| store::get::<String>(BASE).unwrap_or_else(link::folder));
    let height = use_state_eq(|| 480);
    let figure = Link {
        view: gil_notation::View { embed: Some((*embed).clone()), ..link.view.clone() },
        ..link.clone()
    };
    let title = format!("GIL Playground: {}", scenario::line(&link.scenario));
    let snippet = write(
        *host,
        &Hosted { link: &figure, base: &base, title: &title, height: *height, picture: PICTURE },
    );
    let onheight = {
        let height = height.clone();
        Callback::from(move |pixels| height.set(pixels))
    };
    html! {
        <div class="share-part share-figure">
            <div class="share-form">
                <HostField host={*host} onchoose={let host = host.clone(); Callback::from(move |one| host.set(one))} />
                { parts(link, &embed) }
                { controls(link, &embed) }
                <ThemeField embed={embed.clone()} />
                <BaseField base={base.clone()} />
                { snippet_view(&snippet) }
                if snippet.text.contains(PICTURE) {
                    <PictureFile link={figure.clone()} base={(*base).clone()} />
                }
                <p class="muted">{ length(&figure) }</p>
            </div>
            <Preview address={link::address(&figure)} {onheight} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PictureFileProps {
    link: Link,
    base: String,
}

/// The picture that the snippet has where the figure cannot run.
#[component]
fn PictureFile(props: &PictureFileProps) -> Html {
    let said = use_state_eq(|| None);
    let onclick = {
        let (said, props) = (said.clone(), (props.link.clone(), props.base.clone()));
        Callback::from(move |_: MouseEvent| {
            let (link, base) = &props;
            say(&said, if save_picture(link, base) { "Downloaded" } else { "It cannot be drawn" });
        })
    };
    html! {
        <p class="share-row">
            <button type="button" class="button" {onclick}>{ format!("Download {PICTURE}") }</button>
            <span role="status">{ said.unwrap_or_default() }</span>
        </p>
    }
}

fn save_picture(link: &Link, base: &str) -> bool {
    let embed = link.view.embed.clone().unwrap_or_default();
    let theme = if embed.theme == Some(Shade::Dark) { Theme::dark() } else { Theme::light() };
    let (kind, link) = (offer::picture(&embed), page_link(link));
    // An address that is no page's is left out of the picture.
    let picture = draw(kind, &link, WIDTH, Some(base)).or_else(|_| draw(kind, &link, WIDTH, None));
    let svg = picture.map(|picture| picture.svg(&theme));
    svg.is_ok_and(|svg| download_text(PICTURE, "image/svg+xml", &svg).is_ok())
}

fn snippet_view(snippet: &Snippet) -> Html {
    html! {
        <>
            <Copyable label="To copy" text={snippet.text.clone()} />
            if !snippet.notes.is_empty() {
                <ul class="share-notes">{ for snippet.notes.iter().map(|note| html! { <li>{ note }</li> }) }</ul>
            }
        </>
    }
}

fn parts(link: &Link, embed: &UseStateHandle<Embed>) -> Html {
    let all = offer::parts(link);
    if all.len() < 2 {
        return html! {};
    }
    let row = |show: &gil_notation::Show| {
        let (embed, all, show) = (embed.clone(), all.clone(), *show);
        let on = embed.show.contains(&show);
        // A figure shows something.
        let last = on && embed.show.len() == 1;
        let onturn = Callback::from(move |()| {
            let show = toggled(&all, &embed.show, &show);
            embed.set(Embed { show, ..(*embed).clone() });
        });
        html! { <Tick label={offer::part_words(show)} {on} disabled={last} {onturn} /> }
    };
    html! { <fieldset class="ticks"><legend>{ "Shows" }</legend>{ for all.iter().map(row) }</fieldset> }
}

fn controls(link: &Link, embed: &UseStateHandle<Embed>) -> Html {
    let all = offer::controls(link);
    if all.is_empty() {
        return html! {};
    }
    let row = |control: &gil_notation::Control| {
        let (embed, all, control) = (embed.clone(), all.clone(), control.clone());
        let on = embed.controls.contains(&control);
        let label = offer::control_words(&control);
        let onturn = Callback::from(move |()| {
            let controls = toggled(&all, &embed.controls, &control);
            embed.set(Embed { controls, ..(*embed).clone() });
        });
        html! { <Tick {label} {on} disabled={false} {onturn} /> }
    };
    html! { <fieldset class="ticks"><legend>{ "The reader may" }</legend>{ for all.iter().map(row) }</fieldset> }
}

/// Something to be ticked.
#[derive(Properties, PartialEq)]
pub struct TickProps {
    /// What it is.
    pub label: AttrValue,
    /// Whether it is ticked.
    pub on: bool,
    /// Whether it has to stay as it is.
    pub disabled: bool,
    /// It is ticked, or not any more.
    pub onturn: Callback<()>,
}

/// A box to tick.
#[component]
pub fn Tick(props: &TickProps) -> Html {
    let onchange = props.onturn.reform(|_: Event| ());
    html! {
        <label class="tick">
            <input type="checkbox" checked={props.on} disabled={props.disabled} {onchange} />
            { &props.label }
        </label>
    }
}

#[derive(Properties, PartialEq)]
struct HostProps {
    host: Host,
    onchoose: Callback<Host>,
}

#[component]
fn HostField(props: &HostProps) -> Html {
    let id = use_id();
    let options: Options =
        Host::ALL.iter().map(|host| (host.key().into(), host.name().into())).collect();
    let onchoose = {
        let choose = props.onchoose.clone();
        Callback::from(move |key: String| {
            if let Some(host) = Host::find(&key) {
                choose.emit(host);
            }
        })
    };
    html! {
        <div class="share-field">
            <label for={(*id).clone()}>{ "For" }</label>
            <Select id={(*id).clone()} {options} chosen={props.host.key()} {onchoose} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ThemeProps {
    embed: UseStateHandle<Embed>,
}

const THEMES: [(&str, &str, Option<Shade>); 3] = [
    ("system", "As its surroundings", None),
    ("light", "Light", Some(Shade::Light)),
    ("dark", "Dark", Some(Shade::Dark)),
];

#[component]
fn ThemeField(props: &ThemeProps) -> Html {
    let id = use_id();
    let embed = props.embed.clone();
    let chosen =
        THEMES.into_iter().find(|(.., shade)| *shade == embed.theme).map_or("system", |it| it.0);
    let onchange = Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlSelectElement>().value();
        let theme = THEMES.into_iter().find(|(key, ..)| *key == value).and_then(|it| it.2);
        embed.set(Embed { theme, ..(*embed).clone() });
    });
    html! {
        <div class="share-field">
            <label for={(*id).clone()}>{ "Theme" }</label>
            <select id={(*id).clone()} {onchange}>
                { for THEMES.into_iter().map(|(key, words, _)| html! {
                    <option value={key} selected={key == chosen}>{ words }</option>
                }) }
            </select>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BaseProps {
    base: UseStateHandle<String>,
}

/// Where the pages will find the playground: here, or where the team has put it.
#[component]
fn BaseField(props: &BaseProps) -> Html {
    let id = use_id();
    let base = props.base.clone();
    let value = (*base).clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        let typed = typed.trim();
        let whole = if typed.is_empty() { link::folder() } else { typed.to_owned() };
        store::set(BASE, &whole);
        base.set(whole);
    });
    html! {
        <div class="share-field">
            <label for={(*id).clone()}>{ "The playground is at" }</label>
            <input id={(*id).clone()} type="text" inputmode="url" spellcheck="false" {value} {oninput} />
        </div>
    }
}
