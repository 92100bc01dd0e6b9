CREATE TABLE hub (
    hub_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (hub_id)
);

ALTER TABLE institution ADD COLUMN hub_id BIGINT REFERENCES hub (hub_id);

-- Somebody may hold several roles in one institution; `reach` says over whom: institution, groups, caseload.
ALTER TABLE membership RENAME TO membership_before;
DROP INDEX membership_by_account;
CREATE TABLE membership (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    role TEXT COLLATE "C" NOT NULL,
    reach TEXT NOT NULL,
    PRIMARY KEY (institution_id, account_id, role)
);
CREATE INDEX membership_by_account ON membership (account_id);
INSERT INTO membership (institution_id, account_id, role, reach)
SELECT institution_id, account_id,
    CASE role WHEN 'admin' THEN 'administrator' WHEN 'editor' THEN 'careers-leader' ELSE role END, 'institution'
FROM membership_before;
DROP TABLE membership_before;

-- `sort` is form, year-group or subject.
CREATE TABLE membership_group (
    institution_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (institution_id, account_id, role, sort, name),
    FOREIGN KEY (institution_id, account_id, role) REFERENCES membership (institution_id, account_id, role)
);

CREATE TABLE caseload (
    institution_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    learner_id BIGINT NOT NULL,
    PRIMARY KEY (institution_id, account_id, learner_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);
CREATE INDEX caseload_by_learner ON caseload (institution_id, learner_id);

CREATE TABLE trust_membership (
    trust_id BIGINT NOT NULL REFERENCES trust (trust_id),
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (trust_id, account_id)
);
CREATE INDEX trust_membership_by_account ON trust_membership (account_id);

CREATE TABLE hub_membership (
    hub_id BIGINT NOT NULL REFERENCES hub (hub_id),
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (hub_id, account_id)
);
CREATE INDEX hub_membership_by_account ON hub_membership (account_id);

-- Where the institution's grid differs from the default one.
CREATE TABLE role_permission (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    role TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    allowed BOOLEAN NOT NULL,
    PRIMARY KEY (institution_id, role, action)
);

-- The link's token names the institution, so that the digest need only be unique within it. `groups` is a JSON list.
CREATE TABLE invitation (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    invitation_id BIGINT NOT NULL,
    token_digest BYTEA NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    role TEXT COLLATE "C" NOT NULL,
    reach TEXT NOT NULL,
    groups TEXT NOT NULL,
    learner_id BIGINT,
    invited_by BIGINT,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    accepted_by BIGINT,
    PRIMARY KEY (institution_id, invitation_id),
    UNIQUE (institution_id, token_digest)
);

CREATE TABLE password_reset (
    token_digest BYTEA NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (token_digest)
);
CREATE INDEX password_reset_by_account ON password_reset (account_id);

CREATE TABLE totp (
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    secret BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    confirmed_at TIMESTAMPTZ,
    last_step BIGINT NOT NULL,
    PRIMARY KEY (account_id)
);

CREATE TABLE passkey (
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    passkey_id BIGINT NOT NULL,
    credential_id BYTEA NOT NULL UNIQUE,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    PRIMARY KEY (account_id, passkey_id)
);

CREATE TABLE recovery_code (
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    code_digest BYTEA NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (account_id, code_digest)
);

-- Who somebody is at an identity provider.
CREATE TABLE identity (
    issuer TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    linked_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_by_account ON identity (account_id);

-- A way of signing in that has begun elsewhere and must come back once: an identity provider, a passkey.
CREATE TABLE ceremony (
    token_digest BYTEA NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    account_id BIGINT REFERENCES account (account_id),
    payload TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (token_digest)
);

-- Sessions now have a name that pages can show, say how they began, and whether the second step is still to come.
DROP TABLE session;
CREATE TABLE session (
    token_digest BYTEA NOT NULL,
    session_id BIGINT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    csrf TEXT NOT NULL,
    method TEXT NOT NULL,
    device TEXT NOT NULL,
    awaits_second_step BOOLEAN NOT NULL,
    confirmed_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    viewing_institution_id BIGINT,
    viewing_role TEXT,
    viewing_group TEXT,
    PRIMARY KEY (token_digest)
);
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE api_key (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    api_key_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    key_digest BYTEA NOT NULL,
    scopes TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (account_id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (institution_id, api_key_id)
);
CREATE INDEX api_key_by_account ON api_key (account_id);

-- `sequence` numbers an institution's events without gaps, `digest` covers the event and the digest before it. What
-- may name a person is in audit_detail, of which the event holds only a salted digest: it can be erased, the chain stays whole.
ALTER TABLE audit ADD COLUMN reach TEXT;
ALTER TABLE audit ADD COLUMN sequence BIGINT;
ALTER TABLE audit ADD COLUMN detail_digest BYTEA;
ALTER TABLE audit ADD COLUMN digest BYTEA;
CREATE UNIQUE INDEX audit_by_sequence ON audit (institution_id, sequence);
CREATE INDEX audit_by_account ON audit (institution_id, account_id, audit_id);

-- Erasing empties a row; its digest stays, so that the event can still be checked.
CREATE TABLE audit_detail (
    institution_id BIGINT NOT NULL,
    audit_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    learner_id BIGINT,
    salt BYTEA,
    detail TEXT,
    digest BYTEA NOT NULL,
    PRIMARY KEY (institution_id, audit_id, position)
);
CREATE INDEX audit_detail_by_learner ON audit_detail (institution_id, learner_id);

CREATE TABLE audit_chain (
    institution_id BIGINT NOT NULL,
    length BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    PRIMARY KEY (institution_id)
);

-- The agreed actions are for the learner and those who work with them; the private note is for the adviser.
CREATE TABLE guidance_note (
    institution_id BIGINT NOT NULL,
    learner_id BIGINT NOT NULL,
    guidance_note_id BIGINT NOT NULL,
    held_on DATE NOT NULL,
    agreed_actions TEXT NOT NULL,
    private_note TEXT,
    account_id BIGINT,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, learner_id, guidance_note_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);

CREATE TABLE retention_period (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    rule TEXT COLLATE "C" NOT NULL,
    months INTEGER NOT NULL,
    PRIMARY KEY (institution_id, rule)
);

CREATE TABLE retention_run (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    retention_run_id BIGINT NOT NULL,
    as_of DATE NOT NULL,
    account_id BIGINT,
    ran_at TIMESTAMPTZ NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (institution_id, retention_run_id)
);

-- Append-only: what was noted once cannot be altered or removed, not even by the tables' owner.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$;
CREATE TRIGGER audit_is_not_altered BEFORE UPDATE ON audit FOR EACH ROW WHEN (OLD.digest IS NOT NULL)
EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_detail_is_only_erased BEFORE UPDATE ON audit_detail FOR EACH ROW
WHEN (NEW.detail IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.learner_id IS NOT NULL OR NEW.digest <> OLD.digest
    OR NEW.institution_id <> OLD.institution_id OR NEW.audit_id <> OLD.audit_id OR NEW.position <> OLD.position)
EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_detail_is_not_removed BEFORE DELETE ON audit_detail FOR EACH ROW
EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_chain_only_grows BEFORE UPDATE ON audit_chain FOR EACH ROW
WHEN (NEW.length < OLD.length OR NEW.institution_id <> OLD.institution_id) EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_chain_is_not_removed BEFORE DELETE ON audit_chain FOR EACH ROW
EXECUTE FUNCTION audit_is_append_only();

-- The program works as this role, which owns nothing: each transaction says for which institutions it works, and the
-- database shows it no other's rows. Roles belong to the whole server, so another database may have made it already.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'waymark_app') THEN
        CREATE ROLE waymark_app NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    IF NOT pg_has_role(current_user, 'waymark_app', 'MEMBER') THEN
        GRANT waymark_app TO CURRENT_USER;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO waymark_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO waymark_app;
REVOKE UPDATE, DELETE ON audit FROM waymark_app;
REVOKE DELETE ON audit_detail, audit_chain FROM waymark_app;

-- Worked out once for each statement, not for each row.
CREATE FUNCTION waymark_institutions() RETURNS BIGINT[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(nullif(current_setting('waymark.institutions', true), ''), ',')::BIGINT[] $$;
CREATE FUNCTION waymark_account() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('waymark.account', true), '')::BIGINT $$;

ALTER TABLE institution_subject ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON institution_subject USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE institution_first_day ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON institution_first_day USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE institution_parameter ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON institution_parameter USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE institution_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON institution_contact USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE learner ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON learner USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE learner_alias ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON learner_alias USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE year_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON year_record USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE activity ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON activity USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE participation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON participation USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE review ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON review USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE adaptation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON adaptation USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE attestation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON attestation USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE import ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON import USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE import_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON import_change USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE mapping ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON mapping USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE caseload ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON caseload USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE role_permission ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON role_permission USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON invitation USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON api_key USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE guidance_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON guidance_note USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE retention_period ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON retention_period USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE retention_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON retention_run USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));

-- That an institution exists is public; its rows are changed only from within.
ALTER TABLE institution ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody_reads ON institution FOR SELECT USING (true);
CREATE POLICY own_institution ON institution USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));

-- People see their own roles wherever these are.
ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON membership USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
CREATE POLICY own_account ON membership FOR SELECT USING (account_id = (SELECT waymark_account()));
ALTER TABLE membership_group ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON membership_group USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
CREATE POLICY own_account ON membership_group FOR SELECT USING (account_id = (SELECT waymark_account()));

-- Institution 0 is the installation itself: everybody may note events of it; only a transaction that works for it reads them.
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON audit FOR SELECT USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
CREATE POLICY noted ON audit FOR INSERT
WITH CHECK (institution_id = 0 OR institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE audit_detail ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON audit_detail USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
CREATE POLICY noted ON audit_detail FOR INSERT WITH CHECK (institution_id = 0);
ALTER TABLE audit_chain ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON audit_chain
USING (institution_id = 0 OR institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE job ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON job
USING (institution_id = 0 OR institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
