//! Interventions: what changes from a moment on.

use gil_sim::{Costs, Intervene, Intervention, Python, Scenario};
use gil_tests::{io, ms, on, python, python_checked, receive, thread, us, with};

use super::{Golden, golden, round};

fn what_if(scenario: Scenario, at: gil_sim::Nanos, what: Intervene) -> Scenario {
    with(scenario, |spec| spec.interventions.push(Intervention { at, what }))
}

pub(super) fn goldens() -> Vec<Golden> {
    let early = |member| Intervene::CompleteIo { group: 0, member };
    vec![
        golden(
            "what_if_switch_interval",
            "The two threads of two_cpu_threads, but at 2 ms the switch interval becomes 3 ms. The
             wait of cpu-2 is under way and keeps its time-out of 5 ms. Waits that begin later last
             3 ms, and so does every turn from then on.",
            what_if(
                on(round(2), [thread("cpu", [python(ms(8))]).threads(2)]),
                ms(2),
                Intervene::SwitchInterval(ms(3)),
            ),
        ),
        golden(
            "what_if_check_interval",
            "Python 2.7, a tick is 1 us and the check interval 2000 ticks. At 1 ms it
             becomes 500 ticks: cpu-1 counts down the old interval until 2 ms, then lets go of the
             GIL every 500 us.",
            with(
                on(round(2), [thread("cpu", [python_checked(us(3_400), us(1))]).threads(2)]),
                |spec| {
                    spec.python = Python::find("2.7").expect("a version that is modelled");
                    spec.check_interval = 2_000;
                    let costs = spec.machine.costs;
                    spec.machine.costs = Costs { futex_wake: us(2), ..costs };
                    let what = Intervene::CheckInterval(500);
                    spec.interventions = vec![Intervention { at: ms(1), what }];
                },
            ),
        ),
        golden(
            "what_if_io_completes",
            "Messages arrive every 4 ms. At 1 ms web-2 gets its first one early: it is awake 10 us
             later. The second one comes at 8 ms all the same. At 1050 us web-2 computes: there is
             nothing to complete, so nothing happens and no event is written.",
            with(
                on(
                    round(2),
                    [thread("web", [receive(ms(4)), python(us(100))]).threads(2).times(2)],
                ),
                |spec| {
                    let early = |at| Intervention { at, what: early(1) };
                    spec.interventions = vec![early(ms(1)), early(us(1_050))];
                },
            ),
        ),
        golden(
            "what_if_a_task_gets_its_answer",
            "Three asyncio tasks wait for 5 ms. At 1 ms the answer of the second one is there: the
             selector returns and the event loop goes on with it, while the others wait.",
            what_if(
                with(on(round(2), [thread("web", [io(ms(5)), python(us(100))]).threads(3)]), |s| {
                    s.groups[0].strategy = gil_sim::Strategy::Asyncio;
                }),
                ms(1),
                early(1),
            ),
        ),
        golden(
            "what_if_one_more_thread",
            "The two threads of two_cpu_threads and a third that starts at 3 ms. Up to then nothing
             is different. It waits 5 ms, finds that the GIL has changed hands meanwhile, and waits
             again.",
            on(
                round(2),
                [
                    thread("cpu", [python(ms(8))]).threads(2),
                    thread("more", [python(ms(1))]).at(ms(3)),
                ],
            ),
        ),
    ]
}
