#if pools
# Groups that do what others call for.


REPORTS = []
"""What members of pools have noted, a job at a time."""

POOLS = {}
"""The executor of each group that serves, by the group's number."""

#if blockingpool
HERE = {}
"""The members of pools that are here, by their thread: in an interpreter of a pool each job has
a threading.local of its own (3.14)."""


#end

#if threadpool
def in_thread_pool(number):
    """A pool of threads."""
    members = GROUPS[number].members
    POOLS[number] = concurrent.futures.ThreadPoolExecutor(members)
    list(POOLS[number].map(time.sleep, [0.05] * members))  # so that all have been started


#end
#if processpool
def in_process_pool(method):
    """A pool of processes, started by fork, forkserver or spawn."""

    def start(number):
        members = GROUPS[number].members
        POOLS[number] = concurrent.futures.ProcessPoolExecutor(
            members, multiprocessing.get_context(method), enter_pool, (vars(RUN),)
        )
        list(POOLS[number].map(time.sleep, [0.05] * members))  # so that all have been started

    return start


#end
#if interpreterpool
def in_interpreter_pool(number):
    """A pool of threads that have an interpreter each, from 3.14 on."""
    members = GROUPS[number].members
    POOLS[number] = concurrent.futures.InterpreterPoolExecutor(
        members, initializer=enter_pool, initargs=(vars(RUN),)
    )
    list(POOLS[number].map(time.sleep, [0.05] * members))  # so that all have been started


#end
#if apartpool
def enter_pool(run):
    """What a member of a pool is told at its start: it has memory of its own."""
    vars(RUN).update(run)


#end
#if taskpool
class TaskPool(concurrent.futures.Executor):
    """A pool of asyncio tasks, all on the event loop of one thread."""

    def __init__(self, group):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self.set_up(group), self.loop).result()

    async def set_up(self, group):
        thread = Recorder(group, group.name)
        self.idle = asyncio.Queue()
        for index in range(group.members):
#if taskclass
            self.idle.put_nowait(Task(group, index, thread))
#else
            self.idle.put_nowait(Member(group, index, thread))
#end

    def submit(self, _, number, data, asked):
        """Has a job done by the next task that is idle."""
        return asyncio.run_coroutine_threadsafe(self.do(number, data, asked), self.loop)

    async def do(self, number, data, asked):
        me = await self.idle.get()
        begun = clock()
        await GROUPS[number].do(me)
        me.note_pass(begun, asked)
        self.idle.put_nowait(me)
        return data, news_of(me)


def in_task_pool(number):
    """A pool of asyncio tasks."""
    POOLS[number] = TaskPool(GROUPS[number])


#end
#if blockingpool
def do_job(number, data, asked):
    """A job, in whichever member of the pool takes it. The data go back as the result."""
    ident = threading.get_ident()
    if ident not in HERE:
        name = f"{os.getpid()} {ident}"
        HERE[ident] = Member(GROUPS[number], name, Recorder(GROUPS[number], name))
    me = HERE[ident]
    begun = clock()
    GROUPS[number].do(me)
    me.note_pass(begun, asked)
    return data, news_of(me)


#end
def news_of(member):
    """What a member has noted since it was last asked."""
    report = member.thread.report([member])
    member.thread.turns, member.thread.spans = [], []
    member.passes, member.responses = [], []
    return report


def take_result(result):
    """Keeps what a member of a pool has noted."""
    REPORTS.append(result[1])


#end
