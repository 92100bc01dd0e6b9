//! Measured comparisons that anyone can run again. See `README.md` beside this.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints what it measured")]

mod app_bench;
mod binary_bench;
mod columns_export;
mod documents_bench;
mod gap_bench;
mod generator;
mod meter;
mod policy_bench;
mod programme_bench;
mod random;
mod roster_bench;
mod rules_bench;
mod site_bench;
mod store_bench;

use std::process::ExitCode;

const USAGE: &str = "\
benches rules [school] [hub] [nation]   evaluate random institutions; without names, all three
benches export school|hub FOLDER        write the same institutions, and our counts, for the comparison with DuckDB
benches store                           from a cold SQLite file to all findings of a school
benches roster                          a roster of 1,500 learners read and planned
benches app                             100,000 participation rows imported; home page, list and register of a school
benches documents                       a careers policy of a school, composed and checked; as PDF and Word file
benches closing-the-gap                 sessions proposed for 1,200 learners on 60 days with free places
benches programme                       a register of 240 learners shown and saved; the year planner, and a feed of it
benches policy                          both papers composed and checked for each type of institution, and from a school's record
benches site PROGRAM                    public careers pages: how long one takes, how many go in a second
benches binary PROGRAM                  size, start and idle memory of the waymark binary";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["rules", ref scales @ ..] => rules_bench::run(scales),
        ["binary", program] => binary_bench::run(program.as_ref()),
        ["app"] => app_bench::run(),
        ["documents"] => documents_bench::run(),
        ["closing-the-gap"] => gap_bench::run(),
        ["programme"] => programme_bench::run(),
        ["policy"] => policy_bench::run(),
        ["site", program] => site_bench::run(program.as_ref()),
        ["store"] => store_bench::run(),
        ["roster"] => roster_bench::run(),
        ["export", scale, folder] => columns_export::run(scale, folder.as_ref()),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}
