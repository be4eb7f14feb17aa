//! Fits the machine to a measurement, with progress, and puts it into the scenario.

use std::rc::Rc;

use gil_record::measured::calibrate::{Calibration, Trial};
use gil_words::percent;
use yew::prelude::*;

use crate::evidence::Measurement;
use crate::model::Action;
use crate::page::use_page;
use crate::task::portions::{Pace, Portions, Told};

/// A simulation or two, then a moment for everything else that the page does.
const PACE: Pace = Pace { first_ms: 0, turn_ms: 20.0, pause_ms: 10 };

/// The measurement that the machine is fitted to.
#[derive(Properties, PartialEq)]
pub struct CalibrateProps {
    /// The measurement.
    pub measurement: Rc<Measurement>,
}

/// The button, the progress and what came out.
#[component]
pub fn Calibrate(props: &CalibrateProps) -> Html {
    let measurement = &props.measurement;
    let page = use_page();
    let work = use_mut_ref(Portions::default);
    let trial = use_state(|| None::<Rc<Trial>>);
    {
        // A fit belongs to its measurement.
        let (work, trial) = (work.clone(), trial.setter());
        use_effect_with(measurement.clone(), move |_| {
            *work.borrow_mut() = Portions::default();
            trial.set(None);
        });
    }
    let onclick = {
        let (measured, trial) = (measurement.measured.clone(), trial.setter());
        Callback::from(move |_: MouseEvent| {
            let Some(calibration) = Calibration::new(measured.clone()) else { return };
            let trial = trial.clone();
            *work.borrow_mut() = Portions::start(PACE, calibration, move |told| {
                if let Told::Piece(found) = told {
                    trial.set(Some(Rc::new(found)));
                }
            });
        })
    };
    let keep = trial.as_ref().map(|trial| {
        let (model, scenario) = (page.model.clone(), trial.best.scenario.clone());
        Callback::from(move |_: MouseEvent| {
            model.dispatch(Action::Edit { scenario: scenario.clone(), control: None });
        })
    });
    let is_done = trial.as_ref().is_some_and(|trial| trial.done == trial.total);
    html! {
        <div class="calibrate">
            <p>{ "The simulation's machine is a usual one. Yours may wake threads faster or slower, and that decides who gets the GIL." }</p>
            <div class="file-row">
                <button class="button" {onclick}>{ "Fit the machine to this" }</button>
                if let Some(trial) = trial.as_ref().filter(|_| !is_done) {
                    <progress max={trial.total.to_string()} value={trial.done.to_string()} aria-label="Simulations of the fit" />
                    <span>{ format!("{} of {} simulations", trial.done, trial.total) }</span>
                }
            </div>
            if let Some(trial) = trial.as_ref().filter(|_| is_done) {
                <p role="status">{ fitted(trial) }</p>
                if trial.after < trial.before {
                    <p><button class="button primary" onclick={keep}>{ "Use this machine" }</button></p>
                }
            }
        </div>
    }
}

fn fitted(trial: &Trial) -> String {
    let before = percent(trial.before);
    if trial.after >= trial.before {
        return format!(
            "No other machine brings the figures closer: they stay off by {before}, typically. What is off lies elsewhere."
        );
    }
    format!(
        "Typically a figure was off by {before}; with this machine it's {}: {}. Other values may fit as well: it's a fit, not a measurement of them.",
        percent(trial.after),
        trial.turned_words()
    )
}
