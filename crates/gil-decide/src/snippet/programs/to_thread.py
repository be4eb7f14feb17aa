import asyncio
import time


def blocking_call(item):
    time.sleep(0.01)  # a client without an async version
    return item * 2


async def run_GROUP(item):
    return await asyncio.to_thread(blocking_call, item)


async def main():
    results = await asyncio.gather(*(run_GROUP(item) for item in range(10)))
    assert results == [item * 2 for item in range(10)]
    print(results)


if __name__ == "__main__":
    asyncio.run(main())
