use std::collections::{BTreeMap, HashMap, HashSet};

use domain::AcademicYear;
use serde::{Deserialize, Serialize};

use super::{
    Dates, Edition, Options, Organisation, Presence,
    classes::{self, Classes, Enrolled},
    manifest::Manifest,
    organisations::Organisations,
    people::{self, Demographic, Roles},
};
use crate::{
    archive::{self, Entry, Limits},
    named::Named,
    problem::{Code, Limit, Place, Problem, Thing},
    roster::{Extent, Roster, Source},
    sheet,
    text::{self, FileKind},
};

/// Of problems that come in long runs, how many are told one by one.
const TOLD_SINGLY: usize = 20;

/// A package as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Its edition, by the manifest or else by its columns.
    pub edition: Edition,
    /// The system that made it, if it says so.
    pub system: Option<String>,
    /// What the manifest says of each file, by its lower-case name without ending; empty without a manifest.
    pub manifest: BTreeMap<String, Presence>,
    /// Every organisation in it.
    pub organisations: Vec<Organisation>,
    /// The institutions whose learners are in it, by `sourcedId`, with how many.
    pub institutions: BTreeMap<String, usize>,
    /// Its learners, and all problems.
    pub roster: Roster,
}

/// Whether file names are those of a OneRoster package.
pub fn is_package<'n>(names: impl IntoIterator<Item = &'n str>) -> bool {
    let stems: HashSet<String> = names.into_iter().map(stem).collect();
    stems.contains("users") && ["manifest", "orgs", "enrollments"].iter().any(|name| stems.contains(*name))
}

/// Reads a package from a zip. One that is not safe to unpack yields no rows and one problem.
pub fn read_zip(bytes: &[u8], file: &str, options: &Options) -> Package {
    match archive::unpack(bytes, &Limits::ROSTER) {
        Ok(files) => read_files(&files, options),
        Err(refused) => {
            let mut package = Package::empty(file);
            package.roster.problems.push(refused.problem(file));
            package
        }
    }
}

/// Reads a package from its files.
pub fn read_files(files: &[Entry], options: &Options) -> Package {
    let mut package = Package::empty("users.csv");
    let mut problems = Vec::new();
    let texts = Texts::of(files, &mut problems);

    let manifest = match texts.open("manifest", &mut problems) {
        Some(table) => Manifest::read(table, &mut problems),
        None => {
            problems.push(Problem::note(Place::file("manifest.csv"), Code::ManifestMissing));
            Manifest::default()
        }
    };
    texts.compare(&manifest, &mut problems);
    let Some(table) = texts.open("users", &mut problems) else {
        if !texts.by_stem.contains_key("users") {
            problems.push(Problem::problem(Place::file("users.csv"), Code::FileMissing));
        }
        package.roster.problems = problems;
        return package;
    };
    package.roster.file = texts.name("users").to_owned();
    note_dropped(&table, &package.roster.file, &mut problems);
    let has_status = !manifest.files.contains_key("users") && says_status(&texts);
    let (users, columns) = people::users(table, &mut problems);

    let organisations = texts.read("orgs", &mut problems, Organisations::read).unwrap_or_default();
    let mut roles = Roles::default();
    if let Some(table) = texts.open("roles", &mut problems) {
        roles.read(table, &mut problems);
    }
    if let Some(table) = texts.open("userprofiles", &mut problems)
        && table.column(&["role"]).is_some()
    {
        let code = Code::RowsInOtherFile { belong_in: "roles.csv".to_owned() };
        problems.push(Problem::note(Place::file(texts.name("userprofiles")), code));
        roles.read(table, &mut problems);
    }
    let demographics = texts.read("demographics", &mut problems, people::demographics);
    let classes = texts.read("classes", &mut problems, |table, problems| Classes::read(table, options.form, problems));
    let ids: HashSet<&str> = users.iter().map(|user| user.id.as_str()).collect();
    let is_bulk = match manifest.files.get("users") {
        Some(presence) => *presence != Presence::Delta,
        None => !has_status,
    };
    let enrolled = texts.open("enrollments", &mut problems).map(|table| {
        let known = classes.clone().unwrap_or_default();
        let is_user = |id: &str| ids.contains(id);
        let (enrolled, dangling) = classes::enrolments(table, &known, is_user, options, &mut problems);
        // In a delta package the others are simply those that did not change.
        if is_bulk {
            tell_dangling(dangling, classes.is_some(), &mut problems);
        }
        enrolled
    });
    package.roster.academic_year = texts.academic_year(options, &mut problems);
    package.roster.extent = if is_bulk { Extent::Bulk } else { Extent::Delta };
    package.edition = manifest.edition.unwrap_or(match columns.role {
        Some(_) => Edition::V1p1,
        None => Edition::V1p2,
    });
    package.system = manifest.system.filter(|system| !system.eq_ignore_ascii_case("absent"));
    package.manifest = manifest.files;
    package.organisations = organisations.all().cloned().collect();
    package.roster.problems = problems;
    let sources = Sources {
        options,
        columns,
        organisations: &organisations,
        roles: &roles,
        demographics: demographics.as_ref(),
        has_forms: classes.as_ref().is_some_and(Classes::has_homerooms) && enrolled.is_some(),
        enrolled: enrolled.as_ref(),
    };
    super::learners::fill(&mut package, users, &sources);
    package
}

