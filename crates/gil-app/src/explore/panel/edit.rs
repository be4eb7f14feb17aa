//! What the panel does to a [`Spec`]: fields are read and written as text, lists change.
//!
//! Pure functions. A text that cannot be read leaves the spec alone; whether what was read suits
//! is for [`Scenario::new`](gil_sim::Scenario::new) to say.

use gil_notation::{parse_dist, parse_duration, print_duration};
use gil_sim::{Dist, Group, Machine, Nanos, Python, Repeat, Spec, Step, bounds};

use super::place::{Change, Facet, Item, Owner, Place, Renumbering, Setting};

// Fields as text.

/// What the field shows; empty where there is no such field.
pub fn text(spec: &Spec, place: &Place) -> String {
    match (&place.owner, place.facet) {
        (Owner::Setting(Setting::Python), _) => spec.python.to_string(),
        (_, Facet::Spread) => {
            dist(spec, &place.owner).map_or("", |dist| Spread::of(dist).key()).to_owned()
        }
        (Owner::Item(item), Facet::Kind) => {
            step(spec, item).map_or("", |step| Kind::of(step).key()).to_owned()
        }
        (Owner::Item(item), Facet::RepeatKind) => {
            group(spec, item).map_or("", |group| RepeatKind::of(group.repeat).key()).to_owned()
        }
        _ => match value(spec, place) {
            Some(Value::Time(time)) => show_duration(time),
            Some(Value::Number(n)) => n.to_string(),
            Some(Value::Name(name)) => name,
            None => String::new(),
        },
    }
}

/// Puts what a field's text says into the spec.
///
/// # Errors
/// What is wrong with the text, as a sentence.
pub fn write(spec: &mut Spec, place: &Place, text: &str) -> Result<(), String> {
    let text = text.trim();
    match (&place.owner, place.facet) {
        (Owner::Setting(Setting::Python), _) => {
            spec.python = Python::find(text).ok_or("Choose a version from the list.")?;
        }
        (Owner::Setting(Setting::Cores), _) => {
            let Some(Value::Number(n)) = read(spec, place, text)? else { return Err(gone()) };
            set_cores(&mut spec.machine, n as u16);
        }
        (owner, Facet::Spread) => {
            let spread = Spread::find(text).ok_or_else(gone)?;
            let dist = dist_mut(spec, owner).ok_or_else(gone)?;
            *dist = spread.redraw(*dist);
        }
        (Owner::Item(item), Facet::Kind) => {
            let kind = Kind::find(text).ok_or_else(gone)?;
            let step = step_mut(spec, item).ok_or_else(gone)?;
            set_kind(step, kind);
        }
        (Owner::Item(item), Facet::RepeatKind) => {
            let kind = RepeatKind::find(text).ok_or_else(gone)?;
            let group = group_mut(spec, item).ok_or_else(gone)?;
            if RepeatKind::of(group.repeat) != kind {
                group.repeat = kind.usual();
            }
        }
        (owner, Facet::Value) if dist(spec, owner).is_some() => write_dist(spec, place, text)?,
        _ => {
            let value = read(spec, place, text)?.ok_or_else(gone)?;
            set(spec, place, value);
        }
    }
    Ok(())
}

/// The first duration; the whole notation (`1ms..3ms`) may be written there too.
fn write_dist(spec: &mut Spec, place: &Place, text: &str) -> Result<(), String> {
    match read(spec, place, text) {
        Ok(Some(value)) => set(spec, place, value),
        Ok(None) => return Err(gone()),
        Err(message) => {
            let whole = parse_dist(&plain(text)).map_err(|_| message)?;
            *dist_mut(spec, &place.owner).ok_or_else(gone)? = whole;
        }
    }
    Ok(())
}

/// Says that a field has lost what it belongs to; nothing that a person can bring about.
fn gone() -> String {
    "This is not there any more.".to_owned()
}

/// A duration as the fields show it, exactly: `2.5 ms`.
pub fn show_duration(time: Nanos) -> String {
    let text = print_duration(time);
    let unit = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    format!("{} {}", &text[..unit], &text[unit..])
}

/// A sentence out of one without capital and full stop.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).chain(Some('.')).collect()
}

/// What people write in place of the notation's plain form: spaces, and a mu.
fn plain(text: &str) -> String {
    let text = text.chars().filter(|c| !c.is_whitespace());
    text.map(|c| if "\u{b5}\u{3bc}".contains(c) { 'u' } else { c }).collect()
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Time(Nanos),
    Number(u64),
    Name(String),
}

/// Reads a text as the kind of value that the field holds now.
fn read(spec: &Spec, place: &Place, text: &str) -> Result<Option<Value>, String> {
    Ok(match value(spec, place) {
        None => None,
        Some(Value::Name(_)) => Some(Value::Name(text.to_owned())),
        Some(Value::Number(_)) => Some(Value::Number(read_number(place, text)?)),
        Some(Value::Time(_)) => Some(Value::Time(read_duration(text)?)),
    })
}

fn read_duration(text: &str) -> Result<Nanos, String> {
    if text.is_empty() {
        return Err("Write a duration such as 2.5 ms.".to_owned());
    }
    parse_duration(&plain(text)).map_err(|error| match error.help {
        Some(help) => sentence(&format!("{}; {help}", error.message)),
        None => sentence(&error.message),
    })
}

