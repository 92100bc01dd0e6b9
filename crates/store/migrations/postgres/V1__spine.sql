-- One institution's rows share the first column of every key, so that they can live together on one node of a
-- distributed database. Text that is ordered or compared by keys uses the "C" collation: the same order as SQLite's.
-- `revision` on a row is the institution's revision that last wrote it: an import can be undone only while every row it
-- touched still carries its revision.

CREATE TABLE installation (
    installation_id SMALLINT NOT NULL CHECK (installation_id = 1),
    setup_code_digest BYTEA,
    created_at TIMESTAMPTZ NOT NULL,
    completed_at TIMESTAMPTZ,
    PRIMARY KEY (installation_id)
);

CREATE TABLE trust (
    trust_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    group_uid TEXT COLLATE "C" UNIQUE,
    PRIMARY KEY (trust_id)
);

CREATE TABLE institution (
    institution_id BIGINT NOT NULL,
    trust_id BIGINT REFERENCES trust (trust_id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    urn TEXT COLLATE "C" UNIQUE,
    ukprn TEXT COLLATE "C",
    lowest_year SMALLINT NOT NULL,
    highest_year SMALLINT NOT NULL,
    website TEXT,
    revision BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id)
);

CREATE TABLE institution_subject (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    year_group SMALLINT NOT NULL,
    position INTEGER NOT NULL,
    subject TEXT,
    PRIMARY KEY (institution_id, year_group, position)
);

CREATE TABLE institution_first_day (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    academic_year SMALLINT NOT NULL,
    first_day DATE NOT NULL,
    PRIMARY KEY (institution_id, academic_year)
);

CREATE TABLE institution_parameter (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    name TEXT COLLATE "C" NOT NULL,
    setting TEXT NOT NULL,
    PRIMARY KEY (institution_id, name)
);

CREATE TABLE institution_contact (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    role TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    PRIMARY KEY (institution_id, role)
);

CREATE TABLE learner (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    learner_id BIGINT NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    upn TEXT COLLATE "C",
    uln TEXT COLLATE "C",
    forename TEXT NOT NULL,
    surname TEXT NOT NULL,
    sort_name TEXT COLLATE "C" NOT NULL,
    date_of_birth DATE NOT NULL,
    sex TEXT,
    form TEXT COLLATE "C",
    sen TEXT,
    fsm BOOLEAN,
    looked_after BOOLEAN,
    considering_he BOOLEAN,
    subjects TEXT,
    joined_on DATE NOT NULL,
    left_on DATE,
    programme_starts_on DATE,
    programme_ends_on DATE,
    revision BIGINT NOT NULL,
    PRIMARY KEY (institution_id, learner_id),
    UNIQUE (institution_id, reference)
);
CREATE INDEX learner_by_name ON learner (institution_id, sort_name, learner_id);
CREATE INDEX learner_by_upn ON learner (institution_id, upn);

CREATE TABLE learner_alias (
    institution_id BIGINT NOT NULL,
    learner_id BIGINT NOT NULL,
    scheme TEXT COLLATE "C" NOT NULL,
    identifier TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (institution_id, learner_id, scheme, identifier),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);
CREATE INDEX learner_alias_by_identifier ON learner_alias (institution_id, scheme, identifier);

CREATE TABLE year_record (
    institution_id BIGINT NOT NULL,
    learner_id BIGINT NOT NULL,
    academic_year SMALLINT NOT NULL,
    year_group SMALLINT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (institution_id, learner_id, academic_year),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);

CREATE TABLE activity (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    activity_id BIGINT NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    title TEXT NOT NULL,
    held_on DATE NOT NULL,
    kind TEXT NOT NULL,
    provider_type TEXT,
    organisation TEXT,
    mode TEXT NOT NULL,
    subject TEXT,
    hours BIGINT,
    year_groups TEXT NOT NULL,
    checks TEXT NOT NULL,
    through TEXT,
    source TEXT,
    revision BIGINT NOT NULL,
    PRIMARY KEY (institution_id, activity_id),
    UNIQUE (institution_id, reference)
);
CREATE INDEX activity_by_day ON activity (institution_id, held_on, activity_id);

