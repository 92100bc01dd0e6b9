-- The programme: planned, delivered, recorded.

-- draft and cancelled activities, and those taken away, count for nothing. `part_of`: one occasion may be several activities
-- (a fair with four providers), which share a register; the others say which one leads them.
ALTER TABLE activity ADD COLUMN state TEXT NOT NULL DEFAULT 'planned';
ALTER TABLE activity ADD COLUMN part_of BIGINT;

CREATE TABLE programme (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    academic_year SMALLINT NOT NULL,
    aims TEXT NOT NULL,
    leavers TEXT NOT NULL,
    delivery TEXT NOT NULL,
    send TEXT NOT NULL,
    parents TEXT NOT NULL,
    senior_leader TEXT,
    senior_approved_on DATE,
    senior_account_id BIGINT,
    governors_approved_on DATE,
    governors_minute TEXT,
    senior_text TEXT,
    governors_text TEXT,
    revision BIGINT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, academic_year)
);

CREATE TABLE programme_year (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    academic_year SMALLINT NOT NULL,
    year_group SMALLINT NOT NULL,
    aims TEXT NOT NULL,
    delivery TEXT NOT NULL,
    PRIMARY KEY (institution_id, academic_year, year_group)
);

CREATE TABLE outcome (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    outcome_id BIGINT NOT NULL,
    academic_year SMALLINT NOT NULL,
    year_group SMALLINT NOT NULL,
    sort TEXT NOT NULL,
    stage TEXT NOT NULL,
    thread TEXT NOT NULL,
    statement TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (institution_id, outcome_id)
);
CREATE INDEX outcome_by_year ON outcome (institution_id, academic_year, year_group, position);

CREATE TABLE outcome_tag (
    institution_id BIGINT NOT NULL,
    outcome_id BIGINT NOT NULL,
    framework TEXT COLLATE "C" NOT NULL,
    tag TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (institution_id, outcome_id, framework, tag),
    FOREIGN KEY (institution_id, outcome_id) REFERENCES outcome (institution_id, outcome_id)
);

CREATE TABLE roadmap_point (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    roadmap_point_id BIGINT NOT NULL,
    academic_year SMALLINT NOT NULL,
    year_group SMALLINT NOT NULL,
    term SMALLINT NOT NULL,
    held_on DATE,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    does TEXT NOT NULL,
    position INTEGER NOT NULL,
    is_hidden BOOLEAN NOT NULL,
    pack_key TEXT,
    PRIMARY KEY (institution_id, roadmap_point_id)
);
CREATE INDEX roadmap_point_by_year ON roadmap_point (institution_id, academic_year, year_group);

CREATE TABLE curriculum_link (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    curriculum_link_id BIGINT NOT NULL,
    academic_year SMALLINT NOT NULL,
    year_group SMALLINT NOT NULL,
    subject TEXT NOT NULL,
    subject_key TEXT COLLATE "C" NOT NULL,
    term SMALLINT,
    topic TEXT NOT NULL,
    about TEXT NOT NULL,
    teacher TEXT,
    account_id BIGINT,
    activity_id BIGINT,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, curriculum_link_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
);
CREATE INDEX curriculum_link_by_year ON curriculum_link (institution_id, academic_year, subject_key, year_group);

CREATE TABLE subject_lead (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    subject_key TEXT COLLATE "C" NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    account_id BIGINT,
    PRIMARY KEY (institution_id, subject_key)
);

CREATE TABLE staff_training (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    staff_training_id BIGINT NOT NULL,
    held_on DATE NOT NULL,
    title TEXT NOT NULL,
    provider TEXT,
    audience TEXT NOT NULL,
    attended INTEGER NOT NULL,
    hours INTEGER,
    about TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, staff_training_id)
);

CREATE TABLE activity_plan (
    institution_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    ends_on DATE,
    starts_at TEXT,
    ends_at TEXT,
    place TEXT,
    purpose TEXT NOT NULL,
    staff TEXT,
    account_id BIGINT,
    adjustments TEXT NOT NULL,
    risk_notes TEXT NOT NULL,
    visitor_notes TEXT NOT NULL,
    notes TEXT NOT NULL,
    cost_pence BIGINT,
    series_id BIGINT,
    expects INTEGER,
    shows TEXT NOT NULL,
    ended_because TEXT,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, activity_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
);

CREATE TABLE activity_session (
    institution_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    held_on DATE NOT NULL,
    starts_at TEXT,
    ends_at TEXT,
    place TEXT,
    capacity INTEGER,
    PRIMARY KEY (institution_id, activity_id, position),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
);

CREATE TABLE activity_group (
    institution_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (institution_id, activity_id, sort, name),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
);

CREATE TABLE activity_outcome (
    institution_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    outcome_id BIGINT NOT NULL,
    PRIMARY KEY (institution_id, activity_id, outcome_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, outcome_id) REFERENCES outcome (institution_id, outcome_id)
);
CREATE INDEX activity_outcome_by_outcome ON activity_outcome (institution_id, outcome_id);