fn read_number(place: &Place, text: &str) -> Result<u64, String> {
    let (low, high) = numbers(place).unwrap_or((0, u64::MAX));
    let asked = if high == u64::MAX {
        "a whole number".to_owned()
    } else {
        format!("a whole number from {low} to {high}")
    };
    if text.is_empty() {
        return Err(format!("Write {asked}."));
    }
    let number = text.parse().map_err(|_| format!("\"{text}\" is not {asked}."))?;
    // Narrower types follow: what does not fit must not be cut.
    if number > high {
        return Err(format!("{number} is not between {low} and {high}."));
    }
    Ok(number)
}

/// Bounds of a field that holds a whole number.
pub fn numbers(place: &Place) -> Option<(u64, u64)> {
    let threads = (u64::from(*bounds::THREADS.start()), u64::from(*bounds::THREADS.end()));
    let times = (u64::from(*bounds::TIMES.start()), u64::from(*bounds::TIMES.end()));
    let cores = (u64::from(*bounds::CORES.start()), u64::from(*bounds::CORES.end()));
    let events = &bounds::LIMIT_EVENTS;
    match (&place.owner, place.facet) {
        (Owner::Setting(Setting::Cores), _) => Some(cores),
        (Owner::Setting(Setting::LimitEvents), _) => {
            Some((u64::from(*events.start()), u64::from(*events.end())))
        }
        (Owner::Setting(Setting::Seed), _) => Some((0, u64::MAX)),
        (_, Facet::Count) => Some(threads),
        (_, Facet::Repeat) => Some(times),
        _ => None,
    }
}

/// Bounds of a field that holds a duration.
pub fn times(place: &Place) -> (Nanos, Nanos) {
    let range = match (&place.owner, place.facet) {
        (Owner::Setting(Setting::SwitchInterval), _) => bounds::SWITCH_INTERVAL,
        (Owner::Setting(Setting::TimeSlice), _) => bounds::SLICE,
        (Owner::Setting(Setting::LimitTime), _) => bounds::LIMIT_TIME,
        (Owner::Setting(_), _) => bounds::COST,
        (_, Facet::Start) => bounds::MOMENT,
        (_, Facet::Repeat) => Nanos(1)..=*bounds::MOMENT.end(),
        (_, Facet::Check) => bounds::CHECK,
        _ => bounds::DURATION,
    };
    range.into_inner()
}

/// Range and unit of a field in words: `1 us to 10 s`, `1 to 64`.
pub fn range_words(spec: &Spec, place: &Place) -> String {
    match value(spec, place) {
        None => String::new(),
        Some(Value::Name(_)) => {
            "1 to 16 letters, digits and underscores, a letter first".to_owned()
        }
        Some(Value::Number(_)) => match numbers(place) {
            Some((low, high)) if high < u64::MAX => format!("{low} to {}", thousands(high)),
            _ => "Any whole number".to_owned(),
        },
        Some(Value::Time(_)) => {
            let (low, high) = times(place);
            format!("{low} to {high}, in ns, us, ms or s")
        }
    }
}

/// Whether a field holds a whole number.
pub fn is_number(spec: &Spec, place: &Place) -> bool {
    matches!(value(spec, place), Some(Value::Number(_)))
}

fn thousands(n: u64) -> String {
    gil_view::words::number(n as f64)
}

/// The next value above or below: whole numbers by one, durations along 1, 2, 5, 10.
pub fn nudged(spec: &Spec, place: &Place, up: bool) -> Option<String> {
    match value(spec, place)? {
        Value::Name(_) => None,
        Value::Number(n) => {
            let (low, high) = numbers(place)?;
            let next = if up { n.saturating_add(1) } else { n.saturating_sub(1) };
            Some(next.clamp(low, high).to_string())
        }
        Value::Time(time) => {
            let (low, high) = times(place);
            Some(show_duration(round_step(time, up).clamp(low, high)))
        }
    }
}

fn round_step(time: Nanos, up: bool) -> Nanos {
    let steps = (0..12).flat_map(|n| [1, 2, 5].map(|digit| Nanos(digit * 10u64.pow(n))));
    let next = if up {
        steps.clone().find(|step| *step > time)
    } else {
        steps.clone().rev().find(|step| *step < time)
    };
    next.unwrap_or(if up { time } else { Nanos::ZERO })
}

// Values by place.

