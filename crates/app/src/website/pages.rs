//! The public pages, each composed as a document.

use documents::{Address, Block, Document, Prose, Section};
use policy::{Fact, Paper, markdown::Piece};

use super::content::Content;
use crate::{journey, roadmap};

/// A page before it is written as HTML.
pub(crate) struct Page {
    pub(crate) path: &'static str,
    /// What links to it say.
    pub(crate) label: &'static str,
    /// Whether every page leads to it at its head.
    pub(crate) is_in_nav: bool,
    pub(crate) document: Document,
}

pub(crate) const START: &str = "index.html";
pub(crate) const DESTINATIONS: &str = "destinations.html";
pub(crate) const ASK: &str = "ask.html";
pub(crate) const ABOUT: &str = "about.html";
/// Where the form for providers is found; dynamic, and on a copy elsewhere a page that says whom to ask.
pub(crate) const REQUEST: &str = "request.html";

/// Every page that there is something to say on, the overview first.
pub(crate) fn pages(content: &Content) -> Vec<Page> {
    let page = |path, label, is_in_nav, document| Page { path, label, is_in_nav, document };
    let mut pages = vec![
        page(START, "Overview", true, overview(content)),
        page("learners.html", "For learners", true, learners(content)),
        page("parents.html", "For parents and carers", true, parents(content)),
        page("staff.html", "For staff", true, staff(content)),
        page("employers.html", "For employers", true, employers(content)),
        page("programme.html", "Programme", true, programme(content)),
        page(
            "roadmap.html",
            "Roadmap",
            false,
            with_file(roadmap::document(&content.roadmap), content, "files/roadmap.pdf", "the roadmap"),
        ),
        page(
            "journey.html",
            "Learning journey",
            false,
            with_file(journey::document(&content.journey), content, "files/journey.pdf", "the learning journey"),
        ),
        page("guidance.html", "Personal guidance", true, guidance(content)),
    ];
    if content.fact(Fact::ImpactMeasures).is_some()
        || content.fact(Fact::ImpactStatement).is_some()
        || content.fact(Fact::Strengths).is_some()
    {
        pages.push(page("impact.html", "Impact", true, impact(content)));
    }
    if content.destinations.is_some()
        || content.fact(Fact::DestinationsSummary).is_some()
        || content.performance_tables().is_some()
    {
        pages.push(page(DESTINATIONS, "Destinations", true, destinations(content)));
    }
    pages.push(page("provider-access.html", "Provider access", true, provider_access(content)));
    if let Some(policy) = content.paper(Paper::CareersPolicy) {
        pages.push(page("policy.html", "Careers policy", true, paper(content, policy, "policy")));
    }
    pages.push(page(ASK, "Ask us", false, ask(content)));
    pages.push(page(REQUEST, "Ask to come in", false, request(content)));
    pages.push(page(ABOUT, "About these pages", false, about(content)));
    pages
}

fn document(content: &Content, title: impl Into<String>, description: &str) -> Document {
    Document::new(title, content.today)
        .described(format!("{description} {}", content.institution))
        .issued_by(content.institution.clone())
}

/// A link to a page of the site; its words alone if the path is none.
fn to(prose: Prose, words: &str, path: &str) -> Prose {
    match Address::beside(path) {
        Some(address) => prose.link(words, address),
        None => prose.text(words),
    }
}

/// Links to pages, each with what is found there.
fn ways(list: &[(&str, &str, &str)]) -> Block {
    Block::bullets(
        list.iter().map(|(path, words, what)| to(Prose::new(), words, path).text(format!("\n{}", sentence(what)))),
    )
}

/// With a capital.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A text of the institution's own under a heading.
fn own(heading: &str, text: &str) -> Section {
    policy::markdown::read(text).into_iter().fold(Section::new(heading), |mut section, piece| match piece {
        Piece::Heading(words) => section.section(Section::new(words)),
        Piece::Block(block) => match section.sections.last_mut() {
            Some(last) => {
                last.blocks.push(block);
                section
            }
            None => section.block(block),
        },
    })
}

