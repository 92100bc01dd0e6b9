use app::{Feed, FeedScope};
use askama::Template;
use axum::extract::{Path, State};
use domain::{LinkId, YearGroup};

use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::{Choice, Flash},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Posted, Visitor},
    words,
};

/// Feeds of the calendar, and a form that makes one.
#[derive(Template)]
#[template(path = "pages/calendar/feeds.html")]
pub(crate) struct FeedsPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// The address of one just made, shown this once.
    pub(crate) made: Option<String>,
    pub(crate) feeds: Vec<FeedLine>,
    pub(crate) action: String,
    pub(crate) scopes: Vec<Choice>,
    pub(crate) label: String,
}

/// One feed.
pub(crate) struct FeedLine {
    pub(crate) what: String,
    pub(crate) label: String,
    pub(crate) owner: String,
    pub(crate) made: String,
    pub(crate) used: String,
    pub(crate) end: String,
}

fn scope_label(scope: FeedScope) -> String {
    match scope {
        FeedScope::All => "Everything".to_owned(),
        FeedScope::YearGroup(year) => format!("Year {year}"),
        FeedScope::Own => "Activities that I am in charge of".to_owned(),
    }
}

/// GET the feeds.
pub(crate) async fn feeds(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    Ok(show(&page(&site, &visitor, &here, (String::from("all"), String::new()), None, Vec::new()).await?))
}

/// POST a new feed. The answer is the page itself, because its address is shown this once and kept nowhere.
pub(crate) async fn make_feed(State(site): State<Site>, here: Here, posted: Posted) -> Answer {
    let (about, label) = (posted.fields.text("about"), posted.fields.text("label"));
    let (actor, institution, asked) = (posted.visitor.actor.clone(), here.institution, (about.clone(), label.clone()));
    match site.run(move |app| app.make_feed(&actor, institution, &asked.0, &asked.1)).await {
        Ok(new) => {
            let start = site.settings.public_address.as_deref().unwrap_or_default().trim_end_matches('/');
            let address = format!("{start}/calendar/feed/{institution}/{}.ics", new.token.reveal());
            let typed = (String::from("all"), String::new());
            Ok(show(&page(&site, &posted.visitor, &here, typed, Some(address), Vec::new()).await?))
        }
        Err(Failure::Problems(problems)) => {
            Ok(show_again(&page(&site, &posted.visitor, &here, (about, label), None, problems).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// POST that a feed ends.
pub(crate) async fn end_feed(
    State(site): State<Site>,
    here: Here,
    Path((_, feed)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let feed: LinkId = feed.parse().map_err(|_| Failure::NOT_FOUND)?;
    let (actor, institution) = (posted.visitor.actor.clone(), here.institution);
    site.run(move |app| app.end_feed(&actor, institution, feed)).await?;
    let flash = Flash::says("The calendar has ended. Programs that followed it get nothing any more.");
    Ok(go_saying(&site, &flash, &here.query.with(&format!("/institutions/{institution}/calendar/feeds"), &[])))
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    typed: (String, String),
    made: Option<String>,
    problems: Vec<app::FieldProblem>,
) -> Result<FeedsPage, Failure> {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let feeds = site.run(move |app| app.feeds(&actor, view)).await?;
    let frame = &feeds.frame;
    let place = Place::new(frame, "calendar/feeds");
    let (first, last) = frame.institution.years.unwrap_or((YearGroup::LOWEST, YearGroup::HIGHEST));
    let years = (first.number()..=last.number()).map(|year| FeedScope::YearGroup(YearGroup::new(year)));
    let word = |scope: FeedScope| match scope {
        FeedScope::All => "all".to_owned(),
        FeedScope::Own => "own".to_owned(),
        FeedScope::YearGroup(year) => format!("year:{year}"),
    };
    let scopes = [FeedScope::All, FeedScope::Own].into_iter().chain(years);
    let line = |feed: &Feed| FeedLine {
        what: scope_label(feed.scope),
        label: feed.label.clone(),
        owner: if feed.is_own { "You".to_owned() } else { feed.owner.clone() },
        made: site.when(feed.made_at),
        used: feed.used_at.map_or_else(|| "never".to_owned(), |at| site.when(at)),
        end: place.to(&format!("calendar/feeds/{}/end", feed.id)),
    };
    Ok(FeedsPage {
        lead: format!(
            "{} the calendar to a program such as Outlook, Google Calendar or the one on your phone. No learner is ever named.",
            words::count_capital(feeds.feeds.len(), "address takes", "addresses take")
        ),
        feeds: feeds.feeds.iter().map(line).collect(),
        made,
        action: place.to("calendar/feeds"),
        scopes: scopes.map(|scope| Choice::new(word(scope), scope_label(scope), word(scope) == typed.0)).collect(),
        label: typed.1,
        shell: visitor
            .shell_at(frame, "calendar/feeds")
            .at("calendar")
            .titled("The calendar on your phone")
            .under(place.to("calendar"), "Calendar")
            .with_problems(problems),
    })
}
