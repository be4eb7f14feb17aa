//! What `--help` and the manual pages say beyond the options.

/// Ends `gil -h`.
pub const SHORT: &str = "\
gil --help and gil COMMAND --help have more, with examples; gil help notation
explains how a scenario is written.
Exit codes: 0 all is well, 1 a claim does not hold, 2 the input is wrong.";

/// Ends `gil --help`.
pub const LONG: &str = "\
A SCENARIO is written as in

    v1/cores=2/hog:py-5ms:daemon/io:8:py-100us+io-10ms:x50

that is: the version, settings (KEY=VALUE), and groups of threads
(NAME:NUMBER:STEPS:REPEAT), separated by slashes. `gil help notation` explains
all of it, `gil link SCENARIO` what each part of one means. Wherever a scenario
is asked for, a link of the playground, the name of a preset (`gil presets`) or
a file with any of these does as well, and \"-\" is standard input. In a file it
may have several lines, and comments behind \"#\".

    gil presets                    what there is to begin with
    gil run convoy                 simulate one of them
    gil run convoy --set si=1ms    with something changed
    gil sweep convoy --over si     with many values
    gil check claims.toml          what must stay true, in CI

Everything that is simulated is the same on every machine and at every time.
--json is one dialect for all commands, docs/json.md in the sources: the units
are in the names, and what a run does not have is null.

Exit codes:
  0  all is well
  1  a claim does not hold (gil check); a run is not whole (--strict)
  2  the input is wrong: the place is underlined on standard error

Colour is used on a terminal only, and not where NO_COLOR is set or TERM is
dumb. Tables are as wide as COLUMNS or the terminal.";

/// `gil run --help`.
pub const RUN: &str = "\
Simulates a scenario and prints its figures: what is found in a sentence, the
whole run, and each group of threads.";

/// Its examples and what it ends with.
pub const RUN_EXAMPLES: &str = "\
Examples:
  gil run convoy
  gil run v1/si=1ms/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30
  gil run convoy --set si=1ms --set io.count=8
  gil run web --seeds 10
  gil run worker.gil --strict
  gil run convoy -o timeline.svg --theme dark
  gil run convoy --svg chart.svg --picture chart --base https://example.org/gil/

Exit codes: 0 it was simulated, also where the run ends in a deadlock or at a
limit, which the first sentence says; 1 the same with --strict; 2 the scenario
is wrong, or the file cannot be written.

Next: gil sweep varies something, gil compare sets two runs side by side.";

/// `gil sweep --help`.
pub const SWEEP: &str = "\
Varies one or two things of a scenario, simulates each value on all cores and
prints a table: wall time, what each group gets done per second, speed-up over
the first value, share of time waiting for the GIL, latencies, handoffs.

What is varied is a setting of the notation (cores, si, python, seed, ...), or a
field of a group: threads, web.count, web.rate, web.strategy, web.io (the
duration of its step io-). `gil help notation` lists them. A field without a
group is that of the group with most threads, or of --group. There are usual
values of threads, cores, si, rate, strategy and python; of anything else
--values has them. A value that cannot be run says why on its line. With two
things varied there is a grid for each figure. Interventions (then=) of the
scenario are left out.

--knee looks for the highest rate of requests at which p99 of the response is at
most twice what it is in calm. Each rate has 2,000 requests or more and three
seeds, of which the median counts; it is found to within 2 %. Then the rate is
raised until something is full, and that is named: the GIL, the cores, or a
pool whose members all have a request.

CSV and JSON have the same columns for every scenario: a figure in each, the
group in a column of its own. Times are in nanoseconds.";

/// Its examples and what it ends with.
pub const SWEEP_EXAMPLES: &str = "\
Examples:
  gil sweep cpu --over threads
  gil sweep convoy --over si --values 500us..50ms --svg interval.svg
  gil sweep overload --over web.rate --values 50..250:+50 --seeds 5
  gil sweep overload --over web.rate --over web.count --values 100..200:+50
  gil sweep overload --knee
  gil sweep v1/w:4:py-20ms:x5 --over strategy:w --csv
  gil sweep web --over cores --seeds 5
  gil sweep convoy --over python --metric 'wakeup_p99(io)' --metric 'wakeup_p99(io, si=1ms)'

Exit codes: 0 at least one value was run; 1 with --strict, where a run is not
whole; 2 none could be run, no run has what --metric asks for, or the input is
wrong.

Next: gil compare sets two of the runs side by side, gil check keeps a limit.";

