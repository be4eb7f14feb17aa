#if exponential or lognormal
class Random(random.Random):
    """Random numbers of the laws that times follow."""

#if exponential
    def exponential(self, mean):
        """Gaps as between independent requests."""
        return self.expovariate(1 / mean)

#end
#if lognormal
    def lognormal(self, median, p95):
        """Most are near the median, a few are much longer, as service times are."""
        return median * self.lognormvariate(0, math.log(p95 / median) / 1.645)

#end

#end
class Member:
    """One of a group: what it does in a pass, and how long its passes took."""

    def __init__(self, group, number, thread):
        self.thread = thread
#if draws
#if exponential or lognormal
        self.random = Random(f"{RUN.seed} {group.name} {number}")
#else
        self.random = random.Random(f"{RUN.seed} {group.name} {number}")
#end
#end
        self.passes = []
#if arrivals or pools
        self.responses = []
#end
#if asks
        self.connection = connect()
#end
#if recv
        self.streams = {}
#end

    def note_pass(self, begun, scheduled):
        """Notes the end of a pass. Who asked for it has waited since the time it was scheduled."""
        now = clock()
        self.passes.append(now - begun)
#if arrivals or pools
        if scheduled:
            self.responses.append(now - scheduled)
#end

#if python
    def python(self, seconds):
        """Runs bytecode for this much CPU time."""
        self.in_pieces(count, seconds, RUN.counts)

#end
#if share
    def touch(self, shared, seconds):
        """Runs bytecode that touches an object, for this much CPU time."""
        self.in_pieces(functools.partial(touch, shared), seconds, RUN.touches)

#end
#if python or share
    def in_pieces(self, work, seconds, rate):
        """Does some work with a look at the clock about every 50 us."""
        units, piece = round(seconds * rate), round(50e-6 * rate)
        now = clock()
        while units > 0:
            start = now
            work(min(units, piece))
            units -= piece
            now = clock()
            # If it took much longer, others ran first, and only the end of it is this thread's.
            self.thread.note("python", start if now - start < APART else now - 50_000, now)

#end
#if mutate
    def change(self, shared, seconds):
        """Changes a shared list for this much CPU time."""
        start = clock()
        units = round(seconds * RUN.changes)
        for left in range(units, 0, -len(BLANKS)):
            change(shared, min(left, len(BLANKS)))
        self.thread.note("holding", start, clock())

#end
#if holding
    def hold(self, seconds):
        """Calls C code that keeps the GIL, for this much CPU time."""
        start = clock()
        hold(round(seconds * RUN.holds))
        self.thread.note("holding", start, clock())

#end
#if pieces
    def python_with_calls(self, seconds, each):
        """Runs bytecode that calls C code again and again, for this long each time."""
        while seconds > 0:
            self.hold(min(each, seconds))
            seconds -= each

#end
#if native
    def release(self, seconds):
        """Calls C code that lets go of the GIL, for this much CPU time."""
        start = clock()
        release(max(1, round(seconds * RUN.releases)))
        self.thread.note("native", start, clock())

#end
#if syscall
    def system_call(self, seconds):
        """Makes a system call that takes this much CPU time."""
        start = clock()
        system_call(max(1, min(round(seconds * RUN.reads), len(BUFFER))))
        self.thread.note("native", start, clock())

#end
#if asks
    def ask(self, seconds):
        """Blocks until the other process answers, which it does after this time."""
        start = clock()
        self.connection.sendall(REQUEST.pack(start + round(seconds * 1e9)))
        self.connection.recv(1)
        self.thread.note("io", start, clock())

#end
#if recv
    def stream(self, name, gap):
        """A connection on which messages arrive with these gaps, ordered a hundred at a time."""
        if name not in self.streams:
            self.streams[name] = types.SimpleNamespace(line=connect(), last=clock(), left=0)
        stream = self.streams[name]
        if stream.left == 0:
            for _ in range(100):
                stream.last += round(gap() * 1e9)
                stream.line.sendall(REQUEST.pack(stream.last))
            stream.left = 100
        stream.left -= 1
        return stream.line

#end
#if syncrecv
    def receive(self, name, gap):
        """Blocks until the next message of a stream is there."""
        line = self.stream(name, gap)
        start = clock()
        line.recv(1)
        self.thread.note("io", start, clock())

#end
#if syncsleep
    def sleep(self, seconds):
        """Sleeps."""
        start = clock()
        time.sleep(seconds)
        self.thread.note("sleep", start, clock())

#end
#if locks
    @contextlib.contextmanager
    def locked(self, lock):
        """Holds a lock, and notes how long it had to wait for it."""
        if not lock.acquire(False):
            start = clock()
            lock.acquire()
            self.thread.note("lock", start, clock())
        try:
            yield
        finally:
            lock.release()

#end
#if synccall
    def call(self, pool, data):
        """Hands a job to a pool, and blocks until the result is there."""
        start = clock()
#if blockingpool
        take_result(POOLS[pool].submit(do_job, pool, data, start).result())
#else
        take_result(POOLS[pool].submit(None, pool, data, start).result())
#end
        self.thread.note("result", start, clock())

#end

