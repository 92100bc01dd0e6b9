//! Developer commands: `cargo xtask` lists them. Each lives in the file of its name.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer command speaks through the terminal")]

mod bench;
mod crash;
mod debian;
mod demo;
mod deny;
mod fuzz;
mod generate;
mod npm;
mod run;
mod setup;
mod step;
mod test;
mod workspace;

use std::process::ExitCode;

/// What went wrong, in a sentence or two for the person at the terminal.
type Outcome = Result<(), String>;

const HELP: &str = "\
Developer commands of Waymark

    cargo xtask demo            build Waymark and start it with the demo school; says which address to open
    cargo xtask test            install what the tests need, then run every check and every test
    cargo xtask setup           only install what the tests need (Debian: PostgreSQL, Chromium, Node, Poppler, npm packages)
    cargo xtask run [ARGS…]     build Waymark and run it with these arguments, such as `check FOLDER`
    cargo xtask generate        write docs/catalogue, docs/data-register.md and docs/openapi.json again
    cargo xtask bench [ARGS…]   run the measured comparisons of benches/
    cargo xtask crash [--rounds N]          kill the program at random points and verify what is stored (200 rounds)
    cargo xtask fuzz [TARGET] [--seconds N] fuzz a reader, or each in turn (60 seconds each; needs a nightly toolchain)

Built files go to $CARGO_TARGET_DIR if set, else to ~/.cache/waymark/target if that folder exists, else to target/.";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let command = args.next();
    let rest: Vec<String> = args.collect();
    let outcome = match command.as_deref() {
        Some("demo") => demo::demo(&rest),
        Some("test") => test::test(),
        Some("setup") => setup::setup(),
        Some("run") => run::run(&rest),
        Some("generate") => generate::generate(),
        Some("bench") => bench::bench(&rest),
        Some("crash") => crash::crash(&rest),
        Some("fuzz") => fuzz::fuzz(&rest),
        None | Some("help" | "--help" | "-h") => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => Err(format!("There is no command “{other}”. `cargo xtask` lists them.")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\n{message}");
            ExitCode::FAILURE
        }
    }
}
