-- The same tables as in ../postgres, in SQLite's words.

CREATE TABLE hub (
    hub_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (hub_id)
) WITHOUT ROWID;

ALTER TABLE institution ADD COLUMN hub_id INTEGER REFERENCES hub (hub_id);

-- Somebody may hold several roles in one institution; `reach` says over whom: institution, groups, caseload.
ALTER TABLE membership RENAME TO membership_before;
DROP INDEX membership_by_account;
CREATE TABLE membership (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    role TEXT NOT NULL,
    reach TEXT NOT NULL,
    PRIMARY KEY (institution_id, account_id, role)
) WITHOUT ROWID;
CREATE INDEX membership_by_account ON membership (account_id);
INSERT INTO membership (institution_id, account_id, role, reach)
SELECT institution_id, account_id,
    CASE role WHEN 'admin' THEN 'administrator' WHEN 'editor' THEN 'careers-leader' ELSE role END, 'institution'
FROM membership_before;
DROP TABLE membership_before;

-- `sort` is form, year-group or subject.
CREATE TABLE membership_group (
    institution_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    sort TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (institution_id, account_id, role, sort, name),
    FOREIGN KEY (institution_id, account_id, role) REFERENCES membership (institution_id, account_id, role)
) WITHOUT ROWID;

CREATE TABLE caseload (
    institution_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    learner_id INTEGER NOT NULL,
    PRIMARY KEY (institution_id, account_id, learner_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
) WITHOUT ROWID;
CREATE INDEX caseload_by_learner ON caseload (institution_id, learner_id);

CREATE TABLE trust_membership (
    trust_id INTEGER NOT NULL REFERENCES trust (trust_id),
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    role TEXT NOT NULL,
    PRIMARY KEY (trust_id, account_id)
) WITHOUT ROWID;
CREATE INDEX trust_membership_by_account ON trust_membership (account_id);

CREATE TABLE hub_membership (
    hub_id INTEGER NOT NULL REFERENCES hub (hub_id),
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    role TEXT NOT NULL,
    PRIMARY KEY (hub_id, account_id)
) WITHOUT ROWID;
CREATE INDEX hub_membership_by_account ON hub_membership (account_id);

-- Where the institution's grid differs from the default one.
CREATE TABLE role_permission (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    allowed BOOLEAN NOT NULL,
    PRIMARY KEY (institution_id, role, action)
) WITHOUT ROWID;

-- The link's token names the institution, so that the digest need only be unique within it. `groups` is a JSON list.
CREATE TABLE invitation (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    invitation_id INTEGER NOT NULL,
    token_digest BLOB NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    role TEXT NOT NULL,
    reach TEXT NOT NULL,
    groups TEXT NOT NULL,
    learner_id INTEGER,
    invited_by INTEGER,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    accepted_by INTEGER,
    PRIMARY KEY (institution_id, invitation_id),
    UNIQUE (institution_id, token_digest)
);

CREATE TABLE password_reset (
    token_digest BLOB NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    PRIMARY KEY (token_digest)
) WITHOUT ROWID;
CREATE INDEX password_reset_by_account ON password_reset (account_id);

CREATE TABLE totp (
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    secret BLOB NOT NULL,
    created_at TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP,
    last_step INTEGER NOT NULL,
    PRIMARY KEY (account_id)
) WITHOUT ROWID;

CREATE TABLE passkey (
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    passkey_id INTEGER NOT NULL,
    credential_id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    PRIMARY KEY (account_id, passkey_id)
);

CREATE TABLE recovery_code (
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    code_digest BLOB NOT NULL,
    used_at TIMESTAMP,
    PRIMARY KEY (account_id, code_digest)
) WITHOUT ROWID;

-- Who somebody is at an identity provider.
CREATE TABLE identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    linked_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
CREATE INDEX identity_by_account ON identity (account_id);

-- A way of signing in that has begun elsewhere and must come back once: an identity provider, a passkey.
CREATE TABLE ceremony (
    token_digest BLOB NOT NULL,
    kind TEXT NOT NULL,
    account_id INTEGER REFERENCES account (account_id),
    payload TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    PRIMARY KEY (token_digest)
);

-- Sessions now have a name that pages can show, say how they began, and whether the second step is still to come.
DROP TABLE session;
CREATE TABLE session (
    token_digest BLOB NOT NULL,
    session_id INTEGER NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    csrf TEXT NOT NULL,
    method TEXT NOT NULL,
    device TEXT NOT NULL,
    awaits_second_step BOOLEAN NOT NULL,
    confirmed_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    viewing_institution_id INTEGER,
    viewing_role TEXT,
    viewing_group TEXT,
    PRIMARY KEY (token_digest)
) WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE api_key (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    api_key_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    key_digest BLOB NOT NULL,
    scopes TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (account_id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP,
    revoked_at TIMESTAMP,
    PRIMARY KEY (institution_id, api_key_id)
);
CREATE INDEX api_key_by_account ON api_key (account_id);

-- `sequence` numbers an institution's events without gaps, `digest` covers the event and the digest before it. What
-- may name a person is in audit_detail, of which the event holds only a salted digest: it can be erased, the chain stays whole.
ALTER TABLE audit ADD COLUMN reach TEXT;
ALTER TABLE audit ADD COLUMN sequence INTEGER;
ALTER TABLE audit ADD COLUMN detail_digest BLOB;
ALTER TABLE audit ADD COLUMN digest BLOB;
CREATE UNIQUE INDEX audit_by_sequence ON audit (institution_id, sequence);
CREATE INDEX audit_by_account ON audit (institution_id, account_id, audit_id);

-- Erasing empties a row; its digest stays, so that the event can still be checked.
CREATE TABLE audit_detail (
    institution_id INTEGER NOT NULL,
    audit_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    learner_id INTEGER,
    salt BLOB,
    detail TEXT,
    digest BLOB NOT NULL,
    PRIMARY KEY (institution_id, audit_id, position)
);
CREATE INDEX audit_detail_by_learner ON audit_detail (institution_id, learner_id);

CREATE TABLE audit_chain (
    institution_id INTEGER NOT NULL,
    length INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (institution_id)
) WITHOUT ROWID;

-- The agreed actions are for the learner and those who work with them; the private note is for the adviser.
CREATE TABLE guidance_note (
    institution_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    guidance_note_id INTEGER NOT NULL,
    held_on DATE NOT NULL,
    agreed_actions TEXT NOT NULL,
    private_note TEXT,
    account_id INTEGER,
    written_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, learner_id, guidance_note_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);

CREATE TABLE retention_period (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    rule TEXT NOT NULL,
    months INTEGER NOT NULL,
    PRIMARY KEY (institution_id, rule)
) WITHOUT ROWID;

CREATE TABLE retention_run (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    retention_run_id INTEGER NOT NULL,
    as_of DATE NOT NULL,
    account_id INTEGER,
    ran_at TIMESTAMP NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (institution_id, retention_run_id)
);

-- Append-only: what was noted once cannot be altered or removed.
CREATE TRIGGER audit_is_not_altered BEFORE UPDATE ON audit WHEN OLD.digest IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_detail_is_only_erased BEFORE UPDATE ON audit_detail
WHEN NEW.detail IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.learner_id IS NOT NULL OR NEW.digest <> OLD.digest
    OR NEW.institution_id <> OLD.institution_id OR NEW.audit_id <> OLD.audit_id OR NEW.position <> OLD.position
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_detail_is_not_removed BEFORE DELETE ON audit_detail
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_chain_only_grows BEFORE UPDATE ON audit_chain
WHEN NEW.length < OLD.length OR NEW.institution_id <> OLD.institution_id
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_chain_is_not_removed BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
