//! The page: state, address, keys, and the frame around the tabs.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gil_notation::{Control, Embed, Link, Tab, View};
use gil_sim::Nanos;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::compare::Compare;
use crate::decide::Decide;
use crate::dom::{is_typing, use_reduced_motion, use_window_event};
use crate::embed::EmbedView;
use crate::explore::Explore;
use crate::header::{Header, Shortcuts};
use crate::learn::Learn;
use crate::link;
use crate::model::{Action, Model, Problem};
use crate::playback::{Direction, Play, Playback};
use crate::player::Player;
use crate::right::Right;
use crate::simulation::use_playing;
use crate::theme::{ThemeHandle, use_theme};

/// What every part of the page may use. Cheap to clone.
#[derive(Clone, PartialEq)]
pub struct Page {
    /// The shared and derived state.
    pub model: UseReducerHandle<Model>,
    /// The visible piece of simulated time; `None` is all of it.
    pub window: UseStateHandle<Option<(Nanos, Nanos)>>,
    /// The theme in force.
    pub theme: ThemeHandle,
    /// Whether motion is to be avoided.
    pub still: bool,
}

/// The page.
#[component]
pub fn App() -> Html {
    let opened = use_memo((), |()| link::read());
    let model = use_reducer(|| match opened.as_ref() {
        Some(Ok(link)) => Model::open(link.clone()),
        Some(Err(problem)) => Model::broken(problem.clone(), link::is_embed()),
        None => Model::open(Model::preset()),
    });
    let view = match opened.as_ref() {
        Some(Ok(link)) => link.view.clone(),
        _ => View::default(),
    };
    let still = use_reduced_motion();
    let window = use_state_eq(|| view.window);
    let theme = use_theme(model.embed.as_ref().and_then(|embed| embed.theme));
    // A link that names a moment shows that moment; otherwise the page opens with a run playing.
    let player = Player::from(&use_reducer(|| opened_playback(&model, &view, still)));
    let page = Page { model: model.clone(), window: window.clone(), theme, still };

    let opening = use_mut_ref(|| None::<View>);
    use_run_in_player(&model, &player, &opening);
    use_address(&page, &player, &opening);
    use_keys(&page, &player);
    // A figure plays where it is seen, and says so itself.
    use_playing(&player, model.embed.is_none() && shows_player(model.tab));

    if model.embed.is_some() {
        return html! {
            <ContextProvider<Page> context={page}>
                <ContextProvider<Player> context={player}><EmbedView /></ContextProvider<Player>>
            </ContextProvider<Page>>
        };
    }
    let tab = match model.tab {
        Tab::Explore => html! { <Explore /> },
        Tab::Learn => html! { <Learn /> },
        Tab::Compare => html! { <Compare /> },
        Tab::Decide => html! { <Decide /> },
        Tab::Right => html! { <Right /> },
    };
    html! {
        <ContextProvider<Page> context={page}>
            <ContextProvider<Player> context={player}>
                <SkipLink />
                <Header />
                <ProblemBar />
                <main id="main" tabindex="-1">{ tab }</main>
                <Shortcuts />
            </ContextProvider<Player>>
        </ContextProvider<Page>>
    }
}

/// The first stop of the Tab key. No plain link: the address is the scenario.
#[component]
fn SkipLink() -> Html {
    let onclick = Callback::from(|event: MouseEvent| {
        event.prevent_default();
        let main = gloo::utils::document().get_element_by_id("main");
        if let Some(main) = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Without focus the next Tab goes on from here: nothing is lost.
            let _ = main.focus();
        }
    });
    html! { <a class="skip" href="#main" {onclick}>{ "Skip to the simulation" }</a> }
}

fn opened_playback(model: &Model, view: &View, still: bool) -> Playback {
    let playing = view.at.is_none() && !still && view.embed.as_ref().is_none_or(can_play);
    let mut playback = Playback::new(model.run.clone(), playing);
    playback.set_beside(model.beside().cloned());
    playback.show(view);
    playback
}

/// Whether a figure has a control to play and pause it: without one it is still.
pub fn can_play(embed: &Embed) -> bool {
    embed.controls.contains(&Control::Play)
}

/// The view of a link that is being opened, until its run is in the player.
type Opening = Rc<RefCell<Option<View>>>;

