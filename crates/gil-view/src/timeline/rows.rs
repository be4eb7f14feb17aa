//! Where the lanes lie: rows from top to bottom, the gutter with their names, the plot.

use gil_sim::{CoreId, InterpreterId, ThreadId, Trace};

use crate::text;

/// Pictures narrower than this are laid out for phones. Logical pixels.
pub const PHONE: f32 = 600.0;

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// The holders of an interpreter's GIL.
    Gil(InterpreterId),
    /// The states of a thread.
    Thread(ThreadId),
    /// The threads that run on a core.
    Core(CoreId),
}

/// A lane and its place. All lengths in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// What it shows.
    pub lane: Lane,
    /// Its upper edge.
    pub y: f32,
    /// Its height: what a pointer or a finger can hit.
    pub height: f32,
    /// Upper edge of its bars at full height; ticks and flags stand out a little above.
    pub bar_y: f32,
    /// Full height of its bars.
    pub bar_height: f32,
}

impl Row {
    /// The line that its bars stand on.
    pub fn base(&self) -> f32 {
        self.bar_y + self.bar_height
    }
}

/// Rows, separators and the widths that they leave.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rows {
    pub rows: Vec<Row>,
    /// Lines between groups of threads.
    pub thin_lines: Vec<f32>,
    /// Lines between threads, cores and the GIL.
    pub strong_lines: Vec<f32>,
    pub height: f32,
}

pub(super) fn is_phone(width: f32) -> bool {
    width < PHONE
}

/// Height of the band with the labels of the axis.
pub(super) fn axis_height(width: f32) -> f32 {
    if is_phone(width) { 32.0 } else { 28.0 }
}

/// Height of a thread's row: the more threads, the thinner; on phones thick enough for a finger
/// as long as that fits on a screen or two.
fn thread_height(threads: usize, phone: bool) -> f32 {
    match (threads, phone) {
        (..=8, true) => 44.0,
        (..=16, true) => 34.0,
        (_, true) => 26.0,
        (..=8, false) => 36.0,
        (..=16, false) => 28.0,
        (..=32, false) => 22.0,
        (_, false) => 18.0,
    }
}

/// Height of a row that names threads in its bars.
fn names_height(phone: bool) -> f32 {
    if phone { 30.0 } else { 24.0 }
}

/// Room around a line between sections.
const SECTION_GAP: f32 = 12.0;
/// Room around a line between groups of threads.
const GROUP_GAP: f32 = 7.0;

impl Rows {
    pub fn new(trace: &Trace, width: f32, with_cores: bool) -> Rows {
        let mut rows = Rows {
            rows: Vec::new(),
            thin_lines: Vec::new(),
            strong_lines: Vec::new(),
            height: axis_height(width) + 4.0,
        };
        let phone = is_phone(width);
        let gils: Vec<InterpreterId> = trace.shared_gils().collect();
        for gil in &gils {
            rows.push(Lane::Gil(*gil), names_height(phone));
        }
        if !gils.is_empty() {
            rows.section();
        }
        rows.threads(trace, thread_height(trace.threads.len(), phone));
        if with_cores && !trace.cores.is_empty() {
            rows.section();
            for core in 0..trace.cores.len() {
                rows.push(Lane::Core(CoreId::of(core)), names_height(phone));
            }
        }
        rows.height += 6.0;
        rows
    }

    fn threads(&mut self, trace: &Trace, height: f32) {
        let mut before = None;
        for (i, thread) in trace.threads.iter().enumerate() {
            if before.is_some_and(|group| group != thread.group) {
                let y = self.gap(GROUP_GAP);
                self.thin_lines.push(y);
            }
            before = Some(thread.group);
            self.push(Lane::Thread(ThreadId(i as u16)), height);
        }
    }

    fn section(&mut self) {
        let y = self.gap(SECTION_GAP);
        self.strong_lines.push(y);
    }

    /// Leaves room; gives the middle of it.
    fn gap(&mut self, room: f32) -> f32 {
        self.height += room;
        (self.height - room / 2.0).floor() + 0.5
    }

    fn push(&mut self, lane: Lane, height: f32) {
        let (above, below) = match lane {
            // Room for flags, which stand out above the bars.
            Lane::Thread(_) => ((height * 0.26).round(), (height * 0.06).round().max(1.0)),
            _ => (2.0, 2.0),
        };
        self.rows.push(Row {
            lane,
            y: self.height,
            height,
            bar_y: self.height + above,
            bar_height: height - above - below,
        });
        self.height += height;
    }

    /// The row at a height; gaps belong to nobody.
    pub fn at(&self, y: f32) -> Option<&Row> {
        self.rows.iter().find(|row| row.y <= y && y < row.y + row.height)
    }

    pub fn of(&self, lane: Lane) -> Option<&Row> {
        self.rows.iter().find(|row| row.lane == lane)
    }
}

/// Font size of the lanes' names.
pub(super) fn name_size(width: f32) -> f32 {
    if is_phone(width) { 11.0 } else { 12.0 }
}

/// Left of a thread's name: its colour in the lanes of cores and of the GIL.
pub(super) const SWATCH: f32 = 8.0;
/// From the left edge to the names.
pub(super) const NAME_X: f32 = 8.0 + SWATCH + 6.0;

/// Width of the widest name, in font sizes.
pub(super) fn widest_name(trace: &Trace) -> f32 {
    let names = trace.threads.iter().map(|thread| text::width(&thread.name, 1.0, false));
    names.fold(text::width("core 0", 1.0, false), f32::max)
}

/// Width of the gutter with the names: as wide as they need, and those of a timeline `beside` it,
/// within what the picture can spare. Whole pixels, so that columns of pixels in the plot are
/// columns on the screen.
pub(super) fn gutter(trace: &Trace, beside: f32, width: f32) -> f32 {
    let widest = widest_name(trace).max(beside) * name_size(width);
    let most = if is_phone(width) { 88.0 } else { 168.0 };
    (NAME_X + widest + 10.0).min(most).ceil()
}
