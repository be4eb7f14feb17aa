"""Does a call keep other threads waiting for the GIL, and for how long?

One file, standard library only, for CPython 3.8 and later, builds without a GIL included. Put it
next to your tests:

    import gil_guard

    def test_a_report_does_not_hold_up_the_service():
        gil_guard.assert_lets_others_run(make_report, rows)

    def test_compression_leaves_the_service_alone():
        assert gil_guard.measure(compress, data).share_for_others > 0.5

What is measured: `seconds`, the longest time that any other thread was kept from running while the
call ran, and `share_for_others`, the share of its time in which the call let others run.

How: a watcher thread sleeps for half a millisecond, over and over, and reads the clock. Each time
it wakes up it needs the GIL, so what it is late is how long a thread has to wait for it. Bytecode
makes it wait for one switch interval, 5 ms: then CPython asks the running thread to let go. A C
call that keeps the GIL can't be asked, and makes it wait until the call returns.

The machine makes threads wait as well: there may be more of them than cores. So everything is done
several times, and next to each call the same is measured while nobody runs (a sleep of the same
length). The least of each counts: what other programs do comes and goes, but a call that keeps the
GIL keeps it every time.

What it doesn't see: waits of less than about half a millisecond, and who kept the GIL. If other
threads of your program run at the same time, what they do is in the figures, too.
"""

import contextlib
import sys
import threading
import time

__all__ = ["Wait", "assert_lets_others_run", "measure", "watching"]

PERIOD = 0.0005
"""Seconds that the watcher sleeps between two looks at the clock."""


class Wait:
    """How long others had to wait."""

    def __init__(self):
        self.seconds = 0.0
        """The longest wait of another thread in seconds, without the machine's own noise."""
        self.share_for_others = 1.0
        """From 0 to 1: the share of the time in which a thread that wanted to run could do so. A
        call that keeps the GIL leaves about 0, bytecode about 0.1, what lets go of it about 1."""
        self.noise = 0.0
        """The longest wait in seconds while nobody ran, which is deducted from `seconds`."""
        self.took = 0.0
        """How long the call, or the block, took, in seconds."""

    def __repr__(self):
        return (
            f"Wait(seconds={self.seconds:.6f}, share_for_others={self.share_for_others:.2f}, "
            f"noise={self.noise:.6f}, took={self.took:.6f})"
        )


def measure(call, *args, repeat=5, **kwargs):
    """Calls `call(*args, **kwargs)` several times, and gives a `Wait`."""
    runs, quiet = [], []
    for _ in range(repeat):
        with _Watcher() as watcher:
            call(*args, **kwargs)
        runs.append(watcher)
        quiet.append(_while_nobody_runs(watcher.took))
    return _compared(runs, quiet)


@contextlib.contextmanager
def watching():
    """Watches a block, for what can't be repeated. The `Wait` is complete behind the block:

        with gil_guard.watching() as wait:
            start_service()
        assert wait.seconds < 0.010

    The block runs once, so noise of the machine that happens to fall into it counts.
    """
    found = Wait()
    watcher = _Watcher()
    try:
        with watcher:
            yield found
    finally:
        quiet = [_while_nobody_runs(watcher.took) for _ in range(3)]
        vars(found).update(vars(_compared([watcher], quiet)))


def assert_lets_others_run(call, *args, most=None, repeat=5, **kwargs):
    """Raises an `AssertionError` if a call keeps other threads waiting for too long.

    Too long is more than `most` seconds. Unless it is given, that's two switch intervals: bytecode
    makes others wait for one, and the second one is the margin. C code that keeps the GIL for
    longer than that fails. Returns the `Wait`.
    """
    if most is None:
        most = 2 * sys.getswitchinterval()
    wait = measure(call, *args, repeat=repeat, **kwargs)
    if wait.seconds > most:
        raise AssertionError(
            f"{getattr(call, '__name__', call)} keeps other threads waiting for "
            f"{wait.seconds * 1e3:.1f} ms, and {most * 1e3:.1f} ms is the most that is allowed. "
            f"It took {wait.took * 1e3:.1f} ms, {repeat} times, and the machine's own noise of "
            f"{wait.noise * 1e3:.1f} ms is deducted. Some C code in it keeps the GIL: call it with "
            f"less at a time, or in another process."
        )
    return wait


def _while_nobody_runs(seconds):
    """What a watcher notes while this thread sleeps."""
    with _Watcher() as watcher:
        time.sleep(min(seconds, 1.0))
    return watcher


def _compared(runs, quiet):
    """What the quietest of some runs says, next to the quietest in which nobody ran."""
    found = Wait()
    found.noise = min(watcher.longest for watcher in quiet)
    found.seconds = max(0.0, min(watcher.longest for watcher in runs) - found.noise)
    best = max(watcher.share() for watcher in quiet)
    if best > 0:
        found.share_for_others = min(1.0, max(watcher.share() for watcher in runs) / best)
    found.took = min(watcher.took for watcher in runs)
    return found


class _Watcher(threading.Thread):
    """Notes how late it wakes up while a block runs."""

    def __init__(self):
        super().__init__(name="gil_guard", daemon=True)
        self.longest = self.late = self.watched = self.took = 0.0
        self.is_awake = threading.Event()
        self.is_over = False

    def __enter__(self):
        self.start()
        self.is_awake.wait()
        self.begun = time.perf_counter()
        return self

    def __exit__(self, *_):
        self.took = time.perf_counter() - self.begun
        time.sleep(2 * PERIOD)  # if it waits, it gets its turn now and notes for how long it did
        self.is_over = True
        self.join()

    def run(self):
        before = time.perf_counter()
        while not self.is_over:
            time.sleep(PERIOD)
            now = time.perf_counter()
            if self.is_awake.is_set():
                self.longest = max(self.longest, now - before - PERIOD)
                self.late += now - before - PERIOD
                self.watched += now - before
            self.is_awake.set()
            before = now

    def share(self):
        """The share of the time in which it could have run."""
        return max(0.0, 1 - self.late / self.watched) if self.watched else 1.0
