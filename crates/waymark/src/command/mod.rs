mod audit;
mod backup;
mod check;
mod data_register;
mod demo;
mod doctor;
mod export;
mod export_site;
mod import;
mod openapi;
mod person;
mod restore;
mod retention;
mod rulebook;
mod serve;
mod site_check;
mod transfer;

use clap::{ArgMatches, Subcommand};

use crate::Outcome;

/// What the program can be asked to do. Each command's file is its manual.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(check::Check),
    SiteCheck(site_check::SiteCheck),
    Import(import::Import),
    Export(export::Export),
    ExportSite(export_site::ExportSite),
    Serve(serve::Serve),
    Demo(demo::Demo),
    Doctor(doctor::Doctor),
    Person(person::Person),
    Audit(audit::Audit),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Transfer(transfer::Transfer),
    Rulebook(rulebook::Rulebook),
    Openapi(openapi::Openapi),
    Retention(retention::Retention),
    DataRegister(data_register::DataRegister),
}

impl Command {
    /// Does it. The matches say where settings came from.
    pub(crate) fn run(self, matches: &ArgMatches) -> Outcome {
        match self {
            Self::Check(check) => check.run(),
            Self::SiteCheck(check) => check.run(),
            Self::Import(import) => import.run(matches),
            Self::Export(export) => export.run(matches),
            Self::ExportSite(export) => export.run(matches),
            Self::Demo(demo) => demo.run(matches),
            Self::Doctor(doctor) => doctor.run(matches),
            Self::Serve(serve) => serve.run(matches),
            Self::Person(person) => person.run(matches),
            Self::Audit(audit) => audit.run(matches),
            Self::Backup(backup) => backup.run(matches),
            Self::Restore(restore) => restore.run(matches),
            Self::Transfer(transfer) => transfer.run(),
            Self::Rulebook(rulebook) => rulebook.run(),
            Self::Openapi(openapi) => openapi.run(),
            Self::Retention(retention) => retention.run(matches),
            Self::DataRegister(register) => register.run(),
        }
    }
}