fn own_if(document: Document, heading: &str, text: Option<&str>) -> Document {
    match text {
        Some(text) if !text.trim().is_empty() => document.section(own(heading, text)),
        _ => document,
    }
}

/// Whom everybody asks: the careers leader's name, address and number.
fn whom_to_ask(content: &Content) -> Section {
    let section = Section::new("Whom to ask");
    let Some(leader) = &content.careers_leader else {
        return section.paragraph(to(Prose::new().text("Use the form: "), "ask us a question", ASK).text("."));
    };
    let post = leader.title.clone().map_or(String::new(), |title| format!(", {title}"));
    let mut terms = vec![("Careers leader", Prose::from(format!("{}{post}", leader.name)))];
    if let Some(email) = &leader.email {
        let address = Address::parse(&format!("mailto:{email}"));
        terms.push(("E-mail", address.map_or(email.as_str().into(), |address| Prose::new().link(email, address))));
    }
    if let Some(phone) = &leader.phone {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let address = Address::parse(&format!("tel:{digits}"));
        terms.push(("Telephone", address.map_or(phone.as_str().into(), |address| Prose::new().link(phone, address))));
    }
    section
        .block(Block::terms(terms))
        .paragraph(to(Prose::new().text("Or "), "ask us a question", ASK).text(" with a form."))
}

/// The same without the form, for where the form itself is, or where nobody would answer it.
fn whom_to_write_to(content: &Content) -> Section {
    let mut section = whom_to_ask(content);
    if content.careers_leader.is_some() {
        section.blocks.pop();
    }
    section
}

fn next_review(content: &Content) -> Section {
    let section = Section::new("Next review");
    match content.review_on() {
        Some(day) => section
            .paragraph(format!("We review the careers information that we publish by {}.", domain::date::long(day))),
        None => section.paragraph("The date of the next review is not set yet."),
    }
}

fn overview(content: &Content) -> Document {
    let year = content.programme.frame.year;
    let mut page =
        document(content, format!("Careers at {}", content.institution), "Careers education and guidance at");
    page = page.block(Block::paragraph(format!(
        "What we do in {year} so that every learner knows what they can become, and how anybody can find out more."
    )));
    page = page.section(whom_to_ask(content)).section(Section::new("Information for you").block(ways(&[
        ("learners.html", "Learners", "what happens in your year, and how to talk to somebody"),
        ("parents.html", "Parents and carers", "which decisions come when, and how you can help"),
        ("staff.html", "Staff", "how careers comes into what you teach"),
        ("employers.html", "Employers", "how to meet our learners"),
    ])));
    page = own_if(page, "The programme in short", Some(content.programme.form.aims.as_str()));
    page = page.section(Section::new("More about the programme").block(ways(&[
        ("programme.html", "Programme", "what each year group learns"),
        ("journey.html", "Learning journey", "what happens when, by year group and term"),
        ("roadmap.html", "Roadmap for parents and carers", "the key decisions"),
        ("guidance.html", "Personal guidance", "how to get a meeting with a careers adviser"),
        ("provider-access.html", "Provider access", "colleges, training providers and others who come in"),
    ])));
    page.section(next_review(content))
}

fn audience(content: &Content, title: &str, lead: &str, list: &[(&str, &str, &str)], name: &str) -> Document {
    let mut page = document(content, title, "Careers information at").block(Block::paragraph(lead)).block(ways(list));
    page = own_if(page, "Good to know", content.words(name));
    page = own_if(page, "How to find out more", content.fact(Fact::AccessToInformation));
    page.section(whom_to_ask(content))
}

fn learners(content: &Content) -> Document {
    let list = [
        ("journey.html", "Learning journey", "what your year group does this year, term by term"),
        ("programme.html", "Programme", "what you will know and be able to do"),
        ("guidance.html", "Personal guidance", "how to get a meeting of your own"),
        (ASK, "Ask us", "anything about careers, courses and jobs"),
    ];
    audience(content, "For learners", "What happens in your year, and where you can ask.", &list, "site-learners")
}

