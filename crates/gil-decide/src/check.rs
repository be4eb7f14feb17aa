//! The measurement that confirms or refutes a cause on a real machine.

use crate::diagnosis::Cause;
use crate::fact::Symptom;

/// A command and how to read what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// What to run; `PID` stands for the process, `app.py` for the program.
    pub command: &'static str,
    /// What it shows if it is so.
    pub confirms: &'static str,
    /// What it shows if it is not.
    pub refutes: &'static str,
}

const fn check(command: &'static str, confirms: &'static str, refutes: &'static str) -> Check {
    Check { command, confirms, refutes }
}

impl Check {
    /// How to check a cause.
    pub fn of(cause: Cause) -> Check {
        match cause {
            Cause::Deadlock => check(
                "py-spy dump --pid PID",
                "two threads stand in acquire, each inside the other's lock",
                "the threads' places change from dump to dump",
            ),
            Cause::Computing => check(
                "py-spy record --gil --duration 30 --pid PID --output gil.svg",
                "with --gil nearly as many samples as without, in several threads",
                "far fewer samples with --gil: the time goes elsewhere",
            ),
            Cause::KeepsGil => check(
                "py-spy record --gil --native --duration 30 --pid PID --output gil.svg",
                "the C function is at the top with --gil, for milliseconds on end",
                "the C function is only there without --gil: it lets go",
            ),
            Cause::Convoy => check(
                "python -c \"import sys; sys.setswitchinterval(0.0005); import runpy; \
                 runpy.run_path('app.py', run_name='__main__')\"",
                "the p99 of the I/O threads falls with the interval",
                "the p99 stays where it was",
            ),
            Cause::EventLoop => check(
                "PYTHONASYNCIODEBUG=1 python app.py",
                "\"Executing ... took ... seconds\" names the task that does not await",
                "no task is named: set loop.slow_callback_duration lower to be sure",
            ),
            Cause::Lock => check(
                "py-spy dump --pid PID",
                "several threads stand at the same \"with lock\"",
                "they stand at different places",
            ),
            Cause::SharedObject => check(
                "perf stat -e cache-misses,context-switches -p PID sleep 10",
                "cache misses grow faster than the work when a thread is added",
                "they grow with the work",
            ),
            Cause::Pickling => check(
                "py-spy record --subprocesses --duration 30 --pid PID --output pickle.svg",
                "dumps and loads take a visible part of the samples",
                "they hardly appear",
            ),
            Cause::StartUp => check(
                "python -X importtime app.py 2> import.log",
                "the imports add up to what a worker takes until it begins",
                "the imports are short: look at what the initialiser does",
            ),
            Cause::Cores => check(
                "perf stat -e context-switches,task-clock -p PID sleep 10",
                "task-clock uses as many CPUs as there are, with many context switches",
                "fewer CPUs are used than there are",
            ),
            Cause::Queue => check(
                "py-spy dump --pid PID",
                "all workers are inside a request in every dump",
                "some wait for a job: the delay is before the queue",
            ),
            Cause::Alone => check(
                "py-spy record --duration 30 --pid PID --output cpu.svg",
                "a few functions have most of the samples",
                "the process is idle for most of the time",
            ),
            Cause::Waiting => check(
                "py-spy dump --pid PID",
                "most threads stand in recv, read, select or a driver's wait",
                "most threads stand in the program's own Python code",
            ),
            Cause::Seen(symptom) => of_symptom(symptom),
        }
    }
}

impl Check {
    /// The same check on a build without a GIL, which py-spy can't read (benfred/py-spy#711, open):
    /// faulthandler dumps the threads, and perf samples them.
    pub fn without_gil(self) -> Check {
        let command = match self.command {
            command if command.starts_with("py-spy dump") => {
                "kill -USR1 PID  # after faulthandler.register(signal.SIGUSR1) in the program"
            }
            command if command.starts_with("py-spy record") => {
                "perf record -F 99 -g -p PID -- sleep 30; perf report  # with python -X perf"
            }
            command => command,
        };
        Check { command, ..self }
    }
}

/// How to check what a reader has seen.
pub fn of_symptom(symptom: Symptom) -> Check {
    match symptom {
        Symptom::MemoryGrows => check(
            "python -X tracemalloc=10 app.py",
            "two snapshots compared with compare_to name a line that grows",
            "the sum stays while the resident memory grows: the allocator's fragments or C code",
        ),
        Symptom::GcPauses => check(
            "python -c \"import gc; gc.set_debug(gc.DEBUG_STATS); import runpy; \
             runpy.run_path('app.py', run_name='__main__')\"",
            "collections of the oldest generation coincide with the pauses (3.14.0 to 3.14.4 have another \
             collector with two generations)",
            "the pauses come without a collection",
        ),
        Symptom::ManyObjects => check(
            "py-spy record --duration 30 --pid PID --output cpu.svg",
            "__init__, copies and attribute access have many samples: try __slots__ and fewer objects",
            "the samples are in the work itself",
        ),
        Symptom::SlowStart => check(
            "python -X importtime app.py 2> import.log",
            "the largest sums in the second column (cumulative) explain the delay: import later, ship \
             bytecode",
            "imports take milliseconds: look at connections and caches that are filled first",
        ),
        Symptom::Throttled => check(
            "cat /sys/fs/cgroup/cpu.stat",
            "nr_throttled and throttled_usec grow while it is slow",
            "they stay the same",
        ),
    }
}
