-- The same tables as in ../postgres, in SQLite's words.

-- the word by which the public site is found; none has no site.
ALTER TABLE institution ADD COLUMN slug TEXT;
CREATE UNIQUE INDEX institution_by_slug ON institution (slug);

-- whoever holds a post of the careers programme: what they are called, what qualifies an adviser, until when they hold it.
ALTER TABLE institution_contact ADD COLUMN title TEXT;
ALTER TABLE institution_contact ADD COLUMN qualification TEXT;
ALTER TABLE institution_contact ADD COLUMN employer TEXT;
ALTER TABLE institution_contact ADD COLUMN ends_on DATE;

CREATE TABLE institution_text (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    account_id INTEGER,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, name)
) WITHOUT ROWID;

CREATE TABLE duty (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    duty_id INTEGER NOT NULL,
    pack_key TEXT,
    post TEXT NOT NULL,
    field TEXT,
    title TEXT NOT NULL,
    owner TEXT,
    account_id INTEGER,
    evidence TEXT NOT NULL,
    last_done DATE,
    every_months INTEGER,
    next_due DATE,
    position INTEGER NOT NULL,
    is_hidden BOOLEAN NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, duty_id)
) WITHOUT ROWID;

CREATE TABLE policy (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    policy_id INTEGER NOT NULL,
    paper TEXT NOT NULL,
    edition TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    review_on DATE,
    made_at TIMESTAMP NOT NULL,
    account_id INTEGER,
    signed_on DATE,
    signed_by TEXT,
    signed_post TEXT,
    signed_account_id INTEGER,
    approved_on DATE,
    approved_by TEXT,
    minute TEXT,
    published_at TIMESTAMP,
    superseded_at TIMESTAMP,
    content TEXT,
    checks TEXT,
    digest BLOB,
    revision INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, policy_id)
) WITHOUT ROWID;
CREATE INDEX policy_by_paper ON policy (institution_id, paper, number);

CREATE TABLE policy_clause (
    institution_id INTEGER NOT NULL,
    policy_id INTEGER NOT NULL,
    clause TEXT NOT NULL,
    choice TEXT NOT NULL,
    text TEXT,
    beneath TEXT,
    account_id INTEGER,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, policy_id, clause),
    FOREIGN KEY (institution_id, policy_id) REFERENCES policy (institution_id, policy_id)
) WITHOUT ROWID;

CREATE TABLE policy_change (
    institution_id INTEGER NOT NULL,
    policy_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    clause TEXT NOT NULL,
    before TEXT,
    after TEXT,
    account_id INTEGER,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, policy_id, position),
    FOREIGN KEY (institution_id, policy_id) REFERENCES policy (institution_id, policy_id)
) WITHOUT ROWID;

CREATE TABLE policy_passage (
    institution_id INTEGER NOT NULL,
    policy_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    heading TEXT,
    text TEXT NOT NULL,
    clause TEXT,
    state TEXT NOT NULL,
    PRIMARY KEY (institution_id, policy_id, position),
    FOREIGN KEY (institution_id, policy_id) REFERENCES policy (institution_id, policy_id)
) WITHOUT ROWID;

CREATE TABLE provider_request (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    provider_request_id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    state TEXT NOT NULL,
    organisation TEXT NOT NULL,
    provider_type TEXT,
    organisation_id INTEGER,
    contact TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT,
    offers TEXT NOT NULL,
    covers TEXT NOT NULL,
    year_groups TEXT NOT NULL,
    wanted TEXT NOT NULL,
    format TEXT,
    visitors INTEGER,
    needs TEXT NOT NULL,
    message TEXT NOT NULL,
    received_at TIMESTAMP NOT NULL,
    due_on DATE NOT NULL,
    decided_on DATE,
    deferred_until DATE,
    ground TEXT,
    reason TEXT,
    held_on DATE,
    starts_at TEXT,
    ends_at TEXT,
    room TEXT,
    cohort TEXT,
    host TEXT,
    activity_id INTEGER,
    evaluation TEXT,
    rating INTEGER,
    account_id INTEGER,
    revision INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, provider_request_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
) WITHOUT ROWID;
CREATE INDEX provider_request_by_state ON provider_request (institution_id, state, received_at);
CREATE INDEX provider_request_by_reference ON provider_request (institution_id, reference);

CREATE TABLE provider_request_step (
    institution_id INTEGER NOT NULL,
    provider_request_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    by_provider BOOLEAN NOT NULL,
    account_id INTEGER,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, provider_request_id, position),
    FOREIGN KEY (institution_id, provider_request_id) REFERENCES provider_request (institution_id, provider_request_id)
) WITHOUT ROWID;

CREATE TABLE provider_request_visitor (
    institution_id INTEGER NOT NULL,
    provider_request_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    post TEXT,
    id_seen BOOLEAN NOT NULL,
    checks TEXT,
    checks_on DATE,
    supervised_by TEXT,
    content_seen_by TEXT,
    arrived_at TEXT,
    left_at TEXT,
    PRIMARY KEY (institution_id, provider_request_id, position),
    FOREIGN KEY (institution_id, provider_request_id) REFERENCES provider_request (institution_id, provider_request_id)
) WITHOUT ROWID;

CREATE TABLE letter (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    letter_id INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    about TEXT NOT NULL,
    about_id INTEGER,
    made_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    try_at TIMESTAMP,
    tries INTEGER NOT NULL,
    failed TEXT,
    PRIMARY KEY (institution_id, letter_id)
) WITHOUT ROWID;
CREATE INDEX letter_by_try ON letter (institution_id, try_at);
CREATE INDEX letter_by_subject ON letter (institution_id, about, about_id);

CREATE TABLE site (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    is_open BOOLEAN NOT NULL,
    tint TEXT,
    logo BLOB,
    logo_type TEXT,
    logo_alt TEXT,
    choices TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id)
);

CREATE TABLE publication (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    publication_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    note TEXT NOT NULL,
    content TEXT NOT NULL,
    digest BLOB NOT NULL,
    account_id INTEGER,
    PRIMARY KEY (institution_id, publication_id)
) WITHOUT ROWID;
CREATE INDEX publication_by_time ON publication (institution_id, what, made_at);

CREATE TABLE publication_file (
    institution_id INTEGER NOT NULL,
    publication_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    media_type TEXT NOT NULL,
    digest BLOB NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (institution_id, publication_id, path),
    FOREIGN KEY (institution_id, publication_id) REFERENCES publication (institution_id, publication_id)
);

CREATE TABLE information_request (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    information_request_id INTEGER NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    audience TEXT NOT NULL,
    message TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    answer TEXT,
    account_id INTEGER,
    PRIMARY KEY (institution_id, information_request_id)
) WITHOUT ROWID;
CREATE INDEX information_request_by_time ON information_request (institution_id, made_at);

CREATE TABLE site_check (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    site_check_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    content TEXT,
    account_id INTEGER,
    PRIMARY KEY (institution_id, site_check_id)
) WITHOUT ROWID;
CREATE INDEX site_check_by_time ON site_check (institution_id, made_at);
