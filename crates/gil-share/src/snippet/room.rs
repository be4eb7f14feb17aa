//! The room that a figure needs in a page, before it runs: so that nothing moves when it does.
//!
//! The heights are those of the figure's parts in a browser (`www/embed.css`), by its width. They are
//! written here once: the line of `www/embed.js` that has them is made by [`table_script`], and an
//! end-to-end test holds both against figures that run. Where fonts are wider or a sentence takes
//! another line, the figure fills a room that is a little too large, and gets one that is too small
//! enlarged.

use gil_notation::{Control, Embed, Link, Show};

use super::address::figure_link;

/// The number of columns of the table.
const COLUMNS: usize = 6;

/// Heights by width, in CSS pixels.
type Heights = [u32; COLUMNS];

/// Numbers for phones, then those for wider figures.
type ByWidth<T> = [T; 2];

/// A number for up to so many threads; the last, for any more.
type UpTo = &'static [(Option<u32>, u32)];

/// What the lanes of a timeline take.
struct Lanes {
    /// The axis, with what is above and below all lanes.
    axis: u32,
    /// A lane that names threads: of the GIL, of a core.
    named: u32,
    /// A lane of a thread, by the number of threads.
    thread: UpTo,
}

/// From these widths on the column counts.
const FROM: Heights = [0, 340, 480, 620, 761, 1241];
/// Figures below this width are laid out for phones, and their stages below the second one.
const NARROW: u32 = 620;
const STACKED: u32 = 578;

/// Border, padding and foot.
const FRAME: Heights = [62, 62, 62, 74, 58, 58];
const HEADLINE: Heights = [109, 109, 65, 65, 43, 43];
const TRANSPORT: Heights = [68, 68, 68, 68, 60, 60];
/// Toolbar and key of a timeline, without its lanes.
const TIMELINE: Heights = [111, 111, 85, 111, 103, 77];
const NOW: Heights = [285, 285, 260, 200, 197, 261];
const CHART: Heights = [748, 748, 728, 708, 547, 527];
const COMPARE: Heights = [3141, 3121, 2840, 2737, 2009, 1793];
/// Less than any lesson, which is higher than a screen anyway.
const LESSON: Heights = [2400; COLUMNS];
/// The panel of the simulator, folded.
const EDIT: Heights = [53; COLUMNS];
/// A row of sliders and lists, and the border below all of them.
const KNOB: Heights = [44, 44, 44, 79, 79, 69];
const KNOBS: u32 = 13;
/// The names of two that are compared, below this width one below the other; and the controls of
/// playback further apart.
const NAME: u32 = 29;
const BESIDE: u32 = 690;
const APART: u32 = 16;
/// Between parts.
const GAP: ByWidth<u32> = [8, 12];
/// Between sections of lanes, and between groups of threads.
const SECTION: u32 = 12;
const GROUP: u32 = 7;
/// As in `gil-view`, which lays stages and timelines out.
const STAGE: ByWidth<UpTo> =
    [&[(Some(8), 290), (Some(24), 360), (None, 460)], &[(Some(24), 264), (None, 340)]];
const LANES: ByWidth<Lanes> = [
    Lanes { axis: 44, named: 30, thread: &[(Some(8), 44), (Some(16), 34), (None, 26)] },
    Lanes {
        axis: 40,
        named: 24,
        thread: &[(Some(8), 36), (Some(16), 28), (Some(32), 22), (None, 18)],
    },
];

/// The number of a column for figures of a width.
fn at(heights: &Heights, width: u32) -> u32 {
    heights[FROM.iter().filter(|from| **from <= width).count() - 1]
}

/// The height in CSS pixels that the figure of a link takes at a width, by its parts, its controls
/// and its threads.
pub fn room(link: &Link, width: u32) -> u32 {
    let embed = figure_link(link).view.embed.unwrap_or_default();
    let shows = |show| embed.show.contains(&show);
    let has = |control| embed.controls.contains(&control);
    let height = at(&FRAME, width) + knobs(&embed, width);
    if shows(Show::Lesson) {
        return height + at(&LESSON, width);
    }
    if shows(Show::Compare) {
        let transport = if has(Control::Play) { at(&TRANSPORT, width) + APART } else { 0 };
        return height + at(&COMPARE, width) + transport;
    }
    let edit = if has(Control::Edit) { at(&EDIT, width) } else { 0 };
    let parts = parts(&embed, link, width);
    let gaps = parts.len().saturating_sub(1) as u32 * by_width(GAP, width < NARROW);
    height + parts.iter().sum::<u32>() + gaps + edit
}

