use std::{fmt::Write as _, fs, io::Write as _, path::PathBuf};

use app::{Actor, App, AuditChain};
use clap::{ArgMatches, Args, Subcommand};
use store::audit::{Break, Head, Verdict};

use crate::{
    Outcome, console,
    exit::{Failure, Status},
    installation,
    settings::Options,
};

/// Check that the audit trail is what was noted, and take it away
#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Walk each chain, and say whether it is whole or where it breaks
    #[command(after_help = "\
Examples:
  waymark audit verify
  waymark audit verify --institution \"Larkfield Academy\"
  waymark audit verify --institution \"Larkfield Academy\" --head 2310:9f86d081…

Exit code 6 if a chain is not whole. A chain cannot show by itself that somebody wrote all of it anew: keep heads elsewhere
(`waymark audit head`), and compare.")]
    Verify(Verify),
    /// Print the end of each chain, for keeping elsewhere
    #[command(after_help = "\
Examples:
  waymark audit head >> /somewhere/else/heads.txt")]
    Head(Chosen),
    /// Write the trail as lines of JSON, oldest first, with everything that its digests are made from
    #[command(after_help = "\
Examples:
  waymark audit export audit.jsonl
  waymark audit export larkfield.jsonl --institution \"Larkfield Academy\"

The file holds personal data. That it was written is noted in the trail.")]
    Export(Export),
}

#[derive(Debug, Args)]
struct Chosen {
    /// Institution, by name or id [default: every institution, and the installation itself]
    #[arg(long)]
    institution: Option<String>,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Args)]
struct Verify {
    /// A head of that institution's chain that was kept elsewhere, as `waymark audit head` printed it
    #[arg(long, value_name = "LENGTH:DIGEST", value_parser = head, requires = "institution")]
    head: Option<Head>,
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Debug, Args)]
struct Export {
    /// File to write; refused if it exists
    file: PathBuf,
    #[command(flatten)]
    chosen: Chosen,
}

impl Audit {
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        match self.action {
            Action::Verify(verify) => verify.run(matches),
            Action::Head(chosen) => chosen.heads(matches),
            Action::Export(export) => export.run(matches),
        }
    }
}

impl Chosen {
    fn open(&self, matches: &ArgMatches) -> Result<(App, Vec<AuditChain>), Failure> {
        let settings = self.options.settings(matches)?;
        settings.start_log("warn")?;
        let app = installation::open(&settings)?;
        let mut chains = app.audit_chains(&Actor::operator()).map_err(installation::failure)?;
        if self.institution.is_some() {
            let only = super::person::institution(&app, self.institution.as_deref())?;
            chains.retain(|chain| chain.institution == only);
        }
        Ok((app, chains))
    }

    fn heads(self, matches: &ArgMatches) -> Outcome {
        let (app, chains) = self.open(matches)?;
        for chain in chains {
            let head = app.audit_head(&Actor::operator(), chain.institution).map_err(installation::failure)?;
            let text = head.map_or_else(|| "nothing noted yet".to_owned(), |head| told(&head));
            console::answer(&format!("{text}  {}\n", chain.name))?;
        }
        Ok(Status::Done)
    }
}

impl Verify {
    fn run(self, matches: &ArgMatches) -> Outcome {
        let (app, chains) = self.chosen.open(matches)?;
        let mut is_whole = true;
        for chain in chains {
            let verdict =
                app.verify_audit(&Actor::operator(), chain.institution, self.head).map_err(installation::failure)?;
            is_whole &= verdict.is_whole();
            console::answer(&said(&chain.name, &verdict))?;
        }
        Ok(if is_whole { Status::Done } else { Status::ChainBroken })
    }
}

impl Export {
    fn run(self, matches: &ArgMatches) -> Outcome {
        let written =
            |error: std::io::Error| Failure::Fault(format!("{} could not be written: {error}.", self.file.display()));
        if self.file.exists() {
            return Err(Failure::Refused(format!("{} exists already: name another file.", self.file.display())));
        }
        let (app, chains) = self.chosen.open(matches)?;
        let mut file = std::io::BufWriter::new(fs::File::create_new(&self.file).map_err(written)?);
        let mut count = 0;
        for chain in chains {
            count += app
                .export_chain(&Actor::operator(), chain.institution, &mut |line| writeln!(file, "{line}"))
                .map_err(installation::failure)?;
        }
        file.into_inner().map_err(|error| written(error.into_error()))?.sync_all().map_err(written)?;
        console::answer(&format!("{count} events written to {}.\n", self.file.display()))?;
        Ok(Status::Done)
    }
}

/// What walking a chain found, as the answer says it.
fn said(name: &str, verdict: &Verdict) -> String {
    let events = match verdict.events {
        1 => "1 event".to_owned(),
        count => format!("{count} events"),
    };
    let erased = match verdict.erased {
        0 => String::new(),
        1 => "; 1 detail was erased, as the law asks".to_owned(),
        count => format!("; {count} details were erased, as the law asks"),
    };
    if verdict.is_whole() {
        return format!("{name}: {events}, whole{erased}\n");
    }
    let mut text = format!("{name}: {events}, NOT WHOLE{erased}\n");
    for one in &verdict.breaks {
        let line = match one {
            Break::Altered { sequence } => format!("event {sequence} was altered"),
            Break::Removed { from, to } if from == to => format!("event {from} was removed"),
            Break::Removed { from, to } => format!("events {from} to {to} were removed"),
            Break::Inserted { id, sequence: Some(sequence) } => {
                format!("an event was inserted as number {sequence} (id {id})")
            }
            Break::Inserted { id, sequence: None } => format!("an event was inserted without a number (id {id})"),
            Break::DetailAltered { sequence } => format!("a detail of event {sequence} was altered"),
            Break::DetailMissing { sequence } => {
                format!("details of event {sequence} were taken away or added, not erased as Waymark does")
            }
            Break::Head => "the head of the chain was altered or removed".to_owned(),
            Break::NotAsKept { sequence } => format!("event {sequence} is not the one whose digest was kept"),
        };
        writeln!(text, "  {line}").expect("a string takes what is written");
    }
    let unnamed = verdict.broken - verdict.breaks.len() as u64;
    if unnamed > 0 {
        writeln!(text, "  and {unnamed} more").expect("a string takes what is written");
    }
    text
}

fn told(head: &Head) -> String {
    let digest: String = head.digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}:{digest}", head.length)
}

fn head(text: &str) -> Result<Head, String> {
    let bad = || "a number, a colon and 64 hexadecimal digits, as `waymark audit head` prints them".to_owned();
    let (length, digits) = text.split_once(':').ok_or_else(bad)?;
    let pairs: Option<Vec<u8>> = (0..digits.len())
        .step_by(2)
        .map(|at| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    let digest = pairs.and_then(|bytes| bytes.try_into().ok()).ok_or_else(bad)?;
    Ok(Head { length: length.parse().map_err(|_| bad())?, digest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_back_as_it_was_printed() {
        let one = Head { length: 2310, digest: std::array::from_fn(|at| at as u8 * 7) };
        assert_eq!(head(&told(&one)), Ok(one));
        for text in ["", "12", "12:", "12:00", "x:00", &format!("1:{}", "é".repeat(32))] {
            assert!(head(text).is_err(), "{text}");
        }
    }
}
