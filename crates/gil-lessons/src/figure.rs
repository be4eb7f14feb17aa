//! Figures and questions: what the code blocks of a lesson say.

use gil_claims::{Lab, Quantity, evaluate, holds};
use gil_notation::Control;
use gil_sim::Scenario;
use serde::Deserialize;

use crate::block::Block;

/// A simulation within the text.
///
/// ```toml
/// scenario = "two"
/// show = ["stage", "timeline"]
/// controls = ["si", "threads:io", "cores"]
/// caption = "Two threads, one key."
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// A scenario of the lesson.
    pub scenario: String,
    /// What is shown of it.
    pub show: Vec<Show>,
    /// What the reader may change.
    #[serde(default, deserialize_with = "controls")]
    pub controls: Vec<Control>,
    /// What is to be seen, in a sentence.
    pub caption: String,
    /// Where the playhead stands at first, as a duration of the notation: `12ms`.
    pub at: Option<String>,
    /// The visible piece of simulated time, as two durations: `["0ms", "40ms"]`.
    pub window: Option<[String; 2]>,
    /// How many times slower than simulated it plays.
    pub slow: Option<u32>,
    /// Whether it plays as soon as it is seen.
    #[serde(default)]
    pub play: bool,
    /// Whether it starts again at the end.
    #[serde(default)]
    pub looping: bool,
}

/// A part of the simulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Show {
    /// The sentence on top.
    Headline,
    /// Cores, threads and the key.
    Stage,
    /// The lanes.
    Timeline,
    /// State, trigger and consequence of the moment.
    Now,
}

/// A chart: values of expressions with something varied.
///
/// ```toml
/// scenario = "cpu"
/// x = "Threads"
/// values = [1, 2, 4, 8]
/// y = "Times as fast as one thread"
/// caption = "Four threads are no faster than one."
/// [[lines]]
/// label = "3.11"
/// value = "speedup(count, threads=?, py=3.11)"
/// measured = "3.11:cpu/?"
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// A scenario of the lesson.
    pub scenario: String,
    /// The name of the axis from left to right.
    pub x: String,
    /// The values on it, as they take the place of `?` in the lines; a number or a word with a
    /// unit of the notation (`100us`).
    #[serde(deserialize_with = "words")]
    pub values: Vec<String>,
    /// The name of the other axis.
    pub y: String,
    /// Whether that is logarithmic.
    #[serde(default)]
    pub log: bool,
    /// What is to be seen, in a sentence.
    pub caption: String,
    /// Its curves.
    pub lines: Vec<Line>,
}

/// A curve.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its name, at its end.
    pub label: String,
    /// The expression of a point, with `?` in the place of the value.
    pub value: String,
    /// The key of the figure that was measured there, with `?`: `3.11:cpu/?`.
    pub measured: Option<String>,
}

/// A question that is asked before the answer is shown.
///
/// ```toml
/// ask = "How many times as fast are four threads?"
/// scenario = "cpu"
/// [choose]
/// choices = [
///     { text = "About as fast as one", holds = "speedup(count, threads=4) < 1.1" },
///     { text = "Four times as fast", holds = "speedup(count, threads=4) > 3" },
/// ]
/// ```
///
/// In place of `[choose]` there can be `[estimate]` (`value`, `from`, `to`, `measured`, `log`) for a
/// number on a scale, or `[draw]` with what a [`Chart`] has but one line (`line`), for a curve.
/// `reveal` is Markdown that is shown with the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Predict {
    /// The question.
    pub ask: String,
    /// A scenario of the lesson.
    pub scenario: String,
    /// How it is answered.
    pub question: Question,
    /// What is said with the answer.
    pub reveal: Vec<Block>,
    /// A simulation that is shown with the answer.
    pub figure: Option<Figure>,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// By choosing one of several.
    Choose(Vec<Choice>),
    /// By a number on a scale from `from` to `to`.
    Estimate {
        /// The expression whose value is the answer.
        value: String,
        /// The left end of the scale, with its unit: `0 ms`.
        from: String,
        /// The right end.
        to: String,
        /// Whether the scale is logarithmic.
        log: bool,
        /// The key of the measured figure.
        measured: Option<String>,
    },
    /// By drawing a curve. The chart has one line.
    Draw(Chart),
}

