def say(text):
    """Says on standard error how far it has come."""
    print(text, file=sys.stderr, flush=True)


def set_up():
    """What has to be there before anything is run."""
    calibrate()
#if other
    start_other_side()
#end
#if processlocks
    make_locks()
#end
#if pools
    for number, group in enumerate(GROUPS):
        if group.passes is None:
            group.run(number)
#end


#if guard
def run(groups, limit):
    """Runs some of the groups: the nanoseconds until those that end have ended, and all reports."""
#if pools
    REPORTS.clear()
#end
#if daemon and apartdaemon
    with contextlib.suppress(FileNotFoundError):
        os.remove(os.path.join(RUN.folder, "stop"))
#end
#if daemon and not apartdaemon
    STOP.clear()
#end
    chosen = [(number, GROUPS[number]) for number in groups]
#else
def run(limit):
    """Runs all groups: the nanoseconds until those that end have ended, and all reports."""
    chosen = list(enumerate(GROUPS))
#end
    RUN.begun = clock()
    waiting = []
#if daemon
    daemons = []
#end
#if mixed
    # Processes come first: what forks should have no threads yet.
    forked = ("fork", "forkserver", "spawn")
    for number, group in sorted(chosen, key=lambda one: one[1].strategy not in forked):
#else
    for number, group in chosen:
#end
#if pools
        if group.passes is None:
            continue
#end
#if daemon
        started = daemons if group.passes is until_stopped else waiting
        started += group.run(number)
#else
        waiting += group.run(number)
#end
    wait(waiting, limit)
    wall = clock() - RUN.begun
#if daemon
#if apartdaemon
    open(os.path.join(RUN.folder, "stop"), "w").close()
#else
    STOP.set()
#end
    wait(daemons, limit)
    waiting += daemons
#end
    return wall, [thread.report for thread in waiting]


def wait(threads, limit):
    """Waits until threads have ended, up to a number of seconds."""
    end = time.monotonic() + limit
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))
    if any(thread.is_alive() for thread in threads):
        sys.exit(f"it is not over after {limit:g} s; --limit gives it longer")
    if any(thread.report is None for thread in threads):
        sys.exit("a thread or process has failed, see above")


