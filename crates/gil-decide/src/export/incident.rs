//! Notes of incidents: numbered, dated files with an index, which grow into an operating manual.
//!
//! A note is kept short: what triggered it, whom it hurt, what keeps it from coming back. The index
//! is made from the files themselves, so it holds what people have written into them.

/// The name of the index in the folder of the notes.
pub const INDEX: &str = "README.md";

/// What stands in a new note where only people know.
const OPEN: &str = "To be written:";

/// A new note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident<'a> {
    /// Its number, from 1 on.
    pub number: u32,
    /// The day, as `2026-11-27`.
    pub date: &'a str,
    /// What happened, in a few words.
    pub title: &'a str,
    /// A scenario that shows it.
    pub scenario: Option<Shown<'a>>,
}

/// A scenario that shows what may have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// Its text in the notation.
    pub notation: &'a str,
    /// The address that opens it, where there is a playground to open it in.
    pub address: Option<&'a str>,
    /// What is seen in its run, in a sentence or two.
    pub finding: &'a str,
}

impl Incident<'_> {
    /// The file's name: `0003-2026-11-27-report-froze-the-api.md`.
    pub fn file_name(&self) -> String {
        let lower = self.title.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let slug: Vec<&str> = words.take(8).collect();
        let slug = if slug.is_empty() { "incident".to_owned() } else { slug.join("-") };
        format!("{:04}-{}-{slug}.md", self.number, self.date)
    }

    /// The note's text.
    pub fn text(&self) -> String {
        let title = one_line(self.title);
        format!(
            "# {}. {title}\n\n\
             - Date: {}\n\
             - Status: open (open, mitigated, closed)\n\
             - Owner: (name)\n\n\
             ## Trigger\n\n\
             {OPEN} what changed, and which thread then kept which others waiting.\n\n\
             ## Impact\n\n\
             {OPEN} who noticed, from when to when, and by how much it was slower.\n\n\
             ## Guardrail\n\n\
             {OPEN} the test, limit or alert that fails before this comes back, with its file.\n\n\
             ## Evidence\n\n{}\n\
             ## What we did\n\n\
             - hh:mm (what was seen or done)\n",
            self.number,
            self.date,
            self.evidence()
        )
    }

    fn evidence(&self) -> String {
        let mut text = String::from(
            "- A recording of the process while it was slow: (file)\n\
             - The script that reproduces it: (file)\n",
        );
        if let Some(Shown { notation, address, finding }) = &self.scenario {
            let shown = match address {
                Some(address) => format!("[The scenario](<{address}>)"),
                None => format!("`gil run {notation}` shows it."),
            };
            text += &format!(
                "- A hypothesis from the simulation, to be confirmed: {} {shown}\n",
                one_line(finding)
            );
        }
        text
    }
}

/// What the index says of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub number: u32,
    file: String,
    title: String,
    date: String,
    status: String,
    trigger: Option<String>,
    guardrail: Option<String>,
}

impl Entry {
    /// Reads a note; `None` where the file isn't one.
    pub fn read(file: &str, text: &str) -> Option<Entry> {
        let number = file.split('-').next()?.parse().ok()?;
        let heading = text.lines().find_map(|line| line.strip_prefix("# "))?;
        let title = heading.split_once(". ").map_or(heading, |(_, title)| title);
        let field = |name: &str| {
            let mut lines = text.lines();
            lines.find_map(|line| Some(line.strip_prefix("- ")?.strip_prefix(name)?.trim()))
        };
        let status = field("Status:").unwrap_or_default();
        let status = status.split([' ', '(', ',']).next().unwrap_or_default();
        Some(Entry {
            number,
            file: file.to_owned(),
            title: title.to_owned(),
            date: field("Date:").unwrap_or_default().to_owned(),
            status: status.to_owned(),
            trigger: first_line_of(text, "## Trigger"),
            guardrail: first_line_of(text, "## Guardrail"),
        })
    }

    fn row(&self) -> String {
        let said = |text: &Option<String>| cell(text.as_deref().unwrap_or("to be written"));
        format!(
            "| [{}]({}) | {} | {} | {} | {} | {} |\n",
            self.number,
            self.file,
            cell(&self.date),
            cell(&self.title),
            said(&self.trigger),
            said(&self.guardrail),
            cell(&self.status)
        )
    }
}

/// The index of all notes, the latest first.
pub fn index(entries: &[Entry]) -> String {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|entry| std::cmp::Reverse(entry.number));
    let mut text = String::from(
        "# Incidents\n\nWritten anew by `gil incident` from the notes in this folder, the latest \
         first.\n\n| # | date | what happened | trigger | guardrail | status |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    text.extend(sorted.into_iter().map(Entry::row));
    text
}

/// The first line below a heading, where somebody has written one.
fn first_line_of(text: &str, heading: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| *line != heading).skip(1);
    let line = lines.find(|line| !line.trim().is_empty())?;
    (!line.starts_with(OPEN) && !line.starts_with('#')).then(|| line.trim().to_owned())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text that stays in its cell of a table.
fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}
