//! Who asks, about what, and with what in hand: what handlers take from a request.

use app::{Actor, View};
use axum::{
    extract::{Form, FromRequest, FromRequestParts, Path, Query, Request},
    http::request::Parts,
};
use domain::{Date, InstitutionId, SessionId, date};
use subtle::ConstantTimeEq;

use crate::{
    answer::Failure, cookies, fields::Fields, labels, pages::go, parts::Flash, place::Place, shell::Shell, site::Site,
    words,
};

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) actor: Actor,
    /// Which of the person's sessions asks.
    pub(crate) session: SessionId,
    pub(crate) csrf: String,
    pub(crate) flash: Option<Flash>,
    /// The filters in the address of the page, which stay when the day changes.
    pub(crate) filters: Fields,
}

impl FromRequestParts<Site> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Failure> {
        let token = cookies::session(&parts.headers).ok_or(Failure::Refusal(app::Refusal::NotSignedIn))?.to_owned();
        let session = site.run(move |app| app.session(&token)).await?;
        let flash = cookies::flash(&parts.headers, &session.csrf);
        let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_or(Vec::new(), |Query(query)| query);
        Ok(Self { actor: session.actor, session: session.id, csrf: session.csrf, flash, filters: go::filters(query) })
    }
}

impl Visitor {
    /// The frame of a page that belongs to no institution.
    pub(crate) fn shell(&self) -> Shell {
        Shell {
            person: Some(self.actor.name().to_owned()),
            csrf: self.csrf.clone(),
            flash: self.flash.clone(),
            viewing: self.actor.viewing().map(viewing),
            ..Shell::default()
        }
    }

    /// The frame of a page of an institution; `page` is its address under the institution.
    pub(crate) fn shell_at(&self, frame: &app::Frame, page: &str) -> Shell {
        let place = Place { filters: self.filters.clone(), ..Place::new(frame, page) };
        Shell {
            place: Some(place),
            may: frame.may,
            own_record: frame.own_record,
            only: frame.only.as_deref().filter(|_| frame.own_record.is_none()).map(|only| only_of(only, frame.on_roll)),
            ..self.shell()
        }
    }
}

/// "You are looking as a tutor or teacher of 9A would."
fn viewing(grant: &app::Grant) -> String {
    let of = grant.over().map_or(String::new(), |over| format!(", {over},"));
    format!("You are looking as “{}”{of} would. Nothing is changed while you do.", labels::role(grant.role))
}

/// "You see 9A: 28 learners."
fn only_of(only: &str, on_roll: u32) -> String {
    let only = only.replace("their caseload", "your caseload").replace("no group yet", "no group");
    format!("You see {only}: {}.", words::count(on_roll as usize, "learner", "learners"))
}

/// The institution and the day that an address names, and the rest of its fields.
#[derive(Debug, Clone)]
pub(crate) struct Here {
    pub(crate) institution: InstitutionId,
    pub(crate) as_of: Option<Date>,
    pub(crate) query: Fields,
}

impl<S: Send + Sync> FromRequestParts<S> for Here {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let path = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Path(path) = path.map_err(|_| Failure::NOT_FOUND)?;
        let institution = path.iter().find(|(name, _)| name == "institution").and_then(|(_, id)| id.parse().ok());
        let query = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        let Query(query) = query.map_err(|_| Failure::problem("The address cannot be read."))?;
        let query = Fields(query);
        let as_of = match query.one("as-of").trim() {
            "" => None,
            text => Some(date::parse(text).ok_or_else(|| {
                Failure::problem("There is no such day as the one in the address. Use a date such as 2027-01-15.")
            })?),
        };
        Ok(Self { institution: institution.ok_or(Failure::NOT_FOUND)?, as_of, query })
    }
}

impl Here {
    pub(crate) fn view(&self) -> View {
        View { institution: self.institution, as_of: self.as_of }
    }
}

/// A form that somebody who is signed in sent from one of our pages.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) visitor: Visitor,
    pub(crate) fields: Fields,
}

impl FromRequest<Site> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, site).await?;
        let fields = read_form(Request::from_parts(parts, body), site).await?;
        check(&visitor.csrf, fields.one("csrf"))?;
        Ok(Self { visitor, fields })
    }
}

/// A form of a page before signing in.
#[derive(Debug)]
pub(crate) struct Knocked {
    pub(crate) secret: String,
    pub(crate) fields: Fields,
}

impl FromRequest<Site> for Knocked {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Failure> {
        let secret = cookies::visit(request.headers()).unwrap_or_default().to_owned();
        let fields = read_form(request, site).await?;
        check(&secret, fields.one("csrf"))?;
        Ok(Self { secret, fields })
    }
}

/// The fields of a form, whoever sent it.
pub(crate) async fn read_form(request: Request, site: &Site) -> Result<Fields, Failure> {
    let form = Form::<Vec<(String, String)>>::from_request(request, site).await;
    let Form(fields) = form.map_err(|_| Failure::problem("What was sent could not be read. Go back and try again."))?;
    Ok(Fields(fields))
}

/// Passes if a form came from a page of this browser's session.
pub(crate) fn check(expected: &str, sent: &str) -> Result<(), Failure> {
    if !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(sent.as_bytes())) {
        return Ok(());
    }
    Err(Failure::Refusal(app::Refusal::Conflict(
        "This form is from an earlier session, so nothing was changed. Open the page again and repeat it.".to_owned(),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_without_the_sessions_own_token_changes_nothing() {
        assert!(check("abc", "abc").is_ok());
        for (expected, sent) in [("abc", ""), ("abc", "abd"), ("", ""), ("", "abc")] {
            assert!(check(expected, sent).is_err(), "{expected} {sent}");
        }
    }
}
