-- The policy, and what is published.

-- the word by which the public site is found; none has no site.
ALTER TABLE institution ADD COLUMN slug TEXT COLLATE "C";
CREATE UNIQUE INDEX institution_by_slug ON institution (slug);

-- whoever holds a post of the careers programme: what they are called, what qualifies an adviser, until when they hold it.
ALTER TABLE institution_contact ADD COLUMN title TEXT;
ALTER TABLE institution_contact ADD COLUMN qualification TEXT;
ALTER TABLE institution_contact ADD COLUMN employer TEXT;
ALTER TABLE institution_contact ADD COLUMN ends_on DATE;

CREATE TABLE institution_text (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    name TEXT COLLATE "C" NOT NULL,
    text TEXT NOT NULL,
    account_id BIGINT,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, name)
);

CREATE TABLE duty (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    duty_id BIGINT NOT NULL,
    pack_key TEXT,
    post TEXT NOT NULL,
    field TEXT,
    title TEXT NOT NULL,
    owner TEXT,
    account_id BIGINT,
    evidence TEXT NOT NULL,
    last_done DATE,
    every_months SMALLINT,
    next_due DATE,
    position INTEGER NOT NULL,
    is_hidden BOOLEAN NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, duty_id)
);

CREATE TABLE policy (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    policy_id BIGINT NOT NULL,
    paper TEXT NOT NULL,
    edition TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    review_on DATE,
    made_at TIMESTAMPTZ NOT NULL,
    account_id BIGINT,
    signed_on DATE,
    signed_by TEXT,
    signed_post TEXT,
    signed_account_id BIGINT,
    approved_on DATE,
    approved_by TEXT,
    minute TEXT,
    published_at TIMESTAMPTZ,
    superseded_at TIMESTAMPTZ,
    content TEXT,
    checks TEXT,
    digest BYTEA,
    revision BIGINT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, policy_id)
);
CREATE INDEX policy_by_paper ON policy (institution_id, paper, number);

CREATE TABLE policy_clause (
    institution_id BIGINT NOT NULL,
    policy_id BIGINT NOT NULL,
    clause TEXT COLLATE "C" NOT NULL,
    choice TEXT NOT NULL,
    text TEXT,
    beneath TEXT,
    account_id BIGINT,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, policy_id, clause),
    FOREIGN KEY (institution_id, policy_id) REFERENCES policy (institution_id, policy_id)
);

CREATE TABLE policy_change (
    institution_id BIGINT NOT NULL,
    policy_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    clause TEXT COLLATE "C" NOT NULL,
    before TEXT,
    after TEXT,
    account_id BIGINT,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, policy_id, position),
    FOREIGN KEY (institution_id, policy_id) REFERENCES policy (institution_id, policy_id)
);

CREATE TABLE policy_passage (
    institution_id BIGINT NOT NULL,
    policy_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    heading TEXT,
    text TEXT NOT NULL,
    clause TEXT,
    state TEXT NOT NULL,
    PRIMARY KEY (institution_id, policy_id, position),
    FOREIGN KEY (institution_id, policy_id) REFERENCES policy (institution_id, policy_id)
);

CREATE TABLE provider_request (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    provider_request_id BIGINT NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    state TEXT NOT NULL,
    organisation TEXT NOT NULL,
    provider_type TEXT,
    organisation_id BIGINT,
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
    received_at TIMESTAMPTZ NOT NULL,
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
    activity_id BIGINT,
    evaluation TEXT,
    rating SMALLINT,
    account_id BIGINT,
    revision BIGINT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, provider_request_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
);
CREATE INDEX provider_request_by_state ON provider_request (institution_id, state, received_at);
CREATE INDEX provider_request_by_reference ON provider_request (institution_id, reference);

CREATE TABLE provider_request_step (
    institution_id BIGINT NOT NULL,
    provider_request_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    by_provider BOOLEAN NOT NULL,
    account_id BIGINT,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, provider_request_id, position),
    FOREIGN KEY (institution_id, provider_request_id) REFERENCES provider_request (institution_id, provider_request_id)
);

CREATE TABLE provider_request_visitor (
    institution_id BIGINT NOT NULL,
    provider_request_id BIGINT NOT NULL,
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
);

CREATE TABLE letter (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    letter_id BIGINT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    about TEXT NOT NULL,
    about_id BIGINT,
    made_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    try_at TIMESTAMPTZ,
    tries SMALLINT NOT NULL,
    failed TEXT,
    PRIMARY KEY (institution_id, letter_id)
);
CREATE INDEX letter_by_try ON letter (institution_id, try_at);
CREATE INDEX letter_by_subject ON letter (institution_id, about, about_id);

CREATE TABLE site (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    is_open BOOLEAN NOT NULL,
    tint TEXT,
    logo BYTEA,
    logo_type TEXT,
    logo_alt TEXT,
    choices TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id)
);

CREATE TABLE publication (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    publication_id BIGINT NOT NULL,
    what TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    note TEXT NOT NULL,
    content TEXT NOT NULL,
    digest BYTEA NOT NULL,
    account_id BIGINT,
    PRIMARY KEY (institution_id, publication_id)
);
CREATE INDEX publication_by_time ON publication (institution_id, what, made_at);

CREATE TABLE publication_file (
    institution_id BIGINT NOT NULL,
    publication_id BIGINT NOT NULL,
    path TEXT COLLATE "C" NOT NULL,
    media_type TEXT NOT NULL,
    digest BYTEA NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (institution_id, publication_id, path),
    FOREIGN KEY (institution_id, publication_id) REFERENCES publication (institution_id, publication_id)
);

CREATE TABLE information_request (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    information_request_id BIGINT NOT NULL,
    reference TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    audience TEXT NOT NULL,
    message TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    answer TEXT,
    account_id BIGINT,
    PRIMARY KEY (institution_id, information_request_id)
);
CREATE INDEX information_request_by_time ON information_request (institution_id, made_at);

CREATE TABLE site_check (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    site_check_id BIGINT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    content TEXT,
    account_id BIGINT,
    PRIMARY KEY (institution_id, site_check_id)
);
CREATE INDEX site_check_by_time ON site_check (institution_id, made_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON institution_text,
    duty,
    policy,
    policy_clause,
    policy_change,
    policy_passage,
    provider_request,
    provider_request_step,
    provider_request_visitor,
    letter,
    site,
    publication,
    publication_file,
    information_request,
    site_check TO waymark_app;

ALTER TABLE institution_text ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON institution_text USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE duty ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON duty USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE policy ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON policy USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE policy_clause ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON policy_clause USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE policy_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON policy_change USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE policy_passage ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON policy_passage USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE provider_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON provider_request USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE provider_request_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON provider_request_step USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE provider_request_visitor ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON provider_request_visitor USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON letter USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE site ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON site USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE publication ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON publication USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE publication_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON publication_file USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE information_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON information_request USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE site_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON site_check USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
