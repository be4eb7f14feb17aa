class Group(typing.NamedTuple):
    """Threads, tasks or processes that all do the same."""

    name: str
    members: int
    do: typing.Callable
    run: typing.Callable
    strategy: str
#if pools
    passes: typing.Callable = None
#else
    passes: typing.Callable
#end
#if start
    start: float = 0
#end
#if queue
    entries: typing.Callable = None
#end

#if members or pools and not guard
    def member_name(self, index):
        """The name of a member: the group's, with a number where it has several."""
        return f"{self.name}-{index + 1}" if self.members > 1 else self.name

#end

# What makes a group's members go on: a pass for each thing that these yield. For a request it is
# the time for which it was scheduled.


#if times
def times(number):
    """This many passes for each member."""
    return lambda _: itertools.repeat(None, scaled(number))


#end
#if fortime
def for_seconds(seconds):
    """Passes until this much time has gone by."""

    def passes(_):
        end = clock() + round(seconds * RUN.scale * 1e9)
        yield None
        while clock() < end:
            yield None

    return passes


#end
#if daemon
def until_stopped(_):
    """Passes until all others are done."""
#if apartdaemon
    while not os.path.exists(os.path.join(RUN.folder, "stop")):
#else
    while not STOP.is_set():
#end
        yield None


#if not apartdaemon
STOP = threading.Event()


#end
#end
#if queue
QUEUES = {}
"""The queue of each group that has one, by the group's number."""


def from_queue(number):
    """A pass for each entry of the group's queue, which ends with a None for each member."""
    return iter(QUEUES[number].get, None)


#end
#if jobs
def jobs(number):
    """This many jobs, all there from the start."""
    return lambda _: [0] * scaled(number)


#end
#if arrivals
def arrivals(gap, seconds):
    """Requests that arrive whether or not anybody is free: the times at which they do."""

    def entries(group):
#if exponential or lognormal
        source = Random(f"{RUN.seed} {group.name}")
#else
        source = random.Random(f"{RUN.seed} {group.name}")
#end
        times, at = [], 0
        while True:
            at += gap(source)
            if at >= seconds * RUN.scale:
                return times
#if guard and start
            times.append(RUN.begun + round((group.start + at * RUN.calm) * 1e9))
#end
#if guard and not start
            times.append(RUN.begun + round(at * RUN.calm * 1e9))
#end
#if start and not guard
            times.append(RUN.begun + round((group.start + at) * 1e9))
#end
#if not guard and not start
            times.append(RUN.begun + round(at * 1e9))
#end

    return entries


#end
#if scaled
def scaled(number):
    """More or less of it, as --scale says, but at least 1."""
    return max(1, round(number * RUN.scale))


#end
