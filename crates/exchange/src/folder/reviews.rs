use domain::{LearnerIndex, Review};

use super::{
    cell,
    references::{LeftOut, References},
    table::{Heading, Table, decode},
};
use crate::problem::{Problem, Thing};

pub(super) const FILE: &str = "reviews.csv";
pub(super) const COLUMNS: &[Heading] = &[("learner", true), ("date", true), ("preparing-for-adulthood", false)];

/// Reads reviews.csv.
pub(super) fn read(bytes: &[u8], references: &References, problems: &mut Vec<Problem>) -> Vec<Review> {
    let Some(text) = decode(FILE, bytes, problems) else { return Vec::new() };
    let Some(mut table) = Table::open(FILE, &text, COLUMNS, problems) else { return Vec::new() };
    let mut reviews = Vec::new();
    let mut left_out = LeftOut::default();
    while table.advance(problems) {
        let mut reader = table.reader(problems);
        let date = reader.value(1, cell::date);
        let preparing_for_adulthood = reader.value(2, cell::yes_no).unwrap_or(false);
        let sound = reader.is_sound();
        let learner = left_out.resolve(references, Thing::Learner, table.cell(0), || table.place(0), problems);
        if let (Some(learner), Some(date), true) = (learner, date, sound) {
            reviews.push(Review { learner: LearnerIndex(learner), date, preparing_for_adulthood });
        }
    }
    left_out.tell(FILE, problems);
    reviews
}
