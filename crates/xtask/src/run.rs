//! Running other programs.

use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Explain, Failure, Outcome};
use crate::progress::Step;

const POLL: Duration = Duration::from_millis(50);
const TAIL_LINES: usize = 25;

/// What a program printed, and whether it was content.
pub struct Finished {
    /// True when the exit code was zero.
    pub success: bool,
    /// All lines of both outputs, in the order they came.
    pub lines: Vec<String>,
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The first program of that name on the path.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
        .find(|candidate| candidate.is_file())
}

/// What a program prints, or nothing when it fails or is missing.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some(text)
}

/// Runs a program quietly, its output in a log of the step's name, and tells
/// now and then how far it is.
pub fn quietly(step: &Step, logs: &Path, command: &mut Command) -> Outcome {
    let log = logged(step, logs, command)?;
    if log.success {
        return Ok(());
    }
    for line in log.tail() {
        step.say(format_args!("| {line}"));
    }
    Err(Failure::new(format!(
        "`{}` failed, its last lines are above and all of them in {}",
        describe(command),
        log.path.display()
    )))
}

/// Like [`quietly`], for what there is another way for: a failure is one line.
pub fn tentatively(step: &Step, logs: &Path, command: &mut Command) -> Outcome {
    let log = logged(step, logs, command)?;
    if log.success {
        return Ok(());
    }
    Err(Failure::new(format!("`{}` did not work (why: {})", describe(command), log.path.display())))
}

fn logged(step: &Step, logs: &Path, command: &mut Command) -> Outcome<Log> {
    fs::create_dir_all(logs).explain("create the folder for logs")?;
    let log_path = logs.join(format!("{}.log", step.name()));
    let log = File::options()
        .create(true)
        .append(true)
        .open(&log_path)
        .explain(format_args!("write {}", log_path.display()))?;
    let output = Mutex::new(LoggedOutput::new(log));
    // Where in somebody's tool an error came up helps nobody here.
    let mut child = spawn_piped(command.env("RUST_BACKTRACE", "0"))?;
    let success = thread::scope(|scope| {
        read_lines(scope, &mut child, |line| lock(&output).push(line));
        wait_for(&mut child, |_| step.heartbeat(|| lock(&output).last().to_owned()))
    })?;
    let lines = output.into_inner().unwrap_or_else(|e| e.into_inner()).lines;
    Ok(Log { success, lines, path: log_path })
}

/// Runs a program with its output shown, and hands back what it printed.
pub fn visibly(command: &mut Command) -> Outcome<Finished> {
    let lines = Mutex::new(Vec::new());
    let mut child = spawn_piped(command)?;
    let success = thread::scope(|scope| {
        read_lines(scope, &mut child, |line| {
            println!("{line}");
            lock(&lines).push(line);
        });
        wait_for(&mut child, |_| ())
    })?;
    let lines = lines.into_inner().unwrap_or_else(|e| e.into_inner());
    Ok(Finished { success, lines })
}

/// What a program prints, while what it says on its error output is shown.
pub fn printed_by(command: &mut Command) -> Outcome<Vec<u8>> {
    let description = describe(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .explain(format_args!("start `{description}`"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Failure::new(format!("`{description}` failed, see above")))
}

/// The program and its arguments, for messages.
pub fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The path with further folders in front.
pub fn path_with(folders: &[PathBuf]) -> Outcome<std::ffi::OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&old));
    env::join_paths(all).explain("put the tools on the path")
}

struct LoggedOutput {
    log: File,
    lines: Vec<String>,
}

impl LoggedOutput {
    fn new(log: File) -> Self {
        Self { log, lines: Vec::new() }
    }

    fn push(&mut self, line: String) {
        // A log that cannot be written must not stop the step itself.
        let _ = writeln!(self.log, "{line}");
        self.lines.push(line);
    }

    fn last(&self) -> &str {
        self.lines.last().map_or("", |line| line.trim())
    }
}

/// What a quiet program left behind.
struct Log {
    success: bool,
    lines: Vec<String>,
    path: PathBuf,
}

impl Log {
    fn tail(&self) -> &[String] {
        &self.lines[self.lines.len().saturating_sub(TAIL_LINES)..]
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn spawn_piped(command: &mut Command) -> Outcome<Child> {
    let description = describe(command);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .explain(format_args!("start `{description}`"))
}

fn read_lines<'scope, 'env>(
    scope: &'scope thread::Scope<'scope, 'env>,
    child: &mut Child,
    on_line: impl Fn(String) + Send + Copy + 'scope,
) {
    let outputs: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|output| Box::new(output) as _),
        child.stderr.take().map(|output| Box::new(output) as _),
    ];
    for output in outputs.into_iter().flatten() {
        scope.spawn(move || {
            let mut reader = BufReader::new(output);
            let mut bytes = Vec::new();
            while matches!(reader.read_until(b'\n', &mut bytes), Ok(1..)) {
                on_line(String::from_utf8_lossy(&bytes).trim_end().to_owned());
                bytes.clear();
            }
        });
    }
}

fn wait_for(child: &mut Child, mut while_waiting: impl FnMut(Duration)) -> Outcome<bool> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().explain("wait for a program")? {
            return Ok(status.success());
        }
        while_waiting(start.elapsed());
        thread::sleep(POLL);
    }
}
