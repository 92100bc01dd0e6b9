//! Schools' own files of learners: every shape of heading, value and encoding, with the pitfalls of each.

use domain::{Sen, YearGroup};
use exchange::{
    mapping::{self, DateOrder, Mapping, Subject, Target},
    mis,
    problem::{Problem, Severity},
    roster::{Extent, Field, Roster, Source},
    sheet,
};
use jiff::civil::date;

fn read(bytes: &[u8]) -> mis::Read {
    let sheet = sheet::read("pupils.csv", bytes).unwrap();
    let mapping = mapping::detect(&sheet, Subject::Learners).unwrap();
    mis::roster(&sheet, &mapping)
}

/// Each problem as "line column code".
fn told(roster: &Roster, severity: Severity) -> Vec<String> {
    let code = |p: &Problem| serde_json::to_value(&p.code).unwrap()["code"].as_str().unwrap().to_owned();
    let told = roster.problems.iter().filter(|p| p.severity == severity);
    told.map(|p| format!("{} {} {}", p.place.line.unwrap_or(0), p.place.column.as_deref().unwrap_or(""), code(p)))
        .collect()
}

#[test]
fn a_sims_like_report_with_titles_is_read() {
    let read = read(
        b"Pupils on roll,,,,,,,,,,\r\nPrinted 2/11/2026,,,,,,,,,,\r\n\r\n\
          Adno,UPN,Legal Surname,Legal Forename,Preferred Forename,DOB,Gender,Year  Group,Reg Group,SEN Status,Pupil Premium Indicator,Telephone,\r\n\
          000123,R201100018042,La Forge,B'Elanna,Bel,13/09/2014,Female,Year  8,8A,K,T,07700 900000,\r\n\
          000124,A801200005001,QUILLFEATHER,\"Zo\xEB\r\nAnn\", ,1/2/14,m,Yr 8,8B,S,F,,\r\n\
          125,,Thistlewick,Mo,,30/02/2014,M,X,8B,?,,,\r\n",
    );
    let roster = &read.roster;
    assert_eq!(read.ambiguous_dates, None);
    assert_eq!((roster.rows.len(), roster.rejected.len()), (2, 1));
    let first = &roster.rows[0];
    assert_eq!(
        (first.line, first.reference.as_deref(), first.forename.as_deref()),
        (5, Some("000123"), Some("B'Elanna"))
    );
    assert_eq!((first.date_of_birth, first.sex.as_deref()), (Some(date(2014, 9, 13)), Some("F")));
    assert_eq!((first.year_group, first.sen), (Some(YearGroup::new(8)), Some(Sen::Support)));
    assert_eq!(first.groups["pupil premium"], "yes");
    let second = &roster.rows[1];
    assert_eq!((second.forename.as_deref(), second.date_of_birth), (Some("Zo\u{eb}\r\nAnn"), Some(date(2014, 2, 1))));
    assert_eq!(second.sen, Some(Sen::Ehcp));
    // A quoted line end: the next row starts two lines further down.
    assert_eq!(told(roster, Severity::Problem), ["8 DOB not-a-date"]);
    assert_eq!(
        told(roster, Severity::Finding),
        [
            "6 UPN upn-check-letter",
            "6 SEN Status retired-code",
            "8 Year  Group year-group-undecided",
            "8 SEN Status unknown-word",
            "8 Adno lost-zeros",
        ]
    );
    assert_eq!(
        told(roster, Severity::Note),
        ["0  read-as", "4 Preferred Forename column-unknown", "4 Telephone column-dropped", "6 DOB short-year"]
    );
}

