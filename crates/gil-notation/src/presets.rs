//! Scenarios that show something, ready to run.

use gil_sim::Scenario;

use crate::link::parse_scenario;

/// A scenario that shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name in links and tests: lower-case letters.
    pub key: &'static str,
    /// What it is called, in two or three words.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub summary: &'static str,
    /// The scenario, in canonical notation.
    pub notation: &'static str,
}

impl Preset {
    /// The scenario.
    pub fn scenario(&self) -> Scenario {
        parse_scenario(self.notation).expect("every preset is tested to be valid")
    }

    /// The preset of this key.
    pub fn find(key: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.key == key)
    }
}

/// All presets, in the page's order. The first one is what the page opens with.
pub const PRESETS: &[Preset] = &[
    Preset {
        key: "cpu",
        title: "CPU-bound",
        summary: "Four threads only count, and four cores are no faster than one.",
        notation: "v1/count:4:py-50ms",
    },
    Preset {
        key: "network",
        title: "Network I/O",
        summary: "Eight threads wait most of the time, and the GIL is hardly in the way.",
        notation: "v1/fetch:8:py-200us+io-10ms:x20",
    },
    Preset {
        key: "mixed",
        title: "Half and half",
        summary: "Four threads compute 2 ms and wait 8 ms, and begin to queue for the GIL.",
        notation: "v1/work:4:py-2ms+io-8ms:x20",
    },
    Preset {
        key: "convoy",
        title: "The convoy effect",
        summary: "One thread that counts lets two I/O threads wait 5 ms after each answer.",
        notation: "v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30",
    },
    Preset {
        key: "native",
        title: "Native code, GIL released",
        summary: "Four threads compress in C without the GIL, and all cores are used.",
        notation: "v1/zip:4:py-200us+native-10ms:x10",
    },
    Preset {
        key: "holding",
        title: "Native code, GIL held",
        summary: "Three threads parse JSON in C and keep the GIL, and a ticker is late.",
        notation: "v1/json:3:py-180us..220us+hold-18ms..22ms:x6\
                   /tick:py-45us..55us+sleep-10ms:x20",
    },
    Preset {
        key: "web",
        title: "A web service",
        summary: "Four workers answer requests until a report in the background slows them.",
        notation: "v1/web:4:recv-exp10ms+py-1ms+io-ln2ms..6ms+py-500us:for-600ms\
                   /report:1@100ms:py-200ms",
    },
    Preset {
        key: "ticks",
        title: "Python 2.7's ticks",
        summary: "Two threads on two cores fight for the GIL every 100 ticks, and need longer than \
                  one after the other.",
        notation: "v1/py=2.7/cores=2/count:2:py-10ms",
    },
    Preset {
        key: "free",
        title: "Without a GIL",
        summary: "Four threads count on four cores of Python 3.14t, more than three times as fast \
                  as with a GIL.",
        notation: "v1/py=3.14t/count:4:py-50ms",
    },
    Preset {
        key: "shared",
        title: "One hot object",
        summary: "Without a GIL four threads touch one object all the time, and are slower than \
                  one after the other.",
        notation: "v1/py=3.14t/hot:4:share-config-10ms",
    },
    Preset {
        key: "asyncio",
        title: "A blocked event loop",
        summary: "Thirty tasks wait at once, but a call that blocks for 2 ms in each holds up all \
                  others.",
        notation: "v1/fetch:30:py-200us+io-20ms+block-2ms:x3:async",
    },
    Preset {
        key: "pools",
        title: "Service with a pool",
        summary: "An event loop hands its computing to two processes, and answers of the network \
                  are not kept waiting.",
        notation: "v1/web:20:py-500us+io-10ms+call-pool@64kib:arrive-exp15ms@500ms:async\
                   /pool:2:py-20ms:serve:fork",
    },
    Preset {
        key: "overload",
        title: "Overload",
        summary: "Requests arrive about every 4 ms and need the GIL for about 5 ms each: the queue \
                  grows until no more arrive.",
        notation: "v1/web:4:py-4.5ms..5.5ms+io-4.5ms..5.5ms:arrive-exp4ms@400ms",
    },
];
