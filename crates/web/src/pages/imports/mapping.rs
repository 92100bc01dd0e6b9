use app::import::{
    ImportPage,
    mapping::{ActivityField, DateOrder, Mapping, Subject, Target},
    roster::{Extent, Field},
};
use askama::Template;
use axum::extract::{Path, State};
use domain::ImportId;

use super::{Step, steps};
use crate::{
    answer::{Answer, Failure, go},
    fields::Fields,
    parts::Choice,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// What each column of the file is, with its first values.
#[derive(Template)]
#[template(path = "pages/imports/mapping.html")]
pub(crate) struct MappingPage {
    pub(crate) shell: Shell,
    pub(crate) steps: Vec<Step>,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) questions: Vec<Question>,
}

/// A column of the file.
pub(crate) struct Column {
    pub(crate) field: String,
    pub(crate) header: String,
    pub(crate) samples: Vec<String>,
    pub(crate) choices: Vec<Choice>,
}

/// Something the file does not say by itself, such as whether 03/04 is in March or April.
pub(crate) struct Question {
    pub(crate) field: String,
    pub(crate) text: String,
    pub(crate) hint: String,
    pub(crate) choices: Vec<Choice>,
}

/// The page of an import whose columns are to be looked at.
pub(super) fn page(visitor: &Visitor, import: &ImportPage, mapping: &Mapping) -> MappingPage {
    let under = format!("imports/{}", import.row.id);
    let place = Place::new(&import.frame, &under);
    let unknown = mapping.columns.iter().filter(|column| column.target == Target::Unknown).count();
    let samples = |number: u32| -> Vec<String> {
        let rows = import.preview.iter().flat_map(|preview| &preview.rows);
        let cells = rows.filter_map(|(_, row)| row.get(number as usize - 1));
        cells.map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).take(3).collect()
    };
    let total = import.preview.as_ref().map_or(0, |preview| preview.total);
    MappingPage {
        shell: visitor
            .shell_at(&import.frame, &under)
            .at("imports")
            .titled(format!("Columns of {}", import.row.file_name))
            .under(place.to("imports"), "Imports"),
        steps: steps(1),
        lead: match unknown {
            0 => format!(
                "{} read, and every column was recognised.",
                words::count_capital(total, "row was", "rows were")
            ),
            unknown => format!(
                "{} read. {} not recognised: choose what it is, or leave it unread.",
                words::count_capital(total, "row was", "rows were"),
                words::count_capital(unknown, "column was", "columns were")
            ),
        },
        action: place.to(&format!("{under}/columns")),
        columns: mapping
            .columns
            .iter()
            .map(|column| Column {
                field: format!("column-{}", column.number),
                header: column.heading.clone(),
                samples: samples(column.number),
                choices: choices(mapping.subject, &column.target),
            })
            .collect(),
        questions: questions(import, mapping),
    }
}

fn questions(import: &ImportPage, mapping: &Mapping) -> Vec<Question> {
    let mut questions = Vec::new();
    if let Some(examples) = &import.ambiguous_dates {
        let example = examples.first().map_or("03/04/2013", String::as_str);
        let order = mapping.date_order;
        questions.push(Question {
            field: "date-order".to_owned(),
            text: format!("How is a date such as {example} meant?"),
            hint: format!("{} can be read either way.", words::count_capital(examples.len(), "date", "dates")),
            choices: vec![
                Choice::new("day-first", "Day first, as in Britain", order == Some(DateOrder::DayFirst)),
                Choice::new("month-first", "Month first, as in America", order == Some(DateOrder::MonthFirst)),
            ],
        });
    }
    questions.extend(extent(mapping));
    questions
}

/// Whether the file is whole, which only a person knows; asked of a list of learners.
pub(super) fn extent(mapping: &Mapping) -> Option<Question> {
    let whole = mapping.extent == Extent::Bulk;
    (mapping.subject == Subject::Learners).then(|| Question {
        field: "extent".to_owned(),
        text: "Is everybody who is on roll in this file?".to_owned(),
        hint: "Only if yes can Waymark see who has left. You are shown each of them before anything changes."
            .to_owned(),
        choices: vec![
            Choice::new("bulk", "Yes, everybody", whole),
            Choice::new("partial", "No, or I am not sure", !whole),
        ],
    })
}

