//! A recording as a trace, so that it's drawn in the lanes of the simulation.

use gil_sim::{GilTrace, GroupId, InterpreterId, Outcome, State, Thread, Trace};

use crate::recording::{GilSeen, Recording};

impl Recording {
    /// The same as a trace. It has no events, because no step of the protocol was recorded, and no
    /// lanes for cores, because nobody knows which core a thread was on. Each thread is a group of
    /// its own.
    pub fn trace(&self) -> Trace {
        let gils = match self.gil {
            GilSeen::Yes => vec![GilTrace { of: None, spans: self.holders.clone() }],
            GilSeen::FreeThreaded | GilSeen::No => Vec::new(),
        };
        let gil = gils.first().map(|_| InterpreterId::MAIN);
        let threads = self.threads.iter().enumerate().map(|(at, thread)| {
            let last = thread.spans.last();
            let finished = last.filter(|span| span.state == State::Finished);
            Thread {
                name: thread.name.clone(),
                group: GroupId::of(at),
                spans: thread.spans.clone(),
                passes: 0,
                underway: 0,
                finished: finished.map(|span| span.start),
                gil,
            }
        });
        Trace {
            // No limit of a simulation cut it: it's all that there is.
            outcome: Outcome::Completed,
            end: self.end,
            threads: threads.collect(),
            cores: Vec::new(),
            gils,
            events: Vec::new(),
            io: Vec::new(),
            jobs: Vec::new(),
            queues: vec![Default::default(); self.threads.len()],
            locks: Vec::new(),
            objects: Vec::new(),
            is_drawn: false,
        }
    }
}
