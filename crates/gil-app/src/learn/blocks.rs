//! A lesson's blocks as elements.

use std::cell::Cell;

use gil_lessons::{Block, Inline, Lesson};
use yew::prelude::*;

use super::chart::ChartView;
use super::code::Code;
use super::figure::FigureView;
use super::inline::inlines;
use super::predict::PredictView;
use super::race::RaceView;

/// What is counted on the way through a lesson.
pub struct Walk {
    lesson: &'static Lesson,
    /// Questions so far: their answers are kept by their number.
    questions: Cell<usize>,
}

/// All of a lesson's text.
pub fn body(lesson: &'static Lesson) -> Html {
    Walk { lesson, questions: Cell::new(0) }.blocks(&lesson.blocks)
}

/// Blocks that belong to a question; `questions` keeps the numbers of questions in them apart.
fn inner(lesson: &'static Lesson, blocks: &'static [Block], questions: usize) -> Html {
    Walk { lesson, questions: Cell::new(questions) }.blocks(blocks)
}

impl Walk {
    fn blocks(&self, blocks: &'static [Block]) -> Html {
        html! { <>{ for blocks.iter().map(|block| self.block(block)) }</> }
    }

    fn block(&self, block: &'static Block) -> Html {
        let lesson = self.lesson;
        match block {
            Block::Heading(level, id, words) => heading(*level, id, words),
            Block::Paragraph(words) => html! { <p>{ inlines(words) }</p> },
            Block::List { numbered, items } => {
                let items = items.iter().map(|item| html! { <li>{ self.item(item) }</li> });
                if *numbered {
                    html! { <ol>{ for items }</ol> }
                } else {
                    html! { <ul>{ for items }</ul> }
                }
            }
            Block::Aside(blocks) => {
                html! { <div class="lesson-aside" role="note">{ self.blocks(blocks) }</div> }
            }
            Block::Code { language, text } => {
                html! { <Code language={language.as_str()} text={text.as_str()} /> }
            }
            Block::Table { head, rows } => table(head, rows),
            Block::Figure(figure) => html! { <FigureView {lesson} {figure} /> },
            Block::Chart(chart) => html! { <ChartView {lesson} {chart} /> },
            Block::Predict(predict) => {
                let number = self.questions.get() + 1;
                self.questions.set(number);
                let told = inner(lesson, &predict.reveal, number * 100);
                html! { <PredictView {lesson} predict={predict.as_ref()} {number}>{ told }</PredictView> }
            }
            Block::Race(race) => html! { <RaceView {race} /> },
        }
    }

    /// An item of one paragraph has no paragraph's space around it.
    fn item(&self, blocks: &'static [Block]) -> Html {
        match blocks {
            [Block::Paragraph(words), rest @ ..] => {
                html! { <>{ inlines(words) }{ self.blocks(rest) }</> }
            }
            blocks => self.blocks(blocks),
        }
    }
}

/// The lesson's title has level 2, so the headings in it begin at 3.
fn heading(level: u8, id: &'static str, words: &'static [Inline]) -> Html {
    let words = inlines(words);
    match level {
        2 => html! { <h3 {id} tabindex="-1">{ words }</h3> },
        _ => html! { <h4 {id} tabindex="-1">{ words }</h4> },
    }
}

type Cell2 = Vec<Inline>;

fn table(head: &'static [Cell2], rows: &'static [Vec<Cell2>]) -> Html {
    let row = |row: &'static Vec<Cell2>| {
        let cells = row.iter().enumerate().map(|(at, cell)| match at {
            0 => html! { <th scope="row">{ inlines(cell) }</th> },
            _ => html! { <td>{ inlines(cell) }</td> },
        });
        html! { <tr>{ for cells }</tr> }
    };
    html! {
        <div class="lesson-table" tabindex="0" role="group" aria-label="Table">
            <table>
                <thead><tr>{ for head.iter().map(|cell| html! { <th scope="col">{ inlines(cell) }</th> }) }</tr></thead>
                <tbody>{ for rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// The words of a text, without what surrounds them.
pub fn words(inlines: &[Inline]) -> String {
    let words = inlines.iter().map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => words(inner),
        Inline::Value { .. } => String::new(),
    });
    words.collect()
}
