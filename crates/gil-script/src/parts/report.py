#if not guard
# What is printed. The playground's docs/measured.md says what each field is.


def measured(wall, threads):
    """All figures of the run, from what threads have noted."""
#if pools
    threads = threads + of_pools()
#end
    return {
        "format": "gil-measured/1",
        "scenario": SCENARIO,
        "python": {
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "has_gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
            "switch_interval_ns": round(sys.getswitchinterval() * 1e9),
            "platform": sys.platform,
            "cores": cores(),
        },
        "scale": RUN.scale,
        "wall_ns": wall,
        "groups": [of_group(group, threads, wall) for group in GROUPS],
        "threads": [of_thread(thread) for thread in threads],
#if processes
        "memory": {"peak_bytes": add_up(peak_memory(), threads)},
#else
        "memory": {"peak_bytes": peak_memory()},
#end
    }


#if pools
def of_pools():
    """What the members of pools have noted, with names instead of the system's numbers."""
    threads = {}
    # A member's reports come by way of several threads: its CPU time says which was first.
    for report in sorted(REPORTS, key=lambda report: report["cpu"]):
        thread = threads.setdefault((report["group"], report["name"]), {})
        for key, value in report.items():
            is_list = key in ("turns", "spans", "passes", "responses")
            thread[key] = thread.get(key, []) + value if is_list else value
    for number in POOLS:
        members = [t for t in threads.values() if t["group"] == GROUPS[number].name]
        for index, thread in enumerate(members):
            thread["name"] = GROUPS[number].member_name(index)
    return list(threads.values())


#end
#if processes
def add_up(own, threads):
    """The peaks of all processes together; what they share counts for each of them."""
    peaks = {thread["pid"]: thread["peak"] for thread in threads}
    peaks[os.getpid()] = own
    return None if None in peaks.values() else sum(peaks.values())


#end
#end
#if not guard or load or speedup
def cores():
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


#end
#if not guard
def of_group(group, threads, wall):
    """The figures of a group."""
    threads = [thread for thread in threads if thread["group"] == group.name]
    passes = [took for thread in threads for took in thread["passes"]]
#if arrivals or pools
    responses = [took for thread in threads for took in thread["responses"]]
#end
    return {
        "name": group.name,
        "members": group.members,
        "strategy": group.strategy,
        "passes": len(passes),
        "throughput_per_s": len(passes) / wall * 1e9,
        "pass_ns": percentiles(passes),
#if arrivals or pools
        "response_ns": percentiles(responses),
#else
        "response_ns": None,
#end
    }


def of_thread(thread):
    """The figures of a thread."""
    turns = percentiles(thread["turns"])
    figures = {
        "name": thread["name"],
        "group": thread["group"],
        "cpu_ns": thread["cpu"],
        "turns_ns": turns and {"count": len(thread["turns"]), **turns},
        "voluntary_switches": thread["switches"][0] if thread["switches"] else None,
        "involuntary_switches": thread["switches"][1] if thread["switches"] else None,
    }
    if RUN.record:
        figures["spans"] = [
            [start - RUN.begun, end - RUN.begun, kind] for start, end, kind in thread["spans"]
        ]
    return figures


def percentiles(times):
    """The middle and the upper end of some times, or None where there are none."""
    if not times:
        return None
    times = sorted(times)

    def at(percent):
        return times[math.ceil(len(times) * percent / 100) - 1]

    return {"p50": at(50), "p90": at(90), "p99": at(99), "max": times[-1]}


#end
