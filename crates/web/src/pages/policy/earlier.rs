//! An earlier policy beside a draft: its file, its parts, and where each goes.

use app::{FieldProblem, PassageClause, PassageRow, PassageState, ReadInPage};
use askama::Template;
use axum::extract::{Multipart, Path, State};
use policy::Provenance;

use super::id;
use crate::{
    answer::{Answer, Failure, go_saying, show, show_again},
    parts::{Flash, Sign, Tag},
    place::Place,
    shell::Shell,
    site::Site,
    upload,
    visitor::{Here, Visitor},
    words,
};

/// The parts of an earlier policy by the clauses that they are like.
#[derive(Template)]
#[template(path = "pages/policy/earlier.html")]
pub(crate) struct EarlierPage {
    pub(crate) shell: Shell,
    pub(crate) lead: String,
    /// How many parts are done, and how many there are.
    pub(crate) progress: (usize, usize),
    pub(crate) action: String,
    pub(crate) problem: Option<String>,
    /// Open parts for which no place is suggested.
    pub(crate) without_place: Vec<PartLine>,
    /// Open parts by the clause that they are suggested for.
    pub(crate) groups: Vec<PartGroup>,
    pub(crate) placed: Vec<SettledLine>,
    pub(crate) aside: Vec<SettledLine>,
    /// Where the draft is.
    pub(crate) up: String,
}

/// Parts for one clause.
pub(crate) struct PartGroup {
    pub(crate) key: String,
    /// Heading of the section and number of the clause.
    pub(crate) name: String,
    /// Where the clause is.
    pub(crate) href: String,
    pub(crate) provenance: &'static str,
    pub(crate) label: &'static str,
    /// What stands there now.
    pub(crate) now: String,
    pub(crate) parts: Vec<PartLine>,
}

/// A part that waits for a place.
pub(crate) struct PartLine {
    pub(crate) number: i32,
    pub(crate) heading: String,
    pub(crate) html: String,
    pub(crate) tag: Option<Tag>,
    /// Key of the clause that it is suggested for.
    pub(crate) clause: String,
    /// What the button says that puts it there.
    pub(crate) put: &'static str,
    /// Address of its page; what is done with it is under it.
    pub(crate) href: String,
}

/// A part that is done.
pub(crate) struct SettledLine {
    pub(crate) number: i32,
    pub(crate) heading: String,
    /// Name and address of the clause that it stands in.
    pub(crate) clause: Option<(String, String)>,
    pub(crate) href: String,
}

/// GET the parts.
pub(crate) async fn get(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
) -> Answer {
    Ok(show(&page(&site, &visitor, &here, &policy, Vec::new()).await?))
}

