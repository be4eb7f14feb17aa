#if taskclass
class Task(Member):
    """A member that is an asyncio task: it awaits what a thread would block in."""

#if taskio
    def __init__(self, group, number, thread):
        super().__init__(group, number, thread)
        self.awaited = connect()
        self.awaited.setblocking(False)

    async def ask_and_await(self, seconds):
        """Awaits the answer of the other process, which comes after this time."""
        loop = asyncio.get_running_loop()
        request = REQUEST.pack(clock() + round(seconds * 1e9))
        await loop.sock_sendall(self.awaited, request)
        await loop.sock_recv(self.awaited, 1)

#end
#if taskrecv
    async def receive_and_await(self, name, gap):
        """Awaits the next message of a stream."""
        line = self.stream(name, gap)
        line.setblocking(False)
        await asyncio.get_running_loop().sock_recv(line, 1)

#end
#if taskcall
    async def call_and_await(self, pool, data):
        """Hands a job to a pool, and awaits the result."""
        loop = asyncio.get_running_loop()
#if blockingpool
        take_result(await loop.run_in_executor(POOLS[pool], do_job, pool, data, clock()))
#else
        take_result(await loop.run_in_executor(POOLS[pool], None, pool, data, clock()))
#end

#end


#end
