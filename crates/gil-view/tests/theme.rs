//! Colours: contrast, difference for all kinds of sight, names for the style sheet.

use gil_sim::State;
use gil_view::display::{Fill, Ink};
use gil_view::theme::{SERIES, Theme, css_variables};

fn themes() -> [Theme; 2] {
    [Theme::light(), Theme::dark()]
}

type Rgb = [f64; 3];

/// Linear light, 0 to 1.
fn linear(hex: &str) -> Rgb {
    assert!(hex.len() == 7 && hex.starts_with('#'), "{hex}");
    [1, 3, 5].map(|i| {
        let byte = u8::from_str_radix(&hex[i..i + 2], 16).expect("two hexadecimal digits");
        decode(f64::from(byte) / 255.0)
    })
}

fn decode(c: f64) -> f64 {
    if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

fn encode(c: f64) -> f64 {
    if c <= 0.0031308 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 }
}

fn luminance([r, g, b]: Rgb) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Contrast as in WCAG 2.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

/// One colour over another at an opacity, mixed as screens do.
fn over(top: Rgb, bottom: Rgb, opacity: f64) -> Rgb {
    std::array::from_fn(|i| decode(encode(top[i]) * opacity + encode(bottom[i]) * (1.0 - opacity)))
}

fn drawn_states() -> impl Iterator<Item = State> {
    State::ALL.into_iter().filter(|s| !matches!(s, State::NotStarted | State::Finished))
}

#[test]
fn text_and_shapes_stand_out_from_their_paper() {
    for theme in themes() {
        let color = |ink| linear(theme.color(ink));
        for paper in [Ink::Surface, Ink::Raised] {
            let against = |ink| contrast(color(ink), color(paper));
            assert!(against(Ink::Text) >= 7.0, "{}", theme.name);
            assert!(against(Ink::Muted) >= 4.5, "{}", theme.name);
            assert!(against(Ink::Accent) >= 4.5, "{}", theme.name);
            for ink in [Ink::Key, Ink::Warning] {
                assert!(against(ink) >= 3.0, "{} {ink:?}", theme.name);
            }
            for state in drawn_states() {
                let seen = against(Ink::State(state));
                assert!(seen >= 3.0, "{} {state:?}: {seen}", theme.name);
            }
            for n in 0..SERIES as u8 {
                // 4.5, as the labels of a chart's lines are written in the same ink.
                let (seen, least) =
                    (against(Ink::Series(n)), if paper == Ink::Surface { 4.5 } else { 4.0 });
                assert!(seen >= least, "{} series {n}: {seen}", theme.name);
            }
            assert!((1.1..3.0).contains(&against(Ink::Ghost)), "{}", theme.name);
        }
    }
}

#[test]
fn names_can_be_read_on_the_tint_of_every_thread() {
    for theme in themes() {
        let color = |ink| linear(theme.color(ink));
        for n in 0..SERIES as u8 {
            let bar = over(color(Ink::Series(n)), color(Ink::Surface), 0.40);
            let seen = contrast(color(Ink::Text), bar);
            assert!(seen >= 4.5, "{} series {n}: {seen}", theme.name);
        }
    }
}

/// Machado, Oliveira and Fernandes 2009, for full severity.
const SIGHT: [(&str, [[f64; 3]; 3]); 4] = [
    ("common", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deutan",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritan",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

fn oklab([r, g, b]: Rgb) -> Rgb {
    let l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b).cbrt();
    let m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b).cbrt();
    let s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b).cbrt();
    [
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
}

fn distance(a: Rgb, b: Rgb, sight: &[[f64; 3]; 3]) -> f64 {
    let see = |c: Rgb| {
        oklab(sight.map(|row| row.iter().zip(c).map(|(k, c)| k * c).sum::<f64>().clamp(0.0, 1.0)))
    };
    let (a, b) = (see(a), see(b));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn the_states_that_matter_most_differ_in_colour_for_everybody() {
    let pairs = [
        (State::HasGil, State::Native),
        (State::HasGil, State::WaitingGil),
        (State::Native, State::WaitingGil),
        (State::HasGil, State::ForcedSwitch),
        (State::BlockedIo, State::HasGil),
    ];
    for theme in themes() {
        for (name, sight) in &SIGHT {
            for (a, b) in pairs {
                let [ca, cb] = [a, b].map(|state| linear(theme.color(Ink::State(state))));
                let apart = distance(ca, cb, sight);
                assert!(apart >= 0.06, "{} {name}: {a:?} and {b:?}: {apart:.3}", theme.name);
            }
        }
    }
}

#[test]
fn series_differ_from_each_other() {
    for theme in themes() {
        for a in 0..SERIES as u8 {
            assert_eq!(theme.color(Ink::Series(a)), theme.color(Ink::Series(a + SERIES as u8)));
            for b in 0..a {
                let [ca, cb] = [a, b].map(|n| linear(theme.color(Ink::Series(n))));
                let apart = distance(ca, cb, &SIGHT[0].1);
                assert!(apart >= 0.05, "{}: series {a} and {b}: {apart:.3}", theme.name);
            }
        }
    }
}

#[test]
fn the_style_sheet_gets_every_ink_once() {
    for theme in themes() {
        let css = css_variables(&theme);
        for (name, ink) in [
            ("surface", Ink::Surface),
            ("state-has-gil", Ink::State(State::HasGil)),
            ("state-ready-no-core", Ink::State(State::Ready)),
            ("state-blocked-on-i-o", Ink::State(State::BlockedIo)),
            ("series-7", Ink::Series(7)),
        ] {
            let line = format!("--{name}: {};\n", theme.color(ink));
            assert_eq!(css.matches(&line).count(), 1, "{line} in {css}");
        }
        assert_eq!(css.lines().count(), 9 + State::ALL.len() + SERIES);
    }
}

#[test]
fn only_patterns_have_a_tile() {
    assert!(Fill::Hatched(Ink::Text).tile().is_some());
    assert!(Fill::Dotted(Ink::Text).tile().is_some());
    assert_eq!(Fill::Solid(Ink::Text).tile(), None);
    assert_eq!(Fill::Tint(Ink::Text, 10).tile(), None);
}
