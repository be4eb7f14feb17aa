//! Every lesson: its form, its links, its scenarios, its claims.

use std::process::Command;

use gil_claims::{Lab, evaluate};
use gil_lessons::{Block, Chart, Choice, Figure, Inline, Lesson, Question, Shown, Target, Values};
use gil_lessons::{all, measured, unbound_numbers};
use gil_notation::Control;
use gil_race::RaceKind;
use gil_sim::{Python, Scenario};
use gil_words::GLOSSARY;

/// Calls `each` with every block, those within others too.
fn walk(blocks: &[Block], each: &mut impl FnMut(&Block)) {
    for block in blocks {
        each(block);
        match block {
            Block::Aside(inner) => walk(inner, each),
            Block::List { items, .. } => items.iter().for_each(|item| walk(item, each)),
            Block::Predict(predict) => walk(&predict.reveal, each),
            _ => {}
        }
    }
}

fn inlines(blocks: &[Block], each: &mut impl FnMut(&Inline)) {
    fn inner(inlines: &[Inline], each: &mut impl FnMut(&Inline)) {
        for inline in inlines {
            each(inline);
            if let Inline::Emphasis(of) | Inline::Strong(of) | Inline::Link(_, of) = inline {
                inner(of, each);
            }
        }
    }
    walk(blocks, &mut |block| match block {
        Block::Heading(_, _, of) | Block::Paragraph(of) => inner(of, each),
        Block::Table { head, rows } => {
            head.iter().chain(rows.iter().flatten()).for_each(|cell| inner(cell, each));
        }
        _ => {}
    });
}

#[test]
fn names_and_needs() {
    for (place, lesson) in all().iter().enumerate() {
        assert!(lesson.name.chars().all(|c| c.is_ascii_alphanumeric()), "{}", lesson.name);
        for need in &lesson.front.needs {
            let before = all()[..place].iter().any(|other| other.name == *need);
            assert!(before, "{} needs {need}, which does not come before it", lesson.name);
        }
    }
}

#[test]
fn every_claim_holds_and_is_used() {
    for lesson in all() {
        let values = Values::of(lesson);
        let mut used = Vec::new();
        inlines(&lesson.blocks, &mut |inline| {
            let Inline::Value { name, part } = inline else { return };
            let shown = values.get(name);
            let words = shown.and_then(|shown| shown.words(*part));
            assert!(words.is_some(), "{}: {{{{{name}}}}} has no {part:?}", lesson.name);
            used.push(name.clone());
        });
        for (name, shown) in values.iter() {
            assert!(used.iter().any(|used| used == name), "{}: {name} is not used", lesson.name);
            if let Shown::Claim { text, found, .. } = shown {
                match found {
                    Ok(found) => assert!(
                        found.holds,
                        "{}: {text} does not hold: it is {}",
                        lesson.name, found.value
                    ),
                    Err(error) => panic!("{}: {name}: {error}", lesson.name),
                }
            }
        }
        for claim in &lesson.sheet.claims {
            if let Some(key) = &claim.measured {
                assert!(!measured(key).is_empty(), "{}: nothing measured {key}", lesson.name);
            }
        }
    }
}

#[test]
fn every_number_has_a_claim_or_a_source() {
    for lesson in all() {
        let found = unbound_numbers(&lesson.blocks);
        assert!(found.is_empty(), "{}: nothing checks {found:?}", lesson.name);
    }
}

#[test]
fn links_lead_somewhere() {
    for lesson in all() {
        inlines(&lesson.blocks, &mut |inline| {
            let Inline::Link(target, _) = inline else { return };
            let there = match target {
                Target::Lesson(name) => all().iter().any(|other| other.name == *name),
                Target::Scenario(name) => lesson.sheet.scenarios.contains_key(name),
                Target::Term(name) => {
                    GLOSSARY.iter().any(|term| term.name.eq_ignore_ascii_case(name))
                }
                Target::Web(_) => true,
            };
            assert!(there, "{}: nothing is at {target:?}", lesson.name);
        });
    }
}

fn scenario<'a>(lesson: &'a Lesson, name: &str) -> &'a Scenario {
    let found = lesson.sheet.scenarios.get(name);
    found.unwrap_or_else(|| panic!("{}: there is no scenario {name:?}", lesson.name))
}

fn check_figure(lesson: &Lesson, figure: &Figure) {
    let scenario = scenario(lesson, &figure.scenario);
    assert!(!figure.show.is_empty(), "{}: a figure shows nothing", lesson.name);
    let group = |name: &String| scenario.spec().groups.iter().find(|group| group.name == *name);
    for control in &figure.controls {
        let there = match control {
            Control::Threads(name) | Control::Strategy(name) => group(name).is_some(),
            Control::Time(name, step) => group(name).is_some_and(|g| *step < g.steps.len()),
            Control::SwitchInterval | Control::Cores | Control::Python => true,
            // Every figure plays; the panel is for the whole page.
            Control::Play | Control::Edit => false,
        };
        assert!(there, "{}: {control:?} has nothing to change", lesson.name);
    }
    let window = figure.window.iter().flatten();
    for time in figure.at.iter().chain(window) {
        gil_notation::parse_duration(time).unwrap_or_else(|e| panic!("{}: {e}", lesson.name));
    }
}

