//! The generated institutions as plain columns for another program, with what we made of them.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::Path,
};

use domain::{Activity, Adapted, Check, InstitutionType, Kind, YearGroup};

use crate::{
    generator::{AS_OF, NOW, institution},
    rules_bench::{evaluate_all, institutions, rulebook},
};

/// Writes `learners.csv`, `activities.csv`, `subjects.csv`, `years.csv`, `reviews.csv`, `adaptations.csv`, participations
/// as two files of little-endian 32-bit numbers, and `ours.csv` with our counts and `ours.txt` with our time.
pub(crate) fn run(scale: &str, folder: &Path) -> Result<(), String> {
    write(scale, folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn write(scale: &str, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let count = institutions(scale)?;
    fs::create_dir_all(folder)?;
    let file = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let (mut learners, mut activities) = (file("learners.csv")?, file("activities.csv")?);
    let (mut subjects, mut reviews, mut adaptations) =
        (file("subjects.csv")?, file("reviews.csv")?, file("adaptations.csv")?);
    let (mut who, mut what) = (file("participation.learner.u32")?, file("participation.activity.u32")?);
    writeln!(learners, "learner,institution,joined,left_on,trajectory,ehcp,considering_he,subject_count")?;
    writeln!(
        activities,
        "activity,date,kind,mode,provider_type,organisation,subject,hours,meaningful,access,transferred"
    )?;
    writeln!(subjects, "learner,subject")?;
    writeln!(reviews, "learner,date,pfa")?;
    writeln!(adaptations, "learner,requirement,out_of_it,number")?;
    let (mut first_learner, mut first_activity) = (0_u32, 0_u32);
    for number in 0..count {
        let columns = institution(number);
        for (index, activity) in columns.activities.iter().enumerate() {
            writeln!(
                activities,
                "{},{},{},{},{},{},{},{},{},{},{}",
                first_activity + index as u32,
                activity.date,
                activity.kind,
                activity.mode,
                activity.provider_type.map_or("", |provider| provider.word()),
                activity.organisation.as_deref().unwrap_or(""),
                activity.subject.as_deref().unwrap_or(""),
                activity.hours.unwrap_or_default(),
                u8::from(counts(activity)),
                u8::from(activity.is_provider_access()),
                u8::from(activity.source.is_some()),
            )?;
        }
        let mut from = 0;
        for (index, learner) in columns.learners.iter().enumerate() {
            let id = first_learner + index as u32;
            let now =
                columns.trajectories[learner.trajectory as usize].last().map_or(YearGroup::new(0), |&(_, group)| group);
            let listed = if learner.subjects.is_empty() {
                columns.institution.subjects.get(&now).map_or(&[][..], Vec::as_slice)
            } else {
                &learner.subjects
            };
            for subject in listed {
                writeln!(subjects, "{id},{subject}")?;
            }
            writeln!(
                learners,
                "{id},{number},{},{},{},{},{},{}",
                learner.joined,
                learner.left.map_or(String::new(), |left| left.to_string()),
                learner.trajectory,
                u8::from(learner.sen == Some(domain::Sen::Ehcp)),
                u8::from(learner.considering_he),
                listed.len(),
            )?;
            let to = columns.ends[index] as usize;
            for taken in columns.taken[from..to].iter().filter(|taken| !taken.is_invited()) {
                who.write_all(&id.to_le_bytes())?;
                what.write_all(&(first_activity + taken.position() as u32).to_le_bytes())?;
            }
            from = to;
        }
        for review in &columns.reviews {
            let pfa = u8::from(review.preparing_for_adulthood);
            writeln!(reviews, "{},{},{pfa}", first_learner + review.learner.0, review.date)?;
        }
        for adaptation in &columns.adaptations {
            let (out, number) = match adaptation.adapted {
                Adapted::Out => (1, 0),
                Adapted::Count(number) => (0, number),
            };
            writeln!(
                adaptations,
                "{},{},{out},{number}",
                first_learner + adaptation.learner.0,
                adaptation.requirement
            )?;
        }
        if number == 0 {
            write_years(folder, &columns.trajectories)?;
        }
        first_learner += columns.learners.len() as u32;
        first_activity += columns.activities.len() as u32;
    }
    for file in [learners, activities, subjects, reviews, adaptations, who, what] {
        file.into_inner()?;
    }
    write_ours(count, folder)
}

/// Whether every box that its kind asks for is ticked: for a guidance meeting, that the adviser is qualified.
fn counts(activity: &Activity) -> bool {
    let qualified = activity.kind != Kind::GuidanceMeeting || activity.checks.contains(Check::QualifiedAdviser);
    activity.missing_checks().is_empty() && qualified
}

/// The year group of each trajectory in each academic year, counted linearly from the nearest recorded one.
fn write_years(folder: &Path, trajectories: &[Vec<(domain::AcademicYear, YearGroup)>]) -> std::io::Result<()> {
    let mut text = String::from("trajectory,year,year_group\n");
    for (number, recorded) in trajectories.iter().enumerate() {
        for year in NOW - 14..=NOW + 14 {
            let nearest =
                recorded.iter().min_by_key(|(recorded, _)| ((recorded.start() - year).abs(), recorded.start()));
            if let Some(&(recorded, group)) = nearest {
                let counted = group.plus(year - recorded.start());
                let _ = writeln!(text, "{number},{year},{counted}");
            }
        }
    }
    fs::write(folder.join("years.csv"), text)
}

fn write_ours(count: u64, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let rulebook = rulebook()?;
    let pack = rulebook.framework(InstitutionType::Academy, AS_OF);
    let runs = if count == 1 { 11 } else { 7 };
    let outcome = evaluate_all(pack, count, runs);
    let mut text = String::from("requirement,upcoming,met,due,missed,adapted\n");
    for (requirement, tally) in pack.requirements.iter().zip(&outcome.tallies) {
        let _ = writeln!(
            text,
            "{},{},{},{},{},{}",
            requirement.id, tally.upcoming, tally.met, tally.due, tally.missed, tally.adapted
        );
    }
    fs::write(folder.join("ours.csv"), text)?;
    let about = format!(
        "as_of={AS_OF}\nlearners={}\nparticipations={}\ncpu_seconds={}\n",
        outcome.learners,
        outcome.participations,
        outcome.taken.cpu.as_secs_f64()
    );
    fs::write(folder.join("ours.txt"), &about)?;
    print!("{about}");
    Ok(())
}
