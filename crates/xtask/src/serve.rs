//! The page on this machine, rebuilt on every change.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Explain, Failure, Outcome};
use crate::progress::Span;
use crate::project::Project;
use crate::setup::{Needs, Toolbox};

const PORTS_TO_TRY: u16 = 50;
const POLL: Duration = Duration::from_millis(100);

/// How to serve.
pub struct Options {
    /// The port a person asked for.
    pub port: u16,
    /// Open the page in the person's browser.
    pub open: bool,
}

/// Serves the page until it is interrupted.
pub fn serve(project: &Project, options: &Options) -> Outcome<ExitCode> {
    let start = Instant::now();
    let tools = Toolbox::prepare(project, Needs::PAGE)?;
    let port = free_port(options.port)?;
    if port != options.port {
        println!("Port {} is taken, using {port}", options.port);
    }
    println!("Building the page with Trunk ...");
    let mut trunk = tools.trunk(project)?;
    trunk
        .args(["serve", "--release", "--offline", "--locked", "--no-spa"])
        .args(["--disable-address-lookup", "--address", "127.0.0.1"])
        .args(["--port", &port.to_string()])
        // A folder of its own: Trunk adds a script for reloading, which must
        // not get into the site.
        .arg("--dist")
        .arg(project.target().join("serve"))
        .args(options.open.then_some("--open"));
    let mut child = trunk.spawn().explain("start Trunk")?;
    wait_until_served(&mut child, port)?;
    println!(
        "\n  The page is on http://127.0.0.1:{port}/ ({} after the start), stop with Ctrl-C\n",
        Span(start.elapsed())
    );
    let status = child.wait().explain("wait for Trunk")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn free_port(first: u16) -> Outcome<u16> {
    (first..=first.saturating_add(PORTS_TO_TRY))
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .ok_or_else(|| {
            Failure::new(format!("no port from {first} on is free, name another one with --port"))
        })
}

fn wait_until_served(child: &mut Child, port: u16) -> Outcome {
    loop {
        if child.try_wait().explain("wait for Trunk")?.is_some() {
            return Err(Failure::new(
                "Trunk stopped before the page was served, see its message above",
            ));
        }
        if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(());
        }
        thread::sleep(POLL);
    }
}