fn value(spec: &Spec, place: &Place) -> Option<Value> {
    let machine = &spec.machine;
    let time = |time: Nanos| Some(Value::Time(time));
    let number = |n: u64| Some(Value::Number(n));
    match (&place.owner, place.facet) {
        (owner, Facet::Second) => match dist(spec, owner)? {
            Dist::Uniform(_, second) | Dist::LogNormal(_, second) => time(second),
            Dist::Fixed(_) | Dist::Exponential(_) => None,
        },
        (Owner::Setting(setting), _) => match setting {
            Setting::Python => None,
            Setting::Seed => number(spec.seed),
            Setting::Cores => number(machine.cores.into()),
            Setting::LimitEvents => number(spec.limits.events.into()),
            Setting::WakeDeep | Setting::WakeShallow | Setting::FutexWait | Setting::Rewait => {
                time(first(dist(spec, &place.owner)?))
            }
            Setting::SwitchInterval
            | Setting::TimeSlice
            | Setting::IdleDeepens
            | Setting::TimerSlack
            | Setting::ContextSwitch
            | Setting::Uncontended
            | Setting::FutexWake
            | Setting::Syscall
            | Setting::ThreadStart
            | Setting::LimitTime => {
                // The settings alone are cheap to copy, and one list of them is enough.
                let mut settings = Spec { groups: Vec::new(), ..*spec };
                setting_time(&mut settings, *setting).and_then(|found| time(*found))
            }
        },
        (Owner::Item(item), Facet::Name) => Some(Value::Name(group(spec, item)?.name.clone())),
        (Owner::Item(item), Facet::Count) => number(group(spec, item)?.count.into()),
        (Owner::Item(item), Facet::Start) => time(group(spec, item)?.start),
        (Owner::Item(item), Facet::Repeat) => match group(spec, item)?.repeat {
            Repeat::Times(n) => number(n.into()),
            Repeat::For(length) => time(length),
            Repeat::Jobs(n) => number(n.into()),
            Repeat::Arrivals { during, .. } => time(during),
            Repeat::Daemon | Repeat::Serve => None,
        },
        (Owner::Item(item), Facet::Check) => match step(spec, item)? {
            Step::Python { check, .. } => time(check.unwrap_or(spec.python.check_distance())),
            _ => None,
        },
        (Owner::Item(item), Facet::Lock) => match step(spec, item)? {
            Step::Locked { lock, .. } => Some(Value::Name(lock.clone())),
            _ => None,
        },
        (owner, Facet::Value) => time(first(dist(spec, owner)?)),
        (_, Facet::Spread | Facet::Kind | Facet::RepeatKind) => None,
    }
}

fn set(spec: &mut Spec, place: &Place, value: Value) {
    let usual_check = spec.python.check_distance();
    match (&place.owner, place.facet, value) {
        (owner, Facet::Second, Value::Time(new)) => {
            if let Some(Dist::Uniform(_, second) | Dist::LogNormal(_, second)) =
                dist_mut(spec, owner)
            {
                *second = new;
            }
        }
        (Owner::Setting(Setting::Seed), _, Value::Number(n)) => spec.seed = n,
        (Owner::Setting(Setting::LimitEvents), _, Value::Number(n)) => {
            spec.limits.events = n as u32;
        }
        (owner @ Owner::Setting(setting), _, Value::Time(new)) => {
            if let Some(time) = setting_time(spec, *setting) {
                *time = new;
            } else if let Some(dist) = dist_mut(spec, owner) {
                *first_mut(dist) = new;
            }
        }
        (Owner::Item(item), facet, value) if item.len() == 1 => {
            let Some(group) = group_mut(spec, item) else { return };
            match (facet, value, &mut group.repeat) {
                (Facet::Name, Value::Name(name), _) => group.name = name,
                (Facet::Count, Value::Number(n), _) => group.count = n as u16,
                (Facet::Start, Value::Time(start), _) => group.start = start,
                (Facet::Repeat, Value::Number(n), Repeat::Times(times)) => *times = n as u32,
                (Facet::Repeat, Value::Time(new), Repeat::For(length)) => *length = new,
                (Facet::Repeat, Value::Number(n), Repeat::Jobs(jobs)) => *jobs = n as u32,
                (Facet::Repeat, Value::Time(new), Repeat::Arrivals { during, .. }) => *during = new,
                _ => {}
            }
        }
        (owner @ Owner::Item(item), facet, value) => match (facet, value, step_mut(spec, item)) {
            (Facet::Check, Value::Time(new), Some(Step::Python { check, .. })) => {
                *check = (new != usual_check).then_some(new);
            }
            (Facet::Lock, Value::Name(name), Some(Step::Locked { lock, .. })) => *lock = name,
            (Facet::Value, Value::Time(new), _) => {
                if let Some(dist) = dist_mut(spec, owner) {
                    *first_mut(dist) = new;
                }
            }
            _ => {}
        },
        _ => {}
    }
}

fn setting_time(spec: &mut Spec, setting: Setting) -> Option<&mut Nanos> {
    let machine = &mut spec.machine;
    let costs = &mut machine.costs;
    Some(match setting {
        Setting::SwitchInterval => &mut spec.switch_interval,
        Setting::TimeSlice => &mut machine.time_slice,
        Setting::IdleDeepens => &mut machine.idle_deepens,
        Setting::TimerSlack => &mut machine.timer_slack,
        Setting::ContextSwitch => &mut machine.context_switch,
        Setting::Uncontended => &mut costs.uncontended,
        Setting::FutexWake => &mut costs.futex_wake,
        Setting::Syscall => &mut costs.syscall,
        Setting::ThreadStart => &mut costs.thread_start,
        Setting::LimitTime => &mut spec.limits.time,
        _ => return None,
    })
}

/// The number of cores, and the base slice that goes with it unless the slice is one's own.
fn set_cores(machine: &mut Machine, cores: u16) {
    if machine.time_slice == Machine::base_slice(machine.cores) {
        *machine = machine.with_cores(cores);
    } else {
        machine.cores = cores;
    }
}

