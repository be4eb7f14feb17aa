//! Bounds of everything a [`Spec`](super::Spec) holds; the page's fields and the error messages
//! use them too.

use std::ops::RangeInclusive;

use crate::time::Nanos;

/// Cores.
pub const CORES: RangeInclusive<u16> = 1..=64;
/// Switch interval: CPython waits at least a microsecond (`take_gil`, Python/ceval_gil.h).
pub const SWITCH_INTERVAL: RangeInclusive<Nanos> = Nanos::from_micros(1)..=Nanos::from_secs(10);
/// Groups in a scenario.
pub const GROUPS: RangeInclusive<usize> = 1..=12;
/// Interventions in a run.
pub const INTERVENTIONS: RangeInclusive<usize> = 0..=16;
/// Threads in a group, and in all groups together.
pub const THREADS: RangeInclusive<u16> = 1..=256;
/// Steps in a group's program or a lock's body.
pub const STEPS: RangeInclusive<usize> = 1..=16;
/// How deep `with lock:` may be nested.
pub const LOCK_DEPTH: usize = 4;
/// Any single duration, and its mean where it is drawn.
pub const DURATION: RangeInclusive<Nanos> = Nanos(1)..=Nanos::from_secs(100);
/// Distance between looks at the eval breaker.
pub const CHECK: RangeInclusive<Nanos> = Nanos(1)..=Nanos::from_secs(1);
/// Start time of a group, time of an intervention, and how long a group may repeat.
pub const MOMENT: RangeInclusive<Nanos> = Nanos::ZERO..=Nanos::from_secs(600);
/// Passes through a program.
pub const TIMES: RangeInclusive<u32> = 1..=1_000_000;
/// Characters in a group's or lock's name.
pub const NAME: RangeInclusive<usize> = 1..=16;
/// Latencies and costs of the machine.
pub const COST: RangeInclusive<Nanos> = Nanos::ZERO..=Nanos::from_millis(100);
/// Time slice.
pub const SLICE: RangeInclusive<Nanos> = Nanos::from_micros(10)..=Nanos::from_secs(1);
/// Simulated time of a run.
pub const LIMIT_TIME: RangeInclusive<Nanos> = Nanos::from_micros(1)..=Nanos::from_secs(600);
/// Events of a run.
pub const LIMIT_EVENTS: RangeInclusive<u32> = 1..=2_000_000;
/// Check interval, in ticks.
pub const CHECK_INTERVAL: RangeInclusive<u32> = 1..=100_000;
/// Computing between two collections.
pub const GC_EVERY: RangeInclusive<Nanos> = Nanos::from_micros(10)..=Nanos::from_secs(100);
/// Start-up times, and pickling of a MiB.
pub const OVERHEAD: RangeInclusive<Nanos> = Nanos::ZERO..=Nanos::from_secs(10);
/// Bytes handed to a pool.
pub const BYTES: RangeInclusive<u64> = 0..=1 << 30;