/// The heights of the parts that a figure shows.
fn parts(embed: &Embed, link: &Link, width: u32) -> Vec<u32> {
    let spec = link.scenario.spec();
    let shows = |show| embed.show.contains(&show);
    let moves = shows(Show::Stage) || shows(Show::Timeline) || shows(Show::Now);
    let threads = spec.groups.iter().map(|group| u32::from(group.count)).sum();
    // A phone shows the cores once.
    let with_cores = width >= NARROW || !shows(Show::Stage);
    let cores = if with_cores { u32::from(spec.machine.cores) } else { 0 };
    let stage = up_to(by_width(STAGE, width < STACKED), threads);
    let lanes = lanes(threads, spec.groups.len() as u32, cores, width);
    let all = [
        (shows(Show::Headline), at(&HEADLINE, width)),
        (shows(Show::Stage), stage),
        (moves && embed.controls.contains(&Control::Play), at(&TRANSPORT, width)),
        (shows(Show::Timeline), at(&TIMELINE, width) + lanes),
        (shows(Show::Now), at(&NOW, width)),
        (shows(Show::Chart), at(&CHART, width)),
    ];
    all.into_iter().filter(|(is_shown, _)| *is_shown).map(|(_, height)| height).collect()
}

/// The lanes of a timeline: of the GIL, of threads, of cores where there are any.
fn lanes(threads: u32, groups: u32, cores: u32, width: u32) -> u32 {
    let Lanes { axis, named, thread } = by_width(LANES, width < NARROW);
    let cores = if cores == 0 { 0 } else { SECTION + cores * named };
    let between = groups.saturating_sub(1) * GROUP;
    axis + named + SECTION + cores + threads * up_to(thread, threads) + between
}

/// Sliders and lists, in as many columns as there is room for; those of two that are compared apart.
fn knobs(embed: &Embed, width: u32) -> u32 {
    let is_knob = |control: &&Control| !matches!(control, Control::Play | Control::Edit);
    let count = embed.controls.iter().filter(is_knob).count() as u32;
    let (sets, name, room) = match (embed.show.contains(&Show::Compare), width < BESIDE) {
        (false, _) => (1, 0, width),
        (true, true) => (2, NAME, width),
        (true, false) => (1, NAME, width / 2),
    };
    let columns = if width < NARROW { 1 } else { (room.saturating_sub(2) / 214).max(1) };
    match count {
        0 => 0,
        _ => KNOBS + sets * (name + count.div_ceil(columns) * at(&KNOB, width)),
    }
}

fn by_width<T>([narrow, wide]: ByWidth<T>, is_narrow: bool) -> T {
    if is_narrow { narrow } else { wide }
}

fn up_to(numbers: UpTo, threads: u32) -> u32 {
    let fits = |most: Option<u32>| most.is_none_or(|most| threads <= most);
    numbers.iter().find(|(most, _)| fits(*most)).map_or(0, |(_, number)| *number)
}

/// The style that keeps the room in a page until the figure is there: for wide screens and phones.
pub(super) fn style(link: &Link) -> [(&'static str, String); 3] {
    /// Columns of text, and the narrowest screen that has them beside nothing else.
    const WIDE: [u32; 3] = [620, 760, 1000];
    const PHONE: u32 = 340;
    const SCREEN: u32 = 700;
    let wide = WIDE.into_iter().map(|width| room(link, width)).max().unwrap_or_default();
    let phone = room(link, PHONE);
    let (low, high) = (wide.min(phone), wide.max(phone));
    let from =
        if phone > wide { format!("{SCREEN}px - 100vw") } else { format!("100vw - {SCREEN}px") };
    // A step at that width: the difference, made large.
    let height = match low == high {
        true => format!("{low}px"),
        false => format!("clamp({low}px, ({from}) * 999, {high}px)"),
    };
    [("display", "block".to_owned()), ("margin-block", "1em".to_owned()), ("min-height", height)]
}

/// The line of `embed.js` that has the table.
pub fn table_script() -> String {
    let columns = [
        ("from", FROM),
        ("frame", FRAME),
        ("headline", HEADLINE),
        ("transport", TRANSPORT),
        ("timeline", TIMELINE),
        ("now", NOW),
        ("chart", CHART),
        ("compare", COMPARE),
        ("lesson", LESSON),
        ("edit", EDIT),
        ("knob", KNOB),
    ];
    let columns = columns.map(|(name, heights)| format!("    {name}: {heights:?},\n")).concat();
    let numbers = format!(
        "    narrow: {NARROW}, stacked: {STACKED}, beside: {BESIDE}, knobs: {KNOBS}, name: {NAME}, \
         apart: {APART},\n    gap: {GAP:?}, section: {SECTION}, group: {GROUP},\n"
    );
    let list = |numbers: &UpTo| {
        let one = |(most, number): &(Option<u32>, u32)| {
            let most = most.map_or("null".to_owned(), |most| most.to_string());
            format!("[{most}, {number}]")
        };
        format!("[{}]", numbers.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    let stage = STAGE.iter().map(list).collect::<Vec<_>>().join(", ");
    let lanes = LANES.each_ref().map(|lanes| {
        let Lanes { axis, named, thread } = lanes;
        format!("      {{ axis: {axis}, named: {named}, thread: {} }},\n", list(thread))
    });
    format!(
        "  const ROOM = {{\n{columns}{numbers}    stage: [{stage}],\n    lanes: [\n{}    ],\n  }};\n",
        lanes.concat()
    )
}