/// The default of a setting as its field shows it.
pub fn default_text(setting: Setting) -> String {
    text(&Spec::default(), &Place::setting(setting))
}

/// Everything by default, with the base slice of this number of cores.
fn usual(spec: &Spec) -> Spec {
    let machine = Machine::default().with_cores(spec.machine.cores);
    Spec { machine, ..Spec::default() }
}

/// The default of a setting in words.
pub fn default_words(spec: &Spec, setting: Setting) -> String {
    let usual = usual(spec);
    let owner = Owner::Setting(setting);
    match dist(&usual, &owner) {
        Some(Dist::Uniform(low, high)) => format!("between {low} and {high}"),
        Some(Dist::LogNormal(median, p95)) => format!("median {median}, 95 % under {p95}"),
        Some(Dist::Exponential(mean)) => format!("{mean} on average"),
        Some(Dist::Fixed(time)) => time.to_string(),
        None => text(&usual, &Place::setting(setting)),
    }
}

/// Whether a setting has its default.
pub fn is_default(spec: &Spec, setting: Setting) -> bool {
    let usual = usual(spec);
    let owner = Owner::Setting(setting);
    let place = Place::setting(setting);
    dist(spec, &owner) == dist(&usual, &owner) && text(spec, &place) == text(&usual, &place)
}

/// Gives a setting its default.
pub fn reset(spec: &mut Spec, setting: Setting) {
    let usual = usual(spec);
    let owner = Owner::Setting(setting);
    if let (Some(old), Some(new)) = (dist_mut(spec, &owner), dist(&usual, &owner)) {
        *old = new;
    } else if let Some(value) = value(&usual, &Place::setting(setting)) {
        set(spec, &Place::setting(setting), value);
    }
}

/// Machine and limits as they are by default; cores, Python, interval and seed stay.
pub fn reset_machine(spec: &mut Spec) {
    Spec { machine: spec.machine, limits: spec.limits, .. } = usual(spec);
}

/// Whether machine and limits are as they are by default.
pub fn machine_is_usual(spec: &Spec) -> bool {
    let usual = usual(spec);
    spec.machine == usual.machine && spec.limits == usual.limits
}

// Durations that are drawn.

/// How a duration is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// [`Dist::Fixed`]
    Fixed,
    /// [`Dist::Uniform`]
    Uniform,
    /// [`Dist::Exponential`]
    Exponential,
    /// [`Dist::LogNormal`]
    LogNormal,
}

impl Spread {
    /// All of them.
    pub const ALL: [Spread; 4] =
        [Spread::Fixed, Spread::Uniform, Spread::Exponential, Spread::LogNormal];

    /// Its name in the page's elements.
    pub fn key(self) -> &'static str {
        match self {
            Spread::Fixed => "fixed",
            Spread::Uniform => "uniform",
            Spread::Exponential => "exponential",
            Spread::LogNormal => "lognormal",
        }
    }

    fn find(key: &str) -> Option<Spread> {
        Spread::ALL.into_iter().find(|spread| spread.key() == key)
    }

    /// How this one is drawn.
    pub fn of(dist: Dist) -> Spread {
        match dist {
            Dist::Fixed(_) => Spread::Fixed,
            Dist::Uniform(..) => Spread::Uniform,
            Dist::Exponential(_) => Spread::Exponential,
            Dist::LogNormal(..) => Spread::LogNormal,
        }
    }

    /// The same duration, drawn like this.
    fn redraw(self, dist: Dist) -> Dist {
        let base = first(dist);
        let far = match dist {
            Dist::Uniform(_, second) | Dist::LogNormal(_, second) => second,
            Dist::Fixed(_) | Dist::Exponential(_) => (base * 3).min(*bounds::DURATION.end()),
        };
        match self {
            Spread::Fixed => Dist::Fixed(base),
            Spread::Uniform => Dist::Uniform(base, far.max(base)),
            Spread::Exponential => Dist::Exponential(base),
            Spread::LogNormal => Dist::LogNormal(base, far.max(base)),
        }
    }
}

/// The duration of a setting or step; `None` where it has none.
pub fn dist(spec: &Spec, owner: &Owner) -> Option<Dist> {
    match owner {
        Owner::Setting(Setting::WakeDeep) => Some(spec.machine.wake_deep),
        Owner::Setting(Setting::WakeShallow) => Some(spec.machine.wake_shallow),
        Owner::Setting(Setting::FutexWait) => Some(spec.machine.costs.futex_wait),
        Owner::Setting(Setting::Rewait) => Some(spec.machine.costs.rewait),
        Owner::Setting(_) => None,
        Owner::Item(item) => step(spec, item).and_then(step_dist),
    }
}

fn dist_mut<'s>(spec: &'s mut Spec, owner: &Owner) -> Option<&'s mut Dist> {
    match owner {
        Owner::Setting(Setting::WakeDeep) => Some(&mut spec.machine.wake_deep),
        Owner::Setting(Setting::WakeShallow) => Some(&mut spec.machine.wake_shallow),
        Owner::Setting(Setting::FutexWait) => Some(&mut spec.machine.costs.futex_wait),
        Owner::Setting(Setting::Rewait) => Some(&mut spec.machine.costs.rewait),
        Owner::Setting(_) => None,
        Owner::Item(item) => match step_mut(spec, item)? {
            Step::Python { work, .. }
            | Step::NativeHolding { work }
            | Step::NativeReleasing { work }
            | Step::Share { work, .. }
            | Step::Mutate { work, .. }
            | Step::Syscall { work } => Some(work),
            Step::Io { wait } | Step::Sleep { wait } | Step::Block { wait } => Some(wait),
            Step::Receive { every } => Some(every),
            Step::Locked { .. } | Step::Call { .. } => None,
        },
    }
}