#[test]
fn semicolons_tabs_bars_and_line_ends_make_no_difference() {
    let comma = "Id,Surname,Forename,DOB\n1,Wren,Jo,2014-01-31\n2,Vole,Al,2014-02-01\n";
    let expected = read(comma.as_bytes()).roster.rows;
    assert_eq!(expected.len(), 2);
    for separator in [";", "\t", "|"] {
        for end in ["\r\n", "\r", "\n"] {
            let text = comma.replace(',', separator).replace('\n', end);
            assert_eq!(read(text.as_bytes()).roster.rows, expected, "{separator:?} {end:?}");
            let utf16: Vec<u8> =
                [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
            assert_eq!(read(&utf16).roster.rows, expected, "UTF-16 {separator:?} {end:?}");
        }
    }
}

#[test]
fn the_order_of_day_and_month_is_found_out_or_asked() {
    let file = |last: &str| format!("Id,Surname,Forename,Birthdate\n1,Wren,Jo,4/2/2014\n2,Vole,Al,{last}\n");
    let month_first = read(file("4/30/2014").as_bytes());
    assert_eq!(month_first.roster.rows[0].date_of_birth, Some(date(2014, 4, 2)));
    let asked = read(file("5/6/2014").as_bytes());
    assert_eq!(asked.ambiguous_dates, Some(vec!["4/2/2014".into(), "5/6/2014".into()]));
    // Once somebody has said so, the mapping knows.
    let text = file("5/6/2014");
    let sheet = sheet::read("pupils.csv", text.as_bytes()).unwrap();
    let mapping = mapping::detect(&sheet, Subject::Learners).unwrap();
    let told = Mapping { date_order: Some(DateOrder::MonthFirst), ..mapping };
    assert_eq!(mis::roster(&sheet, &told).roster.rows[1].date_of_birth, Some(date(2014, 5, 6)));
    // A serial number and an ISO date need no order.
    let serial = read(file("41883").as_bytes());
    assert_eq!(serial.roster.rows[1].date_of_birth, Some(date(2014, 9, 1)));
}

#[test]
fn identifiers_that_a_spreadsheet_has_spoilt_are_found() {
    let read = read(b"Student ID,ULN,Surname,Forename,DOB\n1.00063E+11,1.00063E+09,Wren,Jo,2014-01-31\n");
    assert_eq!(told(&read.roster, Severity::Finding), ["2 Student ID scientific", "2 ULN scientific"]);
    assert_eq!((read.roster.rows[0].reference.as_ref(), read.roster.rows[0].uln.as_ref()), (None, None));
}

#[test]
fn of_two_columns_for_one_field_the_better_is_read() {
    let sheet = sheet::read("a.csv", b"ID,MIS ID,Gender,Sex,Surname,Surname,Legal Surname\n1,2,x,F,a,b,c\n").unwrap();
    let mapping = mapping::detect(&sheet, Subject::Learners).unwrap();
    let column = |field| mapping.column(&Target::Learner(field));
    assert_eq!((column(Field::Reference), column(Field::Sex), column(Field::Surname)), (Some(1), Some(3), Some(6)));
    assert_eq!(mapping.columns.iter().filter(|c| c.target == Target::Unknown).count(), 4);
}

#[test]
fn a_saved_mapping_fits_the_next_file_with_the_same_header() {
    let first = sheet::read("a.csv", b"Title\n\nRef no,Surname,Forename,DOB\n1,Wren,Jo,2014-01-31\n").unwrap();
    let mut mapping = mapping::detect(&first, Subject::Learners).unwrap();
    assert_eq!(mapping.columns[0].target, Target::Unknown);
    mapping.columns[0].target = Target::Learner(Field::Reference);
    mapping.extent = Extent::Bulk;
    let saved = serde_json::to_string(&mapping).unwrap();
    let next = sheet::read("b.csv", b"REF NO,surname,forename,dob\n7,Vole,Al,2014-02-01\n").unwrap();
    let detected = mapping::detect(&next, Subject::Learners).unwrap();
    assert_eq!(detected.fingerprint(), mapping.fingerprint());
    let mapping: Mapping = serde_json::from_str(&saved).unwrap();
    let roster = mis::roster(&next, &mapping).roster;
    assert_eq!((roster.rows[0].reference.as_deref(), roster.extent), (Some("7"), Extent::Bulk));
}

#[test]
fn what_must_not_be_kept_is_not_read() {
    let sheet = sheet::read(
        "a.csv",
        b"Adno,Password,Email,Mother's phone,Medical notes,Ethnicity,Home address\n1,x,x,x,x,x,x\n",
    )
    .unwrap();
    let mapping = mapping::detect(&sheet, Subject::Learners).unwrap();
    assert_eq!(mapping.columns.iter().filter(|c| c.target == Target::Dropped).count(), 6);
}

#[test]
fn the_official_pupil_premium_list_adds_to_known_learners() {
    let text = "UPN,Surname,Forename,Sex,DOB,NCYear,Deprivation Pupil Premium,Service Child Premium,Adopted from Care Premium,\
                Looked After Premium,PupilPremiumFTE,PupilPremiumCashAmount,PupilPremiumFYStartDate,PupilPremiumFYEndDate,LastFSM\n\
                R201100018042,QUILLFEATHER,ADA,F,13/10/2013,9,1,0,0,0,1.0,1050,01/04/2026,31/03/2027,13/10/2025\n";
    let read = read(text.as_bytes());
    assert_eq!(read.roster.rows[0].groups["pupil premium"], "yes");
    assert_eq!(read.roster.rows[0].looked_after, None);
    assert_eq!(told(&read.roster, Severity::Note).iter().filter(|note| note.ends_with("column-dropped")).count(), 8);
    assert_eq!((read.roster.extent, read.roster.source), (Extent::Partial, Source::PupilPremium));
}

#[test]
fn a_column_that_only_ticks_means_no_where_it_is_blank() {
    let read = read(b"Id,Surname,Forename,DOB,FSM,In Care\n1,Wren,Jo,2014-01-31,Y,\n2,Vole,Al,2014-02-28,,N\n");
    let rows: Vec<_> = read.roster.rows.iter().map(|row| (row.fsm, row.looked_after)).collect();
    assert_eq!(rows, [(Some(true), None), (Some(false), Some(false))]);
    assert_eq!(told(&read.roster, Severity::Note), ["1 FSM blank-is-no"]);
}

#[test]
fn a_workbook_is_read_like_the_text_it_was_made_from() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "Year 8 pupils").unwrap();
    for (column, heading) in ["Adno", "Surname", "Forename", "DOB", "Admission date", "Year", "FSM"].iter().enumerate()
    {
        sheet.write(2, column as u16, *heading).unwrap();
    }
    let day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    for row in [3, 5] {
        sheet.write(row, 0, "007").unwrap();
        sheet.write(row, 1, "Wren").unwrap();
        sheet.write(row, 2, "Jo").unwrap();
        sheet.write_with_format(row, 3, rust_xlsxwriter::ExcelDateTime::from_ymd(2014, 2, 1).unwrap(), &day).unwrap();
        // A day whose cell was formatted as a number, and identifiers that were typed as numbers.
        sheet.write(row, 4, 45_538.0).unwrap();
        sheet.write(row, 5, 8.0).unwrap();
        sheet.write(row, 6, true).unwrap();
    }
    sheet.write(5, 0, 7.0).unwrap();
    // A stray cell far away must not cost memory.
    sheet.write(1_000_000, 6, " ").unwrap();
    let read = read(&workbook.save_to_buffer().unwrap());
    let rows = &read.roster.rows;
    assert_eq!((rows.len(), rows[0].line, rows[1].line), (2, 4, 6));
    assert_eq!((rows[0].reference.as_deref(), rows[1].reference.as_deref()), (Some("007"), Some("7")));
    assert_eq!((rows[0].date_of_birth, rows[0].joined), (Some(date(2014, 2, 1)), Some(date(2024, 9, 3))));
    assert_eq!((rows[0].year_group, rows[0].fsm), (Some(YearGroup::new(8)), Some(true)));
    assert_eq!(told(&read.roster, Severity::Finding), ["6 Adno lost-zeros"]);
    assert_eq!(read.ambiguous_dates, None);
}

#[test]
fn a_file_given_back_with_its_problems_can_be_read_again() {
    let bytes = b"Id;Surname;Forename;DOB\n-1;Wren;=Jo;2014-01-31\n2;Vole;Al;2014-02-31\n";
    let first = read(bytes).roster;
    let back = exchange::problem::annotate("pupils.csv", bytes, &first.problems).unwrap();
    let again = read(&back).roster;
    assert_eq!(again.rows, first.rows);
    assert_eq!(told(&again, Severity::Problem), ["3 DOB not-a-date"]);
    assert_eq!(told(&again, Severity::Note), ["1 Problems column-dropped"]);
}