/// POST a file. What stands in the draft stays as it is, whatever the file is.
pub(crate) async fn read_in(
    State(site): State<Site>,
    visitor: Visitor,
    here: Here,
    Path((_, policy)): Path<(String, String)>,
    form: Multipart,
) -> Answer {
    let version = id(&policy)?;
    let (actor, institution) = (visitor.actor.clone(), here.institution);
    const TOO_LARGE: &str = "The file is too large: 32 MB are the most. Take out large pictures, save it again, and choose it again. Nothing of the draft was changed.";
    let taken = match upload::read_saying(&visitor, form, TOO_LARGE).await {
        Ok(sent) => site.run(move |app| app.read_in_policy(&actor, institution, version, &sent.bytes)).await,
        Err(failure) => Err(failure),
    };
    match taken {
        Ok((parts, suggested)) => {
            let flash = Flash::says(format!(
                "{} {} read in, and a place is suggested for {}. Nothing of the draft is changed until you put a part somewhere.",
                words::count_capital(parts, "part", "parts"),
                if parts == 1 { "is" } else { "are" },
                if suggested == parts { "all of them".to_owned() } else { format!("{suggested} of them") },
            ));
            Ok(go_saying(&site, &flash, &format!("/institutions/{institution}/policy/{version}/earlier")))
        }
        Err(Failure::Problems(problems)) => Ok(show_again(&page(&site, &visitor, &here, &policy, problems).await?)),
        Err(failure) => Err(failure),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    here: &Here,
    policy: &str,
    problems: Vec<FieldProblem>,
) -> Result<EarlierPage, Failure> {
    let (actor, view, version) = (visitor.actor.clone(), here.view(), id(policy)?);
    let found = site.run(move |app| app.policy_read_in(&actor, view, version)).await?;
    let base = format!("policy/{version}");
    let under = format!("{base}/earlier");
    let place = Place::new(&found.frame, &under);
    let clause_of = |row: &PassageRow| found.clauses.iter().find(|one| Some(&one.key) == row.passage.clause.as_ref());
    let to = |row: &PassageRow| place.to(&format!("{under}/{}", row.passage.position));
    let of = |state| found.passages.iter().filter(move |row| row.passage.state == state);
    let settled = |row: &PassageRow| SettledLine {
        number: row.passage.position + 1,
        heading: heading(row),
        clause: clause_of(row)
            .filter(|_| row.passage.state == PassageState::Placed)
            .map(|clause| (name(clause), place.to(&address(&base, clause)))),
        href: to(row),
    };
    let open = |row: &PassageRow| PartLine {
        number: row.passage.position + 1,
        heading: heading(row),
        html: row.html.clone(),
        tag: row
            .sureness
            .map(|how| Tag::new(if how == "perhaps" { Sign::Upcoming } else { Sign::Planned }, words::capital(how))),
        clause: row.passage.clause.clone().unwrap_or_default(),
        put: clause_of(row).map_or("", put),
        href: to(row),
    };
    let groups = found.clauses.iter().filter_map(|clause| {
        let parts: Vec<_> =
            of(PassageState::Open).filter(|row| row.passage.clause.as_ref() == Some(&clause.key)).map(open).collect();
        (!parts.is_empty()).then(|| PartGroup {
            key: clause.key.clone(),
            name: name(clause),
            href: place.to(&address(&base, clause)),
            provenance: clause.provenance.word(),
            label: clause.provenance.label(),
            now: clause.html.clone(),
            parts,
        })
    });
    let shell = visitor
        .shell_at(&found.frame, &under)
        .at("policy")
        .titled("Your earlier policy")
        .under(place.to("policy"), "Policy")
        .under(place.to(&base), format!("{}, version {}", found.title, found.policy.number))
        .with_problems(problems);
    Ok(EarlierPage {
        lead: lead(&found),
        progress: (found.passages.len() - found.count(PassageState::Open), found.passages.len()),
        action: place.to(&under),
        problem: shell.problems.of("file").map(str::to_owned),
        without_place: of(PassageState::Open).filter(|row| clause_of(row).is_none()).map(open).collect(),
        groups: groups.collect(),
        placed: of(PassageState::Placed).map(settled).collect(),
        aside: of(PassageState::Aside).map(settled).collect(),
        up: place.to(&base),
        shell,
    })
}

fn lead(page: &ReadInPage) -> String {
    let (all, placed, aside, open) = (
        page.passages.len(),
        page.count(PassageState::Placed),
        page.count(PassageState::Aside),
        page.count(PassageState::Open),
    );
    if all == 0 {
        return "If you have a policy already, read it in: its parts are shown beside the clauses that they are like, and you put each where it belongs.".to_owned();
    }
    let set_aside = match aside {
        0 => String::new(),
        count => format!(", {} set aside", words::count(count, "is", "are")),
    };
    let rest = match open {
        0 => ". Nothing is left to place".to_owned(),
        count => format!(", {} for a place", words::count(count, "waits", "wait")),
    };
    format!("{placed} of {all} {} placed{set_aside}{rest}.", if all == 1 { "part" } else { "parts" })
}

/// What the button says that puts a part into this clause.
pub(super) fn put(clause: &PassageClause) -> &'static str {
    match (clause.has_own, clause.provenance) {
        (true, _) => "Put it after your words",
        (false, Provenance::Statutory) => "Put it after our wording",
        (false, Provenance::Recommended | Provenance::Example) => "Put it in the place of our wording",
    }
}

/// What a clause is called among others.
pub(super) fn name(clause: &PassageClause) -> String {
    format!("{}, clause {}", clause.section.1, clause.number)
}

pub(super) fn address(base: &str, clause: &PassageClause) -> String {
    format!("{base}/sections/{}#{}", clause.section.0, clause.key)
}

/// The heading of a part; what has none is called by its first words.
pub(super) fn heading(row: &PassageRow) -> String {
    const WORDS: usize = 8;
    row.passage.heading.clone().unwrap_or_else(|| {
        let words: Vec<&str> = row.passage.text.split_whitespace().take(WORDS).collect();
        format!("“{} …”", words.join(" "))
    })
}
