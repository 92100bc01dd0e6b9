use std::collections::BTreeMap;

use app::{Action, FieldProblem, InstitutionForm};
use askama::Template;
use axum::extract::State;
use domain::InstitutionType;

use crate::{
    answer::{Answer, Failure, go, show, show_again},
    fields::Fields,
    parts::Choice,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Changes an institution's details; also the last step of setting up by hand.
#[derive(Template)]
#[template(path = "pages/institution/details.html")]
pub(crate) struct DetailsPage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) form: DetailsForm,
    pub(crate) types: Vec<Choice>,
    pub(crate) parameters: Vec<ParameterField>,
    pub(crate) button: &'static str,
}

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DetailsForm {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) urn: String,
    pub(crate) ukprn: String,
    pub(crate) lowest_year: String,
    pub(crate) highest_year: String,
    pub(crate) first_days: String,
    pub(crate) subjects: String,
    pub(crate) parameters: BTreeMap<String, String>,
}

/// A value that the institution may set.
pub(crate) struct ParameterField {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) value: String,
    /// "Otherwise 2".
    pub(crate) otherwise: String,
}

impl DetailsForm {
    /// What was typed, as typed.
    pub(crate) fn typed(fields: &Fields) -> Self {
        Self {
            name: fields.text("name"),
            kind: fields.text("kind"),
            urn: fields.text("urn"),
            ukprn: fields.text("ukprn"),
            lowest_year: fields.text("lowest_year"),
            highest_year: fields.text("highest_year"),
            first_days: fields.text("first_days"),
            subjects: fields.text("subjects"),
            parameters: fields
                .beginning("parameter-")
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        }
    }

    /// An institution as the form shows it.
    pub(crate) fn of(form: &InstitutionForm) -> Self {
        let lines = |map: &BTreeMap<String, String>| {
            map.iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join("\n")
        };
        Self {
            name: form.name.clone(),
            kind: form.kind.clone(),
            urn: form.urn.clone(),
            ukprn: form.ukprn.clone(),
            lowest_year: form.lowest_year.clone(),
            highest_year: form.highest_year.clone(),
            first_days: lines(&form.first_days),
            subjects: lines(&form.subjects),
            parameters: form.parameters.clone(),
        }
    }

    /// The form as `app` takes it. A line without a colon is kept as it is, for `app` to say what is wrong with it.
    pub(crate) fn form(&self) -> InstitutionForm {
        let map = |text: &str| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines
                .map(|line| {
                    let (key, value) = line.split_once(':').unwrap_or((line, line));
                    (key.trim().to_owned(), value.trim().to_owned())
                })
                .collect()
        };
        InstitutionForm {
            name: self.name.clone(),
            kind: self.kind.clone(),
            urn: self.urn.clone(),
            ukprn: self.ukprn.clone(),
            lowest_year: self.lowest_year.clone(),
            highest_year: self.highest_year.clone(),
            subjects: map(&self.subjects),
            first_days: map(&self.first_days),
            parameters: self.parameters.clone(),
        }
    }
}

/// The types to choose from.
pub(crate) fn types(chosen: &str) -> Vec<Choice> {
    let none = Choice::new("", "Choose one", chosen.is_empty());
    let all = InstitutionType::ALL.iter();
    std::iter::once(none)
        .chain(all.map(|kind| Choice::new(kind, words::capital(kind.label()), chosen == kind.word())))
        .collect()
}

/// GET the form.
pub(crate) async fn edit(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site
        .run(move |app| {
            let page = app.institution(&actor, view)?;
            page.frame.ask(Action::Administer)?;
            Ok(page)
        })
        .await?;
    let form = DetailsForm::of(&page.form);
    Ok(show(&page_of(&visitor, &page, form, Vec::new())))
}

/// POST the details.
pub(crate) async fn change(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let form = DetailsForm::typed(&posted.fields);
    let (actor, institution, sent) = (posted.visitor.actor.clone(), here.institution, form.form());
    match site.run(move |app| app.change_institution(&actor, institution, &sent)).await {
        Ok(()) => Ok(go(&format!("/institutions/{institution}/settings"))),
        Err(Failure::Problems(problems)) => {
            let (actor, view) = (posted.visitor.actor.clone(), here.view());
            let page = site.run(move |app| app.institution(&actor, view)).await?;
            Ok(show_again(&page_of(&posted.visitor, &page, form, problems)))
        }
        Err(failure) => Err(failure),
    }
}

fn page_of(
    visitor: &Visitor,
    page: &app::InstitutionPage,
    form: DetailsForm,
    problems: Vec<FieldProblem>,
) -> DetailsPage {
    let place = Place::new(&page.frame, "settings/details");
    DetailsPage {
        shell: visitor
            .shell_at(&page.frame, "settings/details")
            .at("settings")
            .titled("Change the details")
            .under(place.to("settings"), "Institution")
            .with_problems(problems),
        action: place.to("settings/details"),
        types: types(&form.kind),
        parameters: page
            .parameters
            .iter()
            .map(|(name, default, about, _)| ParameterField {
                name: format!("parameter-{name}"),
                about: about.clone(),
                value: form.parameters.get(name).cloned().unwrap_or_default(),
                otherwise: format!("Otherwise {default}"),
            })
            .collect(),
        form,
        button: "Save the details",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_typed_one_year_a_line() {
        let form = DetailsForm { subjects: "7: Art; English\n\n 8 :Music ".into(), ..DetailsForm::default() }.form();
        assert_eq!(form.subjects["7"], "Art; English");
        assert_eq!(form.subjects["8"], "Music");
    }
}