/// How long a step takes; `None` for a lock.
pub fn step_dist(step: &Step) -> Option<Dist> {
    match step {
        Step::Python { work, .. }
        | Step::NativeHolding { work }
        | Step::NativeReleasing { work }
        | Step::Share { work, .. }
        | Step::Mutate { work, .. }
        | Step::Syscall { work } => Some(*work),
        Step::Io { wait } | Step::Sleep { wait } | Step::Block { wait } => Some(*wait),
        Step::Receive { every } => Some(*every),
        Step::Locked { .. } | Step::Call { .. } => None,
    }
}

fn first(dist: Dist) -> Nanos {
    match dist {
        Dist::Fixed(time)
        | Dist::Exponential(time)
        | Dist::Uniform(time, _)
        | Dist::LogNormal(time, _) => time,
    }
}

fn first_mut(dist: &mut Dist) -> &mut Nanos {
    match dist {
        Dist::Fixed(time)
        | Dist::Exponential(time)
        | Dist::Uniform(time, _)
        | Dist::LogNormal(time, _) => time,
    }
}

// Kinds of steps and repeats.

/// What a step does, named as the variants of [`Step`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Python,
    Holding,
    Releasing,
    Io,
    Receive,
    Syscall,
    Sleep,
    Block,
    Share,
    Mutate,
    Call,
    Locked,
}

impl Kind {
    /// All of them, in the order of the page.
    pub const ALL: [Kind; 12] = [
        Kind::Python,
        Kind::Holding,
        Kind::Releasing,
        Kind::Io,
        Kind::Receive,
        Kind::Syscall,
        Kind::Sleep,
        Kind::Block,
        Kind::Share,
        Kind::Mutate,
        Kind::Call,
        Kind::Locked,
    ];

    /// Its name in the notation and in the page's elements.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Python => "py",
            Kind::Holding => "hold",
            Kind::Releasing => "native",
            Kind::Io => "io",
            Kind::Receive => "recv",
            Kind::Syscall => "sys",
            Kind::Sleep => "sleep",
            Kind::Block => "block",
            Kind::Share => "share",
            Kind::Mutate => "mutate",
            Kind::Call => "call",
            Kind::Locked => "lock",
        }
    }

    fn find(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// What this step does.
    pub fn of(step: &Step) -> Kind {
        match step {
            Step::Python { .. } => Kind::Python,
            Step::NativeHolding { .. } => Kind::Holding,
            Step::NativeReleasing { .. } => Kind::Releasing,
            Step::Io { .. } => Kind::Io,
            Step::Receive { .. } => Kind::Receive,
            Step::Syscall { .. } => Kind::Syscall,
            Step::Sleep { .. } => Kind::Sleep,
            Step::Block { .. } => Kind::Block,
            Step::Share { .. } => Kind::Share,
            Step::Mutate { .. } => Kind::Mutate,
            Step::Call { .. } => Kind::Call,
            Step::Locked { .. } => Kind::Locked,
        }
    }

    /// A step of this kind that takes this long.
    fn step(self, time: Dist) -> Step {
        match self {
            Kind::Python => Step::Python { work: time, check: None },
            Kind::Holding => Step::NativeHolding { work: time },
            Kind::Releasing => Step::NativeReleasing { work: time },
            Kind::Io => Step::Io { wait: time },
            Kind::Receive => Step::Receive { every: time },
            Kind::Syscall => Step::Syscall { work: time },
            Kind::Sleep => Step::Sleep { wait: time },
            Kind::Block => Step::Block { wait: time },
            Kind::Share => Step::Share { object: "cache".to_owned(), work: time },
            Kind::Mutate => Step::Mutate { object: "cache".to_owned(), work: time },
            Kind::Call => Step::Call { group: "pool".to_owned(), bytes: 0 },
            Kind::Locked => Step::Locked {
                lock: "lock".to_owned(),
                body: vec![Step::Python { work: time, check: None }],
            },
        }
    }

    /// How long such a step usually takes.
    fn usual(self) -> Dist {
        Dist::Fixed(match self {
            Kind::Syscall => Nanos::from_micros(2),
            Kind::Python | Kind::Locked => Nanos::from_millis(1),
            _ => Nanos::from_millis(10),
        })
    }
}

/// Makes a step one of another kind. Its duration stays where it makes sense, a step that gets a
/// lock goes inside it, and a lock that goes leaves the duration of its first step.
fn set_kind(step: &mut Step, kind: Kind) {
    if Kind::of(step) == kind {
        return;
    }
    if kind == Kind::Locked {
        let inside = step.clone();
        *step = Step::Locked { lock: "lock".to_owned(), body: vec![inside] };
        return;
    }
    let short = kind == Kind::Syscall || Kind::of(step) == Kind::Syscall;
    let time = if short { None } else { first_time(step) };
    *step = kind.step(time.unwrap_or(kind.usual()));
}

