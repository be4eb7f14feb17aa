//! The parts of a link in words.

use gil_notation::{Control, Embed, Link, Show, View, parse_scenario};
use gil_sim::Scenario;
use gil_words::difference::{Change, input_changes};
use gil_words::intervention;
use gil_words::scenario::{Detail, exact, group_in};

/// What stands between two slashes of a link.
pub struct Part {
    /// As it is written.
    pub text: String,
    /// `version`, `setting`, `group`, `interventions`, `vs` or `view`.
    pub kind: &'static str,
    /// What it means.
    pub words: String,
}

/// All parts of a link in its canonical form, in their order.
pub fn parts(link: &Link) -> Vec<Part> {
    let text = gil_notation::print(link);
    let view = gil_notation::print(&Link { view: View::default(), ..link.clone() });
    // The view comes last, and is not in the text of a link without one.
    let of_scenarios = view.split('/').count();
    let mut reader = Reader { scenario: &link.scenario, groups: 0 };
    text.split('/')
        .enumerate()
        .map(|(index, part)| match (index, part) {
            (0, _) => said(part, "version", format!("version {} of the notation", &part[1..])),
            _ if index >= of_scenarios => said(part, "view", of_view(part, link)),
            (_, "vs") => {
                reader =
                    Reader { scenario: link.other.as_ref().unwrap_or(&link.scenario), groups: 0 };
                said(part, "vs", "what follows is compared with what is before".to_owned())
            }
            _ => reader.read(part),
        })
        .collect()
}

fn said(text: &str, kind: &'static str, words: String) -> Part {
    Part { text: text.to_owned(), kind, words }
}

/// Goes through the parts of one scenario.
struct Reader<'a> {
    scenario: &'a Scenario,
    /// Groups that have been read.
    groups: usize,
}

impl Reader<'_> {
    fn read(&mut self, part: &str) -> Part {
        let spec = self.scenario.spec();
        if part.starts_with("then=") {
            let all = spec.interventions.iter().map(|one| intervention(spec, one));
            return said(part, "interventions", all.collect::<Vec<_>>().join("; "));
        }
        // A setting's value has no colon, a group's name no equals sign.
        if part.contains('=') {
            return said(part, "setting", of_setting(part, self.scenario));
        }
        let group = spec.groups.get(self.groups);
        self.groups += 1;
        let words =
            group.map(|group| format!("{}, {}", group.name, group_in(group, Detail::Exact)));
        said(part, "group", words.unwrap_or_default())
    }
}

/// What a setting changes: `Switch interval: 50 ms, usually 5 ms`.
fn of_setting(part: &str, scenario: &Scenario) -> String {
    let changes = alone(part).or_else(|| without(part, scenario)).unwrap_or_default();
    let words = |change: &Change| match &change.values {
        Some((usual, value)) => format!("{}: {value}, usually {usual}", change.what),
        None => change.what.clone(),
    };
    changes.iter().map(words).collect::<Vec<_>>().join("; ")
}

/// What it changes where nothing else is set.
fn alone(part: &str) -> Option<Vec<Change>> {
    const LEAST: &str = "a:py-1ms";
    let usual = parse_scenario(&format!("v1/{LEAST}")).ok()?;
    let changed = parse_scenario(&format!("v1/{part}/{LEAST}")).ok()?;
    Some(input_changes(&usual, &changed))
}

/// What it changes here, for settings that need others.
fn without(part: &str, scenario: &Scenario) -> Option<Vec<Change>> {
    let text = gil_notation::print_scenario(scenario);
    let rest: Vec<&str> = text.split('/').filter(|other| *other != part).collect();
    Some(input_changes(&parse_scenario(&rest.join("/")).ok()?, scenario))
}

