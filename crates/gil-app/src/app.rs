//! The roof: mounts the tabs, or a figure, around one state.

use gil_notation::{Tab, View};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::address::{use_address, use_run_in_player};
use crate::compare::Compare;
use crate::decide::Decide;
use crate::dom::use_reduced_motion;
use crate::embed::EmbedView;
use crate::evidence::{Evidence, keep};
use crate::explore::Explore;
use crate::header::{Header, Shortcuts};
use crate::keys::use_keys;
use crate::learn::Learn;
use crate::link;
use crate::model::{Action, Model, Problem};
use crate::page::{Page, can_play, shows_player, use_page};
use crate::playback::Playback;
use crate::player::Player;
use crate::program::Program;
use crate::reality::Reality;
use crate::simulation::use_playing;
use crate::theme::use_theme;

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
    let evidence = use_state_eq(Evidence::default);
    use_kept_evidence(&evidence, model.embed.is_none());
    let page = Page { model: model.clone(), window: window.clone(), evidence, theme, still };

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
        Tab::Program => html! { <Program /> },
        Tab::Right => html! { <Reality /> },
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

/// Brings back what the reader had brought before, once the page stands.
#[hook]
fn use_kept_evidence(evidence: &UseStateHandle<Evidence>, is_wanted: bool) {
    let setter = evidence.setter();
    use_effect_with((), move |()| {
        let later = is_wanted.then(|| Timeout::new(0, move || setter.set(keep::restore())));
        move || drop(later)
    });
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
