//! Writes pictures into a folder, in both themes and two widths: of all presets, of one, or of a
//! link. `cargo run -p gil-share --example pictures -- FOLDER [PRESET | LINK]`.

use std::path::Path;

use gil_notation::{Link, PRESETS, Preset, parse};
use gil_share::picture::{Subject, draw};
use gil_view::theme::Theme;

const BASE: &str = "https://example.org/gil/";

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("the folder to write into is missing")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    match arguments.next().as_deref() {
        None => PRESETS.iter().try_for_each(|preset| of_preset(preset, folder)),
        Some(key) => match Preset::find(key) {
            Some(preset) => of_preset(preset, folder),
            None => write("link", &parse(key).map_err(|error| error.to_string())?, folder),
        },
    }
}

fn of_preset(preset: &Preset, folder: &Path) -> Result<(), String> {
    write(preset.key, &Link::from(preset.scenario()), folder)
}

fn write(name: &str, link: &Link, folder: &Path) -> Result<(), String> {
    for kind in Subject::ALL {
        let mut link = link.clone();
        if kind == Subject::Comparison {
            link.other.get_or_insert_with(|| PRESETS[0].scenario());
        }
        for width in [1_000.0, 480.0] {
            let picture = draw(kind, &link, width, Some(BASE))?;
            for theme in [Theme::light(), Theme::dark()] {
                let file =
                    folder.join(format!("{name}-{}-{width}-{}.svg", kind.name(), theme.name));
                std::fs::write(&file, picture.svg(&theme))
                    .map_err(|error| format!("{}: {error}", file.display()))?;
            }
        }
    }
    Ok(())
}
