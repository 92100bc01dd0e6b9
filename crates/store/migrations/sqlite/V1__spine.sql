-- The same tables as in ../postgres, in SQLite's words. DATE is text (2026-09-01), TIMESTAMP microseconds since 1970,
-- BOOLEAN 0 or 1: the names tell a reader, SQLite itself keeps what it is given. Small rows are clustered by their key.
-- `revision` on a row is the institution's revision that last wrote it: an import can be undone only while every row it
-- touched still carries its revision.

CREATE TABLE installation (
    installation_id INTEGER NOT NULL CHECK (installation_id = 1),
    setup_code_digest BLOB,
    created_at TIMESTAMP NOT NULL,
    completed_at TIMESTAMP,
    PRIMARY KEY (installation_id)
);

CREATE TABLE trust (
    trust_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    group_uid TEXT UNIQUE,
    PRIMARY KEY (trust_id)
) WITHOUT ROWID;

CREATE TABLE institution (
    institution_id INTEGER NOT NULL,
    trust_id INTEGER REFERENCES trust (trust_id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    urn TEXT UNIQUE,
    ukprn TEXT,
    lowest_year INTEGER NOT NULL,
    highest_year INTEGER NOT NULL,
    website TEXT,
    revision INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id)
) WITHOUT ROWID;

CREATE TABLE institution_subject (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    year_group INTEGER NOT NULL,
    position INTEGER NOT NULL,
    subject TEXT,
    PRIMARY KEY (institution_id, year_group, position)
) WITHOUT ROWID;

CREATE TABLE institution_first_day (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    academic_year INTEGER NOT NULL,
    first_day DATE NOT NULL,
    PRIMARY KEY (institution_id, academic_year)
) WITHOUT ROWID;

CREATE TABLE institution_parameter (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    name TEXT NOT NULL,
    setting TEXT NOT NULL,
    PRIMARY KEY (institution_id, name)
) WITHOUT ROWID;

CREATE TABLE institution_contact (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    PRIMARY KEY (institution_id, role)
) WITHOUT ROWID;

CREATE TABLE learner (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    learner_id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    upn TEXT,
    uln TEXT,
    forename TEXT NOT NULL,
    surname TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    date_of_birth DATE NOT NULL,
    sex TEXT,
    form TEXT,
    sen TEXT,
    fsm BOOLEAN,
    looked_after BOOLEAN,
    considering_he BOOLEAN,
    subjects TEXT,
    joined_on DATE NOT NULL,
    left_on DATE,
    programme_starts_on DATE,
    programme_ends_on DATE,
    revision INTEGER NOT NULL,
    PRIMARY KEY (institution_id, learner_id),
    UNIQUE (institution_id, reference)
) WITHOUT ROWID;
CREATE INDEX learner_by_name ON learner (institution_id, sort_name, learner_id);
CREATE INDEX learner_by_upn ON learner (institution_id, upn);

CREATE TABLE learner_alias (
    institution_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    scheme TEXT NOT NULL,
    identifier TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (institution_id, learner_id, scheme, identifier),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
) WITHOUT ROWID;
CREATE INDEX learner_alias_by_identifier ON learner_alias (institution_id, scheme, identifier);

CREATE TABLE year_record (
    institution_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    academic_year INTEGER NOT NULL,
    year_group INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (institution_id, learner_id, academic_year),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
) WITHOUT ROWID;

CREATE TABLE activity (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    activity_id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    held_on DATE NOT NULL,
    kind TEXT NOT NULL,
    provider_type TEXT,
    organisation TEXT,
    mode TEXT NOT NULL,
    subject TEXT,
    hours INTEGER,
    year_groups TEXT NOT NULL,
    checks TEXT NOT NULL,
    through TEXT,
    source TEXT,
    revision INTEGER NOT NULL,
    PRIMARY KEY (institution_id, activity_id),
    UNIQUE (institution_id, reference)
) WITHOUT ROWID;
CREATE INDEX activity_by_day ON activity (institution_id, held_on, activity_id);

