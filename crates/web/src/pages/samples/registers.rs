use app::QrPicture;

use super::{render, shell};
use crate::{pages::registers::*, parts::*, shell::Shell};

fn under(title: &str) -> Shell {
    shell(title, "activities").under("#", "Activities").under("#", "Mock interviews").under("#", "Register")
}

fn lines(href: &str) -> Vec<RegisterLine> {
    let marks = [("attended", "Present"), ("absent", "Absent"), ("excused", "Excused"), ("", "No mark")];
    let line = |id: u8, name: &str, mark: &str| RegisterLine {
        name: name.into(),
        href: href.into(),
        form: "9A".into(),
        field: format!("mark-{id}-{mark}"),
        status: "Present",
        choices: marks.map(|(word, label)| Choice::new(word, label, word == mark)).to_vec(),
    };
    vec![line(1, "Sample, Avery", "attended"), line(2, "Test, Billie", "absent"), line(3, "Example, Robin", "")]
}

fn filters() -> Filters {
    let choices = vec![Choice::new("", "All on the register", true), Choice::new("9A", "9A", false)];
    let filters = vec![Filter { name: "form", label: "Show one form", choices }];
    Filters { filters, kept: Vec::new(), clear: "#".into() }
}

fn register() -> RegisterPage {
    RegisterPage {
        shell: shell("Register: Mock interviews", "activities").under("#", "Activities").under("#", "Mock interviews"),
        lead: "Employer encounter on 12 November 2026 with Brightwater Engineering. One learner is marked present."
            .into(),
        can_record: true,
        whole: "#".into(),
        waiting: 1,
        filters: filters(),
        save: "#".into(),
        kept_as: "1/2".into(),
        lines: lines("#"),
        counts: "1 present, 1 absent, 1 without a mark".into(),
        ways: vec![("#".into(), "Paste or scan a list", "Names, references or a scanner’s codes.")],
    }
}

fn conflicts() -> ConflictsPage {
    ConflictsPage {
        shell: under("Two people marked at once"),
        lead: "Eleven marks are recorded. One mark is not, because somebody else marked meanwhile.".into(),
        save: "#".into(),
        back: "#".into(),
        lines: vec![ConflictLine {
            name: "Sample, Avery".into(),
            form: "9A".into(),
            story: "You said absent. Robin Example marked present at 10:42.".into(),
            field: "mark-1-attended".into(),
            choices: vec![
                Choice::new("attended", "Keep theirs: present", true),
                Choice::new("absent", "Use mine: absent", false),
            ],
        }],
    }
}

fn list() -> ListPage {
    let message = "Paste or scan the learners who came, one on each line.".to_owned();
    ListPage {
        shell: under("Paste or scan a list")
            .with_problems(vec![app::FieldProblem { field: "list", message: message.clone() }]),
        lead: "Who was at “Mock interviews”?".into(),
        action: "#".into(),
        back: "#".into(),
        list: String::new(),
        problem: Some(message),
        marks: vec![
            Choice::new("attended", "They were present", true),
            Choice::new("absent", "They were absent", false),
        ],
    }
}

fn list_check() -> ListCheckPage {
    ListCheckPage {
        shell: under("Check the list"),
        lead: "One line is understood. Nothing is marked yet.".into(),
        save: "#".into(),
        mark: "attended",
        back: "#".into(),
        found: vec![FoundLine {
            line: 1,
            text: "avery sample".into(),
            name: "Sample, Avery".into(),
            form: "9A".into(),
            change: "No mark → Present".into(),
            field: "mark-1-".into(),
            value: "attended",
        }],
        several: vec![SeveralLine {
            line: 2,
            text: "B Test".into(),
            field: "pick-2".into(),
            choices: vec![
                Choice::new("", "Nobody: leave this line out", true),
                Choice::new("2-", "Test, Billie, 9A, L2", false),
            ],
        }],
        others: vec![(3, "Nobody Here".into(), "Nobody with this reference or name.".into())],
        button: "Mark them present".into(),
    }
}

fn sheet() -> SheetPage {
    SheetPage {
        shell: under("The register as a spreadsheet"),
        lead: "Send “Mock interviews” out as a file or on paper, and bring the file back when it is filled in.".into(),
        file: Some("#".into()),
        action: "#".into(),
        problem: None,
        back: "#".into(),
    }
}