fn first_time(step: &Step) -> Option<Dist> {
    match step {
        Step::Locked { body, .. } => body.first().and_then(first_time),
        _ => step_dist(step),
    }
}

/// In which way a group repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatKind {
    /// [`Repeat::Times`]
    Times,
    /// [`Repeat::For`]
    For,
    /// [`Repeat::Daemon`]
    Daemon,
    /// [`Repeat::Jobs`]
    Jobs,
    /// [`Repeat::Arrivals`]
    Arrivals,
    /// [`Repeat::Serve`]
    Serve,
}

impl RepeatKind {
    /// All of them.
    pub const ALL: [RepeatKind; 6] = [
        RepeatKind::Times,
        RepeatKind::For,
        RepeatKind::Daemon,
        RepeatKind::Jobs,
        RepeatKind::Arrivals,
        RepeatKind::Serve,
    ];

    /// Its name in the page's elements.
    pub fn key(self) -> &'static str {
        match self {
            RepeatKind::Times => "times",
            RepeatKind::For => "for",
            RepeatKind::Daemon => "daemon",
            RepeatKind::Jobs => "jobs",
            RepeatKind::Arrivals => "arrive",
            RepeatKind::Serve => "serve",
        }
    }

    fn find(key: &str) -> Option<RepeatKind> {
        RepeatKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// In which way this one repeats.
    pub fn of(repeat: Repeat) -> RepeatKind {
        match repeat {
            Repeat::Times(_) => RepeatKind::Times,
            Repeat::For(_) => RepeatKind::For,
            Repeat::Daemon => RepeatKind::Daemon,
            Repeat::Jobs(_) => RepeatKind::Jobs,
            Repeat::Arrivals { .. } => RepeatKind::Arrivals,
            Repeat::Serve => RepeatKind::Serve,
        }
    }

    fn usual(self) -> Repeat {
        match self {
            RepeatKind::Times => Repeat::Times(20),
            RepeatKind::For => Repeat::For(Nanos::from_millis(200)),
            RepeatKind::Daemon => Repeat::Daemon,
            RepeatKind::Jobs => Repeat::Jobs(20),
            RepeatKind::Arrivals => Repeat::Arrivals {
                every: Dist::Exponential(Nanos::from_millis(10)),
                during: Nanos::from_secs(1),
            },
            RepeatKind::Serve => Repeat::Serve,
        }
    }
}

// The tree of groups and steps.

/// The group at an item's way.
pub fn group<'s>(spec: &'s Spec, item: &[usize]) -> Option<&'s Group> {
    spec.groups.get(*item.first()?)
}

fn group_mut<'s>(spec: &'s mut Spec, item: &[usize]) -> Option<&'s mut Group> {
    spec.groups.get_mut(*item.first()?)
}

/// The steps in a group or lock.
pub fn steps<'s>(spec: &'s Spec, list: &[usize]) -> Option<&'s [Step]> {
    let (group, inside) = list.split_first()?;
    let steps = &spec.groups.get(*group)?.steps;
    inside.iter().try_fold(&steps[..], |steps, n| match steps.get(*n)? {
        Step::Locked { body, .. } => Some(&body[..]),
        _ => None,
    })
}

fn steps_mut<'s>(spec: &'s mut Spec, list: &[usize]) -> Option<&'s mut Vec<Step>> {
    let (group, inside) = list.split_first()?;
    let steps = &mut spec.groups.get_mut(*group)?.steps;
    inside.iter().try_fold(steps, |steps, n| match steps.get_mut(*n)? {
        Step::Locked { body, .. } => Some(body),
        _ => None,
    })
}

/// The step at an item's way.
pub fn step<'s>(spec: &'s Spec, item: &[usize]) -> Option<&'s Step> {
    let (n, list) = item.split_last()?;
    steps(spec, list)?.get(*n)
}

fn step_mut<'s>(spec: &'s mut Spec, item: &[usize]) -> Option<&'s mut Step> {
    let (n, list) = item.split_last()?;
    steps_mut(spec, list)?.get_mut(*n)
}

/// What may be done to the lists of groups and steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// A new item at the end of a list: a group where the list is empty, else a step.
    Add(Item),
    /// The item once more, behind it.
    Duplicate(Item),
    /// The item goes.
    Remove(Item),
    /// The item changes places with the one before it.
    Up(Item),
    /// The item changes places with the one behind it.
    Down(Item),
}

/// Changes a list; what became of the numbers, or `None` where nothing could be done.
pub fn act(spec: &mut Spec, act: &Act) -> Option<Renumbering> {
    let (list, what) = match act {
        Act::Add(list) => (list.as_slice(), None),
        Act::Duplicate(item) | Act::Remove(item) | Act::Up(item) | Act::Down(item) => {
            let (n, list) = item.split_last()?;
            (list, Some(*n))
        }
    };
    let what = if list.is_empty() {
        let names: Vec<String> = spec.groups.iter().map(|group| group.name.clone()).collect();
        change(&mut spec.groups, act, what, |groups, n| match n {
            None => new_group(&names),
            Some(n) => Group { name: free_name(&names, &groups[n].name), ..groups[n].clone() },
        })?
    } else {
        change(steps_mut(spec, list)?, act, what, |steps, n| match n {
            None => new_step(steps),
            Some(n) => steps[n].clone(),
        })?
    };
    Some(Renumbering { list: list.to_vec(), what })
}

