//! Walking a chain from its first event to its head.

use domain::{InstitutionId, LearnerId};

use serde_json::json;

use super::{Event, chain};
use crate::{Error, Row, Tx, value::values};

/// Events read at a time: the trail may be longer than memory.
const PAGE: i64 = 2_000;
/// More breaks than this are only counted.
const SHOWN: usize = 100;

/// The end of a chain: kept elsewhere, it shows later whether what it covers is still what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The last event's number.
    pub length: i64,
    /// The last event's digest.
    pub digest: [u8; 32],
}

/// Where a chain breaks, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Break {
    /// The event with this number is not what was noted.
    Altered {
        /// Its number.
        sequence: i64,
    },
    /// The events with these numbers are gone.
    Removed {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// An event stands there that was never noted.
    Inserted {
        /// Its key.
        id: i64,
        /// The number that it claims, if any.
        sequence: Option<i64>,
    },
    /// A detail of the event with this number is not what was noted.
    DetailAltered {
        /// Its number.
        sequence: i64,
    },
    /// Details of the event with this number were taken away or added, rather than erased.
    DetailMissing {
        /// Its number.
        sequence: i64,
    },
    /// The chain's head is not the digest of its last event, or is gone.
    Head,
    /// The chain no longer leads to the head that was kept elsewhere.
    NotAsKept {
        /// The number of the event whose digest was kept.
        sequence: i64,
    },
}

/// What walking a chain found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// Events read.
    pub events: u64,
    /// Details that are there and fit.
    pub details: u64,
    /// Details that were erased, as erasure leaves them.
    pub erased: u64,
    /// Where it ends.
    pub head: Option<Head>,
    /// The first breaks, in their order.
    pub breaks: Vec<Break>,
    /// Breaks in all.
    pub broken: u64,
}

impl Verdict {
    /// Whether everything is as it was noted.
    pub fn is_whole(&self) -> bool {
        self.broken == 0
    }

    fn add(&mut self, one: Break) {
        self.broken += 1;
        if self.breaks.len() < SHOWN {
            self.breaks.push(one);
        }
    }
}

