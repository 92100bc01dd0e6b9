use exchange::{
    plan::{ActivityPlan, ParticipationPlan, Plan, RecordCounts, Step, Value},
    roster::Field,
};
use serde::{Deserialize, Serialize};

use super::Summary;

/// What taking a file would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "kebab-case")]
pub enum Work {
    /// To learners.
    Learners(Plan),
    /// To activities.
    Activities(ActivityPlan),
    /// To registers.
    Participation(ParticipationPlan),
}

impl Work {
    /// Whether nothing is left to decide or to confirm.
    pub fn is_decided(&self) -> bool {
        match self {
            Self::Learners(plan) => plan.is_decided(),
            Self::Activities(plan) => plan.is_decided(),
            Self::Participation(plan) => plan.is_decided(),
        }
    }

    /// Whether taking it would change nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Learners(plan) => plan.is_empty(),
            Self::Activities(plan) => plan.is_empty(),
            Self::Participation(plan) => plan.is_empty(),
        }
    }

    /// The same without what is stored, and what would be, of fields that the reader does not get to see.
    pub(crate) fn withholding(mut self, fields: &[Field]) -> Self {
        if let Self::Learners(plan) = &mut self {
            for row in &mut plan.rows {
                if let Step::Change { changes, .. } = &mut row.step {
                    for change in changes.iter_mut().filter(|change| fields.contains(&change.field)) {
                        let withheld = || Value::Text("not shown to you".to_owned());
                        (change.old, change.new) = (withheld(), withheld());
                    }
                }
            }
        }
        self
    }

    /// In numbers.
    pub(crate) fn count(&self, summary: &mut Summary) {
        match self {
            Self::Learners(plan) => {
                let counts = plan.counts();
                summary.new = counts.join;
                summary.changed = counts.change;
                summary.same = counts.same;
                summary.decide = counts.decide;
                summary.skip = counts.skip;
                summary.absent = counts.absent;
                summary.unconfirmed = plan.absent.iter().filter(|absent| absent.leaves.is_none()).count();
            }
            Self::Activities(plan) => put(plan.counts(), summary),
            Self::Participation(plan) => put(plan.counts(), summary),
        }
    }
}

fn put(counts: RecordCounts, summary: &mut Summary) {
    summary.new = counts.new;
    summary.changed = counts.change;
    summary.same = counts.same;
    summary.decide = counts.decide;
    summary.skip = counts.skip;
}
