//! What the careers policy that applies says to the rules: when it was signed, and until when it holds.

use ::policy::Paper;
use domain::Date;
use store::policy::Policy;

use crate::App;

impl App {
    /// When the careers policy that applied on a day was signed, and when it is looked over next; from the day on which it was
    /// published until another one takes its place.
    pub(crate) fn policy_held(&self, policies: &[Policy], on: Date) -> (Option<Date>, Option<Date>) {
        let applied = policies.iter().find(|policy| {
            policy.paper == Paper::CareersPolicy.word()
                && policy.published_at.is_some_and(|at| self.context().day_of(at) <= on)
        });
        let signed = applied.and_then(|policy| policy.signature.as_ref()).map(|signature| signature.on);
        (signed, applied.and_then(|policy| policy.review_on))
    }
}
