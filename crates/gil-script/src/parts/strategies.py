# What runs a group's members: each of these starts them, and returns the threads to wait for.


#if members
def work(number, indices):
    """The life of a thread that is these members of a group: their passes, and a report."""
#if interval and apart
    sys.setswitchinterval(SWITCH_INTERVAL)
#end
    group = GROUPS[number]
#if sequential
    name = group.name if len(indices) > 1 else group.member_name(indices[0])
    thread = Recorder(group, name)
#else
    thread = Recorder(group, group.member_name(indices[0]))
#end
    members = [Member(group, index, thread) for index in indices]
#if start
    wait_until(RUN.begun + round(group.start * 1e9))
#end
    for member in members:
        for scheduled in group.passes(number):
#if syncarrivals
            start = clock()
            if scheduled and scheduled > start:
                wait_until(scheduled)
                thread.note("queue", start, clock())
#end
            begun = clock()
            group.do(member)
            member.note_pass(begun, scheduled)
    return thread.report(members)


#end
#if start or syncarrivals
def wait_until(moment):
    """Sleeps until a reading of the clock."""
    time.sleep(max(0, moment - clock()) / 1e9)


#end
class Background(threading.Thread):
    """A thread to wait for. It ends with a report."""

    def __init__(self, life, *args):
        super().__init__(daemon=True)
        self.life, self.args, self.report = life, args, None
        self.start()

    def run(self):
        self.report = self.life(*self.args)


#if threads
def in_threads(number):
    """Each member in a thread."""
#if threadqueue
    fill(number, queue.SimpleQueue())
#end
    return [Background(work, number, [index]) for index in range(GROUPS[number].members)]


#end
#if sequential
def in_sequence(number):
    """All members in one thread, one after the other."""
    return [Background(work, number, range(GROUPS[number].members))]


#end
#if processes
#if processmembers
def in_processes(method):
    """Each member in a process, started by fork, forkserver or spawn."""

    def start(number):
        context = multiprocessing.get_context(method)
#if processqueue
        entries = context.SimpleQueue()
#else
        entries = None
#end
        started = []
        for index in range(GROUPS[number].members):
            receiver, sender = context.Pipe(duplex=False)
            args = (sender, vars(RUN), entries, number, index)
            process = context.Process(target=work_in_process, args=args, daemon=True)
            process.start()
            sender.close()
            started.append((process, receiver))
#if processqueue
        threading.Thread(target=fill, args=(number, entries), daemon=True).start()
#end
        return [Background(wait_for_process, *one) for one in started]

    return start


def work_in_process(sender, run, entries, number, index):
    """The life of a process. Where it was not forked, it knows nothing but what it is given."""
    vars(RUN).update(run)
#if processqueue
    QUEUES[number] = entries
#end
    sender.send(work(number, [index]))


def wait_for_process(process, receiver):
    """The report of a process that has ended."""
    report = receiver.recv()
    process.join()
    return report


#end
#end
#if interpreters
def in_interpreters(number):
    """Each member in a thread that has an interpreter, and so a GIL, of its own."""
#if interpreterqueue
    reader, writer = os.pipe()
    threading.Thread(target=fill, args=(number, PipeQueue(writer)), daemon=True).start()
#else
    reader = None
#end
    members = range(GROUPS[number].members)
    return [Background(work_in_interpreter, number, index, reader) for index in members]


def work_in_interpreter(number, index, entries):
    """The life of a thread with an interpreter: runs this file there, and takes the report."""
    file = os.path.join(RUN.folder, f"{number}-{index}.json")
#if processlocks
    plain = {name: value for name, value in vars(RUN).items() if not name.startswith("lock_")}
#else
    plain = vars(RUN)
#end
    run_in_interpreter(
        f"import json, runpy\n"
        f"script = runpy.run_path({os.path.abspath(__file__)!r})\n"
        f"vars(script['RUN']).update({plain!r})\n"
#if interpreterqueue
        f"script['QUEUES'][{number}] = script['PipeQueue']({entries})\n"
#end
        f"report = script['work']({number}, [{index}])\n"
        f"with open({file!r}, 'w') as file:\n"
        f"    json.dump(report, file)\n"
    )
    with open(file) as report:
        return json.load(report)


def run_in_interpreter(code):
    """Runs code in a new interpreter. The module for it has its final name since 3.14."""
    if sys.version_info >= (3, 14):
        from concurrent import interpreters

        interpreter = interpreters.create()
        try:
            interpreter.exec(code)
        finally:
            interpreter.close()
    elif sys.version_info >= (3, 13):
        import _interpreters

        interpreter = _interpreters.create()
        failure = _interpreters.exec(interpreter, code)
        _interpreters.destroy(interpreter)
        if failure:
            raise RuntimeError(failure.formatted)
    else:
        import _xxsubinterpreters

        interpreter = _xxsubinterpreters.create()
        try:
            _xxsubinterpreters.run_string(interpreter, code)
        finally:
            _xxsubinterpreters.destroy(interpreter)


#if interpreterqueue
class PipeQueue:
    """A queue of numbers that interpreters can share: one end of a pipe."""

    def __init__(self, end):
        self.end = end

    def put(self, number):
        """Puts a number, or None, into the pipe."""
        os.write(self.end, (-1 if number is None else number).to_bytes(8, "little", signed=True))

    def get(self):
        """Takes the next one out; waits for it if there is none."""
        number = int.from_bytes(os.read(self.end, 8), "little", signed=True)
        return None if number == -1 else number


#end
#end
#if asyncio
def in_tasks(number):
    """Each member in an asyncio task, all on one thread's event loop."""
#if taskqueue
    fill(number, queue.SimpleQueue())
#end
    return [Background(lambda: asyncio.run(work_in_tasks(number)))]


async def work_in_tasks(number):
    """The life of an event loop: it waits for all of its tasks, and makes a report."""
    group = GROUPS[number]
    thread = Recorder(group, group.name)
#if taskclass
    tasks = [Task(group, index, thread) for index in range(group.members)]
#else
    tasks = [Member(group, index, thread) for index in range(group.members)]
#end
#if start
    wait_until(RUN.begun + round(group.start * 1e9))
#end
    await asyncio.gather(*(work_in_task(number, task) for task in tasks))
    return thread.report(tasks)


async def work_in_task(number, task):
    """The life of a task: its passes."""
    for scheduled in GROUPS[number].passes(number):
#if taskarrivals
        if scheduled and scheduled > clock():
            await asyncio.sleep((scheduled - clock()) / 1e9)
#end
        begun = clock()
        await GROUPS[number].do(task)
        task.note_pass(begun, scheduled)


#end
#if queue
def fill(number, entries):
    """Puts everything that a group is to do into its queue."""
#if plain
    if not GROUPS[number].entries:
        return  # a group without a queue
#end
    QUEUES[number] = entries
    for entry in GROUPS[number].entries(GROUPS[number]):
        entries.put(entry)
    for _ in range(GROUPS[number].members):
        entries.put(None)


#end
