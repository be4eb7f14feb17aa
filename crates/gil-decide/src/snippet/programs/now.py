import sys

print("Python", sys.version.split()[0])
print("switch interval:", sys.getswitchinterval(), "s")
