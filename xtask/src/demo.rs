use crate::{Outcome, debian, npm, step, workspace};

/// Builds Waymark, quickly rather than tightly, and starts it with the demo's institutions on a database of its own.
pub(crate) fn demo(args: &[String]) -> Outcome {
    debian::install(&[debian::C_COMPILER])?;
    npm::install(&npm::PROGRAM)?;
    step::heading("Building Waymark (some minutes the first time)");
    step::run(&mut step::cargo(&["build", "--locked", "--profile", "demo", "-p", "waymark"]))?;
    step::heading("The demo");
    let waymark = workspace::target().join("demo/waymark");
    let mut demo = step::command(&waymark.to_string_lossy(), &["demo", "--serve"]);
    demo.env("WAYMARK_DATA", workspace::target().join("demo-data"));
    step::run(demo.args(args))
}
