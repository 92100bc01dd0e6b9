//! The provider access policy statement and what stands in it.

use domain::Date;

use crate::{
    Item, Known, Note, Page, State,
    approval::{approval_and_review, dated},
    careers, contact,
    finding::{Answer, quote},
    judged::{complaints, destinations, encounters, entitlement, safeguarding, tells_times},
    outline::{Line, Outline},
    person, review,
    sentence::{Words, sentences},
    when,
};

/// The lines of a site that belong to its statement.
#[derive(Debug)]
pub(crate) struct Statement<'o> {
    texts: Vec<Text<'o>>,
    /// Where it is linked or mentioned.
    mentioned: Option<(&'o Page, String)>,
}

/// The statement, or the part of it, on one page.
#[derive(Debug)]
struct Text<'o> {
    page: &'o Page,
    outline: &'o Outline<'o>,
    lines: Vec<&'o Line>,
    /// Whether it is another institution's.
    is_a_strangers: bool,
}

impl<'o> Statement<'o> {
    /// From the pages of the institution, and from those of others that are among them.
    pub(crate) fn of(own: &'o [Outline<'o>], strangers: &'o [Outline<'o>]) -> Self {
        let mut texts = Vec::new();
        let mut mentioned = None;
        let all = own.iter().map(|outline| (outline, false)).chain(strangers.iter().map(|outline| (outline, true)));
        for (outline, is_a_strangers) in all {
            let whole = careers::is_access_page(outline);
            let lines: Vec<&Line> = outline
                .lines
                .iter()
                .filter(|line| !line.is_promise && (whole || outline.section(line).says(&careers::ACCESS)))
                .collect();
            let says = lines.iter().filter(|line| line.heading.is_none()).map(|line| line.text.len()).sum::<usize>();
            if says >= 80 {
                texts.push(Text { page: outline.page, outline, lines, is_a_strangers });
            }
            let linked = outline.links.iter().find(|(address, words)| {
                let words = Words::of(&format!("{words} {address}"));
                words.has_any(&careers::ACCESS)
            });
            let told =
                outline.lines.iter().find(|line| line.words.has_any(&careers::ACCESS)).map(|line| line.text.clone());
            if mentioned.is_none() {
                mentioned = linked
                    .map(|(address, words)| format!("{words} ({address})"))
                    .or(told)
                    .map(|text| (outline.page, text));
            }
        }
        Self { texts, mentioned }
    }

    /// Whether the statement is published: something under its name that says at least two of the four things it must, or one of them
    /// and something of two others; what each lacks is told under its own item.
    pub(crate) fn itself(&self) -> Answer {
        let mut best = Answer::nothing();
        for text in &self.texts {
            let parts = [Item::Procedure, Item::Grounds, Item::Premises, Item::Encounters];
            let states = parts.map(|part| text.part(part).state);
            let in_state = |state| states.iter().filter(|one| **one == state).count();
            let (found, unclear) = (in_state(State::Found), in_state(State::Unclear));
            let running = || text.lines.iter().filter(|line| line.heading.is_none());
            let long = running().find(|line| line.text.split_whitespace().count() >= 8);
            let Some(said) = long.or_else(|| running().next()) else { continue };
            let answer = if found >= 2 || (found == 1 && unclear >= 2) {
                Answer::found(text.page, &said.text)
            } else {
                let what = "most of what such a statement must contain".to_owned();
                Answer::unclear(text.page, &said.text, Note::Missing { what })
            };
            best = best.or(text.judged(answer));
        }
        match &self.mentioned {
            Some((page, text)) if best.state == State::NotFound => Answer::unclear(page, text, Note::OnlyMentioned),
            _ => best,
        }
    }

    /// One of the things that stand in a statement.
    pub(crate) fn part(&self, part: Item, known: &Known) -> Answer {
        let mut best = Answer::nothing();
        for text in &self.texts {
            best = best.or(text.judged(if part == Item::Review { text.review(known) } else { text.part(part) }));
        }
        best
    }
}

/// How a sentence is judged: it says it, it says something of the kind, or neither.
type Judge = fn(&Words) -> State;

