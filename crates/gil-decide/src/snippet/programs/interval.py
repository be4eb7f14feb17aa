import sys

sys.setswitchinterval(SECONDS)
assert abs(sys.getswitchinterval() - SECONDS) < 1e-6
print("switch interval:", sys.getswitchinterval(), "s")
