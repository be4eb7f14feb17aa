#if other
# I/O: another process, at the other end of a socket, answers when the time has come.


REQUEST = struct.Struct("q")
"""A request: the reading of the clock at which it is to be answered."""


def answer(listener):
    """The other process: takes connections, and serves each in a thread."""
    while True:
        client, _ = listener.accept()
        threading.Thread(target=answer_client, args=(client,), daemon=True).start()


def answer_client(client):
    """Answers each request with a byte at the time that it names."""
    with client, client.makefile("rb") as requests:
        for message in iter(lambda: requests.read(REQUEST.size), b""):
            (when,) = REQUEST.unpack(message)
            time.sleep(max(0, when - clock()) / 1e9)
            with contextlib.suppress(ConnectionError):  # nobody waits any more
                client.sendall(b"!")


def start_other_side():
    """Starts the other process and notes its address."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    RUN.address = listener.getsockname()
    context = multiprocessing.get_context("spawn")
    context.Process(target=answer, args=(listener,), daemon=True).start()
    with connect() as probe:  # it takes a moment until it is there
        probe.sendall(REQUEST.pack(0))
        probe.recv(1)


def connect():
    """A connection to the other process."""
    connection = socket.create_connection(RUN.address)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


#end
