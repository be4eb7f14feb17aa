//! The custom element, for every page that leaves HTML alone.

use gil_notation::{Link, Show, View, print_duration};

use super::{Hosted, Snippet, address, escape, room};

/// The name of the element.
const TAG: &str = "gil-playground";

/// An attribute of the element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// Its value, not escaped; `None` for one that is there or not.
    pub value: Option<String>,
}

impl Attribute {
    fn new(name: &'static str, value: impl Into<String>) -> Attribute {
        Attribute { name, value: Some(value.into()) }
    }
}

/// What the element is told of a link: `scenario`, `view`, `controls`, then what differs from the
/// default of `start`, `end`, `speed`, `loop` and `theme`. The playhead has no attribute: it stays
/// in the scenario's text. What only the whole page has (its tab, the debugger) is left out.
pub fn element_attributes(link: &Link) -> Vec<Attribute> {
    let link = address::figure_link(link);
    let View { lesson, at, window, slowdown, looping, embed, .. } = &link.view;
    let embed = embed.clone().unwrap_or_default();
    let scenario = Link { view: View { at: *at, ..View::default() }, ..link.clone() };
    let show = |show: &Show| match (show, lesson) {
        (Show::Lesson, Some(lesson)) => format!("lesson:{lesson}"),
        _ => show.name().to_owned(),
    };
    let view: Vec<String> = embed.show.iter().map(show).collect();
    let controls: Vec<String> = embed.controls.iter().map(ToString::to_string).collect();
    let controls = if controls.is_empty() { "none".to_owned() } else { controls.join(" ") };
    let mut attributes = vec![
        Attribute::new("scenario", gil_notation::print(&scenario)),
        Attribute::new("view", view.join(" ")),
        Attribute::new("controls", controls),
    ];
    if let Some((from, to)) = *window {
        attributes.push(Attribute::new("start", print_duration(from)));
        attributes.push(Attribute::new("end", print_duration(to)));
    }
    let speed = slowdown.map(|times| Attribute::new("speed", format!("1/{times}")));
    let looping = looping.then_some(Attribute { name: "loop", value: None });
    let theme = embed.theme.map(|shade| Attribute::new("theme", shade.name()));
    attributes.extend([speed, looping, theme].into_iter().flatten());
    attributes
}

/// The tag that loads the element's script.
pub fn script(figure: &Hosted) -> String {
    format!("<script src=\"{}\" async></script>", escape::html(&figure.script()))
}

/// The element with the picture in it, in HTML: its start tag in one line, because Markdown takes
/// it for text otherwise, and no empty line within.
pub fn element(figure: &Hosted) -> String {
    let plain = |attribute: &Attribute| match &attribute.value {
        Some(value) => format!("{}=\"{}\"", attribute.name, escape::html(value)),
        None => attribute.name.to_owned(),
    };
    let style = room::style(figure.link).map(|(name, value)| format!("{name}: {value}"));
    let style = format!("style=\"{}\"", style.join("; "));
    tag(figure, plain, &style, &linked_image(figure, ">"))
}

/// The element as MDX has it, which is JSX: every attribute has a value, every tag its end.
pub fn jsx(figure: &Hosted) -> String {
    let jsx = |attribute: &Attribute| match &attribute.value {
        Some(value) => format!("{}=\"{}\"", attribute.name, escape::html(value)),
        None => format!("{}={{true}}", attribute.name),
    };
    let name = |name: &str| match name {
        "margin-block" => "marginBlock".to_owned(),
        "min-height" => "minHeight".to_owned(),
        other => other.to_owned(),
    };
    let style = room::style(figure.link).map(|(key, value)| format!("{}: '{value}'", name(key)));
    let style = format!("style={{{{{}}}}}", style.join(", "));
    tag(figure, jsx, &style, &linked_image(figure, " />"))
}

/// The element with its attributes, the style that keeps its room, and what stands in it.
fn tag(
    figure: &Hosted,
    print: impl Fn(&Attribute) -> String,
    style: &str,
    fallback: &str,
) -> String {
    let title = Attribute::new("title", figure.name());
    let attributes: Vec<String> =
        element_attributes(figure.link).iter().chain([&title]).map(print).collect();
    format!("<{TAG} {} {style}>\n  {fallback}\n</{TAG}>", attributes.join(" "))
}

/// The picture with a link to the playground, in HTML; `end` ends a tag that has no content.
pub fn linked_image(figure: &Hosted, end: &str) -> String {
    let page = escape::html(&figure.page());
    let image = escape::html(&figure.image());
    let title = escape::html(&figure.name());
    format!("<a href=\"{page}\"><img src=\"{image}\" alt=\"{title}\"{end}</a>")
}

/// A page in HTML.
pub fn write(figure: &Hosted) -> Snippet {
    let text = format!("{}\n{}\n", script(figure), element(figure));
    let mut notes = vec!["The script is needed once, anywhere in the page.".to_owned()];
    notes.push(fallback_note());
    notes.push(policy_note(figure));
    notes.extend(file_note(figure));
    Snippet { text, notes }
}

/// When the picture is shown.
pub fn fallback_note() -> String {
    "The picture is what is shown until the script has run, and where it cannot.".to_owned()
}

/// What a page with a content security policy has to allow.
pub fn policy_note(figure: &Hosted) -> String {
    let source = figure.policy_source();
    format!(
        "A page with a Content-Security-Policy has to allow {source} in script-src and frame-src."
    )
}

/// What is missing where the playground is one file.
pub fn file_note(figure: &Hosted) -> Option<String> {
    figure.is_file().then(|| {
        let script = figure.script();
        format!(
            "The playground as one file has no element: put {script} and the whole site there, \
             or take the iframe."
        )
    })
}
