//! SVG files: well formed, safe, complete.

mod support;

use gil_sim::State;
use gil_view::display::{Anchor, Fill, Ink, List, Shape, Stroke};
use gil_view::svg::{Caption, is_address, render, render_linked};
use gil_view::theme::Theme;
use gil_view::timeline::{Timeline, View};
use support::{mixed, us};

fn svg(shapes: Vec<Shape>) -> String {
    let list = List { width: 100.0, height: 50.0, shapes };
    let caption = Caption { title: "A <b> & \"c\"", description: "", id: "p 1" };
    render(&list, &Theme::light(), &caption)
}

fn text(text: &str) -> Shape {
    Shape::Text {
        x: 1.0,
        y: 2.5,
        text: text.into(),
        size: 11.0,
        ink: Ink::Text,
        anchor: Anchor::End,
        bold: true,
        mono: true,
    }
}

const STROKE: Stroke = Stroke { ink: Ink::Accent, width: 1.5, dashed: true };

#[test]
fn text_stays_text_and_is_escaped() {
    let svg = svg(vec![text("a<script>&'\"\u{1}\u{0}é")]);
    assert!(svg.contains(">a&lt;script&gt;&amp;&#39;&quot;é</text>"), "{svg}");
    assert!(svg.contains(r#"<title id="p1-title">A &lt;b&gt; &amp; &quot;c&quot;</title>"#));
    assert!(svg.contains(r#"text-anchor="end" font-weight="600""#));
}

#[test]
fn shapes_become_elements() {
    let cases = [
        (
            Shape::Rect {
                x: 1.0,
                y: -0.001,
                w: 2.346,
                h: -4.0,
                radius: 3.0,
                fill: Some(Fill::Tint(Ink::Text, 25)),
                stroke: None,
            },
            r##"<rect x="1" y="0" width="2.35" height="0" rx="3" fill="#23211d" fill-opacity="0.25"/>"##,
        ),
        (
            Shape::Circle { x: 1.0, y: f32::NAN, r: 3.0, fill: None, stroke: Some(STROKE) },
            r##"<circle cx="1" cy="0" r="3" fill="none" stroke="#5a3fc0" stroke-width="1.5" stroke-dasharray="4 3"/>"##,
        ),
        (
            Shape::Arc { x: 10.0, y: 10.0, r: 5.0, part: 0.75, stroke: STROKE },
            r#"<path d="M10 5A5 5 0 1 1 5 10" fill="none""#,
        ),
        (
            Shape::Arc { x: 10.0, y: 10.0, r: 5.0, part: 0.25, stroke: STROKE },
            r#"<path d="M10 5A5 5 0 0 1 15 10" fill="none""#,
        ),
        (
            Shape::Arc { x: 10.0, y: 10.0, r: 5.0, part: 1.0, stroke: STROKE },
            r#"<circle cx="10" cy="10" r="5" fill="none""#,
        ),
        (
            Shape::Path {
                points: vec![(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (5.0, 6.0)],
                fill: Some(Fill::Solid(Ink::Surface)),
                stroke: None,
            },
            r##"<path d="M0 0h4v3l1 3Z" fill="#fbf9f4"/>"##,
        ),
    ];
    for (shape, expected) in cases {
        let svg = svg(vec![shape]);
        assert!(svg.contains(expected), "{expected}\n{svg}");
    }
}

#[test]
fn clips_nest_and_are_closed_even_where_the_list_forgets() {
    let clip = || Shape::Clip { x: 0.0, y: 0.0, w: 9.0, h: 9.0 };
    let svg = svg(vec![clip(), clip(), Shape::EndClip, text("x")]);
    assert_eq!(svg.matches("<g ").count(), 2);
    assert_eq!(svg.matches("</g>").count(), 2);
    assert!(svg.contains(r#"<clipPath id="p1-clip-2">"#));
    assert!(!self::svg(vec![Shape::EndClip]).contains("</g>"));
}

#[test]
fn each_pattern_is_defined_once_before_it_is_used() {
    let bar = |fill| Shape::Rect {
        x: 0.0,
        y: 0.0,
        w: 9.0,
        h: 9.0,
        radius: 0.0,
        fill: Some(fill),
        stroke: None,
    };
    let hatched = Fill::Hatched(Ink::State(State::WaitingGil));
    let svg = svg(vec![bar(hatched), bar(hatched), bar(Fill::Dotted(Ink::Series(3)))]);
    let id = "p1-hatched-StateWaitingGil";
    assert_eq!(svg.matches(&format!("<pattern id=\"{id}\"")).count(), 1);
    assert_eq!(svg.matches(&format!("url(#{id})")).count(), 2);
    assert!(svg.find("<pattern") < svg.find("url(#"));
    assert!(svg.contains(r#"id="p1-dotted-Series3""#));
}

#[test]
fn a_timeline_is_balanced_and_refers_only_to_what_it_defines() {
    let trace = mixed(3, 2, us(400_000), 7);
    let list = Timeline::new(&trace).layout(&trace, &View::new(&trace, 1100.0));
    for theme in [Theme::light(), Theme::dark()] {
        let caption = Caption { title: "t", description: "What it shows", id: "t" };
        let svg = render(&list, &theme, &caption);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        for name in ["svg", "g", "text", "title", "desc", "pattern", "clipPath"] {
            let opened = svg.matches(&format!("<{name} ")).count()
                + svg.matches(&format!("<{name}>")).count();
            assert_eq!(opened, svg.matches(&format!("</{name}>")).count(), "{name}");
        }
        for reference in svg.split("url(#").skip(1) {
            let id = reference.split(')').next().unwrap_or_default();
            assert!(svg.contains(&format!("id=\"{id}\"")), "{id}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
        assert!(svg.contains(theme.color(Ink::State(State::HasGil))));
    }
}

#[test]
fn a_linked_picture_leads_to_a_page_and_to_nothing_else() {
    let list = List { width: 10.0, height: 10.0, shapes: vec![text("x")] };
    let caption = Caption { title: "t", description: "", id: "t" };
    let linked = |address: &str| render_linked(&list, &Theme::light(), &caption, address);
    for (address, href) in [
        ("https://example.org/#v1/a:py-1ms", "https://example.org/#v1/a:py-1ms"),
        ("http://h/?a=1&b=\"<>'", "http://h/?a=1&amp;b=&quot;&lt;&gt;&#39;"),
        ("FILE:///home/x.html", "FILE:///home/x.html"),
    ] {
        let svg = linked(address);
        assert!(svg.contains(&format!("<a href=\"{href}\" target=\"_top\"")), "{svg}");
        assert!(svg.ends_with("</a></svg>\n") && svg.contains("role=\"group\""), "{svg}");
    }
    for address in [
        "",
        "javascript:alert(1)",
        " https://h/",
        "https://h/\n",
        "https://",
        "data:text/html,<b>",
        "//h/",
        "é",
        "vbscript:x",
    ] {
        assert!(!is_address(address), "{address:?}");
        assert_eq!(linked(address), render(&list, &Theme::light(), &caption), "{address:?}");
    }
}

#[test]
fn a_list_is_put_on_another() {
    let mut list = List { width: 50.0, height: 50.0, shapes: vec![text("below")] };
    let path = |points: &[(f32, f32)]| Shape::Path {
        points: points.to_vec(),
        fill: None,
        stroke: Some(STROKE),
    };
    let shapes = vec![path(&[(0.0, 1.0), (2.0, 3.0)]), Shape::EndClip];
    list.put(List { width: 5.0, height: 5.0, shapes }, 10.0, -1.0);
    assert_eq!((list.width, list.height), (50.0, 50.0));
    assert_eq!(list.shapes[1..], [path(&[(10.0, 0.0), (12.0, 2.0)]), Shape::EndClip]);
    let at = |shape: &Shape| match shape.clone().moved(1.0, 2.0) {
        Shape::Text { x, y, .. } => (x, y),
        _ => (0.0, 0.0),
    };
    assert_eq!(at(&list.shapes[0]), (2.0, 4.5));
}
