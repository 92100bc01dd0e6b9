//! The record of processing activities (UK GDPR Art 30) and the impact assessment (Art 35), made from the data register and
//! the institution's own settings, to be read, completed and signed by the institution.

use std::collections::BTreeMap;

use documents::{Block, Column, Document, Prose, Section, Table};
use domain::InstitutionId;

use crate::{
    Action, Actor, App, DataSort, Error, Frame, ListFile, Result, Role, View, Whose, data_register,
    data_register_page::term, frame::Scene, grant, institution::CAREERS_LEADER, retention_period::Periods,
    subject_access::in_words,
};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtectionDocument {
    /// The record of processing activities.
    ProcessingRecord,
    /// The data protection impact assessment.
    ImpactAssessment,
}

impl ProtectionDocument {
    /// The word in its address and file name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ProcessingRecord => "processing-record",
            Self::ImpactAssessment => "impact-assessment",
        }
    }

    /// The document with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::ProcessingRecord, Self::ImpactAssessment].into_iter().find(|one| one.word() == word)
    }
}

/// What both documents say of the institution.
struct Institution<'s> {
    scene: Scene<'s>,
    contact: String,
    periods: Periods,
    roles: BTreeMap<Action, Vec<Role>>,
}

impl App {
    /// One of the documents that the institution, as controller, has to keep.
    ///
    /// # Errors
    /// If the actor does not answer for data protection here.
    pub fn protection_document(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        which: ProtectionDocument,
    ) -> Result<Document> {
        actor.ask_for_all(Action::ProtectData, institution)?;
        let scene = self.scene(actor, View { institution, as_of: None })?;
        let (contact, periods, roles) = self.store().read(institution, |tx| -> Result<_> {
            let (_, contacts) = store::institution::contacts(tx, institution)?;
            let contact = contacts.into_iter().find(|contact| contact.role == CAREERS_LEADER);
            let contact = contact.map_or_else(
                || "to be entered".to_owned(),
                |contact| [Some(contact.name), contact.email].into_iter().flatten().collect::<Vec<_>>().join(", "),
            );
            let own = store::permission::list(tx, institution)?;
            let mut roles: BTreeMap<Action, Vec<Role>> = BTreeMap::new();
            for role in Role::ALL.into_iter().filter(|role| role.is_of_institution()) {
                let of_role: Vec<_> = own.iter().filter(|one| one.role == role.word()).cloned().collect();
                let allowed = grant::allowed(role, &of_role);
                for action in Action::ALL.into_iter().filter(|action| allowed.has(*action)) {
                    roles.entry(action).or_default().push(role);
                }
            }
            Ok((contact, Periods::read(tx, institution)?, roles))
        })?;
        let institution = Institution { scene, contact, periods, roles };
        Ok(match which {
            ProtectionDocument::ProcessingRecord => institution.processing_record(),
            ProtectionDocument::ImpactAssessment => institution.impact_assessment(),
        })
    }

    /// The same for a page of ours: the frame, the title and what the document says as HTML, sections beginning at `h2`.
    ///
    /// # Errors
    /// As [`App::protection_document`].
    pub fn protection_page(
        &self,
        actor: &Actor,
        view: View,
        which: ProtectionDocument,
    ) -> Result<(Frame, String, String)> {
        let document = self.protection_document(actor, view.institution, which)?;
        Ok((self.frame(actor, view)?, document.title.clone(), documents::html::fragment(&document)))
    }

    /// The same as a PDF.
    ///
    /// # Errors
    /// As [`App::protection_document`].
    pub fn protection_file(
        &self,
        actor: &Actor,
        institution: InstitutionId,
        which: ProtectionDocument,
    ) -> Result<ListFile> {
        let document = self.protection_document(actor, institution, which)?;
        let bytes = documents::pdf::write(&document).map_err(Error::fault)?;
        let name = format!("{}-{}.pdf", which.word(), document.dated_on);
        Ok(ListFile { name, media_type: "application/pdf", bytes })
    }
}

