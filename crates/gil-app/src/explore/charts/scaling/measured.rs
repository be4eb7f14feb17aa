//! Measured runs beside the curve of the scenario.

use std::rc::Rc;

use gil_record::measured::Point;
use gil_sim::Scenario;
use gil_view::scaling::{self, Measured, Pair, Question};
use gil_words::{count, number};
use yew::prelude::*;

use crate::controls::Wide;
use crate::evidence::{Evidence, Measurement};
use crate::task::results::Results;

/// The machine and the Python of a measurement, where the scenario has others: its error is of both.
fn ran_elsewhere(one: &Measurement, scenario: &Scenario) -> Option<String> {
    let (ran, asked) = (&one.agreement.scenario, scenario.spec());
    let differs =
        ran.spec().python != asked.python || ran.spec().machine.cores != asked.machine.cores;
    differs.then(|| {
        let python = &one.measured.python;
        format!(
            "{} was measured on {} {} with {}; the curve is of Python {} with {}. Open it as it was \
             measured, in Your program, to compare like with like.",
            one.name,
            python.implementation,
            python.version,
            count(python.cores.into(), "core"),
            asked.python,
            count(asked.machine.cores.into(), "core"),
        )
    })
}

/// Those of the reader's measurements that belong on the chart.
pub struct Beside {
    /// Their points.
    pub points: Vec<Measured>,
    /// The file of each point.
    files: Vec<(Measured, String)>,
    /// What ran it, where that isn't what the scenario says.
    elsewhere: Vec<String>,
    /// Files that don't belong there, each with the reason.
    others: Vec<String>,
}

impl Beside {
    /// The measurements of this scenario, whatever the number of threads.
    pub fn of(evidence: &Evidence, question: &Question) -> Beside {
        let (mut files, mut others) = (Vec::new(), Vec::new());
        let mut elsewhere = Vec::new();
        for one in &evidence.measurements {
            match Point::of(&one.measured, &question.scenario, question.group) {
                Ok(Point { members, throughput }) => {
                    elsewhere.extend(ran_elsewhere(one, &question.scenario));
                    files.push((Measured { threads: members, throughput }, one.name.clone()));
                }
                Err(why) => others.push(format!("{} isn't on the chart. {why}", one.name)),
            }
        }
        Beside { points: files.iter().map(|(point, _)| *point).collect(), files, elsewhere, others }
    }

    /// The verdict and the errors by point, where anything was measured.
    pub fn view(&self, now: &Rc<Results<Question>>) -> Html {
        let swept = now.swept().with_measured(self.points.clone());
        let verdict = scaling::verdict(&swept);
        let pairs = scaling::pairs(&swept);
        let row = |pair: &Pair| {
            let file = self.files.iter().find(|(point, _)| *point == pair.measured);
            html! {
                <tr>
                    <th scope="row">{ pair.measured.threads }</th>
                    <td><b>{ number(pair.measured.throughput) }</b></td>
                    <td>{ pair.simulated.map_or_else(|| "–".to_owned(), number) }</td>
                    <td>{ pair.error().map_or_else(|| "–".to_owned(), scaling::error_words) }</td>
                    <td>{ file.map(|(_, name)| name.clone()) }</td>
                </tr>
            }
        };
        html! {
            <>
            if !pairs.is_empty() {
                <div class="measured-points">
                    if let Some(verdict) = verdict { <p class="finding">{ verdict }</p> }
                    <Wide label="Measured and simulated, by threads">
                        <table class="figures">
                            <caption>{ "Passes per second: hollow marks are measured, lines are simulated." }</caption>
                            <thead><tr>
                                <th scope="col">{ "Threads" }</th>
                                <th scope="col">{ "Measured" }</th>
                                <th scope="col">{ "Simulated" }</th>
                                <th scope="col">{ "Error" }</th>
                                <th scope="col">{ "File" }</th>
                            </tr></thead>
                            <tbody>{ for pairs.iter().map(row) }</tbody>
                        </table>
                    </Wide>
                </div>
            }
            { for self.others.iter().chain(&self.elsewhere).map(|other| html! { <p class="muted">{ other.clone() }</p> }) }
            </>
        }
    }
}