CREATE TABLE activity_file (
    institution_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    activity_file_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    content BYTEA NOT NULL,
    account_id BIGINT,
    added_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (institution_id, activity_id, activity_file_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
);

CREATE TABLE activity_template (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    activity_template_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, activity_template_id)
);

CREATE TABLE budget (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    academic_year SMALLINT NOT NULL,
    pence BIGINT NOT NULL,
    PRIMARY KEY (institution_id, academic_year)
);

CREATE TABLE link (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    link_id BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    subject_id BIGINT,
    about TEXT,
    token_digest BYTEA NOT NULL,
    label TEXT,
    account_id BIGINT,
    made_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    used_at TIMESTAMPTZ,
    uses INTEGER NOT NULL,
    PRIMARY KEY (institution_id, link_id)
);
CREATE INDEX link_by_digest ON link (institution_id, token_digest);
CREATE INDEX link_by_subject ON link (institution_id, purpose, subject_id);

CREATE TABLE reflection (
    institution_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    reflection_id BIGINT NOT NULL,
    learner_id BIGINT,
    learnt TEXT NOT NULL,
    rating SMALLINT,
    next_step TEXT NOT NULL,
    answers TEXT NOT NULL,
    is_easy_read BOOLEAN NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, activity_id, reflection_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);
CREATE INDEX reflection_by_learner ON reflection (institution_id, learner_id);

CREATE TABLE feedback (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    feedback_id BIGINT NOT NULL,
    activity_id BIGINT,
    placement_id BIGINT,
    learner_id BIGINT,
    organisation_id BIGINT,
    name TEXT,
    rating SMALLINT,
    went_well TEXT NOT NULL,
    better TEXT NOT NULL,
    answers TEXT NOT NULL,
    would_return BOOLEAN,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, feedback_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);
CREATE INDEX feedback_by_activity ON feedback (institution_id, activity_id);

CREATE TABLE organisation (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    organisation_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    sorts TEXT NOT NULL,
    provider_type TEXT,
    sector TEXT,
    size TEXT,
    address TEXT,
    postcode TEXT,
    website TEXT,
    offers TEXT NOT NULL,
    owner_account_id BIGINT,
    last_contacted_on DATE,
    safeguarding TEXT NOT NULL,
    notes TEXT NOT NULL,
    merged_into BIGINT,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, organisation_id)
);
CREATE INDEX organisation_by_name ON organisation (institution_id, name_key);

CREATE TABLE contact (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    contact_id BIGINT NOT NULL,
    organisation_id BIGINT,
    name TEXT NOT NULL,
    job TEXT,
    email TEXT,
    phone TEXT,
    notes TEXT NOT NULL,
    is_alumnus BOOLEAN NOT NULL,
    left_in SMALLINT,
    consent_on DATE,
    consent_about TEXT,
    asked_not_to BOOLEAN NOT NULL,
    last_contacted_on DATE,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, contact_id),
    FOREIGN KEY (institution_id, organisation_id) REFERENCES organisation (institution_id, organisation_id)
);
CREATE INDEX contact_by_organisation ON contact (institution_id, organisation_id);

CREATE TABLE contact_note (
    institution_id BIGINT NOT NULL,
    organisation_id BIGINT NOT NULL,
    contact_note_id BIGINT NOT NULL,
    contact_id BIGINT,
    contacted_on DATE NOT NULL,
    how TEXT NOT NULL,
    note TEXT NOT NULL,
    account_id BIGINT,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, organisation_id, contact_note_id),
    FOREIGN KEY (institution_id, organisation_id) REFERENCES organisation (institution_id, organisation_id)
);

CREATE TABLE activity_organisation (
    institution_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    organisation_id BIGINT NOT NULL,
    contact_id BIGINT,
    role TEXT NOT NULL,
    PRIMARY KEY (institution_id, activity_id, organisation_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, organisation_id) REFERENCES organisation (institution_id, organisation_id)
);
CREATE INDEX activity_organisation_by_organisation ON activity_organisation (institution_id, organisation_id);

