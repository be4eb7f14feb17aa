# Measuring: each thread notes what it reads off the clock, and asks the system about itself.


APART = 100_000
"""Nanoseconds between two readings of the clock from which on a thread must have been off."""


class Recorder:
    """What a thread notes about itself. It is made in that thread."""

    def __init__(self, group, name):
        self.group = group
        self.name = name
        self.turns = []
        self.turn = None
        self.spans = []
        self.cpu = time.thread_time_ns()
        self.switches = context_switches()

    def note(self, kind, start, end):
        """Notes what the thread did between two readings of the clock."""
        if kind not in ("python", "holding"):
            self.end_turn()
        elif self.turn and start - self.turn[1] < APART:
            self.turn[1] = end
        else:
            self.end_turn()
            self.turn = [start, end]
        if RUN.record:
            self.note_span(kind, start, end)

    def note_span(self, kind, start, end):
        last = self.spans[-1] if self.spans else [0, 0, None]
        if kind == last[2] == "python" and start - last[1] < APART:
            last[1] = end
        else:
            self.spans.append([start, end, kind])

    def end_turn(self):
        """The thread lets go of the GIL, or has lost it."""
        if self.turn:
            self.turns.append(self.turn[1] - self.turn[0])
        self.turn = None

    def report(self, members):
        """All that was noted, as plain data that can go from process to process."""
        self.end_turn()
        return {
            "group": self.group.name,
            "name": self.name,
            "cpu": time.thread_time_ns() - self.cpu,
            "turns": self.turns,
            "spans": self.spans,
            "switches": [now - then for now, then in zip(context_switches(), self.switches)],
            "passes": [took for member in members for took in member.passes],
#if arrivals or pools
            "responses": [took for member in members for took in member.responses],
#end
#if processes and not guard
            "pid": os.getpid(),
            "peak": peak_memory(),
#end
        }


def context_switches():
    """How often this thread gave up its core, and how often it lost it; nothing but on Linux."""
    if not hasattr(resource, "RUSAGE_THREAD"):
        return []
    usage = resource.getrusage(resource.RUSAGE_THREAD)
    return [usage.ru_nvcsw, usage.ru_nivcsw]


#if not guard
def peak_memory():
    """The most memory that this process has had, in bytes; None on Windows."""
    if resource is None:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


#end


