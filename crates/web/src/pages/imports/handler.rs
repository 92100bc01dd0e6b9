use app::{
    FieldProblem, Refusal,
    import::{Choose, State, plan::Decision},
};
use axum::{
    extract::{Path, State as FromState},
    http::header,
    response::IntoResponse,
};
use domain::{ImportId, LearnerId};

use super::{mapping, progress, result, review};
use crate::{
    answer::{Answer, Failure, go, show, show_again},
    cookies,
    fields::Fields,
    pages::requirement::save,
    parts::Flash,
    site::Site,
    visitor::{Here, Posted, Visitor},
};

fn id_of(text: &str) -> Result<ImportId, Failure> {
    text.parse().map_err(|_| Failure::NOT_FOUND)
}

/// GET an import, wherever it stands: its columns, its review, its progress or its result.
pub(crate) async fn get(
    FromState(site): FromState<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, import)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&import)?;
    let (actor, view) = (visitor.actor.clone(), here.view());
    let import = site.run(move |app| app.import(&actor, view, id)).await?;
    if let Some(progress) = import.progress {
        return Ok(show(&progress::page(&visitor, &import, progress)));
    }
    if matches!(import.row.state, State::Applied | State::Undone | State::Cancelled) {
        return Ok(show(&result::page(&site, &visitor, &import)));
    }
    let wants_columns =
        import.work.is_none() || import.ambiguous_dates.is_some() || !here.query.one("columns").is_empty();
    match &import.mapping {
        Some(mapping) if wants_columns => Ok(show(&mapping::page(&visitor, &import, mapping))),
        _ => Ok(show(&review::page(&visitor, &import))),
    }
}

/// POST decisions, and apply the import if that was the button.
pub(crate) async fn apply(
    FromState(site): FromState<Site>,
    here: Here,
    Path((_, import)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&import)?;
    let choices = choices(&posted.fields)
        .ok_or_else(|| Failure::problem("A decision could not be read. Open the import again."))?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    let apply = posted.fields.one("do") != "decide";
    let good_rows_alone = posted.fields.one("good-rows-alone") == "yes";
    let (acting, view) = (actor.clone(), here.view());
    let done = site.run(move |app| {
        if !choices.is_empty() {
            app.decide_import(&actor, institution, id, &choices)?;
        }
        if apply { app.start_apply_import(&actor, institution, id, good_rows_alone) } else { Ok(()) }
    });
    // What keeps it from being applied stands above the review, where it can be put right.
    let problems = match done.await {
        Ok(()) => return Ok(go(&format!("/institutions/{institution}/imports/{id}"))),
        Err(Failure::Problems(problems)) => problems,
        Err(Failure::Refusal(Refusal::Conflict(message))) => vec![FieldProblem { field: "", message }],
        Err(failure) => return Err(failure),
    };
    let import = site.run(move |app| app.import(&acting, view, id)).await?;
    let mut page = review::page(&posted.visitor, &import);
    page.shell = page.shell.with_problems(problems);
    Ok(show_again(&page))
}

/// The decisions that the form holds; `None` if one cannot be read. What is not decided is passed over.
fn choices(fields: &Fields) -> Option<Vec<Choose>> {
    let mut choices = Vec::new();
    for (line, value) in fields.beginning("row-") {
        let decision = match value.split_once(':').unwrap_or((value, "")) {
            ("", _) => continue,
            ("existing", learner) => Decision::Existing(learner.parse().ok()?),
            ("year", year) => Decision::YearGroup(year.parse().ok()?),
            ("new", _) => Decision::New,
            ("skip", _) => Decision::Skip,
            _ => return None,
        };
        choices.push(Choose::Row { line: line.parse().ok()?, decision });
    }
    for (learner, value) in fields.beginning("absent-") {
        let learner: LearnerId = learner.parse().ok()?;
        match value {
            "" => {}
            "leaves" => choices.push(Choose::Absent { learner, leaves: true }),
            "stays" => choices.push(Choose::Absent { learner, leaves: false }),
            _ => return None,
        }
    }
    Some(choices)
}

/// GET the file back, with a column that says what is wrong in each row.
pub(crate) async fn annotated(
    FromState(site): FromState<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, import)): Path<(String, String)>,
) -> Answer {
    let id = id_of(&import)?;
    let (actor, institution) = (visitor.actor.clone(), here.institution);
    Ok(save(site.run(move |app| app.annotated_import(&actor, institution, id)).await?))
}

/// POST: works out again what the file would do, to the records as they are now.
pub(crate) async fn replan(
    FromState(site): FromState<Site>,
    here: Here,
    Path((_, import)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&import)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.replan_import(&actor, institution, id)).await?;
    Ok(go(&format!("/institutions/{institution}/imports/{id}")))
}

/// POST: gives the import up.
pub(crate) async fn cancel(
    FromState(site): FromState<Site>,
    here: Here,
    Path((_, import)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&import)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.cancel_import(&actor, institution, id)).await?;
    Ok(back(&site, &here, "The import was given up. Nothing was changed."))
}

/// POST: takes back everything that the import did.
pub(crate) async fn undo(
    FromState(site): FromState<Site>,
    here: Here,
    Path((_, import)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let id = id_of(&import)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.undo_import(&actor, institution, id)).await?;
    Ok(back(&site, &here, "The import was undone. The records are as they were before it."))
}

fn back(site: &Site, here: &Here, message: &str) -> axum::response::Response {
    let flash = Flash { message: message.to_owned(), warning: false, undo: None };
    let cookie = [(header::SET_COOKIE, cookies::set_flash(&site.settings, &flash))];
    (cookie, go(&format!("/institutions/{}/imports", here.institution))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_and_what_is_open_stays_open() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = Fields(vec![
            field("row-14", "existing:77"),
            field("row-15", "year:9"),
            field("row-16", ""),
            field("absent-78", "stays"),
        ]);
        let expected = vec![
            Choose::Row { line: 14, decision: Decision::Existing(LearnerId(77)) },
            Choose::Row { line: 15, decision: Decision::YearGroup(domain::YearGroup::new(9)) },
            Choose::Absent { learner: LearnerId(78), leaves: false },
        ];
        assert_eq!(choices(&fields), Some(expected));
        assert_eq!(choices(&Fields(vec![field("row-1", "perhaps")])), None);
    }
}
