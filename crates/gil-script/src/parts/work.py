# The work. Each function does a number of units; calibrate() finds out how many make a second of
# CPU time. So a thread that has to wait for the GIL still has all of its work to do.


#if python
def count(units):
    """Python bytecode: holds the GIL, and looks at the eval breaker with every jump back."""
    while units:
        units -= 1


#end
#if share
def touch(shared, units):
    """Python bytecode that reads an object's attribute over and over."""
    while units:
        shared.value
        units -= 1


#end
#if mutate
def change(shared, units):
    """Changes a shared list in one go: with a GIL it holds that, without one the list's lock."""
    shared[:units] = BLANKS[:units]


BLANKS = [None] * 1_000_000


#end
#if listobject
class SharedList(list):
    """A list with an attribute."""

    value = object()


#end
#if holding
def hold(units):
    """A C call that keeps the GIL until it returns."""
    sum(range(units))


#end
#if native
def release(units):
    """A C call that lets go of the GIL while it computes."""
    hashlib.pbkdf2_hmac("sha256", b"password", b"salt", units)


#end
#if syscall
def system_call(units):
    """A short system call that never blocks, but lets go of the GIL: reads this many bytes."""
    os.readv(ZEROS, [memoryview(BUFFER)[:units]])


ZEROS = os.open("/dev/zero", os.O_RDONLY)
BUFFER = bytearray(8_000_000)


#end
#if filelocks
class FileLock:
    """A lock that interpreters and processes can share: that of a file."""

    def __init__(self, name):
        self.name = name

    def acquire(self, blocking=True):
        """Takes the lock, if need be after a wait; says whether it has it."""
        file = open(os.path.join(RUN.folder, self.name), "w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX if blocking else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self.file = file
        return True

    def release(self):
        """Lets go of the lock."""
        self.file.close()


#end
def rate(work, units):
    """How many units of some work a second of CPU time has: the median of five tries."""
    enough = max(0.01, 20 * time.get_clock_info("thread_time").resolution)
    rates = []
    while len(rates) < 5:
        start = time.thread_time()
        work(units)
        took = time.thread_time() - start
        if took >= enough:
            rates.append(units / took)
        else:
            units *= 2
    return statistics.median(rates)


def calibrate():
    """Finds out how fast this machine does each kind of work."""
    say("calibrating")
#if python
    RUN.counts = rate(count, 10_000)
#end
#if share
    RUN.touches = rate(functools.partial(touch, types.SimpleNamespace(value=0)), 10_000)
#end
#if mutate
    spare = BLANKS[:]
    RUN.changes = rate(lambda units: [change(spare, units // 100) for _ in range(100)], 100_000)
#end
#if holding
    RUN.holds = rate(hold, 10_000)
#end
#if native
    RUN.releases = rate(release, 100)
#end
#if syscall
    RUN.reads = rate(lambda units: [system_call(units // 100) for _ in range(100)], 100_000)
#end


