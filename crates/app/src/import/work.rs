use exchange::plan::Plan;
use serde::{Deserialize, Serialize};

use super::Summary;

/// What taking a file would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "kebab-case")]
pub enum Work {
    /// To learners.
    Learners(Plan),
}

impl Work {
    /// Whether nothing is left to decide or to confirm.
    pub fn is_decided(&self) -> bool {
        match self {
            Self::Learners(plan) => plan.is_decided(),
        }
    }

    /// Whether taking it would change nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Learners(plan) => plan.is_empty(),
        }
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
        }
    }
}
