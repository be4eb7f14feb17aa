//! Amounts of data: `100b`, `64kib`, `1mib`.

use crate::error::Fault;
use crate::lex::Part;

/// Units, largest first.
const UNITS: [(&str, u64); 4] = [("gib", 1 << 30), ("mib", 1 << 20), ("kib", 1 << 10), ("b", 1)];

pub(crate) fn read_bytes(part: Part) -> Result<u64, Fault> {
    let behind = part.text.find(|c: char| !c.is_ascii_digit());
    let (number, unit) = part.split_at(behind.unwrap_or(part.text.len()));
    let size = UNITS.iter().find(|(name, _)| *name == unit.text).map(|(_, size)| *size);
    let Some(size) = size else {
        let fault = part.fault(format!("expected an amount of data, found {}", part.found()));
        return Err(fault.help("the units are b, kib, mib and gib, as in 64kib"));
    };
    number
        .number::<u64>()?
        .checked_mul(size)
        .ok_or_else(|| part.fault(format!("{} is too large", part.quoted())))
}

/// As a whole number in the largest unit that fits.
pub fn print_bytes(bytes: u64) -> String {
    let fits = |(_, size): &&(&str, u64)| bytes.is_multiple_of(*size) && bytes >= *size;
    let (unit, size) = UNITS.iter().find(fits).unwrap_or(&UNITS[3]);
    format!("{}{unit}", bytes / size)
}