fn sheet_check() -> SheetCheckPage {
    SheetCheckPage {
        shell: under("Check the register that came back"),
        lead: "One mark is new or different, 26 rows are as recorded or blank. One cell has to be corrected.".into(),
        save: "#".into(),
        again: "#".into(),
        problems: vec![("D7".into(), "Preesnt".into(), "This is not a mark.".into())],
        changes: vec![SheetChangeLine {
            name: "Sample, Avery".into(),
            form: "9A".into(),
            was: "No mark",
            now: "Present",
            field: "mark-1-".into(),
            value: "attended",
        }],
        button: "Record these one mark without the rows above".into(),
    }
}

fn picture() -> QrPicture {
    QrPicture::of("https://waymark.example/check-in/1?code=ACDEFG").expect("a picture")
}

fn links() -> LinksPage {
    LinksPage {
        shell: under("A link for a colleague’s phone"),
        lead: "Whoever opens it marks “Mock interviews” without an account.".into(),
        action: "#".into(),
        back: "#".into(),
        label: String::new(),
        forms: vec![Choice::new("", "The whole register", true), Choice::new("9A", "9A", false)],
        days: vec![Choice::new("1", "The end of tomorrow", true)],
        links: vec![LinkLine {
            label: "Cover on Tuesday".into(),
            form: "9A".into(),
            by: "Robin Example".into(),
            until: "25 November 2026, 00:00".into(),
            used: "Not yet".into(),
            end: "#".into(),
        }],
    }
}

fn link_made() -> LinkMadePage {
    LinkMadePage {
        shell: under("Hand over this link"),
        lead: "Whoever opens it marks this register until 25 November 2026, 00:00, and sees nothing else.".into(),
        link: format!("https://waymark.example/register/1/{}", "0".repeat(64)),
        picture: picture(),
        back: "#".into(),
    }
}

fn board() -> Board {
    Board {
        code: "ACDEFG".into(),
        address: "https://waymark.example/check-in/1".into(),
        picture: picture(),
        until: "10:15".into(),
        end: "#".into(),
        large: "#".into(),
    }
}

fn check_in() -> CheckInPage {
    CheckInPage {
        shell: under("Check in with a code"),
        lead: "Learners mark themselves present at “Mock interviews” with a code on the board.".into(),
        open: Some(board()),
        action: "#".into(),
        minutes: Vec::new(),
        back: "#".into(),
        came: vec![("Sample, Avery".into(), "9A".into(), "10:03".into())],
    }
}

fn open_register() -> OpenRegisterPage {
    OpenRegisterPage {
        shell: Shell::default().titled("Register: Mock interviews, 9A"),
        lead: "Larchwood Academy, 12 November 2026. Three learners.".into(),
        can_record: true,
        save: "#".into(),
        kept_as: "link/1".into(),
        lines: lines(""),
        counts: "1 present, 1 absent, 1 without a mark".into(),
        until: "25 November 2026, 00:00".into(),
    }
}

fn arrive() -> ArrivePage {
    ArrivePage {
        shell: Shell::default().titled("Check in"),
        action: "#".into(),
        code: "ACDEFG".into(),
        forename: String::new(),
        surname: String::new(),
        day: String::new(),
        month: String::new(),
    }
}

fn paper() -> PaperPage {
    PaperPage {
        shell: under("Register: Mock interviews"),
        lead: "Employer encounter on 12 November 2026.".into(),
        back: "#".into(),
        lines: vec![("Sample, Avery".into(), "9A".into(), "Present"), ("Test, Billie".into(), "9A".into(), "")],
    }
}

/// Pages of this area from invented values.
pub(super) fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("register", render(&register())),
        ("register-conflicts", render(&conflicts())),
        ("register-list", render(&list())),
        ("register-list-check", render(&list_check())),
        ("register-sheet", render(&sheet())),
        ("register-sheet-check", render(&sheet_check())),
        ("register-links", render(&links())),
        ("register-link-made", render(&link_made())),
        ("register-check-in", render(&check_in())),
        (
            "register-board",
            render(&BoardPage { shell: shell("Mock interviews", ""), board: board(), back: "#".into() }),
        ),
        ("register-open", render(&open_register())),
        ("register-arrive", render(&arrive())),
        ("register-paper", render(&paper())),
    ]
}
