#if not guard
#if bytecode
def disassemble():
    """Shows the hot loop's bytecode, with an arrow where the eval breaker is looked at."""
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
#if python
    hot = count
#else
    hot = touch
#end
    print(f"{hot.__name__}() on Python {platform.python_version()}")
    if gil:
        print("--> the eval breaker is looked at: here a thread lets go of the GIL if asked to")
    else:
        print("Without a GIL other threads run between any two of its instructions.")
    for instruction in dis.get_instructions(hot):
        mark = "-->" if gil and looks_at_eval_breaker(instruction) else "   "
        line = f"{mark} {instruction.offset:4} {instruction.opname:26} {instruction.argrepr}"
        print(line.rstrip())


def looks_at_eval_breaker(instruction):
    """Whether it is looked at after this instruction."""
    name = instruction.opname
    if sys.version_info < (3, 10):  # the loop top looks, which few pass by (Python/ceval.c)
        return name not in ("LOAD_FAST", "LOAD_CONST", "STORE_FAST", "POP_TOP")
    if "JUMP" in name:  # CHECK_EVAL_BREAKER in Python/ceval.c, from 3.12 on in Python/bytecodes.c
        return instruction.argval < instruction.offset
    return name == "RESUME" or name.startswith("CALL")


#end
def parse_options():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=SEED, help="seed of all that is drawn")
    parser.add_argument("--scale", type=float, default=1, help="factor for passes, jobs and times")
    parser.add_argument("--record", action="store_true", help="print the spans of each thread, too")
    parser.add_argument("--limit", type=float, default=120, help="seconds after which to give up")
#if bytecode
    parser.add_argument("--disassemble", action="store_true", help="show the hot loop's bytecode")
#end
    options = parser.parse_args()
    if not 0 < options.scale < math.inf:
        parser.error("--scale is a number above 0")
    return options


def main():
    """Runs the scenario, and prints what was measured as JSON."""
    options = parse_options()
#if bytecode
    if options.disassemble:
        disassemble()
        return
#end
#if interpreterpool
    if sys.version_info < (3, 14):
        say("pools of interpreters need Python 3.14 or later")
        sys.exit(3)
#end
#if interpreters
    if sys.version_info < (3, 12):
        say("interpreters with a GIL of their own need Python 3.12 or later")
        sys.exit(3)
#end
#if interval
    sys.setswitchinterval(SWITCH_INTERVAL)
#end
    RUN.seed, RUN.scale, RUN.record = options.seed, options.scale, options.record
#if folder
    with tempfile.TemporaryDirectory() as RUN.folder:
        set_up()
        say("running")
        wall, reports = run(options.limit)
#else
    set_up()
    say("running")
    wall, reports = run(options.limit)
#end
    print(json.dumps(measured(wall, reports)))
#if pools
    for pool in POOLS.values():
        pool.shutdown()
#end


if __name__ == "__main__":
    main()
#end
