use std::{collections::HashMap, time::Duration};

use jiff::{Timestamp, civil::Date};
use postgres::{
    Client, IsolationLevel, Statement, Transaction,
    binary_copy::BinaryCopyInWriter,
    error::SqlState,
    fallible_iterator::FallibleIterator,
    types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};
use r2d2::{ManageConnection, Pool, PooledConnection};

use super::{Row, RowSource, tls::Link};
use crate::{
    Error, OpenError, Within,
    catalogue::{ColumnKind, Table},
    value::{Cell, Value},
};

pub(super) const MIGRATIONS: &[(&str, &str)] = &[
    ("V1__spine", include_str!("../../migrations/postgres/V1__spine.sql")),
    ("V2__people_and_access", include_str!("../../migrations/postgres/V2__people_and_access.sql")),
    ("V3__programme", include_str!("../../migrations/postgres/V3__programme.sql")),
    ("V4__policy", include_str!("../../migrations/postgres/V4__policy.sql")),
];

const PATIENCE: Duration = Duration::from_secs(10);
const CONNECTIONS: u32 = 8;
/// Any number, as long as every Waymark takes the same: held while the schema changes.
const MIGRATION_LOCK: i64 = 0x5761_796d_6172_6b00;

#[derive(Debug)]
pub(crate) struct Postgres {
    pool: Pool<Connections>,
}

#[derive(Debug)]
pub(crate) struct Connections {
    link: Link,
}

/// A connection with the statements prepared on it.
pub(crate) struct PgConnection {
    client: Client,
    statements: HashMap<String, Statement>,
}

impl ManageConnection for Connections {
    type Connection = PgConnection;
    type Error = postgres::Error;

    fn connect(&self) -> Result<PgConnection, postgres::Error> {
        let mut client = self.link.connect()?;
        client.batch_execute(
            "SET lock_timeout = '10s'; SET timezone = 'UTC'; SET client_min_messages = warning;
             SET idle_in_transaction_session_timeout = '5min'",
        )?;
        Ok(PgConnection { client, statements: HashMap::new() })
    }

    fn is_valid(&self, connection: &mut PgConnection) -> Result<(), postgres::Error> {
        connection.client.simple_query("").map(|_| ())
    }

    fn has_broken(&self, connection: &mut PgConnection) -> bool {
        connection.client.is_closed()
    }
}

impl Postgres {
    pub(super) fn open(address: &str) -> Result<Self, OpenError> {
        let mut link = Link::parse(address)?;
        let config = link.config();
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        config.application_name("waymark");
        let connections = Connections { link };
        // One connection by hand first, for its error.
        drop(connections.connect().map_err(|error| open_error(error, connections.link.hint()))?);
        let pool = Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(0))
            .test_on_check_out(false)
            .connection_timeout(PATIENCE)
            .build(connections)
            .map_err(|e| OpenError::Unreachable(e.to_string()))?;
        Ok(Self { pool })
    }

    pub(super) fn connection(&self) -> Result<PooledConnection<Connections>, Error> {
        loop {
            let connection = self.pool.get().map_err(|_| Error::Unreachable)?;
            // The server may have gone while the connection lay idle; the pool drops such a one when it comes back.
            if !connection.client.is_closed() {
                return Ok(connection);
            }
        }
    }

    pub(super) fn schema_version(&self) -> Result<i64, OpenError> {
        let mut connection = self.connection()?;
        version(&mut connection.client).map_err(|e| error(e).into())
    }

    pub(super) fn migrate(&self) -> Result<(), OpenError> {
        if self.schema_version()? == MIGRATIONS.len() as i64 {
            return Ok(());
        }
        let mut connection = self.connection()?;
        let client = &mut connection.client;
        // Two nodes that start together: the second waits here, and then finds nothing to do.
        client.execute("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK]).map_err(|e| OpenError::from(error(e)))?;
        let migrations = super::migrations(MIGRATIONS)?;
        let outcome = refinery::Runner::new(&migrations).set_abort_missing(false).run(client);
        client.execute("SELECT pg_advisory_unlock($1)", &[&MIGRATION_LOCK]).map_err(|e| OpenError::from(error(e)))?;
        outcome.map(|_| ()).map_err(|e| OpenError::Fault(e.to_string()))
    }
}