/// A possible answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// The claim that makes it the right one. Exactly one of the choices is right.
    pub holds: Option<String>,
    /// Whether it is right, where that is no matter of figures.
    #[serde(default)]
    pub right: bool,
}

impl Choice {
    /// Whether it is the right answer.
    ///
    /// # Errors
    /// What is wrong with its claim.
    pub fn is_right(&self, scenario: &Scenario) -> Result<bool, gil_claims::Error> {
        match &self.holds {
            Some(claim) => Ok(holds(claim, scenario, &mut Lab::default())?.holds),
            None => Ok(self.right),
        }
    }
}

/// The scale of an estimate with the answer on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The left end.
    pub from: Quantity,
    /// The right end.
    pub to: Quantity,
    /// What the simulation says.
    pub answer: Quantity,
    /// Whether it is logarithmic.
    pub log: bool,
}

impl Question {
    /// The scale of an estimate; nothing for other questions.
    ///
    /// # Errors
    /// What is wrong with one of its expressions.
    pub fn estimate(&self, scenario: &Scenario) -> Result<Option<Scale>, gil_claims::Error> {
        let Question::Estimate { value, from, to, log, .. } = self else { return Ok(None) };
        let mut lab = Lab::default();
        let mut of = |text: &str| evaluate(text, scenario, &mut lab);
        Ok(Some(Scale { from: of(from)?, to: of(to)?, answer: of(value)?, log: *log }))
    }
}

/// Threads that are interleaved step by step by the reader.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Race {
    /// The name of the race.
    pub name: String,
    /// The Python it is shown on first, where it depends on that.
    pub python: Option<String>,
    /// What is to be seen, in a sentence.
    pub caption: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPredict {
    pub ask: String,
    pub scenario: String,
    #[serde(default)]
    pub reveal: String,
    pub figure: Option<Figure>,
    choose: Option<RawChoose>,
    estimate: Option<RawEstimate>,
    draw: Option<RawDraw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoose {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEstimate {
    value: String,
    from: String,
    to: String,
    #[serde(default)]
    log: bool,
    measured: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDraw {
    x: String,
    #[serde(deserialize_with = "words")]
    values: Vec<String>,
    y: String,
    #[serde(default)]
    log: bool,
    line: Line,
}

impl RawPredict {
    /// The question, if there is exactly one.
    pub fn question(&mut self) -> Result<Question, String> {
        let found = (self.choose.take(), self.estimate.take(), self.draw.take());
        Ok(match found {
            (Some(choose), None, None) => Question::Choose(choose.choices),
            (None, Some(RawEstimate { value, from, to, log, measured }), None) => {
                Question::Estimate { value, from, to, log, measured }
            }
            (None, None, Some(RawDraw { x, values, y, log, line })) => Question::Draw(Chart {
                scenario: self.scenario.clone(),
                x,
                values,
                y,
                log,
                caption: self.ask.clone(),
                lines: vec![line],
            }),
            _ => return Err("expected one of [choose], [estimate] and [draw]".to_owned()),
        })
    }
}

fn controls<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Control>, D::Error> {
    let words = Vec::<String>::deserialize(from)?.into_iter();
    words.map(|word| Control::try_from(word).map_err(serde::de::Error::custom)).collect()
}

/// Numbers or strings, as the words that take the place of `?`.
fn words<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Word {
        Number(u64),
        Text(String),
    }
    let words = Vec::<Word>::deserialize(from)?;
    Ok(words
        .into_iter()
        .map(|word| match word {
            Word::Number(number) => number.to_string(),
            Word::Text(text) => text,
        })
        .collect())
}
