use gil_race::*;
#[test]
fn table() {
    for kind in Kind::ALL {
        for name in
            ["2.7", "3.5", "3.6", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.14t"]
        {
            let python = gil_sim::Python::find(name).unwrap();
            let race = kind.race(python);
            let all = Exploration::of(&race);
            println!(
                "{:24} {:5} {}  {:?}",
                kind.name(),
                if kind.depends_on_python() { name } else { "any" },
                all.words(),
                all.outcomes.iter().map(|(o, t)| (*o, t.count)).collect::<Vec<_>>()
            );
            if !kind.depends_on_python() {
                break;
            }
        }
    }
}