/// New runs go to the player, and with them the view of the link that brought them.
#[hook]
fn use_run_in_player(model: &UseReducerHandle<Model>, player: &Player, opening: &Opening) {
    let (player, opening) = (player.clone(), opening.clone());
    use_effect_with((model.run.clone(), model.beside().cloned()), move |(run, beside)| {
        if player.run != *run {
            player.dispatch(Play::Run(run.clone()));
        }
        player.dispatch(Play::Beside(beside.clone()));
        if let Some(view) = opening.borrow_mut().take() {
            player.dispatch(Play::Show(view));
        }
    });
}

/// The link to what the page shows now.
pub fn link_of(page: &Page, player: &Player) -> Link {
    let end = player.end();
    let view = View {
        tab: page.model.tab,
        lesson: page.model.lesson.clone().filter(|_| page.model.tab == Tab::Learn),
        debug: page.model.debug,
        at: (!player.playing && player.at > Nanos::ZERO).then_some(player.at),
        window: page.window.filter(|(from, to)| *from < end && from < to),
        slowdown: player.chosen_slowdown.map(|slowdown| slowdown as u32),
        looping: player.looping,
        embed: None,
    };
    let other = page.model.other.as_ref().map(|other| other.scenario.clone());
    Link { scenario: page.model.run.scenario.clone(), other, view }
}

/// Keeps address and state the same: writes what changed, opens what the reader navigates to.
#[hook]
fn use_address(page: &Page, player: &Player, opening: &Opening) {
    let link = link_of(page, player);
    let last_edit = use_mut_ref(|| 0.0f64);
    let written = use_mut_ref(|| None::<Link>);
    // The address that was broken stays, so that it can be mended.
    let broken = page.model.problem.is_some();
    // In a frame every entry of its history would be one of the page around it.
    let kept = broken || page.model.embed.is_some();
    {
        let (written, last_edit) = (written.clone(), last_edit.clone());
        use_effect_with((link, kept), move |(link, kept)| {
            if *kept {
                return;
            }
            let before = written.borrow_mut().replace(link.clone());
            let now = js_sys::Date::now();
            let place =
                |l: &Link| (l.scenario.clone(), l.other.clone(), l.view.tab, l.view.lesson.clone());
            let moved = before.as_ref().is_some_and(|before| place(before) != place(link));
            let pause = now - *last_edit.borrow() > EDIT_PAUSE_MS;
            if moved {
                *last_edit.borrow_mut() = now;
            }
            link::write(link, moved && pause);
        });
    }
    let (page, player, opening) = (page.clone(), player.clone(), opening.clone());
    use_window_event::<Event>("popstate", move |_| {
        let link = match link::read() {
            None => Model::preset(),
            Some(Ok(link)) => link,
            Some(Err(problem)) => return page.model.dispatch(Action::Broken(problem)),
        };
        *written.borrow_mut() = Some(link.clone());
        open_link(link, &page, &player, &opening);
    });
}

/// Edits closer together than this are one entry of the history.
const EDIT_PAUSE_MS: f64 = 1_500.0;

fn open_link(link: Link, page: &Page, player: &Player, opening: &Opening) {
    page.window.set(link.view.window);
    let opened = (&link.scenario, link.other.as_ref().filter(|_| link.view.tab == Tab::Compare));
    let beside = page.model.beside().map(|beside| &beside.scenario);
    if opened == (&page.model.run.scenario, beside) {
        player.dispatch(Play::Show(link.view.clone()));
    } else {
        *opening.borrow_mut() = Some(link.view.clone());
    }
    page.model.dispatch(Action::Open(Box::new(link)));
}

/// Keys that work wherever no control wants them.
#[hook]
fn use_keys(page: &Page, player: &Player) {
    let (page, player) = (page.clone(), player.clone());
    use_window_event::<KeyboardEvent>("keydown", move |event| {
        if is_typing(&event) || event.alt_key() || dialog_is_open() {
            return;
        }
        let handled = if let Some(embed) = &page.model.embed {
            can_play(embed) && shows_player(page.model.tab) && playback_key(&event, &player)
        } else if event.ctrl_key() || event.meta_key() {
            undo_key(&event, &page)
        } else {
            debugger_key(&event, &page, &player)
                // What is out of sight is not played.
                || shows_player(page.model.tab) && playback_key(&event, &player)
        };
        if handled {
            event.prevent_default();
        }
    });
}

