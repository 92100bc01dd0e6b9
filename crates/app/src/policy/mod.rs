//! The careers policy and the provider access statement: composed from the record, checked against it, signed, kept and published.

mod facts;