/// What the rows are put together from.
pub(super) struct Sources<'s> {
    pub(super) options: &'s Options,
    pub(super) columns: people::UserColumns,
    pub(super) organisations: &'s Organisations,
    pub(super) roles: &'s Roles,
    pub(super) demographics: Option<&'s HashMap<String, Demographic>>,
    pub(super) enrolled: Option<&'s HashMap<String, Enrolled>>,
    pub(super) has_forms: bool,
}

impl Sources<'_> {
    /// Whether first days come from enrolments.
    pub(super) fn takes_enrolment_dates(&self) -> bool {
        self.options.dates == Dates::Enrolments
    }
}

impl Package {
    fn empty(file: &str) -> Self {
        Self {
            edition: Edition::V1p1,
            system: None,
            manifest: BTreeMap::new(),
            organisations: Vec::new(),
            institutions: BTreeMap::new(),
            roster: Roster::new(file, Source::OneRoster, Extent::Delta),
        }
    }
}

/// The package's files as text, by lower-case name without ending.
struct Texts<'f> {
    by_stem: BTreeMap<String, (&'f str, std::borrow::Cow<'f, str>)>,
}

/// Files that the standard has and nothing here needs.
const UNREAD: [&str; 15] = [
    "courses",
    "categories",
    "classresources",
    "courseresources",
    "lineitems",
    "lineitemlearningobjectiveids",
    "lineitemscorescales",
    "resources",
    "results",
    "resultlearningobjectiveids",
    "resultscorescales",
    "scorescales",
    "userresources",
    "userflags",
    "relationships",
];
const READ: [&str; 9] = [
    "manifest",
    "users",
    "orgs",
    "roles",
    "userprofiles",
    "demographics",
    "classes",
    "enrollments",
    "academicsessions",
];

impl<'f> Texts<'f> {
    fn of(files: &'f [Entry], problems: &mut Vec<Problem>) -> Self {
        let mut by_stem = BTreeMap::new();
        for file in files {
            let name = base(&file.name);
            let stem = stem(name);
            let place = || Place::file(name);
            if !READ.contains(&stem.as_str()) {
                if !UNREAD.contains(&stem.as_str()) {
                    problems.push(Problem::note(place(), Code::FileIgnored));
                }
                continue;
            }
            if file.bytes.len() as u64 > sheet::MOST_BYTES {
                let code = Code::TooMuch { limit: Limit::Bytes, most: sheet::MOST_BYTES };
                problems.push(Problem::problem(place(), code));
                continue;
            }
            match FileKind::of(&file.bytes) {
                FileKind::Text => {}
                FileKind::Empty => {
                    problems.push(Problem::note(place(), Code::NothingInIt));
                    continue;
                }
                found => {
                    problems.push(Problem::problem(place(), Code::WrongKind { expected: FileKind::Text, found }));
                    continue;
                }
            }
            let decoded = text::decode(&file.bytes);
            problems.extend(decoded.notices.into_iter().map(|code| Problem::note(place(), code)));
            by_stem.entry(stem).or_insert((name, decoded.text));
        }
        Self { by_stem }
    }