fn version(client: &mut Client) -> Result<i64, postgres::Error> {
    let known: bool = client.query_one("SELECT to_regclass('refinery_schema_history') IS NOT NULL", &[])?.try_get(0)?;
    if !known {
        return Ok(0);
    }
    client.query_one("SELECT coalesce(max(version), 0)::bigint FROM refinery_schema_history", &[])?.try_get(0)
}

impl PgConnection {
    pub(super) fn read(&mut self, within: &Within) -> Result<PgTx<'_>, Error> {
        let tx =
            self.client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start();
        let mut tx = PgTx { tx: tx.map_err(error)?, statements: &mut self.statements };
        tx.enter(within)?;
        Ok(tx)
    }

    /// Read committed: writers of one institution queue at its revision, and whoever was let through sees what the one
    /// before wrote.
    pub(super) fn write(&mut self, within: &Within) -> Result<PgTx<'_>, Error> {
        let tx = self.client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start();
        let mut tx = PgTx { tx: tx.map_err(error)?, statements: &mut self.statements };
        tx.enter(within)?;
        Ok(tx)
    }
}

pub(crate) struct PgTx<'c> {
    tx: Transaction<'c>,
    statements: &'c mut HashMap<String, Statement>,
}

impl PgTx<'_> {
    fn prepare(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.tx.prepare(sql).map_err(error)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn enter(&mut self, within: &Within) -> Result<(), Error> {
        match within.settings() {
            Some(settings) => self.tx.batch_execute(&settings).map_err(error),
            None => self.tx.batch_execute("SET LOCAL ROLE NONE").map_err(error),
        }
    }

    pub(super) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<usize, Error> {
        let statement = self.prepare(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.tx.execute(&statement, &values).map(|count| count as usize).map_err(error)
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), Error> {
        self.tx.batch_execute(sql).map_err(error)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        f: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let statement = self.prepare(sql)?;
        let mut rows = self.tx.query_raw(&statement, values.iter().copied()).map_err(error)?;
        while let Some(row) = rows.next().map_err(error)? {
            f(&Row::Postgres(&row))?;
        }
        Ok(())
    }

    pub(super) fn insert_many(&mut self, table: &Table, source: RowSource<'_>) -> Result<u64, Error> {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let types: Vec<Type> = table.columns.iter().map(|column| wire_type(column.kind)).collect();
        // COPY goes past row-level security and is refused where that holds; what it filled, INSERT takes over.
        let (name, columns) = (table.name, columns.join(", "));
        self.batch(&format!("CREATE TEMPORARY TABLE IF NOT EXISTS copied_{name} (LIKE {name}) ON COMMIT DELETE ROWS"))?;
        let sql = format!("COPY copied_{name} ({columns}) FROM STDIN (FORMAT binary)");
        let mut writer = BinaryCopyInWriter::new(self.tx.copy_in(&sql).map_err(error)?, &types);
        source(&mut |values| writer.write_raw(values.iter().copied()).map_err(error))?;
        let copied = writer.finish().map_err(error)?;
        self.batch(&format!(
            "INSERT INTO {name} ({columns}) SELECT {columns} FROM copied_{name}; TRUNCATE copied_{name}"
        ))?;
        Ok(copied)
    }

    pub(super) fn commit(self) -> Result<(), Error> {
        self.tx.commit().map_err(error)
    }
}

fn wire_type(kind: ColumnKind) -> Type {
    match kind {
        ColumnKind::Int => Type::INT8,
        ColumnKind::Medium => Type::INT4,
        ColumnKind::Small => Type::INT2,
        ColumnKind::Text => Type::TEXT,
        ColumnKind::Bytes => Type::BYTEA,
        ColumnKind::Bool => Type::BOOL,
        ColumnKind::Date => Type::DATE,
        ColumnKind::Timestamp => Type::TIMESTAMPTZ,
    }
}

/// PostgreSQL counts days and microseconds from here.
const EPOCH_DAY: Date = Date::constant(2000, 1, 1);
const EPOCH_MICROSECOND: i64 = 946_684_800_000_000;

type AnyError = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, AnyError> {
        match *self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(number) => match *ty {
                Type::INT2 => i16::try_from(number)?.to_sql(ty, out),
                Type::INT4 => i32::try_from(number)?.to_sql(ty, out),
                Type::INT8 => number.to_sql(ty, out),
                _ => Err(format!("a number where {ty} is expected").into()),
            },
            Value::Text(text) | Value::Word(text) => text.to_sql(ty, out),
            Value::Bytes(bytes) => bytes.to_sql(ty, out),
            Value::Bool(yes) => yes.to_sql(ty, out),
            Value::Date(date) => domain::date::days_between(EPOCH_DAY, date).to_sql(&Type::INT4, out),
            Value::Timestamp(at) => (at.as_microsecond() - EPOCH_MICROSECOND).to_sql(&Type::INT8, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, AnyError> {
        Ok(match *ty {
            Type::INT2 => Cell::Int(i16::from_sql(ty, raw)?.into()),
            Type::INT4 => Cell::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT8 => Cell::Int(i64::from_sql(ty, raw)?),
            Type::BOOL => Cell::Bool(bool::from_sql(ty, raw)?),
            Type::BYTEA => Cell::Bytes(raw),
            Type::DATE => {
                let days = i32::from_sql(&Type::INT4, raw)?;
                Cell::Date(EPOCH_DAY.checked_add(jiff::Span::new().try_days(days)?)?)
            }
            Type::TIMESTAMPTZ => {
                let microseconds = i64::from_sql(&Type::INT8, raw)?;
                Cell::Timestamp(Timestamp::from_microsecond(microseconds.saturating_add(EPOCH_MICROSECOND))?)
            }
            _ => Cell::Text(<&str>::from_sql(ty, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, AnyError> {
        Ok(Cell::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// What the server reports, in our words: its own may hold values.
pub(super) fn error(error: postgres::Error) -> Error {
    let Some(db) = error.as_db_error() else {
        return if error.is_closed()
            || std::error::Error::source(&error).is_some_and(|cause| cause.is::<std::io::Error>())
        {
            Error::Unreachable
        } else {
            Error::Fault(error.to_string())
        };
    };
    let table = || db.table().unwrap_or("the database").to_owned();
    let code = db.code();
    match code.code() {
        _ if *code == SqlState::UNIQUE_VIOLATION => Error::Duplicate { table: table() },
        _ if *code == SqlState::FOREIGN_KEY_VIOLATION => Error::Depends { table: table() },
        _ if *code == SqlState::LOCK_NOT_AVAILABLE => Error::Busy,
        _ if *code == SqlState::DISK_FULL => Error::Full,
        _ if *code == SqlState::READ_ONLY_SQL_TRANSACTION => Error::ReadOnly,
        "40001" | "40P01" => Error::Conflict,
        "57P01" | "57P02" | "57P03" => Error::Unreachable,
        code if code.starts_with("08") => Error::Unreachable,
        // A mistake in a statement of ours: the message quotes the statement.
        code if code.starts_with("42") => Error::Fault(format!("{code}: {}", db.message())),
        code => Error::Fault(format!("{code} at {} {}", table(), db.constraint().or(db.column()).unwrap_or_default())),
    }
}

fn open_error(error: postgres::Error, hint: &str) -> OpenError {
    match error.as_db_error() {
        Some(db) => OpenError::Refused(format!("{} ({})", db.message(), db.code().code())),
        None => {
            let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
            OpenError::Unreachable(format!("{error}: {cause}{hint}"))
        }
    }
}
