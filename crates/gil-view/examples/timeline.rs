//! Pictures of a sample timeline, to look at: `cargo run --example timeline -- DIRECTORY` writes
//! SVG files for wide screens and phones, light and dark, at several zooms.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::Path;
use std::{env, fs, io};

use gil_sim::{EventId, Nanos, Trace};
use gil_view::svg::{Caption, render};
use gil_view::theme::Theme;
use gil_view::timeline::{Entries, Timeline, View, legend};
use support::{mixed, us};

fn main() -> io::Result<()> {
    let directory = env::args().nth(1).unwrap_or_else(|| "target/pictures".into());
    let directory = Path::new(&directory);
    fs::create_dir_all(directory)?;
    let traces = [("few", mixed(3, 2, us(400_000), 7)), ("many", mixed(8, 14, us(8_000_000), 3))];
    for (name, trace) in &traces {
        for (screen, width) in [("wide", 1100.0), ("phone", 390.0)] {
            for (zoom, factor) in [("all", 1.0), ("part", 6.0), ("near", 90.0), ("steps", 5e3)] {
                for theme in [Theme::light(), Theme::dark()] {
                    let file = format!("{name}-{screen}-{zoom}-{}.svg", theme.name);
                    let view = view(trace, width, factor);
                    let list = Timeline::new(trace).layout(trace, &view);
                    let caption = Caption { title: &file, description: "", id: &file };
                    fs::write(directory.join(&file), render(&list, &theme, &caption))?;
                }
            }
        }
    }
    for (screen, width) in [("wide", 1100.0), ("phone", 390.0)] {
        for theme in [Theme::light(), Theme::dark()] {
            let file = format!("legend-{screen}-{}.svg", theme.name);
            let caption = Caption { title: "States", description: "", id: &file };
            fs::write(
                directory.join(&file),
                render(&legend(&[&traces[0].1], Entries::Usual, width), &theme, &caption),
            )?;
        }
    }
    Ok(())
}

fn view(trace: &Trace, width: f32, factor: f64) -> View {
    let mut view = View::new(trace, width);
    let scale = Timeline::new(trace).scale(trace, &view);
    view.scale = scale.zoom(scale.x_of(Nanos(trace.end.0 * 43 / 100)), factor);
    let (from, span) = (view.scale.from(), view.scale.span());
    view.playhead = from + span / 3;
    view.selection = Some((from + span * 6 / 10, from + span * 8 / 10));
    view.event = Some(EventId(trace.events_until(view.playhead) as u32));
    view.hover = Some((width * 0.8, 120.0));
    view
}
