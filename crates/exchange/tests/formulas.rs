//! No file of ours holds a cell that a spreadsheet would run, whoever typed it; and reading our own files gives back what was typed.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use exchange::{
    list,
    problem::{Code, Place, Problem, annotate},
    sheet,
};

/// What people may have typed as a name, a title or a reference.
fn typed() -> Vec<String> {
    let mut cells: Vec<String> = sheet::STARTS
        .iter()
        .flat_map(|start| [format!("{start}HYPERLINK(\"x\",\"y\")"), format!("'{start}1"), start.to_string()])
        .collect();
    cells.extend(["=cmd|' /C calc'!A0", "+44 1632 960001", "-1", "@SUM(A1)", "O'Brien", "plain"].map(str::to_owned));
    cells
}

#[track_caller]
fn is_inert(cell: &str) {
    assert!(!cell.starts_with(sheet::STARTS), "{cell:?}");
}

fn cells_of_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn cells_of_workbook(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = workbook.sheet_names().remove(0);
    assert!(workbook.worksheet_formula(&name).unwrap().is_empty(), "a sheet of ours has no formulas");
    workbook.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_list_as_csv_holds_no_formula() {
    let rows = cells_of_csv(&list::csv(&typed(), &[typed(), typed()]));
    assert_eq!(rows.len(), 3);
    rows.iter().flatten().for_each(|cell| is_inert(cell));
    let back: Vec<&str> = rows[1].iter().map(|cell| sheet::restore(cell)).collect();
    assert_eq!(back, typed());
}

#[test]
fn a_list_as_a_workbook_holds_texts_that_are_no_formulas() {
    let without_nul: Vec<String> = typed().into_iter().filter(|cell| !cell.contains('\0')).collect();
    let rows = cells_of_workbook(&list::xlsx("=Learners", &without_nul, std::slice::from_ref(&without_nul)).unwrap());
    assert_eq!(rows.len(), 2);
    for cell in rows.iter().flatten() {
        let Data::String(text) = cell else { panic!("{cell:?} is no text") };
        is_inert(text);
    }
}

fn problems() -> Vec<Problem> {
    vec![Problem::problem(Place::line("pupils.csv", 2).at("=Surname", Some(1)), Code::NotADate)]
}

#[test]
fn a_file_that_comes_back_with_its_problems_holds_no_formula() {
    let bytes = "=Surname,Forename\r\n=1+1,+44\r\n@x,-2\r\n'=y,Ada\r\n";
    let rows = cells_of_csv(&annotate("pupils.csv", bytes.as_bytes(), &problems()).unwrap());
    assert!(rows[1][2].contains("Surname"), "{rows:?}");
    rows.iter().flatten().for_each(|cell| is_inert(cell));

    let lines = [vec!["=1+1".to_owned(), "+44".to_owned()]];
    let workbook = list::xlsx("Pupils", &["=Surname".to_owned(), "Forename".to_owned()], &lines).unwrap();
    for cell in cells_of_workbook(&annotate("pupils.xlsx", &workbook, &problems()).unwrap()).iter().flatten() {
        assert!(matches!(cell, Data::String(_) | Data::Empty), "{cell:?}");
        is_inert(&cell.to_string());
    }
}
