//! What differs between Pythons, and between strategies.

use gil_notation::parse_scenario;
use gil_sim::{Costs, Dist, Overheads, Scenario};
use gil_tests::{ms, round_machine, us, with};

use super::{Golden, golden};

pub(super) fn goldens() -> Vec<Golden> {
    [ticks(), free_threaded(), collections(), strategies(), pools()].into_iter().flatten().collect()
}

/// A scenario in notation, on the machine with round numbers.
fn noted(text: &str) -> Scenario {
    let scenario = parse_scenario(text).expect("the notation is valid");
    with(scenario, |spec| {
        let cores = spec.machine.cores;
        spec.machine = gil_sim::Machine { cores, ..round_machine() };
    })
}

/// The same where releasing a lock takes its time.
fn ticking(text: &str) -> Scenario {
    with(noted(text), |spec| {
        let costs = spec.machine.costs;
        spec.machine.costs = Costs { futex_wake: us(2), syscall: gil_sim::Nanos(300), ..costs };
    })
}

fn ticks() -> Vec<Golden> {
    vec![
        golden(
            "ticks_battle",
            "Python 2.7, two threads on two cores. A tick is 1 us here and the check interval 10
             ticks: every 10 us the holder releases the GIL, wakes the sleeper, and takes the GIL
             back 2 us later. The sleeper needs 10 us to come, finds the GIL taken (a futile
             wake-up) and sleeps again. Only where it comes between a release and the next
             acquisition does it win. There is no time-out, no request and no forced switch.",
            ticking("v1/py=2.7/cores=2/ci=10/cpu:2:py-60us@1us"),
        ),
        golden(
            "ticks_one_core",
            "The same on one core, with a slice of 1 ms and a check interval of 1 ms. Who is woken
             finds no core: the operating system has to take it from the holder first.",
            ticking("v1/py=2.7/cores=1/ci=1000/cpu:2:py-3ms@1us"),
        ),
    ]
}

fn free_threaded() -> Vec<Golden> {
    vec![
        golden(
            "free_threads",
            "Python 3.14t: no GIL. Threads attach, run side by side, and detach to wait. Bytecode
             takes 8 % longer than in the default build.",
            noted("v1/py=3.14t/cores=2/cpu:py-3ms/io:py-1ms+io-1ms"),
        ),
        golden(
            "object_lock",
            "Two threads change one dict for 3 us each time. The second finds its lock taken, spins,
             and looks again with each spin. The first, which never slept, is faster once; then the
             second has it, without having been put to sleep.",
            with(noted("v1/py=3.14t/cores=2/put:2:mutate-cache-3us:x2"), |spec| {
                spec.machine.costs.syscall = gil_sim::Nanos(500);
            }),
        ),
        golden(
            "object_lock_handed_over",
            "Changes of 2 ms: 40 spins of 0.5 us are not enough, the thread parks. When it is woken
             it has been parked for more than 1 ms, so that the lock is handed over to it: first,
             who had it, cannot take it again at once.",
            with(noted("v1/py=3.14t/cores=2/first:mutate-cache-2ms:x2/second:mutate-cache-2ms"), |spec| {
                spec.machine.costs.syscall = gil_sim::Nanos(500);
            }),
        ),
        golden(
            "unmarked_extension",
            "3.14t again, but an extension module that is not marked as safe without a GIL has
             switched it on: the protocol is that of 3.14, and the threads take turns.",
            noted("v1/py=3.14t/ext=unmarked/cores=2/cpu:2:py-6ms"),
        ),
    ]
}

fn collections() -> Vec<Golden> {
    vec![
        golden(
            "collection_before_the_drop",
            "3.13 with a collection of 2 ms after every 5.5 ms of Python. cpu-2 requests the GIL,
             but the collection is due at the same look at the eval breaker, which has a distance
             of 1 ms here, and comes first: the drop is 2 ms late.",
            noted("v1/py=3.13/gc=2ms@5500us/cores=2/cpu:2:py-7ms@1ms"),
        ),
        golden(
            "world_stopped",
            "3.13t: a collection stops all threads, twice. a sees it at its next look at the eval
             breaker; io, which is detached, only when it wants to attach again.",
            noted("v1/py=3.13t/gc=2ms@3ms/cores=3/a:py-5ms@1us/b:py-4ms@1us/io:io-3ms+py-100us"),
        ),
    ]
}

fn strategies() -> Vec<Golden> {
    vec![
        golden(
            "interpreters",
            "Subinterpreters of 3.12: each has a GIL of its own and needs 1 ms to be created. Then
             they run side by side, and nobody waits.",
            with(noted("v1/py=3.12/cores=2/cpu:2:py-3ms:interp"), |spec| {
                spec.machine.overheads.interpreter = ms(1);
            }),
        ),
        golden(
            "processes",
            "Two processes by fork: the parent makes one after the other (half of the 2 ms each),
             each starts up for the other half, and has a GIL of its own.",
            with(noted("v1/cores=2/cpu:2:py-3ms:fork"), |spec| {
                spec.machine.overheads.fork = ms(2);
            }),
        ),
        golden(
            "event_loop",
            "asyncio: two tasks on one thread. A task runs until it awaits; the loop asks the
             selector, which lets go of the GIL, and goes on with whatever is ready. The blocking
             call of 3 ms stalls the loop: the other task's I/O is complete long before it runs.",
            noted("v1/cores=2/task:2:py-100us+io-1ms+block-3ms:async"),
        ),
        golden(
            "sequential",
            "What three threads would do, one after the other on one thread.",
            noted("v1/cores=2/work:3:py-1ms+io-1ms:seq"),
        ),
    ]
}

fn pools() -> Vec<Golden> {
    let pickling = Overheads { pickle: ms(1), unpickle: ms(2), ..round_machine().overheads };
    vec![
        golden(
            "process_pool",
            "A thread hands a MiB to a pool of one process and waits for the result. It pickles the
             arguments for 1 ms with its own GIL, the worker unpickles them for 2 ms with its own;
             the result goes the same way back.",
            with(noted("v1/cores=2/main:call-pool@1mib/pool:py-3ms:serve:fork"), |spec| {
                spec.machine.overheads = pickling;
            }),
        ),
        golden(
            "arrivals",
            "An open loop: a request every 2 ms for 7 ms, 3 ms of work each, one worker. The queue
             grows while requests arrive, and the last one has waited longest.",
            with(noted("v1/cores=2/web:py-3ms:arrive-2ms@7ms"), |spec| {
                spec.machine.wake_deep = Dist::Fixed(us(10));
            }),
        ),
    ]
}
