use app::{CareersPostRow, CareersTeam};
use askama::Template;
use axum::extract::State;
use domain::date;

use crate::{
    answer::{Answer, show},
    place::Place,
    shell::Shell,
    site::Site,
    visitor::{Here, Visitor},
    words,
};

/// Who holds which post.
#[derive(Template)]
#[template(path = "pages/careers_team/list.html")]
pub(crate) struct CareersTeamPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// What should be looked at: the post, its page, and what.
    pub(crate) steps: Vec<(String, String, String)>,
    /// Posts that somebody holds.
    pub(crate) held: Vec<PostLine>,
    /// Posts that nobody holds.
    pub(crate) vacant: Vec<PostLine>,
}

/// One post.
pub(crate) struct PostLine {
    pub(crate) label: String,
    /// Where it is changed, for those who may.
    pub(crate) href: Option<String>,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) ways: Vec<String>,
    pub(crate) qualification: String,
    pub(crate) until: String,
    pub(crate) rests_on_it: Vec<&'static str>,
}

/// GET the people.
pub(crate) async fn get(State(site): State<Site>, visitor: Visitor, here: Here) -> Answer {
    let (actor, view) = (visitor.actor.clone(), here.view());
    let team = site.run(move |app| app.careers_team(&actor, view)).await?;
    Ok(show(&page(&visitor, &team)))
}

fn page(visitor: &Visitor, team: &CareersTeam) -> CareersTeamPage {
    let place = Place::new(&team.frame, "careers-team");
    let to = |row: &CareersPostRow| place.to(&format!("careers-team/{}", row.word));
    let line = |row: &CareersPostRow| line(row, team.may_write.then(|| to(row)));
    let (held, vacant): (Vec<_>, Vec<_>) = team.posts.iter().partition(|row| !row.form.name.is_empty());
    let warned = team.posts.iter().filter_map(|row| Some((row, row.warning.clone()?)));
    let steps: Vec<_> = warned.map(|(row, warning)| (row.label.clone(), to(row), warning)).collect();
    let named = words::count_capital(held.len(), "post is held", "posts are held");
    let lead = match steps.len() {
        0 => format!("{named}. What must be published about them is there."),
        1 => format!("{named}. One should be looked at."),
        some => format!("{named}. {} should be looked at.", words::count_capital(some, "post", "posts")),
    };
    CareersTeamPage {
        lead,
        steps: if team.may_write { steps } else { Vec::new() },
        held: held.into_iter().map(line).collect(),
        vacant: vacant.into_iter().map(line).collect(),
        shell: visitor
            .shell_at(&team.frame, "careers-team")
            .at("policy")
            .titled("People of the careers programme")
            .under(place.to("policy"), "Policy"),
    }
}

fn line(row: &CareersPostRow, href: Option<String>) -> PostLine {
    let form = &row.form;
    let ways = [&form.email, &form.phone].into_iter().filter(|way| !way.is_empty()).cloned().collect();
    let employer = if form.employer.is_empty() { String::new() } else { format!(" ({})", form.employer) };
    PostLine {
        label: row.label.clone(),
        href,
        name: form.name.clone(),
        title: format!("{}{employer}", form.title),
        ways,
        qualification: form.qualification.clone(),
        until: row.ends_on.map_or(String::new(), date::long),
        rests_on_it: row.rests_on_it.clone(),
    }
}
