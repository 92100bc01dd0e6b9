use app::{FieldProblem, PrivateNotes, SubjectAccessFormat};
use askama::Template;
use axum::extract::{Path, State};
use domain::{LearnerId, date};

use crate::{
    answer::{Answer, Failure, show, show_again},
    pages::requirement,
    parts::Choice,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// A copy of everything that is held about one learner, before it is made.
#[derive(Template)]
#[template(path = "pages/data_protection/copy.html")]
pub(crate) struct CopyPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) action: String,
    pub(crate) private: Option<String>,
    pub(crate) choices: Vec<Choice>,
    pub(crate) reason: String,
    pub(crate) formats: Vec<Choice>,
    pub(crate) before: Vec<String>,
    pub(crate) back: String,
}

/// What was typed.
#[derive(Default)]
struct Typed {
    private: String,
    reason: String,
    format: String,
}

/// GET the form.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, learner)): Path<(String, String)>,
) -> Answer {
    let id = learner.parse().map_err(|_| Failure::NOT_FOUND)?;
    Ok(show(&page(&site, &visitor, &here, id, Typed::default(), Vec::new()).await?))
}

/// POST the choice: the file.
pub(crate) async fn make(
    State(site): State<Site>,
    here: Here,
    Path((_, learner)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id: LearnerId = learner.parse().map_err(|_| Failure::NOT_FOUND)?;
    let typed = Typed {
        private: posted.fields.text("private_notes"),
        reason: posted.fields.text("reason"),
        format: posted.fields.text("format"),
    };
    let format = match typed.format.as_str() {
        "json" => SubjectAccessFormat::Json,
        _ => SubjectAccessFormat::Pdf,
    };
    let private = match typed.private.as_str() {
        "include" => PrivateNotes::Include,
        _ => PrivateNotes::Withhold(typed.reason.clone()),
    };
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    match site.run(move |app| app.subject_access(&actor, institution, id, private, format)).await {
        Ok(file) => Ok(requirement::save(file)),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, id, typed, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    id: LearnerId,
    typed: Typed,
    problems: Vec<FieldProblem>,
) -> Result<CopyPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let page = site.run(move |app| app.subject_access_page(&actor, view, id)).await?;
    let under = format!("learners/{id}/copy");
    let place = Place::new(&page.frame, &under);
    let zone = site.app.context().zone();
    let mut choices = vec![Choice::new("withhold", "Withhold them, for the reason below", typed.private != "include")];
    if page.may_include {
        choices.push(Choice::new("include", "Include them", typed.private == "include"));
    }
    Ok(CopyPage {
        lead: format!(
            "Everything that is held about {}, in plain words: what, where it came from, who has looked at it, how long it is kept, \
             and what rights there are. The answer is due within one month of being asked.",
            page.name
        ),
        action: place.to(&under),
        private: (page.private_notes > 0).then(|| {
            let there = if page.private_notes == 1 {
                "There is one private note of an adviser.".to_owned()
            } else {
                format!("There are {} private notes of advisers.", page.private_notes)
            };
            let who = if page.may_include {
                ""
            } else {
                " You may not read them, so you cannot hand them over: somebody who may has to make the file if they belong in it."
            };
            format!(
                "{there} They belong to what a person may see, unless an exemption applies: serious harm to somebody, or somebody else’s \
                 data. Decide, and say why.{who}"
            )
        }),
        choices,
        reason: typed.reason,
        formats: vec![
            Choice::new("pdf", "A document to read (PDF)", typed.format != "json"),
            Choice::new("json", "Data for another program (JSON)", typed.format == "json"),
        ],
        before: page
            .before
            .iter()
            .map(|(at, who)| format!("{}, by {who}", date::long(zone.to_datetime(*at).date())))
            .collect(),
        back: place.to(&format!("learners/{id}")),
        shell: visitor
            .shell_at(&page.frame, &under)
            .at("learners")
            .titled("A copy for the learner or family")
            .under(place.to("learners"), "Learners")
            .under(place.to(&format!("learners/{id}")), page.name)
            .with_problems(problems),
    })
}