/// `gil compare --help`.
pub const COMPARE: &str = "\
Says what differs between two scenarios, A and B: in their text, in their
outcomes, and where the two runs part. B is told in comparison with A. Both are
run with several seeds: a figure is the median with the lowest and the highest,
and a difference is level where the median of one is within the range of the
other.";

/// Its examples and what it ends with.
pub const COMPARE_EXAMPLES: &str = "\
Examples:
  gil compare convoy v1/si=500us/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30
  gil compare v1/a:2:py-20ms/vs/py=3.14t/a:2:py-20ms
  gil compare old.txt new.txt --json

Exit codes: 0 they were compared, whatever differs; 1 with --strict, where one
of the runs is not whole; 2 a scenario is wrong, or there is only one.";

/// `gil check --help`.
pub const CHECK: &str = "\
Checks what a team relies on: claims about scenarios, in a file that is kept
with the code.

    [scenarios]
    web = \"v1/report:py-5ms:daemon/web:8:py-2ms+io-30ms:arrive-exp20ms@10s\"

    [[claims]]
    name = \"answers stay quick\"
    scenario = \"web\"
    holds = \"response_p99(web, si=500us) <= 50 ms\"
    reason = \"the API promises 50 ms\"
    record = \"docs/decisions/0007-switch-interval.md\"

A promise has to hold whatever is drawn: with `seeds = 5` in a claim, or under
[settings] for all of them, it is checked in five runs whose seeds follow each other,
and holds only where it holds in all. `seeds=5` as an argument, as in
response_p99(web, seeds=5), is the median of five.

A scenario is as in a link, or the name of a preset. A claim compares two
expressions with <, <=, >, >= or ==. An expression has numbers with units (ns us
ms s % /s b kib mib), figures of the run, + - * / and parentheses. `gil metrics`
lists the figures. An argument with a key varies the scenario for this figure:
threads=8, strategy=fork, si=1ms, py=3.14t. Where a run is cut at a limit, its
figures are of what there is of it, which is said; what only a complete run has
cannot be checked. A claim may have `measured`, too: what a real run gave, in
words.";

/// Its examples and what it ends with.
pub const CHECK_EXAMPLES: &str = "\
Examples:
  gil check claims.toml
  gil check claims.toml --verbose --base https://example.org/gil/
  gil check claims.toml --github --junit claims.xml

Exit codes: 0 every claim holds; 1 at least one does not; 2 the file is wrong,
or a claim cannot be checked, because it speaks of what its scenario does not
have. The other claims are checked all the same.";

/// `gil metrics --help`.
pub const METRICS: &str = "\
Lists the figures of a run that a claim (gil check) or a column (gil sweep
--metric) can be about, and what each is asked with.

Where a GROUP is left out it is, of those that end by themselves, the one with
most threads; where it stands in brackets, all threads together. Every figure
takes settings besides, as in wakeup_p99(io, si=1ms) or speedup(cpu, threads=8).";

/// Its examples and what it ends with.
pub const METRICS_EXAMPLES: &str = "\
Examples:
  gil metrics
  gil metrics --json | jq -r '.metrics[].key'

Exit code: 0.";

/// `gil presets --help`.
pub const PRESETS: &str = "\
Lists scenarios that each show something, or prints the notation of one.";

/// Its examples and what it ends with.
pub const PRESETS_EXAMPLES: &str = "\
Examples:
  gil presets
  gil presets convoy > convoy.gil
  gil presets --json | jq -r '.presets[].key'

Exit codes: 0; 2 there is no such preset.

Next: gil run PRESET simulates one, gil run PRESET --set si=1ms changes it.";

/// `gil incident --help`.
pub const INCIDENT: &str = "\
Writes a note of an incident (trigger, impact, guardrail) with the next number and
the day in its name, and makes the index of all notes anew from what is in them.
Over the months the notes become a manual of how your service fails.";

/// Its examples and what it ends with.
pub const INCIDENT_EXAMPLES: &str = "\
Examples:
  gil incident \"The report froze the API\" --scenario v1/report:py-200ms/web:4:py-1ms+io-4ms:x50
  gil incident                          # the index, after a note was edited

Exit codes: 0; 2 the folder can't be read or written.

Next: gil script --guard writes the test that keeps it from coming back.";

/// `gil help --help`.
pub const HELP: &str = "\
Prints what a command does, as --help behind it would, or how scenarios are
written.";