fn parents(content: &Content) -> Document {
    let list = [
        ("roadmap.html", "Roadmap", "which decisions come when, what you can do and what we do"),
        ("journey.html", "Learning journey", "what each year group does this year"),
        ("guidance.html", "Personal guidance", "how your child gets a meeting with an adviser"),
        (ASK, "Ask us", "anything that you would like to know"),
    ];
    let lead = "Which decisions come when, how you are told, and how you can help.";
    let page = audience(content, "For parents and carers", lead, &list, "site-parents");
    own_if(page, "How parents and carers take part", Some(&content.programme.form.parents))
}

fn staff(content: &Content) -> Document {
    let list = [
        ("programme.html", "Programme", "aims and outcomes by year group"),
        ("journey.html", "Learning journey", "what happens when"),
        (ASK, "Ask us", "for material, contacts or time"),
    ];
    let page =
        audience(content, "For staff", "How careers comes into every subject, and who helps.", &list, "site-staff");
    own_if(page, "How the programme is delivered", Some(&content.programme.form.delivery))
}

fn employers(content: &Content) -> Document {
    let list = [
        ("provider-access.html", "Provider access", "for colleges, training and apprenticeship providers"),
        ("journey.html", "Learning journey", "when learners of which year group meet employers"),
        (ASK, "Ask us", "how to offer a talk, a visit, a placement or a mentor"),
    ];
    audience(
        content,
        "For employers",
        "Every learner is to meet people who do real work. Talks, visits, placements, mock interviews and projects all help.",
        &list,
        "site-employers",
    )
}

fn programme(content: &Content) -> Document {
    let year = content.programme.frame.year;
    let mut page = document(content, format!("Careers programme {year}"), "The careers programme of");
    for (_, label, text) in content.programme.form.texts() {
        page = own_if(page, label, Some(text));
    }
    for plan in &content.programme.groups {
        let mut section = own(&format!("Year {}", plan.year_group), &plan.form.aims);
        if !plan.outcomes.is_empty() {
            section = section
                .paragraph("By the end of the year, learners will:")
                .block(Block::bullets(plan.outcomes.iter().map(|outcome| outcome.statement.clone())));
        }
        if !section.blocks.is_empty() || !section.sections.is_empty() {
            page = page.section(section);
        }
    }
    if page.sections.is_empty() {
        page = page.block(Block::paragraph(
            to(Prose::new().text("What happens when is in the "), "learning journey", "journey.html").text("."),
        ));
    }
    page
}

fn guidance(content: &Content) -> Document {
    let page = document(content, "Personal guidance", "Personal careers guidance at").block(Block::paragraph(
        "Personal guidance is a meeting with a trained careers adviser about your own plans. It is independent and it is for every learner.",
    ));
    own_if(page, "How to get a meeting", content.fact(Fact::PersonalGuidance)).section(whom_to_ask(content))
}

fn impact(content: &Content) -> Document {
    let mut page = document(content, "Impact", "What the careers programme does for learners at");
    page = own_if(page, "How we measure and assess it", content.fact(Fact::ImpactMeasures));
    page = own_if(page, "What the programme has done", content.fact(Fact::ImpactStatement));
    own_if(page, "Strengths and what we are developing", content.fact(Fact::Strengths))
}

fn destinations(content: &Content) -> Document {
    let mut page = document(content, "Destinations", "Where learners go after");
    page = own_if(page, "Where our leavers go", content.fact(Fact::DestinationsSummary));
    if let Some(figures) = &content.destinations {
        let mut section = Section::new("In figures").table(figures.table());
        if figures.withholds() {
            section = section.block(Block::note(
                "Groups of fewer than five are not shown, nor what would give them away, so that nobody can be recognised.",
            ));
        }
        page = page.section(section);
    }
    if let Some(address) = content.performance_tables().and_then(Address::parse) {
        page = page.section(
            Section::new("Published performance").paragraph(
                Prose::new()
                    .text("The government publishes results and destinations: ")
                    .link("our page in the performance tables", address)
                    .text("."),
            ),
        );
    }
    page
}

