//! Known cases: what every experienced person would answer.

use gil_decide::{
    Answer, Candidate, Cause, Change, Constraints, Cost, Found, Question, Search, diagnose, rank,
    verdict,
};
use gil_notation::{PRESETS, Preset, parse_scenario};
use gil_sim::sweep::usual_group;
use gil_sim::{Python, Strategy, run, stats::Stats};

fn question(scenario: &str, constraints: &str) -> Question {
    let scenario = parse_scenario(scenario).unwrap();
    let group = usual_group(&scenario);
    Question { scenario, group, constraints: Constraints::read(constraints) }
}

fn preset(key: &str, constraints: &str) -> Question {
    question(Preset::find(key).unwrap().notation, constraints)
}

fn answer(question: &Question) -> Answer {
    Answer::new(question, Search::new(question.clone()))
}

/// The answer without what would change it, which takes most of the time.
fn ranked(question: &Question) -> Answer {
    let candidates = Candidate::all(question).len();
    Answer::new(question, Search::new(question.clone()).take(candidates))
}

fn best(question: &Question) -> Candidate {
    ranked(question).best().unwrap().candidate
}

fn diagnosis(question: &Question) -> (Vec<Cause>, String) {
    let trace = run(&question.scenario);
    let stats = Stats::of(&question.scenario, &trace);
    let found = diagnose(question, &trace, &stats);
    (found.iter().map(|finding| finding.cause).collect(), verdict(&found))
}

#[test]
fn computing_goes_to_processes_and_never_to_threads() {
    for costs in ["costs=latency", "costs=speed", "costs=speed,latency"] {
        let question = preset("cpu", costs);
        let change = best(&question).change;
        assert!(matches!(change, Change::Strategy(Strategy::Processes(_))), "{costs}: {change:?}");
    }
    let (causes, verdict) = diagnosis(&preset("cpu", ""));
    assert_eq!(causes[0], Cause::Computing);
    assert!(verdict.starts_with("It is the GIL."), "{verdict}");
}

#[test]
fn a_build_without_a_gil_is_taken_where_libraries_allow_it() {
    let free = Python::find("3.14t").unwrap();
    let can = preset("cpu", "costs=speed;py=3.14,3.14t;facts=nopickle");
    assert_eq!(best(&can), Candidate { python: free, change: Change::Nothing });
    // An unmarked extension switches the GIL on: 3.14t is no faster then.
    let cannot = preset("cpu", "costs=speed;py=3.14,3.14t;facts=unmarked");
    let found = best(&cannot).change;
    assert!(matches!(found, Change::Strategy(Strategy::Processes(_))), "{found:?}");
}

#[test]
fn waiting_sockets_stay_as_they_are_and_it_is_not_the_gil() {
    for notation in ["v1/fetch:100:py-50us+io-50ms:x10", "v1/fetch:100:py-50us+io-50ms:x10:async"] {
        let question = question(notation, "costs=latency,speed;py=3.14,3.14t");
        let strategy = match best(&question).change {
            Change::Strategy(strategy) => strategy,
            _ => question.group().strategy,
        };
        assert!(matches!(strategy, Strategy::Threads | Strategy::Asyncio), "{strategy:?}");
        let (causes, verdict) = diagnosis(&question);
        assert_eq!(causes[0], Cause::Waiting);
        assert!(verdict.starts_with("It is not the GIL."), "{verdict}");
    }
}

#[test]
fn a_convoy_is_broken_up() {
    let question = preset("convoy", "costs=latency;py=3.14");
    let found = answer(&question);
    let best = found.best().unwrap();
    let separates = matches!(
        best.candidate.change,
        Change::Apart(Strategy::Processes(_) | Strategy::Interpreters)
            | Change::Strategy(Strategy::Processes(_) | Strategy::Interpreters)
    );
    assert!(separates, "{best:?}");
    let now = found.now().unwrap().figures.latency.p99;
    assert!(best.figures.latency.p99 < now / 4, "{} {now}", best.figures.latency.p99);
    assert_eq!(diagnosis(&question).0[0], Cause::Convoy);
}

#[test]
fn where_memory_costs_most_many_workers_are_no_processes() {
    let question = question("v1/work:32:py-5ms+io-5ms:x5", "costs=memory,latency;py=3.14");
    let found = ranked(&question);
    let best = found.best().unwrap();
    assert!(!matches!(best.candidate.change, Change::Strategy(Strategy::Processes(_))), "{best:?}");
    let limited = self::question("v1/work:32:py-5ms+io-5ms:x5", "costs=speed;memory=100mib");
    let found = ranked(&limited);
    let processes = |change| matches!(change, Change::Strategy(Strategy::Processes(_)));
    assert!(found.ranked.iter().all(|entry| !processes(entry.candidate.change)));
    let refused = found.refused.iter().find(|no| processes(no.candidate.change)).unwrap();
    assert!(refused.reason.contains("the limit is 100 MiB"), "{}", refused.reason);
}

#[test]
fn what_runs_now_has_to_keep_within_the_limit_too() {
    let question = question("v1/work:8:py-5ms+io-5ms:x5:fork", "costs=speed;memory=64mib");
    let found = ranked(&question);
    assert_ne!(found.best().unwrap().candidate, Candidate::now(&question));
    let why = found.reason(found.now().unwrap());
    assert!(why.contains("limit"), "{why}");
}

#[test]
fn what_cannot_be_pickled_rules_processes_out() {
    let found = ranked(&preset("cpu", "costs=speed;facts=nopickle;py=3.14"));
    let apart = |change| matches!(change, Change::Strategy(strategy) if strategy.is_apart());
    assert!(found.ranked.iter().all(|entry| !apart(entry.candidate.change)));
    let refused: Vec<_> = found.refused.iter().filter(|no| apart(no.candidate.change)).collect();
    assert!(refused.len() >= 4, "{refused:?}");
    assert!(refused.iter().all(|no| no.reason.contains("pickled")), "{refused:?}");
}