impl Institution<'_> {
    fn named(&self) -> &str {
        &self.scene.frame.institution.name
    }

    fn blank(&self, title: &str, says: &str) -> Document {
        Document::new(title, self.scene.frame.today).described(says).issued_by(self.named())
    }

    fn processing_record(&self) -> Document {
        self.blank(
            "Record of processing activities",
            "What personal data the careers programme keeps, why, how long, and who sees it (UK GDPR Art 30).",
        )
        .section(Section::new("Controller").block(Block::terms([
            ("Controller", Prose::from(self.named())),
            ("Contact for the careers programme", Prose::from(self.contact.clone())),
            ("Data protection officer", Prose::from("to be entered by the institution")),
            ("Processor", Prose::from("whoever runs Waymark for the institution, under a contract (Art 28)")),
        ])))
        .section(
            Section::new("Purposes")
                .paragraph(
                    "To plan and record careers education, guidance and provider access; to see for each learner which duty or \
                     benchmark is met, due or missed; to account for it to the governing body and to inspection.",
                )
                .table(self.bases()),
        )
        .section(
            Section::new("What is kept")
                .paragraph("Each line is a part of the record. Who sees it follows the institution’s own grid of roles.")
                .table(self.kept()),
        )
        .section(Section::new("How long").table(self.terms()))
        .section(Section::new("Who sees it").table(self.seen()))
        .section(
            Section::new("Recipients and transfers")
                .paragraph(
                    "Waymark hands personal data to nobody by itself, and a page loads nothing from another host. Files leave it only \
                     when somebody with the right role exports them, and each export is noted. No data leaves the United Kingdom unless \
                     the institution has Waymark run elsewhere.",
                )
                .block(Block::bullets([
                    "learners and their families: on request, a copy of the learner’s record",
                    "other schools: what follows a learner who moves, by file",
                    "trust and Careers Hub: totals; in a trust, learners only where the institution allows it",
                ])),
        )
        .section(self.security())
    }

    fn impact_assessment(&self) -> Document {
        let records = &self.scene.held.records;
        let with_plan = records.learners.iter().filter(|one| one.sen == Some(domain::Sen::Ehcp)).count();
        let looked_after = records.learners.iter().filter(|one| one.looked_after == Some(true)).count();
        self.blank(
            "Data protection impact assessment",
            "The careers programme’s record of learners: need, risks and what is done about them (UK GDPR Art 35).",
        )
        .block(Block::note(
            "Made from what the program does and how the institution has set it up. The institution completes what is marked, \
             asks its data protection officer, and signs. Make it again when something changes, and each year.",
        ))
        .section(
            Section::new("Why an assessment is needed")
                .paragraph("The data are about children, on a large scale, and in part of a special category.")
                .block(Block::terms([
                    ("Learners on roll", Prose::from(self.scene.frame.on_roll.to_string())),
                    ("Learners on record", Prose::from(self.scene.frame.recorded.to_string())),
                    ("Of them with an education, health and care plan", Prose::from(with_plan.to_string())),
                    ("Of them looked after", Prose::from(looked_after.to_string())),
                ])),
        )
        .section(
            Section::new("What is done with the data")
                .block(Block::numbers([
                    "Staff bring in a list of learners from the school’s management information system, look at what it would change, and apply it. The file goes when it is applied or given up.",
                    "Staff record activities and who took part.",
                    "Waymark works out, by published rules, what is met, due or missed for each learner, and shows why. Nothing is predicted, scored or decided about a learner.",
                    "Staff see learners within their reach; governors and Careers Hubs see totals only.",
                    "Records go when their term is over, in a run that somebody looks at first.",
                ]))
                .table(self.kept()),
        )
        .section(Section::new("Necessity and proportionality").table(self.bases()).table(self.terms()))
        .section(Section::new("Risks, and what is done about them").table(risks()))
        .section(
            Section::new("Children’s rights and interests")
                .paragraph(
                    "The Age Appropriate Design Code is the standard, whether or not it applies to a service used only through a school.",
                )
                .block(Block::bullets([
                    "High privacy by default: roles begin with the least that they need.",
                    "No profiling, no nudging, no advertising, no location, no tracking.",
                    "A learner sees their own record; what is held can be handed over in plain words.",
                    "Parents can see who has looked at their child’s record.",
                ])),
        )
        .section(self.security())
        .section(Section::new("To be completed and signed").block(Block::terms([
            ("Consulted: learners, families, staff", Prose::from("to be entered")),
            ("Advice of the data protection officer", Prose::from("to be entered")),
            ("Risks that remain, and who accepts them", Prose::from("to be entered")),
            ("Decision, name and date", Prose::from("to be entered")),
            ("To be looked at again on", Prose::from("to be entered, within a year")),
        ])))
    }

    fn bases(&self) -> Table {
        let columns = [Column::words("Lawful basis"), Column::words("What the law says")];
        let bases = data_register().bases.iter().filter(|basis| basis.id != "none");
        Table::new(columns)
            .with_header_column()
            .rows_of(bases.map(|basis| vec![Prose::from(&*basis.title), Prose::from(&*basis.says)]))
    }

    fn kept(&self) -> Table {
        let columns = [
            Column::words("What"),
            Column::short("About"),
            Column::words("Sort"),
            Column::words("What for"),
            Column::words("How long"),
        ];
        let rows = data_register().tables.iter().flat_map(|table| {
            // Sorts of data that differ get a line each.
            let mut lines: BTreeMap<(DataSort, Whose), (Vec<&str>, &str)> = BTreeMap::new();
            for group in table.personal() {
                let line = lines.entry((group.sort, group.whose)).or_insert((Vec::new(), &group.kept));
                line.0.push(&group.purpose);
            }
            lines.into_iter().map(|((sort, whose), (purposes, kept))| {
                let rule = data_register().rule(kept).map_or("", |rule| &rule.title);
                let cells: Vec<Prose> = vec![
                    (&*table.about).into(),
                    whose.title().into(),
                    sort.title().into(),
                    purposes.join("; ").into(),
                    rule.into(),
                ];
                cells
            })
        });
        Table::new(columns).with_header_column().rows_of(rows.collect::<Vec<_>>())
    }

    fn terms(&self) -> Table {
        let columns = [Column::words("Rule"), Column::short("Term"), Column::short("From"), Column::words("What goes")];
        let rows = data_register().rules.iter().filter(|rule| rule.run).map(|rule| {
            let own = self.periods.own(&rule.id);
            let cells: Vec<Prose> = vec![
                (&*rule.title).into(),
                own.map_or_else(|| rule.default_term(), term).into(),
                (&*rule.from).into(),
                (&*rule.what).into(),
            ];
            cells
        });
        Table::new(columns).with_header_column().rows_of(rows.collect::<Vec<_>>())
    }

    fn seen(&self) -> Table {
        let columns = [Column::words("What"), Column::words("Roles that include it here")];
        let what = [
            (Action::SeeTotals, "Totals, without a name"),
            (Action::SeeLearners, "Learners, within reach"),
            (Action::SeeSend, "Special educational needs, reviews, adaptations"),
            (Action::SeeLookedAfter, "Who is looked after"),
            (Action::ReadNotes, "Private notes of advisers"),
            (Action::Export, "Lists in a file"),
            (Action::Import, "Files brought in"),
            (Action::SeeAudit, "The audit trail"),
            (Action::ProtectData, "Retention, copies for families, erasure"),
        ];
        let rows = what.map(|(action, title)| {
            let roles = self.roles.get(&action).map_or(&[][..], Vec::as_slice);
            let names: Vec<String> = roles.iter().map(|role| in_words(role.word())).collect();
            vec![Prose::from(title), Prose::from(if names.is_empty() { "nobody".to_owned() } else { names.join(", ") })]
        });
        Table::new(columns).with_header_column().rows_of(rows)
    }

    fn security(&self) -> Section {
        Section::new("Security").block(Block::bullets([
            "Roles say what, reach says over whom; somebody else’s record is not found.",
            "Passwords are kept as Argon2id digests; a second step and passkeys are offered; sessions can be ended.",
            "Every change, and every look at a learner’s record, is noted in a trail in which nothing can be altered unnoticed.",
            "Traffic is encrypted; backups are the host’s task and are covered by its contract.",
            "Nothing personal is written to logs or addresses.",
        ]))
    }
}

