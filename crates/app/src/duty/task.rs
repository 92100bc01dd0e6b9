use domain::{Date, InstitutionType, date::days_between, duty::DutyPost};
use store::duty::Duty;

use crate::{App, HomeTask};

/// How many days ahead the home page says what is due.
const AHEAD: i32 = 14;
/// How many it names.
const NAMED: usize = 5;

impl App {
    /// What of the register is overdue or due soon.
    pub(crate) fn duty_tasks(&self, kind: InstitutionType, kept: Vec<Duty>, as_of: Date) -> Vec<HomeTask> {
        let mut due: Vec<_> = self
            .held_duties(kind, kept)
            .into_iter()
            .filter(|one| !one.duty.is_hidden)
            .filter_map(|one| due(&one.duty, as_of).map(|on| (on, one)))
            .collect();
        due.sort_by_key(|(on, _)| *on);
        let task = |(on, one): (Date, super::Held)| {
            let post = DutyPost::from_word(&one.duty.post).map_or("", DutyPost::label);
            let owner = one.duty.owner.as_deref().map_or(String::new(), |owner| format!(" ({owner})"));
            HomeTask {
                what: format!("{post}{owner}: {}", one.duty.title),
                about: "From the register of roles and responsibilities.".to_owned(),
                page: format!("duties/{}", one.key()),
                due: Some(on),
                is_late: on < as_of,
            }
        };
        due.into_iter().take(NAMED).map(task).collect()
    }
}

/// By when it is to be done, if that is near or over.
fn due(duty: &Duty, as_of: Date) -> Option<Date> {
    duty.next_due.filter(|on| days_between(as_of, *on) <= AHEAD)
}
