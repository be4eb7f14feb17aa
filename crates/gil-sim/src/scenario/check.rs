//! The check that makes a [`Spec`](super::Spec) a [`Scenario`](super::Scenario).

use std::fmt;

use super::setting::{Bounds, Setting, Value};
use super::{
    Group, Intervene, Intervention, Invalid, Os, Protocol, Repeat, Spec, StartMethod, Step,
    Strategy, bounds,
};
use crate::draw::Dist;
use crate::time::Nanos;

/// Collects what is wrong, with the place it is at.
#[derive(Default)]
pub(super) struct Check {
    at: Vec<String>,
    pub found: Vec<Invalid>,
}

impl Check {
    pub fn spec(&mut self, spec: &Spec) {
        for setting in Setting::ALL {
            self.setting(*setting, spec);
        }
        self.count("groups", spec.groups.len(), bounds::GROUPS, "thread group");
        for (i, group) in spec.groups.iter().enumerate() {
            self.within(&format!("groups[{i}]"), |c| c.group(group));
            self.within(&format!("groups[{i}]"), |c| c.fits(spec, group));
            if spec.groups[..i].iter().any(|other| other.name == group.name) {
                self.report(
                    &format!("groups[{i}].name"),
                    format!("there are two groups called \"{}\"; rename one", group.name),
                );
            }
        }
        let threads: u32 = spec.groups.iter().map(|g| u32::from(g.count)).sum();
        if threads > u32::from(*bounds::THREADS.end()) {
            self.report("groups", format!("{threads} threads in all; at most 256 are simulated"));
        }
        if spec.groups.iter().all(|g| !g.repeat.ends()) && !spec.groups.is_empty() {
            self.report("groups", "no group ends by itself; one must".into());
        }
        let interventions = &spec.interventions;
        self.count("interventions", interventions.len(), bounds::INTERVENTIONS, "intervention");
        for (i, intervention) in interventions.iter().enumerate() {
            self.within(&format!("interventions[{i}]"), |c| c.intervention(spec, intervention));
        }
    }

    fn setting(&mut self, setting: Setting, spec: &Spec) {
        match (setting.value(spec), setting.bounds()) {
            (Some(Value::Time(time)), Bounds::Time(range)) => {
                self.range(setting.path(), time, range);
            }
            (Some(Value::Dist(dist)), Bounds::Time(range)) => {
                self.dist(setting.path(), dist, range);
            }
            (Some(Value::Number(n)), Bounds::Number(range)) => self.range(setting.path(), n, range),
            // One of a list: whatever it holds is fine.
            _ => {}
        }
    }

    /// What a group asks of this Python and of the other groups.
    fn fits(&mut self, spec: &Spec, group: &Group) {
        let python = spec.python;
        match group.strategy {
            Strategy::Interpreters if !python.has_own_gil_interpreters() => self.report(
                "strategy",
                format!(
                    "Python {python} has no interpreters with a GIL of their own; 3.12 is the first"
                ),
            ),
            Strategy::Asyncio if !python.has_asyncio() => {
                self.report(
                    "strategy",
                    format!("Python {python} has no asyncio; 3.4 is the first"),
                );
            }
            Strategy::Processes(method)
                if spec.machine.os == Os::Windows && method != StartMethod::Spawn =>
            {
                self.report("strategy", "Windows can only spawn processes; choose that".into());
            }
            Strategy::Processes(method) if !python.has_start_method(method) => {
                self.report("strategy", format!("Python {python} can only fork; choose that"));
            }
            Strategy::Interpreters | Strategy::Processes(_) if has_call(&group.steps) => {
                self.report("strategy", "calls into a pool come from the main process".into());
            }
            Strategy::Sequential if group.repeat.has_queue() => {
                self.report(
                    "strategy",
                    "a queue needs members that take from it side by side".into(),
                );
            }
            _ => {}
        }
        self.calls(spec, "steps", &group.steps);
    }

    fn calls(&mut self, spec: &Spec, field: &str, steps: &[Step]) {
        for (i, step) in steps.iter().enumerate() {
            let place = format!("{field}[{i}]");
            match step {
                Step::Call { group, .. } => self.callee(spec, &place, group),
                Step::Locked { body, .. } => self.calls(spec, &format!("{place}.body"), body),
                _ => {}
            }
        }
    }

    fn callee(&mut self, spec: &Spec, place: &str, name: &str) {
        match spec.groups.iter().find(|group| group.name == name) {
            None => self
                .report(&format!("{place}.group"), format!("there is no group \"{name}\" to call")),
            Some(pool) if pool.repeat != Repeat::Serve => self.report(
                &format!("{place}.group"),
                format!("group \"{name}\" does not serve; let its repeat be \"serve\""),
            ),
            Some(pool) if has_call(&pool.steps) => self.report(
                &format!("{place}.group"),
                format!("group \"{name}\" calls others itself; a pool does its jobs alone"),
            ),
            Some(_) => {}
        }
    }

    fn intervention(&mut self, spec: &Spec, intervention: &Intervention) {
        self.range("at", intervention.at, bounds::MOMENT);
        match intervention.what {
            Intervene::SwitchInterval(interval) => {
                self.range("switch_interval", interval, bounds::SWITCH_INTERVAL);
                if !matches!(spec.protocol(), Protocol::Interval(_)) {
                    self.no_interval(spec, "switch");
                }
            }
            Intervene::CheckInterval(ticks) => {
                self.range("check_interval", ticks, bounds::CHECK_INTERVAL);
                if spec.protocol() != Protocol::Ticks {
                    self.no_interval(spec, "check");
                }
            }
            Intervene::CompleteIo { group, member } => self.target(spec, group, member),
        }
    }

