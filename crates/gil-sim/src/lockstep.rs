//! Fixed durations march in step: workers that all compute 50 ms and wait 50 ms meet again and
//! again at the same moments, and whether they collide is an accident of their number.
//!
//! Four such workers on two cores get 26.9 jobs a second done and five 37.5; with 45 to 55 ms four
//! get 34.7. Real programs never take the same time twice, so a figure that depends on it is a
//! figure of the simulation alone.

use crate::draw::Dist;
use crate::scenario::{Scenario, Spec, Step, bounds};
use crate::time::Nanos;

/// Fixed durations are varied by this part of them in either direction: one tenth, so that the
/// longest is a fifth longer than the shortest and the mean stays what it was.
pub const PART: u64 = 10;

/// The scenario with its fixed durations varied a little: `py-50ms` becomes `py-45ms..55ms`, all
/// lengths in between equally likely. `None` where nothing is fixed that could be varied.
///
/// What a program computes and what its I/O waits for is varied. What is fixed in reality, too,
/// stays: the length of `time.sleep`, the gaps of a load generator and of messages. Durations that
/// are drawn already stay as they are.
pub fn varied(scenario: &Scenario) -> Option<Scenario> {
    let spec = scenario.spec();
    let groups = spec.groups.iter().map(|group| {
        let mut group = group.clone();
        group.steps.iter_mut().for_each(vary_step);
        group
    });
    let groups: Vec<_> = groups.collect();
    if groups == spec.groups {
        return None;
    }
    Scenario::new(Spec { groups, ..spec.clone() }).ok()
}

fn vary_step(step: &mut Step) {
    match step {
        Step::Python { work, .. }
        | Step::NativeHolding { work }
        | Step::NativeReleasing { work }
        | Step::Syscall { work }
        | Step::Share { work, .. }
        | Step::Mutate { work, .. } => vary(work),
        Step::Io { wait } | Step::Block { wait } => vary(wait),
        Step::Locked { body, .. } => body.iter_mut().for_each(vary_step),
        Step::Receive { .. } | Step::Sleep { .. } | Step::Call { .. } => {}
    }
}

/// Makes a fixed length a uniform one around it. One that is too short to be divided stays, and no
/// length goes beyond what a scenario may hold.
fn vary(dist: &mut Dist) {
    let Dist::Fixed(length) = *dist else { return };
    let room = bounds::DURATION.end().0.saturating_sub(length.0);
    let width = Nanos((length.0 / PART).min(room));
    if !width.is_zero() {
        *dist = Dist::Uniform(length - width, length + width);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Group;

    fn scenario(steps: Vec<Step>) -> Scenario {
        let spec = Spec { groups: vec![Group::new("w", steps)], ..Spec::default() };
        Scenario::new(spec).unwrap()
    }

    fn steps(scenario: &Scenario) -> &[Step] {
        &scenario.spec().groups[0].steps
    }

    #[test]
    fn work_and_waits_are_varied_around_their_mean() {
        let ms = Nanos::from_millis;
        let python = |work| Step::Python { work, check: None };
        let body = vec![Step::Io { wait: Dist::Fixed(ms(30)) }];
        let locked = |body| Step::Locked { lock: "m".into(), body };
        let fixed = scenario(vec![python(Dist::Fixed(ms(50))), locked(body)]);
        let body = vec![Step::Io { wait: Dist::Uniform(ms(27), ms(33)) }];
        let want = [python(Dist::Uniform(ms(45), ms(55))), locked(body)];
        let found = varied(&fixed).unwrap();
        assert_eq!(steps(&found), want);
        // Nothing is left to be varied a second time.
        assert_eq!(varied(&found), None);
    }

    #[test]
    fn what_is_fixed_in_reality_stays() {
        let wait = Dist::Fixed(Nanos::from_millis(10));
        let fixed = scenario(vec![Step::Receive { every: wait }, Step::Sleep { wait }]);
        assert_eq!(varied(&fixed), None);
    }

    #[test]
    fn the_longest_and_the_shortest_durations_make_a_scenario() {
        let long = scenario(vec![Step::Io { wait: Dist::Fixed(*bounds::DURATION.end()) }]);
        assert_eq!(varied(&long), None);
        let short = scenario(vec![Step::Io { wait: Dist::Fixed(Nanos(9)) }]);
        assert_eq!(varied(&short), None);
    }
}