#[test]
fn a_lock_keeps_workers_together() {
    let found = ranked(&question("v1/work:4:lock-a+py-5ms+unlock-a:x5", "costs=speed"));
    let apart = |change| matches!(change, Change::Strategy(strategy) if strategy.is_apart());
    assert!(found.ranked.iter().all(|entry| !apart(entry.candidate.change)));
}

#[test]
fn native_code_is_offered_where_there_is_some() {
    let found = ranked(&preset("cpu", "costs=speed;facts=native"));
    let native = found.ranked.iter().find(|entry| entry.candidate.change == Change::Native);
    let now = found.now().unwrap();
    assert!(native.unwrap().figures.throughput > 2.5 * now.figures.throughput);
    let without = ranked(&preset("cpu", "costs=speed"));
    assert!(without.refused.iter().any(|no| no.candidate.change == Change::Native));
}

#[test]
fn blocking_calls_of_an_event_loop_go_to_threads() {
    let found = ranked(&preset("asyncio", "costs=latency"));
    let offload = found.ranked.iter().find(|entry| entry.candidate.change == Change::Offload);
    let (offload, now) = (offload.unwrap(), found.now().unwrap());
    assert!(offload.figures.latency.p99 < now.figures.latency.p99 / 2);
    assert_eq!(diagnosis(&preset("asyncio", "")).0[0], Cause::EventLoop);
}

#[test]
fn one_after_the_other_waits_for_all() {
    let found = ranked(&preset("network", "costs=latency"));
    let all = &found.ranked;
    let sequential = |change| change == Change::Strategy(Strategy::Sequential);
    let place = all.iter().position(|entry| sequential(entry.candidate.change)).unwrap();
    assert_eq!(place, all.len() - 1);
}

#[test]
fn symptoms_are_named_with_their_measurement() {
    let (causes, _) = diagnosis(&preset("network", "seen=grows,throttled"));
    assert!(matches!(causes[1..], [Cause::Seen(_), Cause::Seen(_)]), "{causes:?}");
}

#[test]
fn every_preset_has_a_whole_answer_for_every_first_cost() {
    for preset in PRESETS {
        for cost in Cost::ALL {
            let question = question(preset.notation, &format!("costs={}", cost.key()));
            let found = ranked(&question);
            let seen = found.ranked.len() + found.refused.len();
            assert_eq!(seen, Candidate::all(&question).len(), "{}", preset.key);
            assert!(!found.headline().is_empty() && found.now().is_some(), "{}", preset.key);
        }
    }
}

#[test]
fn an_answer_is_deterministic_and_survives_its_way_to_the_page() {
    let question = preset("web", "costs=latency;py=3.14,3.14t");
    let found: Vec<Found> = Search::new(question.clone()).collect();
    assert!(found == Search::new(question.clone()).collect::<Vec<_>>());
    assert_eq!(found.len(), Search::new(question.clone()).len());
    // JSON may change the last bit of a number, and nothing that is read.
    let text = serde_json::to_string(&found).unwrap();
    let sent: Vec<Found> = serde_json::from_str(&text).unwrap();
    let words = |found: Vec<Found>| {
        let answer = Answer::new(&question, found);
        answer.ranked.iter().map(|entry| answer.reason(entry)).collect::<Vec<_>>()
    };
    assert_eq!(words(sent), words(found));
}

/// Beyond what counts as equal.
#[test]
fn another_python_in_reach_never_makes_the_first_cost_worse() {
    for preset in PRESETS {
        for cost in Cost::ALL {
            let costs = format!("costs={}", cost.key());
            let few = ranked(&question(preset.notation, &format!("{costs};py=3.14")));
            let more = ranked(&question(preset.notation, &format!("{costs};py=3.12,3.14,3.14t")));
            let value = |answer: &Answer| rank::value(answer.best().unwrap(), cost);
            let (few, more) = (value(&few), value(&more));
            assert!(more <= rank::band(cost, few), "{} {cost:?}: {few} {more}", preset.key);
        }
    }
}

#[test]
fn the_order_of_costs_decides() {
    let memory = best(&preset("cpu", "costs=memory"));
    let speed = best(&preset("cpu", "costs=speed"));
    assert_ne!(memory, speed);
    let one_core = question("v1/cores=1/count:4:py-50ms", "costs=speed,latency,confusion");
    assert!(!matches!(best(&one_core).change, Change::Strategy(Strategy::Processes(_))));
}

#[test]
fn what_would_change_the_answer_is_found_by_simulation() {
    let found = answer(&preset("cpu", "costs=speed"));
    let cores = found.turns.iter().find(|turn| turn.axis == gil_decide::Axis::Cores).unwrap();
    assert_eq!(cores.at, Some(1), "{}", cores.text);
}

#[test]
fn constraints_have_a_text_of_their_own() {
    let text = "costs=memory,latency;py=3.11,3.14t;facts=unmarked,nofork;seen=gc;memory=512mib;\
                budget=20ms";
    let read = Constraints::read(text);
    assert_eq!(read.to_string(), text);
    assert_eq!(read.order()[..2], [Cost::MemoryGrowth, Cost::LatencySpikes]);
    assert_eq!(read.order().len(), Cost::ALL.len());
    let odd = Constraints::read("costs=memory,nonsense;py=9.9;later=1;;=;memory=-3");
    assert_eq!(odd.to_string(), "costs=memory");
    let mut shifted = odd;
    shifted.shift(Cost::MemoryGrowth, false);
    assert_eq!(shifted.order()[..2], [Cost::LatencySpikes, Cost::MemoryGrowth]);
}
