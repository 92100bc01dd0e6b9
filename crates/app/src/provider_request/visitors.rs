//! Who comes with a provider, and how they were checked: that somebody looked, never a certificate (Keeping children safe in
//! education).

use domain::{Date, InstitutionId, ProviderRequestId, ProviderRequestState, VisitorAssurance};
use serde_json::json;
use store::provider_request::Visitor;

use super::{
    By, Noted, ask_state,
    form::{LINE, too_long},
    kept,
};
use crate::{Action, Actor, App, Problems, Result};

/// A visitor as a form has them; blank ones are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitorForm {
    /// Their name.
    pub name: String,
    /// What they are.
    pub post: String,
    /// Whether somebody looked at their identity.
    pub id_seen: bool,
    /// What is known of their employer's checks, by its word.
    pub checks: String,
    /// Since when that is known.
    pub checks_on: String,
    /// Who is with them.
    pub supervised_by: String,
    /// Who looked at what they bring.
    pub content_seen_by: String,
    /// When they came.
    pub arrived_at: String,
    /// When they left.
    pub left_at: String,
}

/// No visit has more.
const MOST: usize = 40;

impl From<&Visitor> for VisitorForm {
    fn from(one: &Visitor) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            name: one.name.clone(),
            post: text(&one.post),
            id_seen: one.id_seen,
            checks: one.checks.map_or(String::new(), |checks| checks.word().to_owned()),
            checks_on: one.checks_on.map_or(String::new(), |day| day.to_string()),
            supervised_by: text(&one.supervised_by),
            content_seen_by: text(&one.content_seen_by),
            arrived_at: text(&one.arrived_at),
            left_at: text(&one.left_at),
        }
    }
}

impl VisitorForm {
    fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    fn read(&self, at: usize, problems: &mut Problems) -> Visitor {
        let of = |what: &str| format!("Visitor {at}: {what}");
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            problems.add("visitors", of("enter their name."));
        }
        let checks = self.checks.trim().parse::<VisitorAssurance>().ok();
        if checks.is_none() && !self.checks.trim().is_empty() {
            problems.add("visitors", of("choose from the list what is known of the checks."));
        }
        let checks_on = day(&self.checks_on);
        if checks_on.is_none() && !self.checks_on.trim().is_empty() {
            problems.add("visitors", of("enter the day of the assurance such as 12/11/2026."));
        }
        let mut time = |text: &str| match (text.trim(), clock_time(text)) {
            ("", _) => None,
            (_, Some(time)) => Some(time),
            (text, None) => {
                problems.add("visitors", of(&format!("“{text}” is not a time. Enter one such as 09:30.")));
                None
            }
        };
        let (arrived_at, left_at) = (time(&self.arrived_at), time(&self.left_at));
        if let (Some(came), Some(left)) = (&arrived_at, &left_at)
            && left < came
        {
            problems.add("visitors", of("they left before they came."));
        }
        for text in [&self.name, &self.post, &self.supervised_by, &self.content_seen_by] {
            too_long(problems, &[("visitors", text, LINE)]);
        }
        Visitor {
            name,
            post: kept(&self.post),
            id_seen: self.id_seen,
            checks,
            checks_on,
            supervised_by: kept(&self.supervised_by),
            content_seen_by: kept(&self.content_seen_by),
            arrived_at,
            left_at,
        }
    }
}

fn day(text: &str) -> Option<Date> {
    domain::date::parse(text)
}

/// A time of day as `HH:MM`.
fn clock_time(text: &str) -> Option<String> {
    let (hour, minute) = text.trim().split_once([':', '.'])?;
    let part = |text: &str, most: u8| text.parse::<u8>().ok().filter(|number| *number <= most && text.len() <= 2);
    Some(format!("{:02}:{:02}", part(hour, 23)?, part(minute, 59)?))
}

impl App {
    /// Writes down who visits and how they were checked, in place of what was written before.
    ///
    /// # Errors
    /// If the actor may not record here, there is no such request with a visit, or a visitor has problems.
    pub fn set_request_visitors(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        id: ProviderRequestId,
        seen: i64,
        forms: &[VisitorForm],
    ) -> Result<()> {
        actor.ask(Action::Record, institution)?;
        let mut problems = Problems::default();
        let some = forms.iter().filter(|form| !form.is_blank());
        let visitors: Vec<_> = (1..).zip(some).map(|(at, form)| form.read(at, &mut problems)).collect();
        if visitors.len() > MOST {
            problems.add("visitors", format!("There can be no more than {MOST} visitors."));
        }
        problems.check()?;
        self.store().write(institution, |tx| -> Result<()> {
            let mut one = self.request_as_seen(tx, institution, id, seen, "visitors")?;
            let open =
                [ProviderRequestState::Granted, ProviderRequestState::Delivered, ProviderRequestState::Evaluated];
            ask_state(&one, &open, "there is no visit")?;
            store::provider_request::set_visitors(tx, institution, id, &visitors)?;
            let checked = visitors.iter().filter(|visitor| visitor.id_seen).count();
            let payload = json!({"visitors": visitors.len(), "checked": checked});
            let noted = Noted { payload, ..Noted::new("provider-request.visitors-checked") };
            self.save_request(tx, institution, By::Staff(actor), &mut one, noted)
        })
    }
}

/// What is still open of the checks before somebody visits, in words.
pub(super) fn missing(visitors: &[Visitor]) -> Vec<String> {
    if visitors.is_empty() {
        return vec!["Nobody is written down who visits.".to_owned()];
    }
    let mut missing = Vec::new();
    for one in visitors {
        let mut open = Vec::new();
        if !one.id_seen {
            open.push("identity not seen");
        }
        if one.checks.is_none() {
            open.push("nothing known of checks");
        } else if one.checks == Some(VisitorAssurance::NotAssured) && one.supervised_by.is_none() {
            open.push("not assured, and nobody with them");
        }
        if one.supervised_by.is_none() {
            open.push("nobody named who is with them");
        }
        if one.content_seen_by.is_none() {
            open.push("nobody looked at what they bring");
        }
        if !open.is_empty() {
            missing.push(format!("{}: {}.", one.name, open.join(", ")));
        }
    }
    missing
}