/// Its examples and what it ends with.
pub const HELP_EXAMPLES: &str = "\
Examples:
  gil help notation
  gil help sweep

Exit codes: 0; 2 there is no help on that.";

/// `gil recording --help`.
pub const RECORDING: &str = "\
Reads a recording of a real program and says what was found: who held the GIL,
who waited for it, and for how long. CPython 3.15 makes one with

    python -m profiling.sampling run -a --gecko -o run.json program.py

-a is needed to see all threads. Without a name of its own, a thread is called
after the function that it runs.";

/// Its examples and what it ends with.
pub const RECORDING_EXAMPLES: &str = "\
Examples:
  gil recording run.json
  gil recording run.json --svg timeline.svg
  gil recording run.json --scenario
  gil recording run.json --json | jq '.threads[].longest_wait_ns'

Exit codes: 0 it was read; 2 it can't be read, and the place is named.";

/// `gil measured --help`.
pub const MEASURED: &str = "\
Simulates the scenario that a program of gil script has run for real, with the
Python and the cores that ran it, and holds it against what was measured.";

/// Its examples and what it ends with.
pub const MEASURED_EXAMPLES: &str = "\
Examples:
  gil script convoy > run.py
  python run.py > run.json
  gil measured run.json

With python run.py --record, gil recording shows what each thread did when.

Exit codes: 0 it was read; 2 it can't be read, and the place is named.";

/// `gil fit --help`.
pub const FIT: &str = "\
Says which share of a job holds the GIL, from two times: that of one thread, and
that of several threads which share the same job. It prints a scenario of them.";

/// Its examples and what it ends with.
pub const FIT_EXAMPLES: &str = "\
Examples:
  gil fit --one 4.0s --many 4=3.9s
  gil fit --one 4.0s --many 4=1.6s --cores 2
  gil fit --one 900ms --many 8=350ms --json | jq .gil_share

Exit codes: 0; 2 no share explains these times, and what they mean is said.";

/// `gil link --help`.
pub const LINK: &str = "\
Prints a scenario in its canonical form, as a link has it behind the \"#\", and
what each part of it means. The other way round, a whole link is a scenario, too.";

/// Its examples and what it ends with.
pub const LINK_EXAMPLES: &str = "\
Examples:
  gil link convoy
  gil link convoy --short --base https://example.org/gil/
  gil link 'https://example.org/gil/#v1/io:8:io-10ms/tab=right' --json

Exit codes: 0 it is a link; 2 the scenario is wrong, or too long for a link.";

/// `gil script --help`.
pub const SCRIPT: &str = "\
Writes a Python program that does for real what a scenario says: threads,
processes, tasks or interpreters that run bytecode, call C code, wait for I/O
and locks. It needs CPython 3.8 or later and nothing else, prints what it
measures as JSON (docs/measured.md), and its --help has more.

With --guard it's a pytest file. It compares runs with each other, such as a
group beside the others and alone, and fails when a ratio is more than 1.5 times
as bad as the simulated one. Put your own code in place of the stand-ins, and
it fails when a change of your code makes threads wait for each other.";

/// Its examples and what it ends with.
pub const SCRIPT_EXAMPLES: &str = "\
Examples:
  gil script convoy -o convoy.py && python3 convoy.py > measured.json
  gil script convoy --set si=1ms -o convoy-1ms.py
  python3 convoy.py --disassemble
  gil script --guard v1/web:4:py-1ms+io-5ms:x50/report:py-200ms:fork -o test_web.py
  gil script --helper -o gil_guard.py

Exit codes: 0 it was written; 2 the scenario is wrong or has nothing to compare,
or the file cannot be written.

Next: gil run simulates the same, for comparison.";

/// `gil man --help`.
pub const MAN: &str = "\
Prints the manual page of gil or of the notation, or writes both and those of
all commands into a directory, which is made where it is missing.";

/// Its examples and what it ends with.
pub const MAN_EXAMPLES: &str = "\
Examples:
  gil man | man -l -
  gil man --notation | man -l -
  gil man ~/.local/share/man/man1

Exit codes: 0 they are written; 2 the directory cannot be written to.";

/// `gil completions --help`.
pub const COMPLETIONS: &str = "\
Prints a script that lets a shell complete commands, options, presets, and what
can be set and varied. It asks gil itself, which must be on the PATH.";

/// Its examples and what it ends with.
pub const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  echo 'source <(gil completions bash)' >> ~/.bashrc
  gil completions fish > ~/.config/fish/completions/gil.fish

Exit code: 0.";