CREATE TABLE participation (
    institution_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    status INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (institution_id, learner_id, activity_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
) WITHOUT ROWID;
CREATE INDEX participation_by_activity ON participation (institution_id, activity_id);

CREATE TABLE review (
    institution_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    held_on DATE NOT NULL,
    preparing_for_adulthood BOOLEAN NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (institution_id, learner_id, held_on),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
) WITHOUT ROWID;

CREATE TABLE adaptation (
    institution_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    requirement TEXT NOT NULL,
    asked INTEGER,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (institution_id, learner_id, requirement),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
) WITHOUT ROWID;

CREATE TABLE attestation (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    requirement TEXT NOT NULL,
    attested_on DATE NOT NULL,
    evidence TEXT NOT NULL,
    owner TEXT NOT NULL,
    account_id INTEGER,
    PRIMARY KEY (institution_id, requirement, attested_on)
) WITHOUT ROWID;

CREATE TABLE account (
    account_id INTEGER NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    administrator BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    PRIMARY KEY (account_id)
) WITHOUT ROWID;

CREATE TABLE membership (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    role TEXT NOT NULL,
    PRIMARY KEY (institution_id, account_id)
) WITHOUT ROWID;
CREATE INDEX membership_by_account ON membership (account_id);

CREATE TABLE session (
    token_digest BLOB NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    csrf TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    PRIMARY KEY (token_digest)
) WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE import (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    import_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_digest BLOB NOT NULL,
    file_size INTEGER NOT NULL,
    account_id INTEGER,
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    base_revision INTEGER,
    applied_revision INTEGER,
    progress_done INTEGER NOT NULL,
    progress_total INTEGER NOT NULL,
    mapping TEXT,
    summary TEXT,
    problems TEXT,
    plan BLOB,
    source BLOB,
    PRIMARY KEY (institution_id, import_id)
);

CREATE TABLE import_change (
    institution_id INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    noun TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    word TEXT NOT NULL,
    before TEXT,
    removed BOOLEAN NOT NULL,
    PRIMARY KEY (institution_id, import_id, noun, record_id, other_id, word),
    FOREIGN KEY (institution_id, import_id) REFERENCES import (institution_id, import_id)
) WITHOUT ROWID;

CREATE TABLE mapping (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    source_kind TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    mapping TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, source_kind, fingerprint)
) WITHOUT ROWID;

-- institution_id 0 is the installation itself; no foreign key, because the trail outlives what it is about.
CREATE TABLE audit (
    institution_id INTEGER NOT NULL,
    audit_id INTEGER NOT NULL,
    at TIMESTAMP NOT NULL,
    account_id INTEGER,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id INTEGER,
    payload TEXT NOT NULL,
    PRIMARY KEY (institution_id, audit_id)
) WITHOUT ROWID;
CREATE INDEX audit_by_subject ON audit (institution_id, subject_kind, subject_id, audit_id);

-- institution_id 0 is the installation itself.
CREATE TABLE job (
    institution_id INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    payload TEXT NOT NULL,
    outcome TEXT,
    progress_done INTEGER NOT NULL,
    progress_total INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    node TEXT,
    leased_until TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    PRIMARY KEY (institution_id, job_id)
);
CREATE INDEX job_by_state ON job (state, job_id);

CREATE TABLE gias_establishment (
    urn TEXT NOT NULL,
    ukprn TEXT,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    authority_code TEXT,
    authority_name TEXT,
    establishment_number TEXT,
    type_code TEXT,
    type_name TEXT,
    status TEXT,
    phase TEXT,
    opened_on DATE,
    closed_on DATE,
    lowest_age INTEGER,
    highest_age INTEGER,
    sixth_form TEXT,
    street TEXT,
    town TEXT,
    postcode TEXT,
    website TEXT,
    phone TEXT,
    trust_uid TEXT,
    trust_name TEXT,
    region TEXT,
    PRIMARY KEY (urn)
) WITHOUT ROWID;
CREATE INDEX gias_establishment_by_name ON gias_establishment (sort_name, urn);

CREATE TABLE gias_link (
    urn TEXT NOT NULL,
    linked_urn TEXT NOT NULL,
    link_type TEXT NOT NULL,
    established_on DATE,
    PRIMARY KEY (urn, linked_urn, link_type)
) WITHOUT ROWID;

CREATE TABLE gias_group (
    group_uid TEXT NOT NULL,
    name TEXT NOT NULL,
    group_type TEXT,
    status TEXT,
    opened_on DATE,
    closed_on DATE,
    PRIMARY KEY (group_uid)
) WITHOUT ROWID;

CREATE TABLE gias_group_member (
    group_uid TEXT NOT NULL,
    urn TEXT NOT NULL,
    joined_on DATE,
    PRIMARY KEY (group_uid, urn)
) WITHOUT ROWID;
CREATE INDEX gias_group_member_by_urn ON gias_group_member (urn);
