//! How waits are spread over lengths: buckets whose bounds are 1, 2, 5, 10, ...

use gil_sim::Nanos;

/// Waits of about the same length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The shortest length, included.
    pub from: Nanos,
    /// The longest, not included.
    pub to: Nanos,
    /// How many there are.
    pub count: u64,
    /// Their lengths, added up.
    pub time: Nanos,
}

/// Buckets from the shortest to the longest length, those without a wait between them included.
pub(super) fn histogram(lengths: impl Iterator<Item = Nanos>) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> =
        bounds().map(|(from, to)| Bucket { from, to, count: 0, time: Nanos::ZERO }).collect();
    for length in lengths {
        let after = buckets.partition_point(|bucket| bucket.from <= length);
        if let Some(bucket) = buckets.get_mut(after.saturating_sub(1)) {
            bucket.count += 1;
            bucket.time += length;
        }
    }
    let first = buckets.iter().position(|bucket| bucket.count > 0);
    let last = buckets.iter().rposition(|bucket| bucket.count > 0);
    match (first, last) {
        (Some(first), Some(last)) => buckets[first..=last].to_vec(),
        _ => Vec::new(),
    }
}

/// From 1 us to a day and beyond; the first begins at 0, the last has no end.
fn bounds() -> impl Iterator<Item = (Nanos, Nanos)> {
    let ends = (3..15).flat_map(|power| [1, 2, 5].map(|digit| digit * 10u64.pow(power)));
    let starts = std::iter::once(0).chain(ends.clone());
    starts.zip(ends.chain([u64::MAX])).map(|(from, to)| (Nanos(from), Nanos(to)))
}