fn risks() -> Table {
    let columns = [Column::words("Risk"), Column::words("What is done"), Column::short("What remains (to be judged)")];
    let rows = [
        (
            "Somebody without business there sees a learner’s record",
            "Roles and reach; every look is noted, and shown to the careers leader; two administrators are asked for",
        ),
        (
            "Special educational needs, looked-after status or notes get out",
            "Seen only by roles that need them; private notes apart from agreed actions; left out of lists by default",
        ),
        (
            "A learner is labelled by what is still missing",
            "Only what the programme owes is shown, with the reason; nothing about a learner’s prospects is predicted",
        ),
        (
            "Stereotyping by sex, background or need",
            "Breakdowns count whether groups are reached; no rule of the program treats a learner otherwise for it",
        ),
        (
            "Data go to employers or providers",
            "Nothing is shared by the program; lists leave only by an export that is noted",
        ),
        ("Records are wrong", "Each record says where it came from; imports are looked at before and can be undone"),
        ("Records are kept too long", "Terms by rule, a run that is looked at first, a record of what went"),
        (
            "An account is taken over",
            "Second step, passkeys, slow guessing, sessions that end, a list of devices, school sign-on",
        ),
        ("Data are lost", "Changes happen whole or not at all; backups with a command that tries them"),
    ];
    Table::new(columns).with_header_column().rows_of(
        rows.map(|(risk, done)| vec![Prose::from(risk), Prose::from(done), Prose::from("low / medium / high")]),
    )
}