/// The institution's head; none if nothing was noted yet.
///
/// # Errors
/// If the database fails.
pub fn head(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Option<Head>, Error> {
    tx.query_opt("SELECT length, digest FROM audit_chain WHERE institution_id = $1", values![institution], |row| {
        Ok(Head { length: row.get(0)?, digest: super::digest(row, 1)? })
    })
}

struct Link {
    event: Event,
    sequence: i64,
    detail_digest: Option<Vec<u8>>,
    digest: Option<Vec<u8>>,
}

fn read_link(row: &Row<'_>) -> Result<Link, Error> {
    Ok(Link { event: super::read(row)?, sequence: row.get(8)?, detail_digest: row.get(9)?, digest: row.get(10)? })
}

struct Part {
    event: i64,
    learner: Option<LearnerId>,
    salt: Option<Vec<u8>>,
    text: Option<String>,
    digest: Vec<u8>,
}

/// Walks the institution's chain a page at a time: every event against its digest, every detail against its own, the end against
/// the head and, if given, against a head that was kept elsewhere. Needs one consistent view: a reading transaction.
///
/// # Errors
/// If the database fails.
pub fn verify(tx: &mut Tx<'_>, institution: InstitutionId, kept: Option<Head>) -> Result<Verdict, Error> {
    let mut verdict = Verdict::default();
    let (mut previous, mut last) = (chain::START, 0_i64);
    let mut is_kept = kept.is_none_or(|kept| kept.length == 0);
    let sql = format!(
        "SELECT {}, sequence, detail_digest, digest FROM audit
         WHERE institution_id = $1 AND sequence > $2 ORDER BY sequence, audit_id LIMIT $3",
        super::COLUMNS
    );
    loop {
        // A page ends between two numbers, so that two events with the same one are seen together.
        let mut links = tx.query(&sql, values![institution, last, PAGE], read_link)?;
        let is_end = (links.len() as i64) < PAGE;
        if !is_end && let Some(open) = links.last().map(|link| link.sequence) {
            let closed = links.partition_point(|link| link.sequence < open);
            links.truncate(if closed == 0 { links.len() } else { closed });
        }
        let (Some(first), Some(end)) = (links.first(), links.last()) else { break };
        let mut parts = parts(tx, institution, first.sequence, end.sequence)?.into_iter().peekable();
        for link in &links {
            verdict.events += 1;
            let mut own = Vec::new();
            while let Some(part) = parts.next_if(|part| part.event == link.event.id) {
                own.push(part);
            }
            if link.sequence == last {
                verdict.add(Break::Inserted { id: link.event.id, sequence: Some(link.sequence) });
                continue;
            }
            let follows = link.sequence == last + 1;
            if !follows {
                verdict.add(Break::Removed { from: last + 1, to: link.sequence - 1 });
            }
            last = link.sequence;
            // After a gap the digest before is unknown: the gap is reported, and the walk goes on from what stands here.
            let expected =
                chain::digest_of(&previous, institution, link.sequence, &link.event, link.detail_digest.as_deref());
            let stored: Option<[u8; 32]> = link.digest.as_deref().and_then(|digest| digest.try_into().ok());
            if follows && stored != Some(expected) {
                verdict.add(Break::Altered { sequence: link.sequence });
            }
            previous = stored.unwrap_or(expected);
            if let Some(kept) = kept.filter(|kept| kept.length == link.sequence) {
                is_kept = stored == Some(kept.digest);
            }
            check_details(&mut verdict, link, &own);
        }
        if is_end {
            break;
        }
    }
    for id in unnumbered(tx, institution)? {
        verdict.add(Break::Inserted { id, sequence: None });
    }
    finish(tx, institution, &mut verdict, last, &previous)?;
    if let Some(kept) = kept.filter(|_| !is_kept) {
        verdict.add(Break::NotAsKept { sequence: kept.length });
    }
    Ok(verdict)
}

/// Calls `f` with every event of the chain, oldest first, as JSON with all that its digest is made from; returns how many.
///
/// # Errors
/// If the database fails, or what `f` returns.
pub fn each<E: From<Error>>(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    f: &mut dyn FnMut(serde_json::Value) -> Result<(), E>,
) -> Result<u64, E> {
    let (mut last, mut count) = (0_i64, 0);
    let sql = format!(
        "SELECT {}, sequence, detail_digest, digest FROM audit
         WHERE institution_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
        super::COLUMNS
    );
    loop {
        let links = tx.query(&sql, values![institution, last, PAGE], read_link)?;
        let (Some(first), Some(end)) = (links.first(), links.last()) else { return Ok(count) };
        last = end.sequence;
        let mut parts = parts(tx, institution, first.sequence, last)?.into_iter().peekable();
        for link in &links {
            let mut own = Vec::new();
            while let Some(part) = parts.next_if(|part| part.event == link.event.id) {
                own.push(json!({
                    "learner": part.learner.map(|learner| learner.to_string()),
                    "salt": part.salt.as_deref().map(hex),
                    "detail": part.text,
                    "digest": hex(&part.digest),
                }));
            }
            let event = &link.event;
            count += 1;
            f(json!({
                "institution": institution.to_string(),
                "sequence": link.sequence,
                "id": event.id.to_string(),
                "at": event.at.to_string(),
                "account": event.account.map(|account| account.to_string()),
                "action": event.action,
                "subject_kind": event.subject_kind,
                "subject_id": event.subject_id.map(|id| id.to_string()),
                "payload": event.payload,
                "reach": event.reach,
                "details": own,
                "detail_digest": link.detail_digest.as_deref().map(hex),
                "digest": link.digest.as_deref().map(hex),
            }))?;
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn finish(
    tx: &mut Tx<'_>,
    institution: InstitutionId,
    verdict: &mut Verdict,
    last: i64,
    digest: &[u8; 32],
) -> Result<(), Error> {
    verdict.head = head(tx, institution)?;
    match verdict.head {
        None if last == 0 => {}
        None => verdict.add(Break::Head),
        Some(head) if head.length > last => verdict.add(Break::Removed { from: last + 1, to: head.length }),
        Some(head) if head.length < last => {
            let beyond: Vec<(i64, i64)> = tx.query(
                "SELECT audit_id, sequence FROM audit WHERE institution_id = $1 AND sequence > $2
                 ORDER BY sequence LIMIT $3",
                values![institution, head.length, SHOWN],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            for (id, sequence) in beyond {
                verdict.add(Break::Inserted { id, sequence: Some(sequence) });
            }
        }
        Some(head) if head.digest != *digest => verdict.add(Break::Head),
        Some(_) => {}
    }
    Ok(())
}

fn check_details(verdict: &mut Verdict, link: &Link, own: &[Part]) {
    let sequence = link.sequence;
    let digests: Vec<[u8; 32]> = own.iter().filter_map(|part| part.digest.as_slice().try_into().ok()).collect();
    let combined = chain::digest_of_details(&digests);
    if digests.len() != own.len() || combined.as_ref().map(<[u8; 32]>::as_slice) != link.detail_digest.as_deref() {
        verdict.add(Break::DetailMissing { sequence });
    }
    for part in own {
        match (&part.salt, &part.text) {
            (Some(salt), Some(text)) if chain::digest_of_detail(salt, part.learner, text)[..] == part.digest[..] => {
                verdict.details += 1;
            }
            (None, None) => verdict.erased += 1,
            _ => verdict.add(Break::DetailAltered { sequence }),
        }
    }
}

/// The details of the events with these numbers, in the order of the events.
fn parts(tx: &mut Tx<'_>, institution: InstitutionId, from: i64, to: i64) -> Result<Vec<Part>, Error> {
    tx.query(
        "SELECT d.audit_id, d.learner_id, d.salt, d.detail, d.digest FROM audit a
         JOIN audit_detail d ON d.institution_id = a.institution_id AND d.audit_id = a.audit_id
         WHERE a.institution_id = $1 AND a.sequence >= $2 AND a.sequence <= $3
         ORDER BY a.sequence, a.audit_id, d.position",
        values![institution, from, to],
        |row| {
            Ok(Part {
                event: row.get(0)?,
                learner: row.get(1)?,
                salt: row.get(2)?,
                text: row.get(3)?,
                digest: row.get(4)?,
            })
        },
    )
}

/// Events without a number: nothing of ours writes one.
fn unnumbered(tx: &mut Tx<'_>, institution: InstitutionId) -> Result<Vec<i64>, Error> {
    tx.query(
        "SELECT audit_id FROM audit WHERE institution_id = $1 AND (sequence IS NULL OR sequence < 1)
         ORDER BY audit_id LIMIT $2",
        values![institution, SHOWN],
        |row| row.get(0),
    )
}
