//! What can be chosen for a figure of a link, and the words for it.

use gil_notation::{Control, Embed, Link, Show, Tab};
use gil_share::picture::Subject;
use gil_sim::Group;

/// Groups that get controls of their own in the dialog; more would be a list nobody reads.
const GROUPS: usize = 3;

/// What a figure of this link begins with: what its reader looks at.
pub fn first(link: &Link) -> Embed {
    let show = match link.view.tab {
        Tab::Compare if link.other.is_some() => vec![Show::Compare],
        Tab::Learn if link.view.lesson.is_some() => vec![Show::Lesson],
        _ => return Embed::default(),
    };
    Embed { show, ..Embed::default() }
}

/// Parts that can be chosen.
pub fn parts(link: &Link) -> Vec<Show> {
    let alone = first(link).show;
    if alone.iter().any(|show| show.stands_alone()) {
        return alone;
    }
    Show::ALL.into_iter().filter(|show| !show.stands_alone()).collect()
}

/// A part in words.
pub fn part_words(show: Show) -> &'static str {
    match show {
        Show::Headline => "What is found",
        Show::Stage => "Stage",
        Show::Timeline => "Timeline",
        Show::Now => "State, trigger, consequence",
        Show::Chart => "How it scales",
        Show::Compare => "The comparison",
        Show::Lesson => "The lesson",
    }
}

/// Controls that can be chosen.
pub fn controls(link: &Link) -> Vec<Control> {
    let whole =
        [Control::Play, Control::Edit, Control::SwitchInterval, Control::Cores, Control::Python];
    let of = |group: &Group| {
        [Control::Threads(group.name.clone()), Control::Strategy(group.name.clone())]
    };
    let groups = link.scenario.spec().groups.iter().take(GROUPS).flat_map(of);
    if first(link).show == [Show::Lesson] {
        // A lesson has its own.
        return Vec::new();
    }
    whole.into_iter().chain(groups).collect()
}

/// A control in words.
pub fn control_words(control: &Control) -> String {
    match control {
        Control::Play => "Play and step".to_owned(),
        Control::Edit => "Change everything".to_owned(),
        Control::SwitchInterval => "Switch interval".to_owned(),
        Control::Cores => "Cores".to_owned(),
        Control::Python => "Python".to_owned(),
        Control::Threads(group) => format!("Threads of {group}"),
        Control::Strategy(group) => format!("What {group} runs as"),
        Control::Time(group, step) => format!("Time of {group}, step {step}"),
    }
}

/// What a picture is of that stands for a figure: the part of it that says most.
pub fn picture(embed: &Embed) -> Subject {
    let shows = |show| embed.show.contains(&show);
    match () {
        () if shows(Show::Compare) => Subject::Comparison,
        () if shows(Show::Timeline) || shows(Show::Lesson) => Subject::Timeline,
        () if shows(Show::Chart) => Subject::Chart,
        () => Subject::Stage,
    }
}

/// With something in it or out of it. A figure keeps at least one part.
pub fn toggled<T: Clone + PartialEq>(all: &[T], chosen: &[T], one: &T) -> Vec<T> {
    let is_in = |it: &&T| chosen.contains(it) != (*it == one);
    all.iter().filter(is_in).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_notation::parse;

    #[test]
    fn a_figure_begins_with_what_is_looked_at() {
        let show = |text: &str| first(&parse(text).unwrap()).show;
        assert_eq!(show("v1/a:py-1ms"), [Show::Stage, Show::Timeline]);
        assert_eq!(show("v1/a:py-1ms/vs/a:2:py-1ms/tab=compare"), [Show::Compare]);
        assert_eq!(show("v1/a:py-1ms/tab=learn/lesson=io"), [Show::Lesson]);
        assert_eq!(show("v1/a:py-1ms/tab=learn"), [Show::Stage, Show::Timeline]);
    }

    #[test]
    fn all_that_is_offered_makes_a_link_that_is_read() {
        let link = parse("v1/a:py-1ms/b:2:io-1ms").unwrap();
        let embed = Embed { show: parts(&link), controls: controls(&link), theme: None };
        let mut whole = link.clone();
        whole.view.embed = Some(embed);
        assert_eq!(parse(&gil_notation::print(&whole)), Ok(whole));
    }

    #[test]
    fn toggling_keeps_the_order() {
        assert_eq!(toggled(&[1, 2, 3], &[1, 3], &2), [1, 2, 3]);
        assert_eq!(toggled(&[1, 2, 3], &[1, 2, 3], &2), [1, 3]);
    }
}
