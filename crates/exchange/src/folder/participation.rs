use domain::{Activity, ActivityIndex, Learner, LearnerIndex, Participation, ParticipationStatus};

use super::{
    cell,
    references::{LeftOut, References},
    table::{Heading, Table, decode},
};
use crate::problem::{Code, Place, Problem, Thing};

pub(super) const FILE: &str = "participation.csv";
pub(super) const COLUMNS: &[Heading] = &[("activity", true), ("learner", true), ("status", false)];

/// The learners and activities that participation may name.
pub(super) struct Named<'a> {
    pub(super) learners: &'a [Learner],
    pub(super) learner_references: &'a References,
    pub(super) activities: &'a [Activity],
    pub(super) activity_references: &'a References,
}

struct Entry {
    pair: u64,
    line: u64,
    status: ParticipationStatus,
}

/// Reads participation.csv.
pub(super) fn read(bytes: &[u8], named: &Named<'_>, problems: &mut Vec<Problem>) -> Option<Vec<Participation>> {
    let text = decode(FILE, bytes, problems)?;
    let mut table = Table::open(FILE, &text, COLUMNS, problems)?;
    let mut entries: Vec<Entry> = Vec::with_capacity(bytes.len() / 16);
    let (mut left_out, told_before) = (LeftOut::default(), problems.len());
    while table.advance(problems) {
        let mut reader = table.reader(problems);
        let status = reader.value(2, cell::word::<ParticipationStatus>);
        let sound = reader.is_sound();
        let activity =
            left_out.resolve(named.activity_references, Thing::Activity, table.cell(0), || table.place(0), problems);
        let learner =
            left_out.resolve(named.learner_references, Thing::Learner, table.cell(1), || table.place(1), problems);
        let (Some(activity), Some(learner), true) = (activity, learner, sound) else { continue };
        before_joining(&table, named, learner, activity, problems);
        entries.push(Entry {
            pair: u64::from(learner) << 32 | u64::from(activity),
            line: table.line(),
            status: status.unwrap_or(ParticipationStatus::Attended),
        });
    }
    let participations = settle(entries, problems);
    problems[told_before..].sort_by_key(|problem| problem.place.line);
    left_out.tell(FILE, problems);
    Some(participations)
}

fn before_joining(table: &Table<'_>, named: &Named<'_>, learner: u32, activity: u32, problems: &mut Vec<Problem>) {
    let (activity, joined) = (&named.activities[activity as usize], named.learners[learner as usize].joined);
    if activity.date < joined && activity.source.is_none() {
        let problem = Problem::finding(table.place(1), Code::BeforeJoining { joined });
        problems.push(problem.value(table.cell(1)));
    }
}

/// One record for each pair. The same pair with the same status counts once; with another status, none of its rows counts.
fn settle(mut entries: Vec<Entry>, problems: &mut Vec<Problem>) -> Vec<Participation> {
    entries.sort_unstable_by_key(|entry| (entry.pair, entry.line));
    let mut participations = Vec::with_capacity(entries.len());
    for same in entries.chunk_by(|a, b| a.pair == b.pair) {
        let first = &same[0];
        let mut agree = true;
        for entry in &same[1..] {
            let place = Place::line(FILE, entry.line).at(COLUMNS[2].0, None);
            problems.push(if entry.status == first.status {
                Problem::finding(place, Code::SameAgain { first_line: first.line }).value(entry.status.word())
            } else {
                agree = false;
                let code = Code::Contradicts { first_line: first.line, first: first.status.word().into() };
                Problem::problem(place, code).value(entry.status.word())
            });
        }
        if agree {
            participations.push(Participation {
                learner: LearnerIndex((first.pair >> 32) as u32),
                activity: ActivityIndex(first.pair as u32),
                status: first.status,
            });
        }
    }
    participations
}