fn of_view(part: &str, link: &Link) -> String {
    let View { at, window, embed, .. } = &link.view;
    let (key, value) = part.split_once('=').unwrap_or((part, ""));
    match key {
        "tab" => format!("the part of the page: {}", tab(value)),
        "lesson" => format!("the lesson \"{value}\""),
        "debug" => "the debugger is open".to_owned(),
        "at" => format!("the playhead is at {}", exact(at.unwrap_or_default())),
        "from" => format!("the window begins at {}", exact(window.unwrap_or_default().0)),
        "to" => format!("the window ends at {}", exact(window.unwrap_or_default().1)),
        "slow" => format!("played {value} times slower than simulated"),
        "loop" => "playing starts again at the end".to_owned(),
        "embed" => format!("a figure in another page: {}", embed_words(embed.as_ref())),
        "controls" => format!("what its reader may do: {}", control_words(embed.as_ref())),
        "theme" => format!("{value}, whatever the reader's system says"),
        _ => String::new(),
    }
}

fn tab(name: &str) -> &str {
    match name {
        "explore" => "the simulator",
        "learn" => "the lessons",
        "compare" => "two scenarios side by side",
        "decide" => "the guide to a decision",
        "program" => "the path from your own program to a guard for it",
        "right" => "how far the simulation is right",
        name => name,
    }
}

fn embed_words(embed: Option<&Embed>) -> String {
    let words = |show: &Show| match show {
        Show::Headline => "what is found",
        Show::Stage => "the stage",
        Show::Timeline => "the timeline",
        Show::Now => "the moment in words",
        Show::Chart => "how the work scales",
        Show::Compare => "two scenarios side by side",
        Show::Lesson => "a lesson",
    };
    let show = embed.map(|embed| embed.show.iter().map(words).collect::<Vec<_>>());
    show.unwrap_or_default().join(", ")
}

fn control_words(embed: Option<&Embed>) -> String {
    let words = |control: &Control| match control {
        Control::Play => "play".to_owned(),
        Control::Edit => "edit everything".to_owned(),
        Control::SwitchInterval => "set the switch interval".to_owned(),
        Control::Cores => "set the cores".to_owned(),
        Control::Python => "choose the Python".to_owned(),
        Control::Threads(group) => format!("set the threads of {group}"),
        Control::Strategy(group) => format!("choose what runs {group}"),
        Control::Time(group, step) => format!("set the time of step {} of {group}", step + 1),
    };
    let controls = embed.map(|embed| embed.controls.iter().map(words).collect::<Vec<_>>());
    match controls.unwrap_or_default().join(", ") {
        none if none.is_empty() => "nothing".to_owned(),
        some => some,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value for each setting that is not its usual one.
    fn value(key: &str) -> &'static str {
        match key {
            "py" => "3.13t",
            "os" => "windows",
            "ext" => "unmarked",
            "gc" => "2ms@50ms",
            "cores" | "ci" | "seed" => "7",
            "events" => "5000",
            "slice" | "limit" => "11ms",
            _ => "33us",
        }
    }

    #[test]
    fn every_setting_has_words() {
        for key in gil_notation::setting_keys() {
            let python = if key == "ext" { "py=3.13t/" } else { "" };
            let text = format!("v1/{python}{key}={}/a:py-1ms", value(key));
            let link = gil_notation::parse(&text).expect(&text);
            let parts = parts(&link);
            let part = parts.iter().find(|part| part.text.starts_with(&format!("{key}=")));
            let part = part.unwrap_or_else(|| panic!("{key} is in the canonical text"));
            assert!(part.words.contains(", usually "), "{key}: {:?}", part.words);
        }
    }

    #[test]
    fn the_parts_are_those_of_the_link_and_all_have_words() {
        let text = "v1/si=50ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30/then=io-io.2@5ms/vs/\
                    cores=2/io:8:io-1ms..2ms/tab=learn/lesson=convoy/debug=on/at=3ms/from=1ms/\
                    to=9ms/slow=100/loop=on/embed=stage+timeline/\
                    controls=play+si+threads:io+time:io.0/theme=dark";
        let link = gil_notation::parse(text).expect("a link");
        let parts = parts(&link);
        let again: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(again.join("/"), gil_notation::print(&link));
        for Part { text, words, .. } in &parts {
            assert!(!words.is_empty(), "{text} has no words");
        }
        let kinds = |wanted| parts.iter().filter(|part| part.kind == wanted).count();
        assert_eq!(["setting", "group", "interventions", "vs"].map(kinds), [2, 3, 1, 1]);
    }
}
