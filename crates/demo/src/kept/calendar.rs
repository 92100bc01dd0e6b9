use app::{Actor, App, CalendarDateForm, DateSort, Result};
use domain::InstitutionId;

/// Terms, holidays and INSET days of 2026/27, and what else stands beside the activities: what, from, to, year groups, title.
const DATES: [(DateSort, &str, &str, &[i8], &str); 17] = [
    (DateSort::Inset, "2026-09-01", "2026-09-02", &[], "INSET days"),
    (DateSort::Term, "2026-09-03", "2026-12-18", &[], "Autumn term"),
    (DateSort::Own, "2026-09-24", "", &[11], "Year 11 information evening"),
    (DateSort::Own, "2026-10-08", "", &[], "Open evening"),
    (DateSort::Holiday, "2026-10-26", "2026-10-30", &[], "Autumn half term"),
    (DateSort::Own, "2026-11-30", "2026-12-11", &[11], "Year 11 mock examinations"),
    (DateSort::Holiday, "2026-12-21", "2027-01-01", &[], "Christmas holiday"),
    (DateSort::Inset, "2027-01-04", "", &[], "INSET day"),
    (DateSort::Term, "2027-01-05", "2027-03-25", &[], "Spring term"),
    (DateSort::Own, "2027-01-28", "", &[9], "Year 9 options evening"),
    (DateSort::Holiday, "2027-02-15", "2027-02-19", &[], "Spring half term"),
    (DateSort::Deadline, "2027-03-12", "", &[9], "Year 9 option choices"),
    (DateSort::Holiday, "2027-03-26", "2027-04-09", &[], "Easter holiday"),
    (DateSort::Term, "2027-04-12", "2027-07-21", &[], "Summer term"),
    (DateSort::Holiday, "2027-05-03", "", &[], "Bank holiday"),
    (DateSort::Holiday, "2027-05-24", "2027-05-31", &[], "Summer half term"),
    (DateSort::Holiday, "2027-07-22", "2027-08-31", &[], "Summer holiday"),
];

/// What the demo shows of this area.
pub(super) fn build(app: &App, academy: InstitutionId) -> Result<()> {
    let operator = Actor::operator();
    for (sort, from, to, years, title) in DATES {
        let form = CalendarDateForm {
            title: title.to_owned(),
            starts_on: from.to_owned(),
            ends_on: to.to_owned(),
            sort: sort.word().to_owned(),
            year_groups: years.iter().map(ToString::to_string).collect(),
            ..CalendarDateForm::default()
        };
        app.add_calendar_date(&operator, academy, &form)?;
    }
    Ok(())
}
