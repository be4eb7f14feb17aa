import hashlib
import threading

# hashlib lets go of the GIL for more than 2047 bytes; so do NumPy's loops over more than 500
# elements.
block = bytes(1 << 20)
digests = []
threads = [
    threading.Thread(target=lambda: digests.append(hashlib.sha256(block).hexdigest()))
    for _ in range(2)
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert digests[0] == digests[1]
print(digests[0])
