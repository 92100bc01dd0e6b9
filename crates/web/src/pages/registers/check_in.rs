//! Checking in by a code on the board: opened and watched by staff, used by learners.

use app::{CheckIn, CheckInForm, FieldProblem, LinkPurpose, QrPicture, Refusal};
use askama::Template;
use axum::{
    extract::{FromRequest, Path, Query, Request, State},
    http::HeaderMap,
};
use domain::{ActivityId, LinkId};

use super::{links::start, marks::address};
use crate::{
    answer::{Answer, Failure, go, go_saying, show, show_again},
    fields::Fields,
    linked::institution_of,
    pages::{
        activities::id_of,
        sign_in::{knock, origin, with_visit},
    },
    parts::{Choice, Flash},
    shell::Shell,
    site::Site,
    visitor::{Here, Knocked, Posted, Visitor},
    words,
};

/// The code and who came by it.
#[derive(Template)]
#[template(path = "pages/registers/check_in.html")]
pub(crate) struct CheckInPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    pub(crate) open: Option<Board>,
    /// Where a code is opened.
    pub(crate) action: String,
    pub(crate) minutes: Vec<Choice>,
    pub(crate) back: String,
    /// Name, form, time.
    pub(crate) came: Vec<(String, String, String)>,
}

/// The code as it is shown on the board.
pub(crate) struct Board {
    pub(crate) code: String,
    pub(crate) address: String,
    pub(crate) picture: QrPicture,
    pub(crate) until: String,
    /// Where it is ended, and where it is shown large.
    pub(crate) end: String,
    pub(crate) large: String,
}

/// The board alone.
#[derive(Template)]
#[template(path = "pages/registers/board.html")]
pub(crate) struct BoardPage {
    pub(crate) shell: Shell,
    pub(crate) board: Board,
    pub(crate) back: String,
}

/// Where a learner checks in.
#[derive(Template)]
#[template(path = "pages/registers/arrive.html")]
pub(crate) struct ArrivePage {
    pub(crate) shell: Shell,
    pub(crate) action: String,
    pub(crate) code: String,
    pub(crate) forename: String,
    pub(crate) surname: String,
    pub(crate) day: String,
    pub(crate) month: String,
}

/// GET what staff see.
pub(crate) async fn check_in(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    headers: HeaderMap,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    Ok(show(&staff(&site, &visitor, &here, &headers, id, Vec::new()).await?))
}