fn change<T>(
    list: &mut Vec<T>,
    act: &Act,
    n: Option<usize>,
    make: impl FnOnce(&[T], Option<usize>) -> T,
) -> Option<Change> {
    if n.is_some_and(|n| n >= list.len()) {
        return None;
    }
    let what = match (act, n) {
        (Act::Add(_), _) => Change::Insert(list.len()),
        (Act::Duplicate(_), Some(n)) => Change::Insert(n + 1),
        (Act::Remove(_), Some(n)) => Change::Remove(n),
        (Act::Up(_), Some(n)) if n > 0 => Change::Swap(n, n - 1),
        (Act::Down(_), Some(n)) if n + 1 < list.len() => Change::Swap(n, n + 1),
        _ => return None,
    };
    match what {
        Change::Insert(at) => {
            let new = make(list, n);
            list.insert(at, new);
        }
        Change::Remove(n) => {
            list.remove(n);
        }
        Change::Swap(a, b) => list.swap(a, b),
    }
    Some(what)
}

fn new_group(names: &[String]) -> Group {
    let steps = vec![Kind::Python.step(Dist::Fixed(Nanos::from_millis(5)))];
    Group { repeat: Repeat::Times(10), ..Group::new(&free_name(names, "work"), steps) }
}

/// Waiting after computing, computing after anything else.
fn new_step(steps: &[Step]) -> Step {
    let computes = matches!(steps.last().map(Kind::of), Some(Kind::Python | Kind::Holding));
    let kind = if computes { Kind::Io } else { Kind::Python };
    kind.step(kind.usual())
}