/// What a column may be, with the words that the form sends.
fn choices(subject: Subject, target: &Target) -> Vec<Choice> {
    let mut all = vec![Choice::new("", "Leave unread", matches!(target, Target::Unknown | Target::Dropped))];
    if subject == Subject::Learners || subject == Subject::Participation {
        all.extend(Field::ALL.iter().map(|field| {
            Choice::new(format!("learner:{}", field.heading()), field.label(), *target == Target::Learner(*field))
        }));
    }
    if subject == Subject::Activities || subject == Subject::Participation {
        all.extend(ACTIVITY_FIELDS.iter().map(|field| {
            let label = words::capital(&field.heading().replace('-', " "));
            Choice::new(format!("activity:{}", field.heading()), label, *target == Target::Activity(*field))
        }));
    }
    if subject == Subject::Participation {
        all.push(Choice::new("status", "Whether they took part", *target == Target::Status));
    }
    if let Target::Group(name) = target {
        all.push(Choice::new("same", format!("Group: {name}"), true));
    }
    for (each, label) in [
        (Target::Laestab, "Local authority and establishment number"),
        (Target::Lea, "Local authority number"),
        (Target::Estab, "Establishment number"),
    ] {
        if *target == each {
            all.push(Choice::new("same", label, true));
        }
    }
    all
}

const ACTIVITY_FIELDS: [ActivityField; 23] = [
    ActivityField::Reference,
    ActivityField::Title,
    ActivityField::Date,
    ActivityField::Kind,
    ActivityField::ProviderType,
    ActivityField::Organisation,
    ActivityField::Mode,
    ActivityField::Subject,
    ActivityField::Hours,
    ActivityField::YearGroups,
    ActivityField::Checks,
    ActivityField::Through,
    ActivityField::Source,
    ActivityField::State,
    ActivityField::EndsOn,
    ActivityField::StartsAt,
    ActivityField::EndsAt,
    ActivityField::Place,
    ActivityField::Staff,
    ActivityField::Cost,
    ActivityField::Adjustments,
    ActivityField::Purpose,
    ActivityField::Sessions,
];

/// POST what the columns mean.
pub(crate) async fn map(
    State(site): State<Site>,
    here: Here,
    Path((_, import)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id: ImportId = import.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, view, fields) = (posted.visitor.actor.clone(), here.view(), posted.fields);
    site.run(move |app| {
        let Some(mut mapping) = app.import(&actor, view, id)?.mapping else { return Err(app::Error::NOT_FOUND) };
        change(&mut mapping, &fields);
        app.map_import(&actor, view.institution, id, &mapping)
    })
    .await?;
    Ok(go(&format!("/institutions/{}/imports/{id}", here.institution)))
}

/// The mapping with what the form says. What it does not name stays.
fn change(mapping: &mut Mapping, fields: &Fields) {
    for column in &mut mapping.columns {
        let name = format!("column-{}", column.number);
        let Some((_, value)) = fields.0.iter().find(|(found, _)| *found == name) else { continue };
        column.target = match value.split_once(':') {
            Some(("learner", heading)) => match Field::ALL.iter().find(|field| field.heading() == heading) {
                Some(field) => Target::Learner(*field),
                None => continue,
            },
            Some(("activity", heading)) => match ACTIVITY_FIELDS.iter().find(|field| field.heading() == heading) {
                Some(field) => Target::Activity(*field),
                None => continue,
            },
            _ if value == "status" => Target::Status,
            _ if value.is_empty() && column.target != Target::Dropped => Target::Unknown,
            _ => continue,
        };
    }
    match fields.one("date-order") {
        "day-first" => mapping.date_order = Some(DateOrder::DayFirst),
        "month-first" => mapping.date_order = Some(DateOrder::MonthFirst),
        _ => {}
    }
    match fields.one("extent") {
        "bulk" => mapping.extent = Extent::Bulk,
        "partial" => mapping.extent = Extent::Partial,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use app::import::mapping::Mapped;

    use super::*;

    #[test]
    fn a_column_is_what_the_person_says_it_is() {
        let column = |heading: &str, number| Mapped { heading: heading.into(), number, target: Target::Unknown };
        let mut mapping = Mapping {
            subject: Subject::Learners,
            columns: vec![column("Tutor", 1), column("Born", 2)],
            date_order: None,
            extent: Extent::Bulk,
        };
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = Fields(vec![
            field("column-1", "learner:form"),
            field("column-2", "learner:date-of-birth"),
            field("date-order", "day-first"),
            field("extent", "partial"),
        ]);
        change(&mut mapping, &fields);
        assert_eq!(mapping.columns[0].target, Target::Learner(Field::Form));
        assert_eq!(mapping.columns[1].target, Target::Learner(Field::DateOfBirth));
        assert_eq!((mapping.date_order, mapping.extent), (Some(DateOrder::DayFirst), Extent::Partial));
        let asked = extent(&mapping).expect("asked of learners");
        assert_eq!(
            asked.choices.iter().find(|choice| choice.chosen).map(|choice| choice.value.as_str()),
            Some("partial")
        );
    }
}
