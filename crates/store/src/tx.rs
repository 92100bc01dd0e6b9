use std::collections::BTreeMap;

use domain::{ImportId, InstitutionId, Revision};

use crate::{
    Error, Within, audit,
    catalogue::Table,
    engine::{EngineTx, Row, RowSource},
    value::{FromCell, Value, values},
};

/// One transaction: a consistent view for reading, or a change that happens as a whole or not at all.
///
/// Nouns' functions take it; callers outside this crate pass it on and use [`Tx::advance`].
#[derive(Debug)]
pub struct Tx<'c> {
    engine: EngineTx<'c>,
    advanced: Vec<(InstitutionId, Revision)>,
    unaudited: bool,
    events: BTreeMap<InstitutionId, Vec<audit::Event>>,
    within: Within,
    tracked: Option<(InstitutionId, ImportId)>,
    staged: bool,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(engine: EngineTx<'c>, within: &Within) -> Self {
        Self {
            engine,
            advanced: Vec::new(),
            unaudited: false,
            events: BTreeMap::new(),
            within: within.clone(),
            tracked: None,
            staged: false,
        }
    }

    /// Takes its place in the queue of the institution's writers without changing anything: what is read after it is not
    /// changed by anybody else until this transaction ends.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown institution, [`Error::Busy`] when others write too long.
    pub fn wait_turn(&mut self, institution: InstitutionId) -> Result<(), Error> {
        let sql = "UPDATE institution SET revision = revision WHERE institution_id = $1";
        match self.execute(sql, values![institution])? {
            0 => Err(Error::NotFound("institution")),
            _ => Ok(()),
        }
    }

    /// Moves the institution's revision on, once in this transaction, and takes its place in the queue of writers. The new
    /// revision is this transaction's own.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an unknown institution, [`Error::Busy`] when others write too long.
    pub fn advance(&mut self, institution: InstitutionId) -> Result<Revision, Error> {
        if let Some((_, revision)) = self.advanced.iter().find(|(id, _)| *id == institution) {
            return Ok(*revision);
        }
        self.unaudited = true;
        let revision = self
            .query_opt(
                "UPDATE institution SET revision = revision + 1 WHERE institution_id = $1 RETURNING revision",
                values![institution],
                |row| row.get(0),
            )?
            .ok_or(Error::NotFound("institution"))?;
        self.advanced.push((institution, revision));
        Ok(revision)
    }

    /// From here on the transaction works for others: for a session that has found out whose it is.
    ///
    /// # Errors
    /// If the database fails.
    pub fn enter(&mut self, within: impl Into<Within>) -> Result<(), Error> {
        self.within = within.into();
        self.engine.enter(&self.within)
    }

    /// Says that this transaction changes something that must be noted in the audit trail.
    pub(crate) fn must_audit(&mut self) {
        self.unaudited = true;
    }

    /// Keeps an event until the transaction ends.
    pub(crate) fn note(&mut self, institution: InstitutionId, event: audit::Event) -> Result<(), Error> {
        if institution != audit::INSTALLATION && !self.within.covers(institution) {
            return Err(Error::Fault("an event of an institution that the transaction does not work for".into()));
        }
        self.unaudited = false;
        self.events.entry(institution).or_default().push(event);
        Ok(())
    }

    pub(crate) fn track(&mut self, institution: InstitutionId, import: ImportId) {
        self.tracked = Some((institution, import));
    }

    /// The import whose changes this transaction makes, if it is one of this institution.
    pub(crate) fn tracked(&self, institution: InstitutionId) -> Option<ImportId> {
        self.tracked.filter(|(id, _)| *id == institution).map(|(_, import)| import)
    }

    /// Runs a statement; the number of rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<usize, Error> {
        self.engine.execute(sql, values)
    }

    /// Runs statements without values, separated by `;`.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.engine.batch(sql)
    }

    /// Calls `f` with each row.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        mut f: impl FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.engine.each(sql, values, &mut f)
    }

    /// Every row, as `f` reads it.
    pub(crate) fn query<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        mut f: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut rows = Vec::new();
        self.each(sql, values, |row| {
            rows.push(f(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The row, if there is one, as `f` reads it.
    pub(crate) fn query_opt<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        f: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        Ok(self.query(sql, values, f)?.into_iter().next())
    }

    /// The one number of a statement that always has a row.
    pub(crate) fn scalar<T: FromCell>(&mut self, sql: &str, values: &[Value<'_>]) -> Result<T, Error> {
        self.query_opt(sql, values, |row| row.get(0))?
            .ok_or_else(|| Error::Fault("a statement that always has a row had none".into()))
    }

    /// Inserts many rows, each with a value for every column of the table in the catalogue's order.
    pub(crate) fn insert_many<'v, const N: usize>(
        &mut self,
        table: &Table,
        rows: impl Iterator<Item = [Value<'v>; N]>,
    ) -> Result<u64, Error> {
        debug_assert_eq!(N, table.columns.len(), "{}", table.name);
        let mut rows = rows;
        self.engine.insert_many(table, &mut |put| {
            for row in rows.by_ref() {
                put(&row)?;
            }
            Ok(())
        })
    }

    /// As [`Tx::insert_many`], for rows whose number of columns is only known at run time.
    pub(crate) fn insert_rows(&mut self, table: &Table, source: RowSource<'_>) -> Result<u64, Error> {
        self.engine.insert_many(table, source)
    }

    /// Whether the temporary tables of this transaction's connection were emptied for it; true from the second call on.
    pub(crate) fn stage(&mut self) -> bool {
        std::mem::replace(&mut self.staged, true)
    }

    pub(crate) fn finish(mut self) -> Result<(), Error> {
        if self.unaudited {
            return Err(Error::Unaudited);
        }
        let events = std::mem::take(&mut self.events);
        let reached =
            |institution: &InstitutionId| *institution == audit::INSTALLATION || self.within.covers(*institution);
        // The transaction may have moved on since it noted an event.
        if !events.keys().all(reached) {
            self.enter(Within::each(events.keys().copied()))?;
        }
        for (institution, events) in &events {
            audit::append(&mut self, *institution, events)?;
        }
        self.engine.commit()
    }
}
