//! The check that makes a [`Spec`](super::Spec) a [`Scenario`](super::Scenario).

use std::fmt;

use super::setting::{Bounds, Setting, Value};
use super::{
    Group, Intervene, Intervention, Invalid, Os, Regulation, Repeat, Spec, StartMethod, Step,
    StepKind, Strategy, bounds, program,
};
use crate::draw::Dist;
use crate::id::GroupId;
use crate::time::Nanos;

/// Collects what is wrong, with the place it is at.
pub(super) struct Check<'s> {
    spec: &'s Spec,
    at: Vec<String>,
    pub found: Vec<Invalid>,
}

impl<'s> Check<'s> {
    pub fn of(spec: &'s Spec) -> Check<'s> {
        Check { spec, at: Vec::new(), found: Vec::new() }
    }

    pub fn whole(&mut self) {
        let spec = self.spec;
        for setting in Setting::ALL {
            self.setting(*setting);
        }
        self.count("groups", spec.groups.len(), bounds::GROUPS, "thread group");
        for (i, group) in spec.groups.iter().enumerate() {
            self.within(&format!("groups[{i}]"), |c| c.group(group));
            self.within(&format!("groups[{i}]"), |c| c.fits(group));
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
            self.within(&format!("interventions[{i}]"), |c| c.intervention(intervention));
        }
    }

    fn setting(&mut self, setting: Setting) {
        match (setting.value(self.spec), setting.bounds()) {
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

    /// What a group's strategy asks of this Python and of its own program.
    fn fits(&mut self, group: &Group) {
        let (spec, python) = (self.spec, self.spec.python);
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
    }

    /// The group that a job is handed to.
    fn callee(&mut self, name: &str) {
        let message = match self.spec.groups.iter().find(|group| group.name == name) {
            None => format!("there is no group \"{name}\" to call"),
            Some(pool) if pool.repeat != Repeat::Serve => {
                format!("group \"{name}\" does not serve; let its repeat be \"serve\"")
            }
            Some(pool) if has_call(&pool.steps) => {
                format!("group \"{name}\" calls others itself; a pool does its jobs alone")
            }
            Some(_) => return,
        };
        self.report("group", message);
    }

    fn intervention(&mut self, intervention: &Intervention) {
        self.range("at", intervention.at, bounds::MOMENT);
        match intervention.what {
            Intervene::SwitchInterval(interval) => {
                self.range("switch_interval", interval, bounds::SWITCH_INTERVAL);
                self.has_interval(Regulation::SwitchInterval, "switch");
            }
            Intervene::CheckInterval(ticks) => {
                self.range("check_interval", ticks, bounds::CHECK_INTERVAL);
                self.has_interval(Regulation::CheckInterval, "check");
            }
            Intervene::CompleteIo { group, member } => self.target(group, member),
        }
    }

    /// Whether this Python has the interval that is changed.
    fn has_interval(&mut self, changed: Regulation, which: &str) {
        let has = match self.spec.regulation() {
            regulation if regulation == changed => return,
            Regulation::SwitchInterval => "change the switch interval instead",
            Regulation::CheckInterval => "change the check interval instead",
            Regulation::NoGil => "without a GIL there is none to change",
        };
        let python = self.spec.python;
        self.report("what", format!("Python {python} has no {which} interval; {has}"));
    }

    /// Whose I/O completes.
    fn target(&mut self, group: GroupId, member: u16) {
        let spec = self.spec;
        let Some(found) = spec.groups.get(group.index()) else {
            let groups = spec.groups.len();
            return self.report("group", format!("there is no group {}, only {groups}", group.0));
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
        let kind = step.kind();
        if let (Some(named), Some(name)) = (kind.named(), step.name()) {
            self.name(named.field, name);
        }
        if let (Some(field), Some(time)) = (kind.time_field(), step.time()) {
            self.dist(field, time, bounds::DURATION);
        }
        match step {
            Step::Python { check: Some(check), .. } => self.range("check", *check, bounds::CHECK),
            Step::Call { group, bytes } => {
                self.range("bytes", *bytes, bounds::BYTES);
                self.callee(group);
            }
            Step::Locked { .. } if depth >= bounds::LOCK_DEPTH => {
                let most = bounds::LOCK_DEPTH;
                self.report("body", format!("locks are nested more than {most} deep"));
            }
            Step::Locked { body, .. } => self.steps("body", body, depth + 1),
            _ => {}
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

    fn within(&mut self, field: &str, check: impl FnOnce(&mut Check<'s>)) {
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
    program::walk(steps).any(|step| step.kind() == StepKind::Call)
}
