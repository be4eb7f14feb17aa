#if guard
# The guard. Each test compares runs with each other, so a slower machine changes nothing: what
# other programs do at the same time only makes figures worse, so the best of several tries counts.


MARGIN = 1.5
"""By how much a ratio may be worse than the simulated one: short runs are that far apart."""

TRIES = 5
"""How often a test is tried before it fails."""

#if arrivals
RUN.calm = 1
"""How many times as far apart requests are as in the scenario."""

#end

@functools.lru_cache(maxsize=None)
def prepare():
    """Prepares everything, once."""
#if interpreterpool
    if sys.version_info < (3, 14):
        raise unittest.SkipTest("pools of interpreters need Python 3.14 or later")
#end
#if interpreters
    if sys.version_info < (3, 12):
        raise unittest.SkipTest("interpreters with a GIL of their own need Python 3.12 or later")
#end
#if interval
    sys.setswitchinterval(SWITCH_INTERVAL)
#end
    RUN.seed, RUN.scale, RUN.record = SEED, 1, False
#if folder
    RUN.folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, RUN.folder, ignore_errors=True)
#end
    set_up()
#if pools
    for pool in POOLS.values():
        atexit.register(pool.shutdown)
#end


#if slowdown or load
#if slowdown
def mean_time(number, others=()):
#else
def mean_time(number):
#end
    """How long a group's passes take, or its answers if it has any, alone or beside others."""
    prepare()
#if slowdown
    _, reports = run([number, *others], 60)
#else
    _, reports = run([number], 60)
#end
    reports = [report for report in reports if report["group"] == GROUPS[number].name]
#if arrivals
    kind = "responses" if any(report["responses"] for report in reports) else "passes"
    return statistics.mean(took for report in reports for took in report[kind])
#else
    return statistics.mean(took for report in reports for took in report["passes"])
#end


#end
#if speedup
def throughput(number):
    """How many passes a group gets done in a nanosecond."""
    prepare()
    wall, reports = run([number], 60)
    return sum(len(report["passes"]) for report in reports) / wall


#end


#if load or speedup
def crowding():
    """How many times as long the cores take for work because other programs use them, too."""
    loop = "n = 2_000_000\nwhile n: n -= 1"

    def seconds(number):
        start = time.perf_counter()
        for one in [subprocess.Popen([sys.executable, "-c", loop]) for _ in range(number)]:
            one.wait()
        return time.perf_counter() - start

    return max(1, seconds(min(cores(), 4)) / seconds(1))


#end
def assert_about(simulated, ratio, what, room=lambda: 1):
    """Fails where a ratio is much more than the simulated one, time and again."""
    found = []
    while len(found) < TRIES:
        found.append(ratio())
        if found[-1] <= MARGIN * simulated or found[-1] <= MARGIN * simulated * room():
            return
    raise AssertionError(
        f"{what} {min(found):.2f} times as long. Simulated is {simulated:.2f}, and up to {MARGIN} "
        f"times that is fine."
    )


#if slowdown
def assert_slowdown(number, others, simulated):
    """Fails where a group's passes are held up by others much more than in the simulation."""
    name = GROUPS[number].name
    assert_about(
        simulated,
        lambda: mean_time(number, others) / mean_time(number),
        f"{name}: beside others a pass takes",
    )


#end
#if load
def assert_load(number, simulated):
    """Fails where answers under load take much longer than they do in the simulation."""

    def ratio():
        RUN.calm = 4
        calm = mean_time(number)
        RUN.calm = 1
        return mean_time(number) / calm

    what = f"{GROUPS[number].name}: at four times the load an answer takes"
    assert_about(simulated, ratio, what, room=crowding)


#end
#if speedup
def assert_speedup(number, simulated):
    """Fails where all members of a group get much less done than they do in the simulation."""

    def ratio():
        group = GROUPS[number]
        GROUPS[number] = group._replace(members=1)
        one = throughput(number)
        GROUPS[number] = group
        return one / throughput(number)

    expected = simulated[max(count for count in simulated if count <= cores())]
    what = f"{GROUPS[number].name}: with all members at work a pass of any takes"
    assert_about(1 / expected, ratio, what, room=crowding)


#end
#insert tests
if __name__ == "__main__":
    for name, test in list(globals().items()):
        if name.startswith("test_"):
            test()
            print(f"{name}: passed")
#end