fn check_chart(lesson: &Lesson, chart: &Chart) {
    let scenario = scenario(lesson, &chart.scenario);
    let mut lab = Lab::default();
    for line in &chart.lines {
        for value in &chart.values {
            let text = line.value.replace('?', value);
            let point = evaluate(&text, scenario, &mut lab);
            point.unwrap_or_else(|error| panic!("{}: {error}", lesson.name));
        }
        if let Some(key) = &line.measured {
            let found = chart.values.iter().any(|v| !measured(&key.replace('?', v)).is_empty());
            assert!(found, "{}: nothing measured {key}", lesson.name);
        }
    }
}

/// Exactly one choice is right.
fn check_choices(lesson: &Lesson, name: &str, choices: &[Choice]) {
    let scenario = scenario(lesson, name);
    let right = choices.iter().filter(|choice| choice.is_right(scenario).unwrap());
    let right: Vec<_> = right.map(|choice| &choice.text).collect();
    assert_eq!(right.len(), 1, "{}: these are right: {right:?}", lesson.name);
}

#[test]
fn figures_run_and_questions_have_one_answer() {
    for lesson in all() {
        walk(&lesson.blocks, &mut |block| match block {
            Block::Figure(figure) => check_figure(lesson, figure),
            Block::Chart(chart) => check_chart(lesson, chart),
            Block::Race(race) => {
                assert!(RaceKind::find(&race.name).is_some(), "there is no race {}", race.name);
                let python = race.python.as_deref().map(Python::find);
                assert_ne!(python, Some(None), "{}: {:?}", lesson.name, race.python);
            }
            Block::Predict(predict) => {
                predict.figure.iter().for_each(|figure| check_figure(lesson, figure));
                match &predict.question {
                    Question::Choose(choices) => check_choices(lesson, &predict.scenario, choices),
                    Question::Draw(chart) => check_chart(lesson, chart),
                    Question::Estimate { measured: key, .. } => {
                        let of = scenario(lesson, &predict.scenario);
                        let scale = predict.question.estimate(of).unwrap();
                        let scale = scale.expect("an estimate has a scale");
                        let (from, to) = (scale.from.value, scale.to.value);
                        assert!(from < scale.answer.value && scale.answer.value < to);
                        if let Some(key) = key {
                            assert!(!measured(key).is_empty(), "nothing measured {key}");
                        }
                    }
                }
            }
            _ => {}
        });
    }
}

/// A lesson opens without a wait that one notices: all its claims together.
#[test]
fn claims_are_small() {
    for lesson in all() {
        let events: usize = lesson
            .sheet
            .scenarios
            .values()
            .map(|scenario| gil_sim::run(scenario).events.len())
            .sum();
        assert!(events < 200_000, "{}: its scenarios have {events} events", lesson.name);
    }
}

#[test]
fn broken_files_name_the_line() {
    let check = |text: &str, problem: &str| {
        assert_eq!(Lesson::parse("x", text).unwrap_err().to_string(), problem);
    };
    let head = "+++\n[lesson]\ntitle = \"T\"\nminutes = 1\nsummary = \"S\"\n+++\n";
    check("no head", "lesson x, line 1: expected two lines +++ around the front matter");
    check(
        &format!("{head}\n# Title\n"),
        "lesson x, line 8: headings are of level 2 or 3: the title is the first",
    );
    check(
        &format!("{head}\ntext\n\nan [odd](ftp://x) link\n"),
        "lesson x, line 10: \"ftp://x\" is no link to lesson:, scenario:, term: or https:",
    );
    check(&format!("{head}\nsome {{{{value\n"), "lesson x, line 8: {{ without }}");
}

/// Where there is no Python this says nothing, and says so.
#[test]
fn programs_are_python() {
    for lesson in all() {
        let mut programs = Vec::new();
        walk(&lesson.blocks, &mut |block| {
            if let Block::Code { language, text } = block
                && language == "python"
            {
                programs.push(text.clone());
            }
        });
        for program in programs {
            let check = "import ast, sys; ast.parse(sys.argv[1])";
            match Command::new("python3").args(["-c", check, &program]).output() {
                Ok(output) => {
                    let errors = String::from_utf8_lossy(&output.stderr);
                    assert!(output.status.success(), "{}: {errors}\n{program}", lesson.name);
                }
                Err(error) => return println!("not checked: python3 does not start: {error}"),
            }
        }
    }
}