impl Text<'_> {
    /// What another institution says is at best unclear.
    fn judged(&self, mut answer: Answer) -> Answer {
        if self.is_a_strangers && answer.state != State::NotFound {
            answer.state = State::Unclear;
            answer.notes =
                vec![Note::Missing { what: "that it is this institution’s: it speaks of another".to_owned() }];
        }
        answer
    }

    fn part(&self, part: Item) -> Answer {
        match part {
            Item::Procedure => self.procedure(),
            Item::Grounds => self.grounds(),
            Item::Premises => self.premises(),
            Item::Encounters => self.sentence(encounters),
            Item::Entitlement => self.sentence(entitlement),
            Item::Opportunities => self.opportunities(),
            Item::Safeguarding => self.sentence(safeguarding),
            Item::Previous => self.previous(),
            Item::Destinations => self.sentence(destinations),
            Item::Complaints => self.sentence(complaints),
            _ => Answer::nothing(),
        }
    }

    fn running(&self) -> impl Iterator<Item = &&Line> {
        self.lines.iter().filter(|line| line.heading.is_none())
    }

    fn under(&self, line: &Line, phrases: &[&str]) -> bool {
        self.outline.section(line).path.last().is_some_and(|heading| heading.has_any(phrases))
    }

    fn sentence(&self, judge: Judge) -> Answer {
        let mut best = Answer::nothing();
        for line in self.running() {
            for sentence in sentences(&line.text) {
                let answer = match judge(&Words::of(sentence)) {
                    State::Found => Answer::found(self.page, sentence),
                    State::Unclear => {
                        let what = "a sentence that says so outright".to_owned();
                        Answer::unclear(self.page, sentence, Note::Missing { what })
                    }
                    State::NotFound => continue,
                };
                best = best.or(answer);
            }
        }
        best
    }

    /// Whom to ask: a sentence about asking, and somebody to ask within its section.
    fn procedure(&self) -> Answer {
        let mut best = Answer::nothing();
        for line in self.running() {
            let asks =
                line.words.has_any(&[
                    "request",
                    "requests",
                    "requesting",
                    "wish",
                    "wishes",
                    "wishing",
                    "like to",
                    "apply",
                    "would like",
                    "arrange",
                ]) && line.words.has_any(&["provider", "providers", "access", "visit", "requests", "organisation*"])
                    && line.words.has_any(&[
                        "contact",
                        "e mail",
                        "email",
                        "telephone",
                        "phone",
                        "write",
                        "form",
                        "send",
                        "sent",
                        "submitted",
                        "made",
                        "call",
                    ]);
            if !asks || line.words.has_any(&["complain*"]) {
                continue;
            }
            let near = || self.lines.iter().filter(|near| near.section == line.section);
            let whom = near().any(|near| {
                !contact::emails(&near.text).is_empty()
                    || !contact::telephones(&near.text).is_empty()
                    || !person::names(&near.text).is_empty()
            });
            best = best.or(if whom {
                Answer::found(self.page, &line.text)
            } else {
                Answer::unclear(
                    self.page,
                    &line.text,
                    Note::Missing { what: "whom a provider asks, with an address".to_owned() },
                )
            });
        }
        best
    }

    /// Grounds for both answers.
    fn grounds(&self) -> Answer {
        let granting = [
            "grant",
            "granted",
            "granting",
            "accept",
            "accepted",
            "agree",
            "approve",
            "approved",
            "welcome requests",
            "say yes",
        ];
        let refusing = [
            "refuse",
            "refused",
            "refusing",
            "refusal",
            "decline",
            "declined",
            "turned down",
            "turn down",
            "not be granted",
            "unable to grant",
            "rejected",
            "say no",
            "reject",
        ];
        let because =
            ["where", "if", "when", "because", "unless", "that", "grounds", "reasons", "such as", "following"];
        let (mut yes, mut no) = (None, None);
        for line in self.running() {
            for sentence in sentences(&line.text) {
                let words = Words::of(sentence);
                let about = words.has_any(&[
                    "request",
                    "requests",
                    "access",
                    "provider",
                    "providers",
                    "visit",
                    "visits",
                    "they",
                ]) || self.under(line, &["request*", "ground*", "refus*", "grant*"]);
                let denies = words.has_any(&refusing);
                if about && denies && (words.has_any(&because) || self.under(line, &["refus*", "ground*"])) {
                    no.get_or_insert(sentence);
                }
                let governors =
                    words.has_any(&["governors", "governing", "board", "policy was", "approved by", "approved on"])
                        || !when::dates(sentence).is_empty();
                let allows = words.has_any(&granting) && !governors;
                if about && allows && (words.has_any(&because) || self.under(line, &["grant*", "ground*"])) {
                    yes.get_or_insert(sentence);
                }
            }
        }
        // A list under one heading each: “We grant access when” / “We refuse access when”.
        for line in self.lines.iter().filter(|line| line.heading.is_some_and(|level| level > 1)) {
            let listed = self.lines.iter().any(|near| near.section == line.section && near.heading.is_none());
            if listed && line.words.has_any(&refusing) && !line.words.has_any(&granting) {
                no.get_or_insert(&line.text);
            } else if listed && line.words.has_any(&granting) && !line.words.has_any(&refusing) {
                yes.get_or_insert(&line.text);
            }
        }
        let missing = |what: &str| Note::Missing { what: what.to_owned() };
        match (yes, no) {
            (Some(yes), Some(no)) if yes == no => Answer::found(self.page, yes),
            (Some(yes), Some(no)) => {
                let mut answer = Answer::found(self.page, yes);
                answer.quotes.push(quote(self.page, no));
                answer
            }
            (Some(yes), None) => Answer::unclear(self.page, yes, missing("grounds for refusing")),
            (None, Some(no)) => Answer::unclear(self.page, no, missing("grounds for granting")),
            (None, None) => Answer::nothing(),
        }
    }

    /// Rooms and times, in one section.
    fn premises(&self) -> Answer {
        let rooms = [
            "hall",
            "room",
            "rooms",
            "classroom",
            "classrooms",
            "library",
            "theatre",
            "facilities",
            "premises",
            "equipment",
            "projector",
            "space",
            "spaces",
            "atrium",
            "suite",
        ];
        let mut best = Answer::nothing();
        for line in self.running().filter(|line| line.words.has_any(&rooms)) {
            if !line.words.has_any(&[
                "provide",
                "available",
                "use",
                "used",
                "offer",
                "offered",
                "make",
                "provided",
                "appropriate",
                "have",
            ]) {
                continue;
            }
            let near = || self.lines.iter().filter(|near| near.section == line.section && near.heading.is_none());
            let whole = self.lines.iter().all(|near| near.section == line.section);
            let mut timed = if whole { None } else { near().find(|near| tells_times(&near.text)) };
            if tells_times(&line.text) {
                timed = Some(line);
            }
            best = best.or(match timed {
                Some(times) => {
                    let mut answer = Answer::found(self.page, &line.text);
                    if times.text != line.text {
                        answer.quotes.push(quote(self.page, &times.text));
                    }
                    answer
                }
                None => {
                    let what = "the times at which access is given".to_owned();
                    Answer::unclear(self.page, &line.text, Note::Missing { what })
                }
            });
        }
        best
    }

    /// A table with at least three year groups.
    fn opportunities(&self) -> Answer {
        let mut best = Answer::nothing();
        let mut tables: Vec<usize> = self.lines.iter().filter_map(|line| line.row.map(|(table, _)| table)).collect();
        tables.dedup();
        for table in tables {
            let rows: Vec<&&Line> =
                self.lines.iter().filter(|line| line.row.is_some_and(|(other, _)| other == table)).collect();
            let years = |words: &Words| {
                (7..=14).filter(|year| words.has(&format!("year {year}")) || words.has(&format!("y{year}"))).count()
            };
            let down = rows
                .iter()
                .filter(|line| line.cells.first().is_some_and(|(_, cell)| years(&Words::of(cell)) > 0))
                .count();
            let along = rows.first().map_or(0, |line| years(&line.words));
            let terms = rows.first().map_or(0, |line| line.words.count(&["autumn", "spring", "summer"]));
            let down_terms = rows.iter().filter(|line| line.words.has_any(&["autumn", "spring", "summer"])).count();
            let Some(first) = rows.get(1) else { continue };
            if down.max(along) >= 3 && terms.max(down_terms) >= 2 {
                return Answer::found(self.page, &first.text);
            }
            if down.max(along) >= 2 {
                let what = "three year groups, term by term".to_owned();
                best = best.or(Answer::unclear(self.page, &first.text, Note::Missing { what }));
            }
        }
        best
    }

    fn previous(&self) -> Answer {
        let mut best = Answer::nothing();
        for line in self.running() {
            let past = line.words.has_any(&[
                "previous",
                "previously",
                "in the past",
                "past years",
                "last year",
                "in recent years",
                "have included",
                "has included",
                "came before",
            ]) || self.under(line, &["previous providers", "past providers"]);
            let about = line.words.has_any(&["provider", "providers"]) || self.under(line, &["providers"]);
            let came = line.words.has_any(&[
                "welcomed",
                "invited",
                "visited",
                "included",
                "include",
                "worked with",
                "came",
                "hosted",
            ]) || self.under(line, &["previous providers", "past providers"]);
            if past && about && came {
                best = best.or(Answer::found(self.page, &line.text));
            }
        }
        best
    }

    fn review(&self, known: &Known) -> Answer {
        let mut approved: Option<(Date, &str)> = None;
        let mut review: Option<(Date, &str)> = None;
        let mut undated = None;
        for line in self.running() {
            for sentence in sentences(&line.text) {
                let (found, next) = approval_and_review(sentence);
                approved = approved.or(found.map(|date| (date, sentence)));
                review = review.or(next.map(|date| (date, sentence)));
                if review::review_in(sentence).is_some() {
                    undated.get_or_insert(sentence);
                }
            }
        }
        dated(self.page, approved, review, undated, known, 1)
    }
}