CREATE TABLE catch_up (
    institution_id BIGINT NOT NULL,
    activity_id BIGINT NOT NULL,
    learner_id BIGINT NOT NULL,
    closed_by BIGINT,
    reason TEXT NOT NULL,
    closed_at TIMESTAMPTZ NOT NULL,
    account_id BIGINT,
    PRIMARY KEY (institution_id, activity_id, learner_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
);
CREATE INDEX catch_up_by_learner ON catch_up (institution_id, learner_id);

CREATE TABLE slot (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    slot_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    provider_type TEXT,
    organisation TEXT,
    mode TEXT NOT NULL,
    subject TEXT,
    held_on DATE NOT NULL,
    starts_at TEXT,
    place TEXT,
    hours BIGINT,
    capacity INTEGER NOT NULL,
    year_groups TEXT NOT NULL,
    checks TEXT NOT NULL,
    activity_id BIGINT,
    is_removed BOOLEAN NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, slot_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
);
CREATE INDEX slot_by_day ON slot (institution_id, held_on);

CREATE TABLE placement (
    institution_id BIGINT NOT NULL,
    placement_id BIGINT NOT NULL,
    learner_id BIGINT NOT NULL,
    academic_year SMALLINT NOT NULL,
    stage TEXT NOT NULL,
    organisation_id BIGINT,
    employer TEXT,
    supervisor TEXT,
    supervisor_email TEXT,
    supervisor_phone TEXT,
    address TEXT,
    starts_on DATE,
    ends_on DATE,
    hours_a_day BIGINT,
    hours BIGINT,
    mode TEXT NOT NULL,
    tasks TEXT NOT NULL,
    not_allowed TEXT NOT NULL,
    travel TEXT NOT NULL,
    needs TEXT NOT NULL,
    reason TEXT,
    activity_id BIGINT,
    account_id BIGINT,
    revision BIGINT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, placement_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, organisation_id) REFERENCES organisation (institution_id, organisation_id)
);
CREATE INDEX placement_by_learner ON placement (institution_id, learner_id);
CREATE INDEX placement_by_year ON placement (institution_id, academic_year);

CREATE TABLE placement_check (
    institution_id BIGINT NOT NULL,
    placement_id BIGINT NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    learner_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    seen_on DATE,
    expires_on DATE,
    note TEXT NOT NULL,
    account_id BIGINT,
    PRIMARY KEY (institution_id, placement_id, item),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, placement_id) REFERENCES placement (institution_id, placement_id)
);

CREATE TABLE placement_entry (
    institution_id BIGINT NOT NULL,
    placement_id BIGINT NOT NULL,
    placement_entry_id BIGINT NOT NULL,
    learner_id BIGINT NOT NULL,
    sort TEXT NOT NULL,
    held_on DATE NOT NULL,
    hours BIGINT,
    how TEXT,
    by_whom TEXT,
    text TEXT NOT NULL,
    account_id BIGINT,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, placement_id, placement_entry_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, placement_id) REFERENCES placement (institution_id, placement_id)
);

CREATE TABLE placement_stage (
    institution_id BIGINT NOT NULL,
    placement_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    learner_id BIGINT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT,
    account_id BIGINT,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, placement_id, position),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, placement_id) REFERENCES placement (institution_id, placement_id)
);

CREATE TABLE calendar_date (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    calendar_date_id BIGINT NOT NULL,
    academic_year SMALLINT NOT NULL,
    pack_key TEXT,
    title TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    time TEXT,
    sort TEXT NOT NULL,
    year_groups TEXT NOT NULL,
    is_hidden BOOLEAN NOT NULL,
    about TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (institution_id, calendar_date_id)
);
CREATE INDEX calendar_date_by_year ON calendar_date (institution_id, academic_year, starts_on);

CREATE TABLE setting (
    institution_id BIGINT NOT NULL REFERENCES institution (institution_id),
    name TEXT COLLATE "C" NOT NULL,
    setting TEXT NOT NULL,
    PRIMARY KEY (institution_id, name)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON programme,
    programme_year,
    outcome,
    outcome_tag,
    roadmap_point,
    curriculum_link,
    subject_lead,
    staff_training,
    activity_plan,
    activity_session,
    activity_group,
    activity_outcome,
    activity_file,
    activity_template,
    budget,
    link,
    reflection,
    feedback,
    organisation,
    contact,
    contact_note,
    activity_organisation,
    catch_up,
    slot,
    placement,
    placement_check,
    placement_entry,
    placement_stage,
    calendar_date,
    setting TO waymark_app;

ALTER TABLE programme ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON programme USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE programme_year ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON programme_year USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE outcome ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON outcome USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE outcome_tag ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON outcome_tag USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE roadmap_point ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON roadmap_point USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE curriculum_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON curriculum_link USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE subject_lead ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON subject_lead USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE staff_training ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON staff_training USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE activity_plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON activity_plan USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE activity_session ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON activity_session USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE activity_group ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON activity_group USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE activity_outcome ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON activity_outcome USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE activity_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON activity_file USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE activity_template ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON activity_template USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE budget ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON budget USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE link ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON link USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE reflection ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON reflection USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON feedback USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON organisation USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON contact USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE contact_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON contact_note USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE activity_organisation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON activity_organisation USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE catch_up ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON catch_up USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE slot ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON slot USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE placement ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON placement USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE placement_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON placement_check USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE placement_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON placement_entry USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE placement_stage ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON placement_stage USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE calendar_date ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON calendar_date USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
ALTER TABLE setting ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_institution ON setting USING (institution_id = ANY ((SELECT waymark_institutions())::BIGINT[]));
