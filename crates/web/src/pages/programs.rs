//! Keys with which the institution's programs call the API.

use app::{ApiKeyForm, FieldProblem, KeyScope, KeyState, Secret};
use askama::Template;
use axum::extract::{Path, State};
use domain::{ApiKeyId, date};
use jiff::Timestamp;

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    labels,
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// The keys there are, and a form that makes one.
#[derive(Template)]
#[template(path = "pages/programs/programs.html")]
pub(crate) struct ProgramsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// A key just made, shown this once.
    pub(crate) made: Option<String>,
    pub(crate) keys: Vec<KeyLine>,
    pub(crate) action: String,
    pub(crate) name: String,
    pub(crate) scopes: Vec<Choice>,
    pub(crate) expires_on: String,
}

/// One key.
pub(crate) struct KeyLine {
    pub(crate) name: String,
    pub(crate) may: String,
    pub(crate) owner: String,
    pub(crate) until: String,
    pub(crate) used: String,
    /// Where it is taken back, while it is good for anything.
    pub(crate) revoke: Option<String>,
}

/// GET the keys.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, ApiKeyForm::default(), None, Vec::new()).await?))
}

/// POST a new key. The answer is the page itself, because the key is shown this once and is in no address and no cookie.
pub(crate) async fn add(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let fields = &posted.fields;
    let form =
        ApiKeyForm { name: fields.text("name"), scopes: fields.all("scopes"), expires_on: fields.text("expires_on") };
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, form.clone());
    match site.run(move |app| app.add_api_key(&actor, institution, &asked)).await {
        Ok(new) => {
            let visitor = &posted.visitor;
            Ok(show(&page(&site, visitor, &here, ApiKeyForm::default(), Some(&new.key), Vec::new()).await?))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, form, None, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST that a key is taken back.
pub(crate) async fn revoke(
    State(site): State<Site>,
    here: Here,
    Path((_, key)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let key: ApiKeyId = key.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.revoke_api_key(&actor, institution, key)).await?;
    let flash =
        Flash::says("The key is taken back and opens nothing any more. A program that used it needs a new one.");
    Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/settings/programs")))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    form: ApiKeyForm,
    made: Option<&Secret>,
    problems: Vec<FieldProblem>,
) -> Result<ProgramsPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let (frame, keys) =
        site.run(move |app| Ok((app.frame(&actor, view)?, app.api_keys(&actor, view.institution)?))).await?;
    let place = Place::new(&frame, "settings/programs");
    let good = keys.iter().filter(|key| key.state == KeyState::Good).count();
    let day = |at: Timestamp| date::long(site.app.context().zone().to_datetime(at).date());
    let line = |key: &app::ApiKey| KeyLine {
        name: key.name.clone(),
        may: key.scopes.iter().map(|scope| labels::key_scope(*scope)).collect::<Vec<_>>().join("; "),
        owner: key.owner.clone(),
        until: match key.state {
            // The last moment is midnight; people say the day before it.
            KeyState::Good => format!("until {}", day(key.expires_at - jiff::SignedDuration::from_secs(1))),
            KeyState::Expired => format!("ended on {}", day(key.expires_at - jiff::SignedDuration::from_secs(1))),
            KeyState::Revoked => "taken back".to_owned(),
            KeyState::OwnerLeft => "opens nothing: the person has left".to_owned(),
        },
        used: key.last_used_at.map_or_else(|| "never".to_owned(), |at| site.when(at)),
        revoke: matches!(key.state, KeyState::Good | KeyState::OwnerLeft)
            .then(|| place.to(&format!("settings/programs/{}/revoke", key.id))),
    };
    Ok(ProgramsPage {
        keys: keys.iter().map(line).collect(),
        lead: format!(
            "{} this institution’s records. A key does what you tick, never more than the person who answers for it may do, and shows nothing sensitive.",
            words::count_capital(good, "key opens", "keys open")
        ),
        made: made.map(|key| key.reveal().to_owned()),
        shell: visitor
            .shell_at(&frame, "settings/programs")
            .at("settings")
            .titled("Programs")
            .under(place.to("settings"), "Institution")
            .under(place.to("settings/people"), "People")
            .with_problems(problems),
        action: place.to("settings/programs"),
        scopes: KeyScope::ALL
            .into_iter()
            .map(|scope| {
                let chosen = form.scopes.iter().any(|word| word == scope.word());
                Choice::new(scope.word(), labels::key_scope(scope), chosen)
            })
            .collect(),
        name: form.name,
        expires_on: form.expires_on,
    })
}
