//! Writes pictures of all presets, in both themes and two widths, into a folder:
//! `cargo run -p gil-share --example pictures -- FOLDER [PRESET]`.

use std::path::Path;

use gil_notation::{Link, PRESETS, Preset};
use gil_share::picture::{Kind, draw};
use gil_view::theme::Theme;

const BASE: &str = "https://example.org/gil/";

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("the folder to write into is missing")?;
    let wanted = arguments.next();
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for preset in PRESETS.iter().filter(|p| wanted.as_ref().is_none_or(|key| p.key == *key)) {
        write(preset, folder)?;
    }
    Ok(())
}

fn write(preset: &Preset, folder: &Path) -> Result<(), String> {
    for kind in Kind::ALL {
        let other = (kind == Kind::Comparison).then(|| PRESETS[0].scenario());
        let link = Link { other, ..Link::from(preset.scenario()) };
        for width in [1_000.0, 480.0] {
            let picture = draw(kind, &link, width, Some(BASE))?;
            for theme in [Theme::light(), Theme::dark()] {
                let name = format!("{}-{}-{width}-{}.svg", preset.key, kind.name(), theme.name);
                let file = folder.join(name);
                std::fs::write(&file, picture.svg(&theme))
                    .map_err(|error| format!("{}: {error}", file.display()))?;
            }
        }
    }
    Ok(())
}
