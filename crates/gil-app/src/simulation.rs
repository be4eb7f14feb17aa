//! A simulation of its own within the page: a lesson's figure, one side of a comparison.
//!
//! Stage, timeline, transport and words find their run and playback in the contexts [`Page`] and
//! [`Player`]; a [`Simulation`] gives its children both, apart from those of the page around it.

use gil_notation::Link;
use gil_sim::{Nanos, Scenario};
use yew::prelude::*;

use crate::dom::{use_frames, use_on_screen};
use crate::model::{Action, Model};
use crate::page::{Page, use_page};
use crate::playback::{Play, Playback};
use crate::player::Player;

/// What a [`Simulation`] runs.
#[derive(Properties, PartialEq)]
pub struct SimulationProps {
    /// The scenario it begins with. When another one is given, that one is run.
    pub scenario: Scenario,
    /// Whether it plays as soon as it is seen; never where motion is to be avoided.
    #[prop_or_default]
    pub playing: bool,
    /// Where it stands at first.
    #[prop_or_default]
    pub at: Nanos,
    /// The visible piece of simulated time at first; all of it where there is none.
    #[prop_or_default]
    pub window: Option<(Nanos, Nanos)>,
    /// How many times slower than simulated it is played, where that matters.
    #[prop_or_default]
    pub slowdown: Option<f64>,
    /// Whether it starts again at the end.
    #[prop_or_default]
    pub looping: bool,
    /// The parts that show the simulation.
    pub children: Html,
}

/// Runs a scenario and gives run and playback to its children. It stands still off the screen.
#[component]
pub fn Simulation(props: &SimulationProps) -> Html {
    let around = use_page();
    let frame = use_node_ref();
    let on_screen = use_on_screen(&frame);
    let model = use_reducer(|| Model::open(Link::from(props.scenario.clone())));
    let window = use_state_eq(|| props.window);
    let player = Player::from(&use_reducer(|| {
        let mut playback = Playback::new(model.run.clone(), props.playing && !around.still);
        playback.seek(props.at);
        playback.chosen_slowdown = props.slowdown;
        playback.looping = props.looping;
        playback
    }));
    {
        let (model, window, at) = (model.dispatcher(), window.setter(), props.window);
        use_effect_with(props.scenario.clone(), move |scenario| {
            model.dispatch(Action::Edit { scenario: scenario.clone(), control: None });
            window.set(at);
        });
    }
    {
        let player = player.clone();
        use_effect_with(model.run.clone(), move |run| player.dispatch(Play::Run(run.clone())));
    }
    use_playing(&player, on_screen);
    let Page { evidence, theme, still, .. } = around;
    let page = Page { model, window, evidence, theme, still };
    html! {
        <ContextProvider<Page> context={page}>
            <ContextProvider<Player> context={player}>
                <div class="simulation" ref={frame}>{ props.children.clone() }</div>
            </ContextProvider<Player>>
        </ContextProvider<Page>>
    }
}

/// Moves the playhead with every frame while it plays and is shown.
#[hook]
pub fn use_playing(player: &Player, shown: bool) {
    let player = player.clone();
    let last = use_mut_ref(|| None::<f64>);
    use_frames(move |now| {
        let before = last.borrow_mut().replace(now);
        if player.playing && shown {
            let seconds = before.map_or(0.0, |before| (now - before) / 1000.0);
            player.dispatch(Play::Frame(seconds));
        }
    });
}