fn dialog_is_open() -> bool {
    gloo::utils::document().query_selector("dialog[open]").ok().flatten().is_some()
}

fn undo_key(event: &KeyboardEvent, page: &Page) -> bool {
    match (event.key().to_lowercase().as_str(), event.shift_key()) {
        ("z", false) => page.model.dispatch(Action::Undo),
        ("z", true) | ("y", false) => page.model.dispatch(Action::Redo),
        _ => return false,
    }
    true
}

/// Whether a tab shows the run of the page.
fn shows_player(tab: Tab) -> bool {
    matches!(tab, Tab::Explore | Tab::Compare)
}

/// `d` opens and closes the debugger; with Shift the keys that step run to a breakpoint. Those go by
/// their place, because what Shift makes of them differs from keyboard to keyboard.
fn debugger_key(event: &KeyboardEvent, page: &Page, player: &Player) -> bool {
    if page.model.tab != Tab::Explore {
        return false;
    }
    match (event.key().as_str(), event.code().as_str(), event.shift_key()) {
        ("d", _, false) => page.model.dispatch(Action::Debug(!page.model.debug)),
        (">", ..) | (_, "Period", true) if page.model.debug => {
            player.dispatch(Play::RunTo(Direction::Forward));
        }
        ("<", ..) | (_, "Comma", true) if page.model.debug => {
            player.dispatch(Play::RunTo(Direction::Back));
        }
        _ => return false,
    }
    true
}

/// Does what a key means for playback; whether it means anything.
pub fn playback_key(event: &KeyboardEvent, player: &Player) -> bool {
    let play = match event.key().as_str() {
        // On a button, Space presses the button.
        " " if !on_button(event) => Play::Toggle,
        "." => Play::Step(Direction::Forward),
        "," => Play::Step(Direction::Back),
        "n" => Play::Handoff(Direction::Forward),
        "p" => Play::Handoff(Direction::Back),
        "Home" if !on_range(event) => Play::Seek(Nanos::ZERO),
        "End" if !on_range(event) => Play::Seek(player.end()),
        "[" => Play::Slowdown(player.slowdown() * 2.0),
        "]" => Play::Slowdown(player.slowdown() / 2.0),
        "l" => Play::Loop,
        "h" => Play::SlowHandoffs,
        _ => return false,
    };
    player.dispatch(play);
    true
}

fn on_button(event: &KeyboardEvent) -> bool {
    tag_of(event).is_some_and(|tag| matches!(tag.as_str(), "BUTTON" | "A" | "SUMMARY" | "INPUT"))
}

fn on_range(event: &KeyboardEvent) -> bool {
    tag_of(event).is_some_and(|tag| tag == "INPUT")
}

fn tag_of(event: &KeyboardEvent) -> Option<String> {
    Some(event.target()?.dyn_ref::<web_sys::Element>()?.tag_name())
}

/// What is wrong with the address, and the way on.
#[component]
fn ProblemBar() -> Html {
    let page = use_page();
    let Some(Problem { message, quote }) = page.model.problem.clone() else {
        return html! {};
    };
    let open_default = {
        let model = page.model.clone();
        Callback::from(move |_| model.dispatch(Action::Open(Box::new(Model::preset()))))
    };
    html! {
        <section class="problem" role="alert">
            <h2>{ "This link cannot be opened" }</h2>
            <p>{ message }</p>
            if !quote.is_empty() {
                <pre>{ quote }</pre>
            }
            <p>{ "The address is left as it is, so that you can mend it. Below runs the default scenario." }</p>
            <button class="button" onclick={open_default}>{ "Open the default scenario" }</button>
        </section>
    }
}

/// The page's state, for any component inside [`App`].
#[hook]
pub fn use_page() -> Page {
    use_context::<Page>().expect("inside App")
}

/// Playback, for any component inside [`App`]: it is drawn anew with every frame.
#[hook]
pub fn use_player() -> Player {
    use_context::<Player>().expect("inside App")
}

thread_local! {
    static IDS: Cell<u32> = const { Cell::new(0) };
}

/// An id for an element, unique on the page, to tie labels to it.
#[hook]
pub fn use_id() -> Rc<String> {
    use_memo((), |()| {
        let n = IDS.get();
        IDS.set(n + 1);
        format!("id{n}")
    })
}