/// A name that no other group has: the wanted one, or with the first number that is free.
fn free_name(taken: &[String], wanted: &str) -> String {
    let free = |name: &str| taken.iter().all(|other| other != name);
    if free(wanted) {
        return wanted.to_owned();
    }
    let longest = *bounds::NAME.end();
    let stem = wanted.trim_end_matches(|c: char| c.is_ascii_digit());
    let stem = if stem.is_empty() { "group" } else { stem };
    let numbered = (2u32..).map(|n| {
        let number = n.to_string();
        // Names are ASCII where they are valid; elsewhere the cut may be refused, and the check
        // of the scenario says why.
        let room = longest.saturating_sub(number.len());
        format!("{}{number}", stem.get(..room).unwrap_or(stem))
    });
    numbered.take(1_000).find(|name| free(name)).unwrap_or_else(|| wanted.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gil_notation::{parse_scenario, print_scenario};
    use gil_sim::Scenario;

    fn spec(text: &str) -> Spec {
        parse_scenario(text).unwrap().into_spec()
    }

    fn print(spec: Spec) -> String {
        print_scenario(&Scenario::new(spec).unwrap())
    }

    #[track_caller]
    fn check_write(before: &str, place: Place, text: &str, after: &str) {
        let mut spec = spec(before);
        write(&mut spec, &place, text).unwrap();
        assert_eq!(print(spec), after);
    }

    #[track_caller]
    fn check_error(place: Place, text: &str, message: &str) {
        let before = spec("v1/a:py-2ms");
        let mut after = before.clone();
        assert_eq!(write(&mut after, &place, text).unwrap_err(), message);
        assert_eq!(before, after);
    }

    #[test]
    fn every_setting_is_read_as_it_is_written() {
        let mut spec = spec("v1/a:py-2ms");
        for (n, setting) in [
            Setting::SwitchInterval,
            Setting::Seed,
            Setting::Cores,
            Setting::TimeSlice,
            Setting::WakeDeep,
            Setting::WakeShallow,
            Setting::IdleDeepens,
            Setting::TimerSlack,
            Setting::ContextSwitch,
            Setting::Uncontended,
            Setting::FutexWake,
            Setting::FutexWait,
            Setting::Syscall,
            Setting::ThreadStart,
            Setting::Rewait,
            Setting::LimitTime,
            Setting::LimitEvents,
        ]
        .into_iter()
        .enumerate()
        {
            let place = Place::setting(setting);
            let number = numbers(&place).is_some();
            let new = if number { format!("{}", 7 + n) } else { format!("{} us", 20 + n) };
            write(&mut spec, &place, &new).unwrap();
            assert_eq!(text(&spec, &place), new, "{setting:?}");
        }
    }

    #[test]
    fn fields_of_groups_and_steps() {
        let a = "v1/a:py-2ms";
        check_write(a, Place::item(&[0], Facet::Name), "b ", "v1/b:py-2ms");
        check_write(a, Place::item(&[0], Facet::Count), "8", "v1/a:8:py-2ms");
        check_write(a, Place::item(&[0], Facet::Start), "1 ms", "v1/a:1@1ms:py-2ms");
        check_write(a, Place::item(&[0], Facet::RepeatKind), "for", "v1/a:py-2ms:for-200ms");
        check_write(a, Place::item(&[0], Facet::Repeat), "9", "v1/a:py-2ms:x9");
        check_write(a, Place::item(&[0, 0], Facet::Value), "3 \u{b5}s", "v1/a:py-3us");
        check_write(a, Place::item(&[0, 0], Facet::Value), "1ms..3ms", "v1/a:py-1ms..3ms");
        check_write(a, Place::item(&[0, 0], Facet::Spread), "lognormal", "v1/a:py-ln2ms..6ms");
        check_write(a, Place::item(&[0, 0], Facet::Check), "1us", "v1/a:py-2ms@1us");
        let b = "v1/a:lock-l+io-1ms..2ms+unlock-l";
        check_write(b, Place::item(&[0, 0], Facet::Lock), "m", "v1/a:lock-m+io-1ms..2ms+unlock-m");
        let c = "v1/a:lock-l+io-1ms..9ms+unlock-l";
        check_write(b, Place::item(&[0, 0, 0], Facet::Second), "9ms", c);
        check_write(b, Place::item(&[0, 0], Facet::Kind), "native", "v1/a:native-1ms..2ms");
        check_write(
            a,
            Place::item(&[0, 0], Facet::Kind),
            "lock",
            "v1/a:lock-lock+py-2ms+unlock-lock",
        );
        check_write(a, Place::item(&[0, 0], Facet::Kind), "sys", "v1/a:sys-2us");
    }

    #[test]
    fn the_usual_check_distance_is_none() {
        check_write("v1/a:py-2ms@1us", Place::item(&[0, 0], Facet::Check), "36ns", "v1/a:py-2ms");
    }

    #[test]
    fn nonsense_is_explained() {
        let interval = || Place::setting(Setting::SwitchInterval);
        let units = "the units are ns, us, ms and s, as in 2.5ms";
        check_error(interval(), "5", &format!("\"5\" has no unit; {units}."));
        check_error(interval(), "5 min", &format!("Unknown unit \"min\"; {units}."));
        check_error(interval(), " ", "Write a duration such as 2.5 ms.");
        let cores = || Place::setting(Setting::Cores);
        check_error(cores(), "many", "\"many\" is not a whole number from 1 to 64.");
        check_error(cores(), "65540", "65540 is not between 1 and 64.");
        check_error(Place::setting(Setting::Seed), "-1", "\"-1\" is not a whole number.");
        check_error(
            Place::item(&[0], Facet::Repeat),
            "2.5",
            "\"2.5\" is not a whole number from 1 to 1000000.",
        );
        check_error(Place::item(&[4, 4], Facet::Value), "1ms", "This is not there any more.");
    }

    #[test]
    fn the_slice_follows_the_cores_unless_it_is_ones_own() {
        let cores = Place::setting(Setting::Cores);
        check_write("v1/a:py-2ms", cores.clone(), "8", "v1/cores=8/a:py-2ms");
        let own = "v1/cores=8/slice=3ms/a:py-2ms";
        check_write("v1/slice=3ms/a:py-2ms", cores, "8", own);
    }

    #[test]
    fn nudges_go_along_1_2_5() {
        let check = |text: &str, up: &str, down: &str| {
            let time = parse_duration(text).unwrap();
            assert_eq!(print_duration(round_step(time, true)), up);
            assert_eq!(print_duration(round_step(time, false)), down);
        };
        check("5ms", "10ms", "2ms");
        check("3ms", "5ms", "2ms");
        check("1ns", "2ns", "0s");
    }

    #[track_caller]
    fn check_act(before: &str, what: Act, after: &str, change: Change) {
        let mut spec = spec(before);
        let renumbering = act(&mut spec, &what).unwrap();
        assert_eq!(renumbering.what, change);
        assert_eq!(print(spec), after);
    }

    #[test]
    fn lists_change() {
        let two = "v1/a:py-2ms/b:io-1ms";
        check_act(two, Act::Add(vec![]), "v1/a:py-2ms/b:io-1ms/work:py-5ms:x10", Change::Insert(2));
        check_act(
            two,
            Act::Duplicate(vec![0]),
            "v1/a:py-2ms/a2:py-2ms/b:io-1ms",
            Change::Insert(1),
        );
        check_act(two, Act::Remove(vec![0]), "v1/b:io-1ms", Change::Remove(0));
        check_act(two, Act::Up(vec![1]), "v1/b:io-1ms/a:py-2ms", Change::Swap(1, 0));
        check_act(two, Act::Add(vec![0]), "v1/a:py-2ms+io-10ms/b:io-1ms", Change::Insert(1));
        let lock = "v1/a:lock-l+py-1ms+io-2ms+unlock-l";
        let turned = "v1/a:lock-l+io-2ms+py-1ms+unlock-l";
        check_act(lock, Act::Down(vec![0, 0, 0]), turned, Change::Swap(0, 1));
        let nothing = act(&mut spec(two), &Act::Up(vec![0]));
        assert_eq!(nothing, None);
        assert_eq!(act(&mut spec(two), &Act::Remove(vec![7])), None);
    }

    #[test]
    fn copies_have_names_of_their_own() {
        let taken = ["a", "a2", "sixteen_letters_"].map(str::to_owned);
        assert_eq!(free_name(&taken, "a"), "a3");
        assert_eq!(free_name(&taken, "a2"), "a3");
        assert_eq!(free_name(&taken, "b"), "b");
        assert_eq!(free_name(&taken, "sixteen_letters_"), "sixteen_letters2");
    }
}
