//! Interventions in words, for lists and choices.

use gil_sim::{Group, Intervene, Intervention, Nanos, Spec, Strategy};

use super::number::count;

/// The switch interval and what it becomes: `5 ms, and 1 ms from 12.5 ms on`.
pub(super) fn switch_interval(spec: &Spec) -> String {
    let mut words = spec.switch_interval.to_string();
    let mut changes: Vec<&Intervention> = spec.interventions.iter().collect();
    changes.sort_by_key(|change| change.at);
    for change in changes {
        if let Intervene::SwitchInterval(interval) = change.what {
            words += &format!(", and {interval} from {} on", millis(change.at));
        }
    }
    words
}

/// A moment in milliseconds, to the microsecond: `12.5 ms`.
fn millis(at: Nanos) -> String {
    let text = format!("{:.3}", at.as_millis_f64());
    format!("{} ms", text.trim_end_matches('0').trim_end_matches('.'))
}

/// An intervention as a sentence without its full stop: `at 12.5 ms the switch interval becomes
/// 1 ms`.
pub fn intervention(spec: &Spec, intervention: &Intervention) -> String {
    let what = match intervention.what {
        Intervene::SwitchInterval(interval) => format!("the switch interval becomes {interval}"),
        Intervene::CheckInterval(ticks) => {
            format!("the check interval becomes {}", count(ticks as usize, "tick"))
        }
        Intervene::CompleteIo { group, member } => match spec.groups.get(group.index()) {
            Some(group) => format!("the I/O of {} completes", member_name(group, member)),
            None => "the I/O of nobody completes".to_owned(),
        },
    };
    format!("at {} {what}", millis(intervention.at))
}

/// What a member of a group is called: `web-2`, `web` where that is one thread, `task 2 of web`.
pub fn member_name(group: &Group, member: u16) -> String {
    let number = u32::from(member) + 1;
    match group.strategy {
        Strategy::Asyncio => format!("task {number} of {}", group.name),
        _ if group.members() == 1 => group.name.clone(),
        _ => format!("{}-{number}", group.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interventions_are_said_with_names_and_times() {
        let web = Group { count: 3, ..Group::new("web", Vec::new()) };
        let tasks = Group { name: "app".into(), strategy: Strategy::Asyncio, ..web.clone() };
        let one = Group::new("db", Vec::new());
        let spec = Spec { groups: vec![web, tasks, one], ..Spec::default() };
        let say =
            |what| intervention(&spec, &Intervention { at: Nanos::from_micros(12_500), what });
        let io =
            |group, member| say(Intervene::CompleteIo { group: gil_sim::GroupId(group), member });
        assert_eq!(io(0, 1), "at 12.5 ms the I/O of web-2 completes");
        assert_eq!(io(1, 0), "at 12.5 ms the I/O of task 1 of app completes");
        assert_eq!(io(2, 0), "at 12.5 ms the I/O of db completes");
        let interval = say(Intervene::SwitchInterval(Nanos::from_millis(1)));
        assert_eq!(interval, "at 12.5 ms the switch interval becomes 1 ms");
        let at = |n: u64, interval: u64| Intervention {
            at: Nanos::from_micros(n * 500),
            what: Intervene::SwitchInterval(Nanos::from_millis(interval)),
        };
        let twice = Spec { interventions: vec![at(25, 1), at(3, 2)], ..Spec::default() };
        assert_eq!(
            switch_interval(&twice),
            "5 ms, and 2 ms from 1.5 ms on, and 1 ms from 12.5 ms on"
        );
        let ticks = say(Intervene::CheckInterval(50));
        assert_eq!(ticks, "at 12.5 ms the check interval becomes 50 ticks");
    }
}
