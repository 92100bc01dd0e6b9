use app::{Action, AttestationForm, FieldProblem};
use askama::Template;
use axum::extract::{Path, State};

use domain::date;

use crate::{
    answer::{Answer, Failure, go, show, show_again},
    pages::why::PaperBehind,
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

/// Records evidence for something asked of the institution.
#[derive(Template)]
#[template(path = "pages/institution/attest.html")]
pub(crate) struct AttestPage {
    pub(crate) shell: Shell,
    pub(crate) asks: String,
    pub(crate) why: String,
    pub(crate) action: String,
    pub(crate) form: AttestationForm,
    /// When it goes stale.
    pub(crate) stale: String,
    /// Steps of the programme that are offered as evidence: title, day and address.
    pub(crate) steps: Vec<(String, String, String)>,
    /// Where such a step is written down.
    pub(crate) new_step: Option<String>,
    /// The paper that shows it.
    pub(crate) paper: Option<PaperBehind>,
}

/// GET the form.
pub(crate) async fn evidence(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, requirement)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, requirement, AttestationForm::default(), Vec::new()).await?))
}

/// POST the evidence.
pub(crate) async fn attest(
    State(site): State<Site>,
    here: Here,
    Path((_, requirement)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let fields = &posted.fields;
    let form = AttestationForm {
        evidence: fields.text("evidence"),
        owner: fields.text("owner"),
        attested_on: fields.text("attested_on"),
    };
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let (sent, id) = (form.clone(), requirement.clone());
    match site.run(move |app| app.attest(&actor, institution, &id, &sent)).await {
        Ok(()) => Ok(go(&format!("/institutions/{institution}/settings#{requirement}"))),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, requirement, form, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    requirement: String,
    form: AttestationForm,
    problems: Vec<FieldProblem>,
) -> Result<AttestPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, why, recorded, steps, behind) = site
        .run(move |app| {
            let frame = app.frame(&actor, view)?;
            frame.ask(Action::Confirm)?;
            let why = app.why(&frame.framework.id, &requirement)?;
            // Staff development is recorded here, so that nobody has to write it down twice.
            let recorded = match why.id.as_str() {
                "bm4.2" => app.staff_training_evidence(&actor, view)?,
                _ => String::new(),
            };
            let steps = app.steps_for(&actor, view, &why.id)?;
            let behind = app.policy_behind(&actor, view, &why.id)?;
            Ok((frame, why, recorded, steps, behind))
        })
        .await?;
    let mut form = form;
    if form.evidence.is_empty() && problems.is_empty() {
        form.evidence = recorded;
    }
    let under = format!("settings/asked/{}", why.id);
    let place = Place::new(&frame, &under);
    Ok(AttestPage {
        shell: visitor
            .shell_at(&frame, &under)
            .at("settings")
            .titled(why.wording.title)
            .under(place.to("settings"), "Institution")
            .with_problems(problems),
        asks: why.wording.asks,
        why: place.to(&format!("requirements/{}/why", why.id)),
        action: place.to(&under),
        form,
        paper: behind.map(|behind| PaperBehind::of(&behind, &place)),
        steps: steps
            .into_iter()
            .map(|(id, title, day)| (title, date::long(day), place.to(&format!("activities/{id}"))))
            .collect(),
        new_step: (why.id.starts_with("bm1.") && frame.may.has(Action::Record))
            .then(|| place.to("activities/new?kind=programme")),
        stale: why.wording.by_when,
    })
}
