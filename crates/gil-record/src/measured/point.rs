//! Where a measured run lies on a chart over the number of members of a group.

use gil_sim::{GroupId, Scenario, Spec};
use gil_words::difference::input_changes;

use super::Measured;

/// A measured run as a point of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Members of the group.
    pub members: u16,
    /// Passes of the group per second.
    pub throughput: f64,
}

impl Point {
    /// The point of a measurement, if it's of this scenario with whatever number of members in the
    /// group. The Python, the machine and the switch interval may be others: those are of the run.
    ///
    /// # Errors
    /// What differs, as a sentence.
    pub fn of(measured: &Measured, scenario: &Scenario, group: GroupId) -> Result<Point, String> {
        let asked = scenario.spec();
        let measures = measured.scenario.spec();
        let (mut same, members) = (measures.clone(), measures.group(group).map(|one| one.count));
        if let (Some(same), Some(asked)) = (same.group_mut(group), asked.group(group)) {
            same.count = asked.count;
        }
        let alike = Scenario::new(Spec { groups: same.groups, ..asked.clone() });
        let changes = match &alike {
            Ok(alike) => input_changes(scenario, alike),
            Err(_) => Vec::new(),
        };
        let is_same = alike.is_ok_and(|alike| alike.spec().groups == asked.groups);
        if !is_same {
            let what = changes.first().map_or_else(String::new, |change| format!(": {change}"));
            return Err(format!("It's of another scenario{what}."));
        }
        let name = asked.group(group).map_or("", |group| &group.name);
        let found = measured.groups.iter().find(|found| found.name == name);
        match (found, members) {
            (Some(found), Some(members)) if found.passes > 0 && !measured.wall.is_zero() => {
                let throughput = found.passes as f64 / measured.wall.as_secs_f64();
                Ok(Point { members, throughput })
            }
            _ => Err(format!("It has no passes of {name}.")),
        }
    }
}