fn provider_access(content: &Content) -> Document {
    let ask = to(Prose::new().text("Do you want to come in? "), "Ask to come in with a form", REQUEST)
        .text(". You are given a reference and an answer.");
    if let Some(statement) = content.paper(Paper::ProviderAccess) {
        let mut page = paper(content, statement, "provider-access");
        page.opening.insert(0, Block::paragraph(ask));
        return page;
    }
    document(content, "Provider access", "How providers of education and training come to")
        .block(Block::paragraph(
            "Providers of technical education and apprenticeships can speak to our learners about what they offer.",
        ))
        .block(Block::paragraph(ask))
        .section(whom_to_ask(content))
}

fn first(mut page: Document, block: Block) -> Document {
    page.opening.insert(0, block);
    page
}

/// A paper of the institution's as a page, with its files.
fn paper(content: &Content, paper: &Document, name: &str) -> Document {
    let mut page = paper.clone();
    page.dated_on = content.today;
    page.about = None;
    let files = to(Prose::new().text("To keep or to print: "), "PDF", &format!("files/{name}.pdf")).text(" or ");
    first(page, Block::paragraph(to(files, "Word document", &format!("files/{name}.docx")).text(".")))
}

fn with_file(mut page: Document, content: &Content, path: &str, what: &str) -> Document {
    page.dated_on = content.today;
    first(
        page,
        Block::paragraph(to(Prose::new().text("To keep or to print: "), &format!("{what} as a PDF"), path).text(".")),
    )
}

fn ask(content: &Content) -> Document {
    document(content, "Ask us", "How to ask about careers at")
        .block(Block::paragraph(
            "Write to us or telephone. We answer questions from learners, parents and carers, staff and employers.",
        ))
        .section(whom_to_write_to(content))
}

fn request(content: &Content) -> Document {
    document(content, "Ask to come in", "How providers ask to come to")
        .block(Block::paragraph(
            "Write to the careers leader and say who you are, what you offer, for which year groups, and when you could come.",
        ))
        .section(whom_to_ask(content))
}

fn about(content: &Content) -> Document {
    document(content, "About these pages", "Accessibility and privacy of the careers pages of")
        .section(Section::new("Where they come from").paragraph(
            "These pages are written from the institution’s own record of its careers programme. Each publication is dated and kept.",
        ))
        .section(
            Section::new("Accessibility")
                .paragraph(
                    "The pages are built to the Web Content Accessibility Guidelines 2.2, level AA. They work without scripts, with a keyboard, \
                     with a screen reader, enlarged to 400%, printed, and in the colours that you set yourself. Every picture has the same content \
                     as a table. The PDF files are tagged.",
                )
                .paragraph(to(Prose::new().text("If something does not work for you, "), "tell us", ASK).text(" and we send you the information in another form.")),
        )
        .section(
            Section::new("Privacy")
                .paragraph(
                    "The pages set no cookies, load nothing from anybody else and do not follow you. They say nothing about any single learner, and no \
                     figure of a group of fewer than five.",
                )
                .paragraph(
                    "If you send a question, your name, your e-mail address and what you wrote are kept until they are no longer needed to answer \
                     you. Only people who work on careers here read them. The form uses one cookie, which is needed to send it safely.",
                ),
        )
        .section(whom_to_ask(content))
        .section(next_review(content))
}

/// The same in short, for a page of somebody else's: `root` leads to the folder of the site.
pub(crate) fn fragment(content: &Content, list: &[(String, String)], root: &str) -> Document {
    let mut page =
        document(content, format!("Careers at {}", content.institution), "Careers education and guidance at");
    let links = list.iter().map(|(path, label)| to(Prose::new(), label, &format!("{root}{path}")));
    // The form is a page of the site, and the site is elsewhere.
    page = page
        .section(whom_to_write_to(content))
        .section(Section::new("Careers information").block(Block::bullets(links)));
    page.section(next_review(content))
}

/// The table of a page's paths and labels.
pub(crate) fn labels(pages: &[Page]) -> Vec<(String, String)> {
    pages.iter().filter(|page| page.is_in_nav).map(|page| (page.path.to_owned(), page.label.to_owned())).collect()
}
