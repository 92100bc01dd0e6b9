use app::{CohortFilter, GroupFilter, Grouping, RequirementFilter, RequirementPage, Status};

use crate::{
    fields::Fields,
    labels,
    parts::{Choice, Filter, Filters},
    visitor::Here,
};

/// The groups by which the list can be narrowed: the field in the address, and what it means.
const GROUPINGS: [(&str, Grouping); 4] = [
    ("form", Grouping::Form),
    ("sen", Grouping::Sen),
    ("fsm", Grouping::FreeSchoolMeals),
    ("looked-after", Grouping::LookedAfter),
];

/// The filter that the address asks for. Words that mean nothing are passed over.
pub(super) fn read(query: &Fields) -> RequirementFilter {
    let (status, planned) = match query.one("status") {
        "planned" => (Some(Status::Due), Some(true)),
        "unplanned" => (Some(Status::Due), Some(false)),
        word => (labels::status(word), None),
    };
    RequirementFilter {
        status,
        planned,
        partly_met: None,
        deadline: domain::date::parse(query.one("by")),
        cohort: cohort(query),
        after: query.read("after"),
    }
}

/// The cohort that the address asks for.
pub(crate) fn cohort(query: &Fields) -> CohortFilter {
    let groups = GROUPINGS.iter().filter(|(field, _)| !query.one(field).is_empty());
    CohortFilter {
        year_group: query.read("year"),
        groups: groups.map(|(field, grouping)| GroupFilter { grouping: *grouping, name: query.text(field) }).collect(),
        text: None,
    }
}

/// The filters as the page shows them.
pub(super) fn show(here: &Here, page: &RequirementPage, path: &str) -> Filters {
    let query = &here.query;
    let chosen = |name: &'static str, label: &'static str, all: &str, values: Vec<(String, String)>| {
        let now = query.one(name);
        let all = Choice::new("", all, now.is_empty());
        let values = values.into_iter().map(|(value, label)| Choice::new(&value, label, value == now));
        Filter { name, label, choices: std::iter::once(all).chain(values).collect() }
    };
    let statuses = ["met", "due", "planned", "unplanned", "missed", "upcoming"];
    let statuses = statuses.map(|word| {
        let label = match word {
            "planned" => "Due, planned",
            "unplanned" => "Due, not planned",
            "met" => "Met",
            "due" => "Due",
            "missed" => "Missed",
            _ => "Upcoming",
        };
        (word.to_owned(), label.to_owned())
    });
    let years = page.requirement.by_year_group.iter().map(|(name, _)| (name.clone(), format!("Year {name}")));
    let deadlines = page.deadlines.iter().map(|day| (day.to_string(), domain::date::long(*day)));
    let forms = page.forms.iter().map(|form| (form.clone(), form.clone()));
    let sen = [("E", "EHC plan"), ("K", "SEN support"), ("N", "No SEN"), ("unknown", "Not recorded")];
    let yes_no = [("yes", "Yes"), ("no", "No"), ("unknown", "Not recorded")];
    let owned = |list: &[(&str, &str)]| list.iter().map(|(v, l)| ((*v).to_owned(), (*l).to_owned())).collect();
    let day = query.text("as-of");
    let mut filters = vec![
        chosen("status", "Status", "Everybody asked", statuses.to_vec()),
        chosen("by", "Due by", "Any day", deadlines.collect()),
        chosen("year", "Year group", "All", years.collect()),
        chosen("form", "Form", "All", forms.collect()),
        chosen("fsm", "Free meals", "All", owned(&yes_no)),
    ];
    if page.frame.sees_send {
        filters.push(chosen("sen", "Special needs", "All", owned(&sen)));
    }
    if page.frame.sees_looked_after {
        filters.push(chosen("looked-after", "Looked after", "All", owned(&yes_no)));
    }
    Filters {
        filters,
        clear: Fields::default().with(path, &[("as-of", &day)]),
        kept: if day.is_empty() { Vec::new() } else { vec![("as-of", day)] },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_which_learners() {
        let fields = [("status", "unplanned"), ("year", "9"), ("sen", "E"), ("form", "")];
        let fields = Fields(fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect());
        let filter = read(&fields);
        assert_eq!((filter.status, filter.planned), (Some(Status::Due), Some(false)));
        assert_eq!(filter.cohort.year_group, Some(domain::YearGroup::new(9)));
        assert_eq!(filter.cohort.groups, vec![GroupFilter { grouping: Grouping::Sen, name: "E".into() }]);
    }
}