    /// An interval is changed that this Python does not have.
    fn no_interval(&mut self, spec: &Spec, which: &str) {
        let has = match spec.protocol() {
            Protocol::Interval(_) => "change the switch interval instead",
            Protocol::Ticks => "change the check interval instead",
            Protocol::Free => "without a GIL there is none to change",
        };
        let python = spec.python;
        self.report("what", format!("Python {python} has no {which} interval; {has}"));
    }

    /// Whose I/O completes.
    fn target(&mut self, spec: &Spec, group: usize, member: u16) {
        let Some(found) = spec.groups.get(group) else {
            let groups = spec.groups.len();
            return self.report("group", format!("there is no group {group}, only {groups}"));
        };
        let members = found.members();
        if member >= members {
            let (name, number) = (&found.name, u32::from(member) + 1);
            let has = match members {
                1 => "is one thread".to_owned(),
                n => format!("has {n} members"),
            };
            self.report("member", format!("there is no {name}-{number}; group \"{name}\" {has}"));
        }
    }

    fn group(&mut self, group: &Group) {
        self.name("name", &group.name);
        self.range("count", group.count, bounds::THREADS);
        self.range("start", group.start, bounds::MOMENT);
        match group.repeat {
            Repeat::Times(n) => self.range("repeat", n, bounds::TIMES),
            Repeat::For(t) => {
                self.range("repeat", t, Nanos(1)..=*bounds::MOMENT.end());
            }
            Repeat::Jobs(n) => self.range("repeat", n, bounds::TIMES),
            Repeat::Arrivals { every, during } => {
                self.dist("every", every, bounds::DURATION);
                self.range("repeat", during, Nanos(1)..=*bounds::MOMENT.end());
            }
            Repeat::Daemon | Repeat::Serve => {}
        }
        self.steps("steps", &group.steps, 0);
    }

    fn steps(&mut self, field: &str, steps: &[Step], depth: usize) {
        self.count(field, steps.len(), bounds::STEPS, "step");
        for (i, step) in steps.iter().enumerate() {
            self.within(&format!("{field}[{i}]"), |c| c.step(step, depth));
        }
    }

    fn step(&mut self, step: &Step, depth: usize) {
        match step {
            Step::Python { work, check } => {
                self.dist("work", *work, bounds::DURATION);
                if let Some(check) = check {
                    self.range("check", *check, bounds::CHECK);
                }
            }
            Step::NativeHolding { work }
            | Step::NativeReleasing { work }
            | Step::Syscall { work } => self.dist("work", *work, bounds::DURATION),
            Step::Io { wait } | Step::Sleep { wait } | Step::Block { wait } => {
                self.dist("wait", *wait, bounds::DURATION);
            }
            Step::Share { object, work } | Step::Mutate { object, work } => {
                self.name("object", object);
                self.dist("work", *work, bounds::DURATION);
            }
            Step::Call { group, bytes } => {
                self.name("group", group);
                self.range("bytes", *bytes, bounds::BYTES);
            }
            Step::Receive { every } => self.dist("every", *every, bounds::DURATION),
            Step::Locked { lock, body } => {
                self.name("lock", lock);
                if depth >= bounds::LOCK_DEPTH {
                    let most = bounds::LOCK_DEPTH;
                    self.report("body", format!("locks are nested more than {most} deep"));
                } else {
                    self.steps("body", body, depth + 1);
                }
            }
        }
    }

    fn dist(&mut self, field: &str, dist: Dist, range: std::ops::RangeInclusive<Nanos>) {
        match dist {
            Dist::Fixed(d) | Dist::Exponential(d) => self.range(field, d, range),
            Dist::Uniform(low, high) | Dist::LogNormal(low, high) => {
                self.range(field, low, range.clone());
                self.range(field, high, range);
                if high < low {
                    self.report(field, format!("{high} is less than {low}; swap the two"));
                }
            }
        }
    }

    fn name(&mut self, field: &str, name: &str) {
        let ok = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts || !name.chars().all(ok) || !bounds::NAME.contains(&name.len()) {
            self.report(
                field,
                "a name is 1 to 16 letters, digits and underscores, and starts with a letter"
                    .into(),
            );
        }
    }

    fn range<T: PartialOrd + fmt::Display>(
        &mut self,
        field: &str,
        value: T,
        range: std::ops::RangeInclusive<T>,
    ) {
        if !range.contains(&value) {
            let (low, high) = (range.start(), range.end());
            self.report(field, format!("{value} is not between {low} and {high}"));
        }
    }

    fn count(
        &mut self,
        field: &str,
        count: usize,
        range: std::ops::RangeInclusive<usize>,
        what: &str,
    ) {
        if count < *range.start() {
            self.report(field, format!("at least one {what} is needed"));
        } else if count > *range.end() {
            self.report(field, format!("{count} {what}s; at most {} are allowed", range.end()));
        }
    }

    fn within(&mut self, field: &str, check: impl FnOnce(&mut Check)) {
        self.at.push(field.to_owned());
        check(self);
        self.at.pop();
    }

    fn report(&mut self, field: &str, message: String) {
        let mut place = self.at.clone();
        place.push(field.to_owned());
        self.found.push(Invalid { place: place.join("."), message });
    }
}

/// Whether a job is handed to a pool anywhere in a program.
fn has_call(steps: &[Step]) -> bool {
    steps.iter().any(|step| match step {
        Step::Call { .. } => true,
        Step::Locked { body, .. } => has_call(body),
        _ => false,
    })
}