CREATE TABLE participation (
    institution_id BIGINT NOT NULL,
    learner_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    status SMALLINT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (institution_id, learner_id, activity_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
);
CREATE INDEX participation_by_activity ON participation (institution_id, activity_id);

CREATE TABLE review (
    institution_id BIGINT NOT NULL,
    learner_id BIGINT NOT NULL,
    held_on DATE NOT NULL,
    preparing_for_adulthood BOOLEAN NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (institution_id, learner_id, held_on),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);

CREATE TABLE adaptation (
    institution_id BIGINT NOT NULL,
    learner_id BIGINT NOT NULL,
    requirement TEXT COLLATE "C" NOT NULL,
    asked BIGINT,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (institution_id, learner_id, requirement),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);

CREATE TABLE attestation (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    requirement TEXT COLLATE "C" NOT NULL,
    attested_on DATE NOT NULL,
    evidence TEXT NOT NULL,
    owner TEXT NOT NULL,
    account_id BIGINT,
    PRIMARY KEY (institution_id, requirement, attested_on)
);

CREATE TABLE account (
    account_id BIGINT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    administrator BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    PRIMARY KEY (account_id)
);

CREATE TABLE membership (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    role TEXT NOT NULL,
    PRIMARY KEY (institution_id, account_id)
);
CREATE INDEX membership_by_account ON membership (account_id);

CREATE TABLE session (
    token_digest BYTEA NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    csrf TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (token_digest)
);
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE import (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    import_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_digest BYTEA NOT NULL,
    file_size BIGINT NOT NULL,
    account_id BIGINT,
    created_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    base_revision BIGINT,
    applied_revision BIGINT,
    progress_done BIGINT NOT NULL,
    progress_total BIGINT NOT NULL,
    mapping TEXT,
    summary TEXT,
    problems TEXT,
    plan BYTEA,
    source BYTEA,
    PRIMARY KEY (institution_id, import_id)
);

CREATE TABLE import_change (
    institution_id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    noun TEXT COLLATE "C" NOT NULL,
    record_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    before TEXT,
    removed BOOLEAN NOT NULL,
    PRIMARY KEY (institution_id, import_id, noun, record_id, other_id, word),
    FOREIGN KEY (institution_id, import_id) REFERENCES import (institution_id, import_id)
);

CREATE TABLE mapping (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    source_kind TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL,
    mapping TEXT NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, source_kind, fingerprint)
);

-- institution_id 0 is the installation itself; no foreign key, because the trail outlives what it is about.
CREATE TABLE audit (
    institution_id BIGINT NOT NULL,
    audit_id BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    account_id BIGINT,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT,
    payload TEXT NOT NULL,
    PRIMARY KEY (institution_id, audit_id)
);
CREATE INDEX audit_by_subject ON audit (institution_id, subject_kind, subject_id, audit_id);

-- institution_id 0 is the installation itself.
CREATE TABLE job (
    institution_id BIGINT NOT NULL,
    job_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    payload TEXT NOT NULL,
    outcome TEXT,
    progress_done BIGINT NOT NULL,
    progress_total BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    node TEXT,
    leased_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    PRIMARY KEY (institution_id, job_id)
);
CREATE INDEX job_by_state ON job (state, job_id);

CREATE TABLE gias_establishment (
    urn TEXT COLLATE "C" NOT NULL,
    ukprn TEXT COLLATE "C",
    name TEXT NOT NULL,
    sort_name TEXT COLLATE "C" NOT NULL,
    authority_code TEXT,
    authority_name TEXT,
    establishment_number TEXT,
    type_code TEXT,
    type_name TEXT,
    status TEXT,
    phase TEXT,
    opened_on DATE,
    closed_on DATE,
    lowest_age SMALLINT,
    highest_age SMALLINT,
    sixth_form TEXT,
    street TEXT,
    town TEXT,
    postcode TEXT,
    website TEXT,
    phone TEXT,
    trust_uid TEXT COLLATE "C",
    trust_name TEXT,
    region TEXT,
    PRIMARY KEY (urn)
);
CREATE INDEX gias_establishment_by_name ON gias_establishment (sort_name, urn);

CREATE TABLE gias_link (
    urn TEXT COLLATE "C" NOT NULL,
    linked_urn TEXT COLLATE "C" NOT NULL,
    link_type TEXT COLLATE "C" NOT NULL,
    established_on DATE,
    PRIMARY KEY (urn, linked_urn, link_type)
);

CREATE TABLE gias_group (
    group_uid TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    group_type TEXT,
    status TEXT,
    opened_on DATE,
    closed_on DATE,
    PRIMARY KEY (group_uid)
);

CREATE TABLE gias_group_member (
    group_uid TEXT COLLATE "C" NOT NULL,
    urn TEXT COLLATE "C" NOT NULL,
    joined_on DATE,
    PRIMARY KEY (group_uid, urn)
);
CREATE INDEX gias_group_member_by_urn ON gias_group_member (urn);
