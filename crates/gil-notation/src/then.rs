//! Interventions: `then=si-1ms@12ms+io-web.2@20ms`.

use gil_sim::{Group, GroupId, Intervene, Intervention};

use crate::duration::{print_duration, print_whole, read_duration};
use crate::error::Fault;
use crate::lex::Part;
use crate::places::Places;

/// The setting's key.
pub(crate) const KEY: &str = "then";

const SHAPE: &str = "write it as in then=si-1ms@12ms+io-web.2@20ms: at 12 ms the switch interval \
                     becomes 1 ms, at 20 ms the I/O of web-2 completes";

const KINDS: [&str; 3] = ["si", "ci", "io"];

/// Reads the setting's value, once all groups are known.
pub(crate) fn read_then(
    part: Part,
    groups: &[Group],
    places: &mut Places,
) -> Result<Vec<Intervention>, Fault> {
    places.note("interventions".to_owned(), part);
    let read = |(index, one)| {
        let place = format!("interventions[{index}]");
        places.note(place.clone(), one);
        read_one(one, groups, &place, places)
    };
    part.split("+").enumerate().map(read).collect()
}

fn read_one(
    part: Part,
    groups: &[Group],
    place: &str,
    places: &mut Places,
) -> Result<Intervention, Fault> {
    let missing = || part.fault("an intervention needs what happens and when").help(SHAPE);
    let (what, at) = part.cut("@").ok_or_else(missing)?;
    places.note(format!("{place}.at"), at);
    places.note(format!("{place}.what"), what);
    let (kind, value) = what.cut("-").unwrap_or((what, what.end()));
    let what = match kind.text {
        "si" => {
            places.note(format!("{place}.switch_interval"), value);
            Intervene::SwitchInterval(read_duration(value)?)
        }
        "ci" => {
            places.note(format!("{place}.check_interval"), value);
            Intervene::CheckInterval(value.number()?)
        }
        "io" => read_target(value, groups, place, places)?,
        _ => return Err(kind.unknown("intervention", &KINDS).help(SHAPE)),
    };
    Ok(Intervention { at: read_duration(at)?, what })
}

/// The thread whose I/O completes: `web.2`, or `web` where that is one thread.
fn read_target(
    part: Part,
    groups: &[Group],
    place: &str,
    places: &mut Places,
) -> Result<Intervene, Fault> {
    let (name, number) = part.cut(".").unzip();
    let name = name.unwrap_or(part);
    let found = groups.iter().position(|group| group.name == name.text).ok_or_else(|| {
        let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
        name.unknown("group", &names)
    })?;
    let member = match number {
        Some(number) => {
            places.note(format!("{place}.member"), number);
            let counted: u16 = number.number()?;
            counted
                .checked_sub(1)
                .ok_or_else(|| number.fault("the members of a group are counted from 1"))?
        }
        None if groups[found].members() > 1 => {
            let (members, name) = (groups[found].members(), name.text);
            let fault = part.fault(format!("group \"{name}\" has {members} members; say which"));
            return Err(fault.help(format!("the first is io-{name}.1")));
        }
        None => 0,
    };
    Ok(Intervene::CompleteIo { group: GroupId::of(found), member })
}

/// The whole setting, or nothing where nothing intervenes.
pub(crate) fn print_then(interventions: &[Intervention], groups: &[Group]) -> Option<String> {
    let all: Vec<String> = interventions.iter().map(|one| print_one(one, groups)).collect();
    (!all.is_empty()).then(|| format!("{KEY}={}", all.join("+")))
}

fn print_one(intervention: &Intervention, groups: &[Group]) -> String {
    let what = match intervention.what {
        Intervene::SwitchInterval(interval) => format!("si-{}", print_duration(interval)),
        Intervene::CheckInterval(ticks) => format!("ci-{ticks}"),
        Intervene::CompleteIo { group, member } => match groups.get(group.index()) {
            Some(group) if group.members() > 1 => {
                format!("io-{}.{}", group.name, u32::from(member) + 1)
            }
            Some(group) => format!("io-{}", group.name),
            None => String::new(),
        },
    };
    format!("{what}@{}", print_whole(intervention.at))
}
