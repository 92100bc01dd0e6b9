//! The chain: each event carries a digest over itself and the digest before it.

use domain::{InstitutionId, LearnerId};
use sha2::{Digest as _, Sha256};

use super::{Detail, Event};
use crate::{Error, Tx, catalogue, value::values};

/// What the digest of an institution's first event follows.
pub(super) const START: [u8; 32] = [0; 32];

/// So many details go in one by one; more go in as a whole.
const FEW: usize = 8;
/// Rows sealed between two looks at the database.
const PAGE: u32 = 1_000;

/// Bytes that no two different lists of values share: each is preceded by whether it is there, text also by its length.
struct Canonical(Sha256);

impl Canonical {
    fn new(what: &str) -> Self {
        let mut canonical = Self(Sha256::new());
        canonical.text(what);
        canonical
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as i64);
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn number(&mut self, number: i64) {
        self.0.update([1]);
        self.0.update(number.to_be_bytes());
    }

    fn optional(&mut self, number: Option<i64>) {
        match number {
            Some(number) => self.number(number),
            None => self.0.update([0]),
        }
    }

    fn done(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// The digest of an event in its place.
pub(super) fn digest_of(
    previous: &[u8; 32],
    institution: InstitutionId,
    sequence: i64,
    event: &Event,
    details: Option<&[u8]>,
) -> [u8; 32] {
    let mut canonical = Canonical::new("waymark audit event 1");
    canonical.bytes(previous);
    canonical.number(institution.0);
    canonical.number(sequence);
    canonical.number(event.id);
    canonical.number(event.at.as_microsecond());
    canonical.optional(event.account.map(|account| account.0));
    canonical.text(&event.action);
    canonical.text(&event.subject_kind);
    canonical.optional(event.subject_id);
    canonical.text(&event.payload);
    match &event.reach {
        Some(reach) => canonical.text(reach),
        None => canonical.optional(None),
    }
    match details {
        Some(digest) => canonical.bytes(digest),
        None => canonical.optional(None),
    }
    canonical.done()
}

/// The salted digest of one detail.
pub(super) fn digest_of_detail(salt: &[u8], learner: Option<LearnerId>, text: &str) -> [u8; 32] {
    let mut canonical = Canonical::new("waymark audit detail 1");
    canonical.bytes(salt);
    canonical.optional(learner.map(|learner| learner.0));
    canonical.text(text);
    canonical.done()
}

/// One digest for all details of an event; none if it has none.
pub(super) fn digest_of_details<'d>(each: impl IntoIterator<Item = &'d [u8; 32]>) -> Option<[u8; 32]> {
    let mut each = each.into_iter().peekable();
    each.peek()?;
    let mut canonical = Canonical::new("waymark audit details 1");
    for digest in each {
        canonical.bytes(digest);
    }
    Some(canonical.done())
}

/// Writes events at the end of their institution's chain. Taking the head's row first puts writers in a queue.
pub(crate) fn append(tx: &mut Tx<'_>, institution: InstitutionId, events: &[Event]) -> Result<(), Error> {
    let count = events.len() as i64;
    let (length, mut head): (i64, [u8; 32]) = tx
        .query_opt(
            "INSERT INTO audit_chain (institution_id, length, digest) VALUES ($1, $2, $3)
             ON CONFLICT (institution_id) DO UPDATE SET length = audit_chain.length + excluded.length
             RETURNING length, digest",
            values![institution, count, START],
            |row| Ok((row.get(0)?, super::digest(row, 1)?)),
        )?
        .ok_or_else(|| Error::Fault("the audit chain has no head".into()))?;
    for (index, event) in events.iter().enumerate() {
        let sequence = length - count + index as i64 + 1;
        let details: Vec<_> =
            event.details.iter().map(|detail| digest_of_detail(&detail.salt, detail.learner, &detail.text)).collect();
        let detail_digest = digest_of_details(&details);
        head = digest_of(&head, institution, sequence, event, detail_digest.as_ref().map(<[u8; 32]>::as_slice));
        tx.execute(
            "INSERT INTO audit (institution_id, audit_id, at, account_id, action, subject_kind, subject_id, payload,
                                reach, sequence, detail_digest, digest)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            values![
                institution,
                event.id,
                event.at,
                event.account,
                event.action,
                event.subject_kind,
                event.subject_id,
                event.payload,
                event.reach,
                sequence,
                detail_digest,
                head
            ],
        )?;
        insert_details(tx, institution, event.id, &event.details, &details)?;
    }
    tx.execute("UPDATE audit_chain SET digest = $2 WHERE institution_id = $1", values![institution, head])?;
    Ok(())
}

fn insert_details(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    event: i64,
    details: &[Detail],
    digests: &[[u8; 32]],
) -> Result<(), Error> {
    let rows = details.iter().zip(digests).enumerate();
    if details.len() > FEW {
        let bound: Vec<_> = rows.map(|(position, (detail, digest))| (position, detail, digest)).collect();
        tx.insert_rows(&catalogue::AUDIT_DETAIL, &mut |put| {
            for (position, detail, digest) in &bound {
                put(values![institution, event, *position, detail.learner, detail.salt, detail.text, **digest])?;
            }
            Ok(())
        })?;
        return Ok(());
    }
    for (position, (detail, digest)) in rows {
        tx.execute(
            "INSERT INTO audit_detail (institution_id, audit_id, position, learner_id, salt, detail, digest)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values![institution, event, position, detail.learner, detail.salt, detail.text, *digest],
        )?;
    }
    Ok(())
}

/// Chains the events that were noted before there was a chain, in the order of their keys, once: an institution that has a chain
/// is left alone, so that nobody can have a row sealed that came otherwise.
pub(crate) fn seal(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<u64, Error> {
    let (mut length, mut head, mut last) = (0_i64, START, i64::MIN);
    let sql = format!(
        "SELECT {} FROM audit WHERE institution_id = $1 AND audit_id > $2 AND digest IS NULL
         ORDER BY audit_id LIMIT $3",
        super::COLUMNS
    );
    loop {
        let events = tx.query(&sql, values![institution, last, i64::from(PAGE)], super::read)?;
        let Some(end) = events.last() else { break };
        last = end.id;
        for event in &events {
            length += 1;
            head = digest_of(&head, institution, length, event, None);
            tx.execute(
                "UPDATE audit SET sequence = $3, digest = $4 WHERE institution_id = $1 AND audit_id = $2",
                values![institution, event.id, length, head],
            )?;
        }
    }
    if length > 0 {
        tx.execute(
            "INSERT INTO audit_chain (institution_id, length, digest) VALUES ($1, $2, $3)",
            values![institution, length, head],
        )?;
    }
    Ok(length as u64)
}

/// The institutions whose events wait to be sealed: those with events and no chain.
pub(crate) fn unsealed(tx: &mut Tx<'_>) -> Result<Vec<InstitutionId>, Error> {
    tx.query(
        "SELECT i.institution_id FROM (SELECT institution_id FROM institution UNION SELECT 0) AS i
         WHERE NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.institution_id = i.institution_id)
         AND EXISTS (SELECT 1 FROM audit a WHERE a.institution_id = i.institution_id)
         ORDER BY i.institution_id",
        values![],
        |row| row.get(0),
    )
}
