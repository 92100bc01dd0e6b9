use std::fmt::Write;

use domain::{Records, date::long};
use rules::{Area, Force, Forecast, Pack, Report, ReportRequirement, Status};

/// How many learners are named beneath a missed duty before the rest are only counted.
const NAMED: usize = 20;

/// The report as a careers leader reads it: how things stand, requirement by requirement, then who has missed a statutory duty.
pub(crate) fn write(report: &Report, pack: &Pack, records: &Records) -> String {
    let mut text = String::new();
    head(&mut text, report, pack);
    let width = pack.requirements.iter().map(|r| r.id.len() + 2 + r.wording.title.chars().count()).max().unwrap_or(20);
    let width = width.clamp(20, 64);
    let mut area = None;
    for (requirement, counts) in pack.requirements.iter().zip(&report.requirements) {
        if area != Some(requirement.area) {
            area = Some(requirement.area);
            line(&mut text, "");
            let heading = heading(requirement.area);
            let _ = writeln!(text, "{heading:<width$}  {COLUMNS}");
        }
        let name = format!("{}  {}", requirement.id, requirement.wording.title);
        let _ = writeln!(text, "{:<width$}  {}", cut(&name, width), row(counts));
        if let Some(offered) = &counts.offered {
            for (year, offered) in &offered.0 {
                let stands = match offered.status {
                    Status::Met => offered.on.map_or_else(|| "met".to_owned(), |on| format!("met on {}", long(on))),
                    status => format!("{}, {} so far", status.word(), times(offered.occasions)),
                };
                let _ = writeln!(text, "    offered to year {year} as a whole: {stands}");
            }
        }
    }
    missed(&mut text, report, records);
    not_offered(&mut text, report);
    due(&mut text, report);
    text
}

const COLUMNS: &str = "force      met    due missed   later  percent";

fn head(text: &mut String, report: &Report, pack: &Pack) {
    let institution = &report.institution;
    let _ = writeln!(text, "{} ({}), as of {}", institution.name, institution.kind.label(), long(report.as_of));
    let _ = writeln!(text, "{} ({})", pack.title, pack.id);
    let learners = match institution.on_roll {
        0 => "No learner is on roll on that day: is the date right?".to_owned(),
        1 => "1 learner on roll.".to_owned(),
        on_roll => format!("{} learners on roll.", thousands(on_roll)),
    };
    let stands = if report.must_missed() {
        "A statutory duty is missed: see below."
    } else if report.requirements.iter().any(|r| r.force == Force::Must && r.due > 0) {
        "No statutory duty is missed; some are due."
    } else {
        "No statutory duty is missed."
    };
    let _ = writeln!(text, "{learners} {stands}");
}

fn row(counts: &ReportRequirement) -> String {
    let percent = counts.percent.map_or_else(|| "no learners".to_owned(), |percent| format!("{percent:.1} %"));
    let mut row = format!(
        "{:<6} {:>7} {:>6} {:>6} {:>7}  {percent:>7}",
        counts.force.word(),
        thousands(counts.met as usize),
        thousands(counts.due as usize),
        thousands(counts.missed as usize),
        thousands(counts.upcoming as usize),
    );
    if counts.partly_met > 0 {
        let _ = write!(row, "  ({} partly)", thousands(counts.partly_met as usize));
    }
    if counts.adapted > 0 {
        let _ = write!(row, "  ({} adapted)", thousands(counts.adapted as usize));
    }
    row
}

/// Who has missed a statutory duty: the list that nobody should have to search for.
fn missed(text: &mut String, report: &Report, records: &Records) {
    for requirement in report.requirements.iter().filter(|r| r.force == Force::Must && r.missed > 0) {
        let who: Vec<&str> = report
            .learners
            .iter()
            .filter(|learner| {
                learner
                    .requirements
                    .0
                    .iter()
                    .any(|(id, finding)| *id == requirement.id && finding.status == Status::Missed)
            })
            .map(|learner| learner.learner.as_str())
            .collect();
        line(text, "");
        let learners = if who.len() == 1 { "1 learner".into() } else { format!("{} learners", thousands(who.len())) };
        let _ = writeln!(text, "{} is missed by {learners}:", requirement.id);
        for reference in who.iter().take(NAMED) {
            let _ = writeln!(text, "    {}", named(reference, records));
        }
        if who.len() > NAMED {
            let _ = writeln!(text, "    and {} more; --format csv lists them all", thousands(who.len() - NAMED));
        }
    }
}

/// The cohorts that were not offered what must be offered, whoever attended.
fn not_offered(text: &mut String, report: &Report) {
    for requirement in report.requirements.iter().filter(|requirement| requirement.offered_is_must) {
        let cohorts = requirement.offered.iter().flat_map(|offered| &offered.0);
        for (year, _) in cohorts.filter(|(_, offered)| offered.status == Status::Missed) {
            line(text, "");
            let _ = writeln!(
                text,
                "{} is missed by the institution: it was not offered to year {year} as a whole.",
                requirement.id
            );
        }
    }
}

fn named(reference: &str, records: &Records) -> String {
    let learner = records.learners.iter().find(|learner| learner.reference == reference);
    learner.map_or_else(
        || reference.to_owned(),
        |learner| {
            let form = learner.form.as_deref().map(|form| format!(", {form}")).unwrap_or_default();
            format!("{reference}  {} {}{form}", learner.forename, learner.surname)
        },
    )
}

/// What of the duties that are due is planned already.
fn due(text: &mut String, report: &Report) {
    let mut lines = Vec::new();
    for requirement in report.requirements.iter().filter(|r| r.force == Force::Must && r.due > 0) {
        let of_it =
            report.learners.iter().flat_map(|learner| &learner.requirements.0).filter(|(id, _)| *id == requirement.id);
        let due: Vec<_> = of_it.map(|(_, finding)| finding).filter(|finding| finding.status == Status::Due).collect();
        let planned = due.iter().filter(|finding| finding.forecast == Some(Forecast::Planned)).count();
        let first = due.iter().filter_map(|finding| finding.deadline).min();
        let by = first.map(|deadline| format!(", the first by {}", long(deadline))).unwrap_or_default();
        let count = if due.len() == 1 { "1 learner".into() } else { format!("{} learners", thousands(due.len())) };
        lines.push(format!(
            "{} is due for {count}{by}; what is planned would meet it for {}",
            requirement.id,
            thousands(planned)
        ));
    }
    if !lines.is_empty() {
        line(text, "");
        lines.iter().for_each(|one| line(text, one));
    }
}

fn heading(area: Area) -> String {
    match area {
        Area::Benchmark(number) => format!("Benchmark {number}"),
        Area::ProviderAccess => "Provider access".into(),
        Area::WorkExperience => "Work experience".into(),
        Area::Ehcp => "Education, health and care plans".into(),
        Area::Publication => "What is published".into(),
        Area::Policy => "Careers policy".into(),
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn times(number: u32) -> String {
    match number {
        0 => "no occasion".into(),
        1 => "1 occasion".into(),
        number => format!("{number} occasions"),
    }
}

fn cut(name: &str, width: usize) -> String {
    match name.char_indices().nth(width.saturating_sub(1)) {
        Some((end, last)) if name.len() > end + last.len_utf8() => format!("{}…", &name[..end]),
        _ => name.to_owned(),
    }
}

/// `1,043`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1043, "1,043"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn long_names_are_cut_between_letters() {
        assert_eq!(cut("école", 5), "école");
        assert_eq!(cut("écoles", 5), "écol…");
    }
}