    fn name(&self, stem: &str) -> &'f str {
        self.by_stem.get(stem).map_or("", |(name, _)| name)
    }

    fn open(&self, stem: &str, problems: &mut Vec<Problem>) -> Option<Named<'_>> {
        let (name, text) = self.by_stem.get(stem)?;
        Named::open(name, text, problems)
    }

    fn read<T>(
        &self,
        stem: &str,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(Named<'_>, &mut Vec<Problem>) -> T,
    ) -> Option<T> {
        let table = self.open(stem, problems)?;
        Some(read(table, problems))
    }

    fn academic_year(&self, options: &Options, problems: &mut Vec<Problem>) -> Option<AcademicYear> {
        let table = self.open("academicsessions", problems)?;
        classes::academic_year(table, options.on, problems)
    }

    /// Tells where the manifest and the files do not agree. The files are read as they are.
    fn compare(&self, manifest: &Manifest, problems: &mut Vec<Problem>) {
        for (stem, presence) in &manifest.files {
            let is_there = self.by_stem.contains_key(stem);
            if READ.contains(&stem.as_str()) && is_there == (*presence == Presence::Absent) {
                let name = if is_there { self.name(stem).to_owned() } else { format!("{stem}.csv") };
                let code = Code::ManifestDiffers { said: presence.word().to_owned() };
                problems.push(Problem::note(Place::file(name), code));
            }
        }
    }
}

/// Whether any user has a status, as only a delta package must. Asked where no manifest tells.
fn says_status(texts: &Texts<'_>) -> bool {
    let mut ignored = Vec::new();
    let Some(mut table) = texts.open("users", &mut ignored) else { return false };
    let status = table.column(&["status"]);
    while table.advance(&mut ignored) {
        if !table.cell(status).is_empty() {
            return true;
        }
    }
    false
}

/// Names the columns of users that are left unread: those that nothing needs, and those that nobody knows.
fn note_dropped(table: &Named<'_>, file: &str, problems: &mut Vec<Problem>) {
    const READ: [&str; 16] = [
        "sourcedid",
        "status",
        "datelastmodified",
        "orgsourcedids",
        "orgsourcedid",
        "role",
        "userids",
        "givenname",
        "familyname",
        "identifier",
        "grades",
        "grade",
        "preferredgivenname",
        "preferredfamilyname",
        "prefferedgivenname",
        "prefferedfamilyname",
    ];
    const DROPPED: [&str; 13] = [
        "enableduser",
        "username",
        "middlename",
        "email",
        "sms",
        "phone",
        "agentsourcedids",
        "password",
        "usermasteridentifier",
        "preferredmiddlename",
        "prefferedmiddlename",
        "pronouns",
        "primaryorgsourcedid",
    ];
    for (index, heading) in table.headings() {
        let lower = heading.to_ascii_lowercase();
        let code = match lower.as_str() {
            "primaryorgsourcedid" => continue,
            known if READ.contains(&known) => continue,
            known if DROPPED.contains(&known) || known.starts_with("metadata.") => Code::ColumnDropped,
            _ => Code::ColumnUnknown,
        };
        problems.push(Problem::note(Place::line(file, 1).at(heading, Some(index as u32 + 1)), code));
    }
}

fn tell_dangling(dangling: Vec<classes::Dangling>, has_classes: bool, problems: &mut Vec<Problem>) {
    let (of_classes, of_users): (Vec<_>, Vec<_>) = dangling.into_iter().partition(|one| one.is_class);
    for (list, thing) in [(of_users, Thing::Learner), (of_classes, Thing::Class)] {
        if thing == Thing::Class && !has_classes {
            continue;
        }
        let more = list.len().saturating_sub(TOLD_SINGLY);
        let file = list.first().map(|one| one.problem.file.clone());
        for one in list.into_iter().take(TOLD_SINGLY) {
            problems.push(Problem::finding(one.problem, Code::Unknown { thing }).value(&one.value));
        }
        if more > 0 {
            let place = Place::file(file.unwrap_or_default());
            problems.push(Problem::finding(place, Code::MoreOfThese { rows: more as u64 }));
        }
    }
}

fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

fn stem(name: &str) -> String {
    let lower = base(name).to_ascii_lowercase();
    lower.strip_suffix(".csv").map_or(String::new(), str::to_owned)
}