/// GET the board.
pub(crate) async fn board(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    headers: HeaderMap,
    Path((_, activity)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let check_in = site.run(move |app| app.check_in(&actor, view, id)).await?;
    let back = format!("{}/check-in", address(&here, id));
    match board_of(&site, &here, &headers, id, &check_in)? {
        Some(board) => {
            let shell = visitor.shell().titled(check_in.activity.activity.title.clone());
            Ok(show(&BoardPage { shell, board, back }))
        }
        None => Ok(go(&back)),
    }
}

/// POST: a code works from now on.
pub(crate) async fn open_check_in(
    State(site): State<Site>,
    here: Here,
    headers: HeaderMap,
    Path((_, activity)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let (actor, institution, minutes) = (posted.visitor.actor.clone(), here.institution, posted.fields.text("minutes"));
    match site.run(move |app| app.open_check_in(&actor, institution, id, &minutes)).await {
        Ok(_) => Ok(go(&format!("{}/check-in", address(&here, id)))),
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&staff(&site, &posted.visitor, &here, &headers, id, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST: the code works no longer.
pub(crate) async fn end_check_in(
    State(site): State<Site>,
    here: Here,
    Path((_, activity, link)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&activity)?;
    let link: LinkId = link.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.close_link(&actor, institution, LinkPurpose::CheckIn, link)).await?;
    let flash = Flash::says("The code has ended. Who came by it stays marked present.");
    Ok(go_saying(&site, &flash, &format!("{}/check-in", address(&here, id))))
}

async fn staff(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    headers: &HeaderMap,
    id: ActivityId,
    problems: Vec<FieldProblem>,
) -> Result<CheckInPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let check_in = site.run(move |app| app.check_in(&actor, view, id)).await?;
    let title = &check_in.activity.activity.title;
    let zone = site.app.context().zone();
    let came = check_in.came.iter().map(|came| {
        let at = zone.to_datetime(came.at);
        let form = came.form.clone().unwrap_or_else(|| "–".to_owned());
        (came.name.clone(), form, format!("{:02}:{:02}", at.hour(), at.minute()))
    });
    Ok(CheckInPage {
        shell: super::shell(visitor, &check_in.frame, id, title, "check-in")
            .titled("Check in with a code")
            .with_problems(problems),
        lead: format!(
            "Learners mark themselves present at “{title}” with a code on the board. {} today, of {} on the register.",
            words::count_capital(check_in.came.len(), "learner came by it", "learners came by it"),
            check_in.expected
        ),
        open: board_of(site, here, headers, id, &check_in)?,
        action: format!("{}/check-in", address(here, id)),
        minutes: ["15", "30", "45", "60"]
            .map(|minutes| Choice::new(minutes, format!("{minutes} minutes"), minutes == "15"))
            .to_vec(),
        back: here.query.with(&address(here, id), &[]),
        came: came.collect(),
    })
}

fn board_of(
    site: &Site,
    here: &Here,
    headers: &HeaderMap,
    id: ActivityId,
    check_in: &CheckIn,
) -> Result<Option<Board>, Failure> {
    let Some(open) = &check_in.open else { return Ok(None) };
    let page = format!("{}/check-in/{}", start(site, headers), here.institution);
    let until = site.app.context().zone().to_datetime(open.until);
    Ok(Some(Board {
        picture: QrPicture::of(&format!("{page}?code={}", open.code)).map_err(|error| site.fault(&error))?,
        code: open.code.clone(),
        address: page,
        until: format!("{:02}:{:02}", until.hour(), until.minute()),
        end: format!("{}/check-in/{}/end", address(here, id), open.id),
        large: format!("{}/check-in/board", address(here, id)),
    }))
}

/// GET the page where a learner checks in. It says nothing of any institution.
pub(crate) async fn arrive(
    State(site): State<Site>,
    Path(institution): Path<String>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    institution_of(&institution)?;
    let (shell, secret) = knock(&site, &headers);
    Ok(with_visit(&site, &secret, show(&arriving(shell, &institution, &Fields(query)))))
}

/// POST what a learner typed.
pub(crate) async fn arrived(State(site): State<Site>, Path(institution): Path<String>, request: Request) -> Answer {
    let id = institution_of(&institution)?;
    let from = origin(&request);
    let Knocked { secret, fields } = Knocked::from_request(request, &site).await?;
    let form = CheckInForm {
        code: fields.text("code"),
        forename: fields.text("forename"),
        surname: fields.text("surname"),
        day: fields.text("day"),
        month: fields.text("month"),
    };
    let code = form.code.clone();
    let again = |message: FieldProblem| {
        let shell = Shell { csrf: secret.clone(), ..Shell::default() }.with_problems(vec![message]);
        show_again(&arriving(shell, &institution, &fields))
    };
    match site.run(move |app| app.check_in_by_code(id, &form, &from)).await {
        Ok(checked_in) => {
            let flash = Flash::says(format!("You are marked present at “{}”. That is all.", checked_in.title));
            // The next learner may use the same device: the code stays, nothing of this one does.
            let page = Fields::default().with(&format!("/check-in/{institution}"), &[("code", &code)]);
            Ok(go_saying(&site, &flash, &page))
        }
        Err(Failure::Problems(mut problems)) if !problems.is_empty() => Ok(again(problems.remove(0))),
        Err(Failure::Refusal(Refusal::Conflict(message))) => Ok(again(FieldProblem { field: "code", message })),
        Err(failure) => Err(failure),
    }
}

fn arriving(shell: Shell, institution: &str, fields: &Fields) -> ArrivePage {
    ArrivePage {
        shell: shell.titled("Check in"),
        action: format!("/check-in/{institution}"),
        code: fields.text("code"),
        forename: fields.text("forename"),
        surname: fields.text("surname"),
        day: fields.text("day"),
        month: fields.text("month"),
    }
}
