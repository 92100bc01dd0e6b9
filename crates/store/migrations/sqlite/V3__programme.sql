-- The same tables as in ../postgres, in SQLite's words.

-- draft and cancelled activities, and those taken away, count for nothing. `part_of`: one occasion may be several activities
-- (a fair with four providers), which share a register; the others say which one leads them.
ALTER TABLE activity ADD COLUMN state TEXT NOT NULL DEFAULT 'planned';
ALTER TABLE activity ADD COLUMN part_of INTEGER;

CREATE TABLE programme (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    academic_year INTEGER NOT NULL,
    aims TEXT NOT NULL,
    leavers TEXT NOT NULL,
    delivery TEXT NOT NULL,
    send TEXT NOT NULL,
    parents TEXT NOT NULL,
    senior_leader TEXT,
    senior_approved_on DATE,
    senior_account_id INTEGER,
    governors_approved_on DATE,
    governors_minute TEXT,
    senior_text TEXT,
    governors_text TEXT,
    revision INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, academic_year)
) WITHOUT ROWID;

CREATE TABLE programme_year (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    academic_year INTEGER NOT NULL,
    year_group INTEGER NOT NULL,
    aims TEXT NOT NULL,
    delivery TEXT NOT NULL,
    PRIMARY KEY (institution_id, academic_year, year_group)
) WITHOUT ROWID;

CREATE TABLE outcome (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    outcome_id INTEGER NOT NULL,
    academic_year INTEGER NOT NULL,
    year_group INTEGER NOT NULL,
    sort TEXT NOT NULL,
    stage TEXT NOT NULL,
    thread TEXT NOT NULL,
    statement TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (institution_id, outcome_id)
) WITHOUT ROWID;
CREATE INDEX outcome_by_year ON outcome (institution_id, academic_year, year_group, position);

CREATE TABLE outcome_tag (
    institution_id INTEGER NOT NULL,
    outcome_id INTEGER NOT NULL,
    framework TEXT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (institution_id, outcome_id, framework, tag),
    FOREIGN KEY (institution_id, outcome_id) REFERENCES outcome (institution_id, outcome_id)
) WITHOUT ROWID;

CREATE TABLE roadmap_point (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    roadmap_point_id INTEGER NOT NULL,
    academic_year INTEGER NOT NULL,
    year_group INTEGER NOT NULL,
    term INTEGER NOT NULL,
    held_on DATE,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    does TEXT NOT NULL,
    position INTEGER NOT NULL,
    is_hidden BOOLEAN NOT NULL,
    pack_key TEXT,
    PRIMARY KEY (institution_id, roadmap_point_id)
) WITHOUT ROWID;
CREATE INDEX roadmap_point_by_year ON roadmap_point (institution_id, academic_year, year_group);

CREATE TABLE curriculum_link (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    curriculum_link_id INTEGER NOT NULL,
    academic_year INTEGER NOT NULL,
    year_group INTEGER NOT NULL,
    subject TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    term INTEGER,
    topic TEXT NOT NULL,
    about TEXT NOT NULL,
    teacher TEXT,
    account_id INTEGER,
    activity_id INTEGER,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, curriculum_link_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
) WITHOUT ROWID;
CREATE INDEX curriculum_link_by_year ON curriculum_link (institution_id, academic_year, subject_key, year_group);

CREATE TABLE subject_lead (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    subject_key TEXT NOT NULL,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    account_id INTEGER,
    PRIMARY KEY (institution_id, subject_key)
) WITHOUT ROWID;

CREATE TABLE staff_training (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    staff_training_id INTEGER NOT NULL,
    held_on DATE NOT NULL,
    title TEXT NOT NULL,
    provider TEXT,
    audience TEXT NOT NULL,
    attended INTEGER NOT NULL,
    hours INTEGER,
    about TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, staff_training_id)
) WITHOUT ROWID;

CREATE TABLE activity_plan (
    institution_id INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    ends_on DATE,
    starts_at TEXT,
    ends_at TEXT,
    place TEXT,
    purpose TEXT NOT NULL,
    staff TEXT,
    account_id INTEGER,
    adjustments TEXT NOT NULL,
    risk_notes TEXT NOT NULL,
    visitor_notes TEXT NOT NULL,
    notes TEXT NOT NULL,
    cost_pence INTEGER,
    series_id INTEGER,
    expects INTEGER,
    shows TEXT NOT NULL,
    ended_because TEXT,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, activity_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
) WITHOUT ROWID;

CREATE TABLE activity_session (
    institution_id INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    held_on DATE NOT NULL,
    starts_at TEXT,
    ends_at TEXT,
    place TEXT,
    capacity INTEGER,
    PRIMARY KEY (institution_id, activity_id, position),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
) WITHOUT ROWID;

CREATE TABLE activity_group (
    institution_id INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    sort TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (institution_id, activity_id, sort, name),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
) WITHOUT ROWID;

CREATE TABLE activity_outcome (
    institution_id INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    outcome_id INTEGER NOT NULL,
    PRIMARY KEY (institution_id, activity_id, outcome_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, outcome_id) REFERENCES outcome (institution_id, outcome_id)
) WITHOUT ROWID;
CREATE INDEX activity_outcome_by_outcome ON activity_outcome (institution_id, outcome_id);

CREATE TABLE activity_file (
    institution_id INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    activity_file_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL,
    content BLOB NOT NULL,
    account_id INTEGER,
    added_at TIMESTAMP NOT NULL,
    removed_at TIMESTAMP,
    PRIMARY KEY (institution_id, activity_id, activity_file_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
);

CREATE TABLE activity_template (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    activity_template_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, activity_template_id)
) WITHOUT ROWID;

CREATE TABLE budget (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    academic_year INTEGER NOT NULL,
    pence INTEGER NOT NULL,
    PRIMARY KEY (institution_id, academic_year)
) WITHOUT ROWID;

CREATE TABLE link (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    link_id INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    subject_id INTEGER,
    about TEXT,
    token_digest BLOB NOT NULL,
    label TEXT,
    account_id INTEGER,
    made_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP,
    closed_at TIMESTAMP,
    used_at TIMESTAMP,
    uses INTEGER NOT NULL,
    PRIMARY KEY (institution_id, link_id)
) WITHOUT ROWID;
CREATE INDEX link_by_digest ON link (institution_id, token_digest);
CREATE INDEX link_by_subject ON link (institution_id, purpose, subject_id);

CREATE TABLE reflection (
    institution_id INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    reflection_id INTEGER NOT NULL,
    learner_id INTEGER,
    learnt TEXT NOT NULL,
    rating INTEGER,
    next_step TEXT NOT NULL,
    answers TEXT NOT NULL,
    is_easy_read BOOLEAN NOT NULL,
    written_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, activity_id, reflection_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
) WITHOUT ROWID;
CREATE INDEX reflection_by_learner ON reflection (institution_id, learner_id);

CREATE TABLE feedback (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    feedback_id INTEGER NOT NULL,
    activity_id INTEGER,
    placement_id INTEGER,
    learner_id INTEGER,
    organisation_id INTEGER,
    name TEXT,
    rating INTEGER,
    went_well TEXT NOT NULL,
    better TEXT NOT NULL,
    answers TEXT NOT NULL,
    would_return BOOLEAN,
    written_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, feedback_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
) WITHOUT ROWID;
CREATE INDEX feedback_by_activity ON feedback (institution_id, activity_id);

CREATE TABLE organisation (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    organisation_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    sorts TEXT NOT NULL,
    provider_type TEXT,
    sector TEXT,
    size TEXT,
    address TEXT,
    postcode TEXT,
    website TEXT,
    offers TEXT NOT NULL,
    owner_account_id INTEGER,
    last_contacted_on DATE,
    safeguarding TEXT NOT NULL,
    notes TEXT NOT NULL,
    merged_into INTEGER,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, organisation_id)
) WITHOUT ROWID;
CREATE INDEX organisation_by_name ON organisation (institution_id, name_key);

CREATE TABLE contact (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    contact_id INTEGER NOT NULL,
    organisation_id INTEGER,
    name TEXT NOT NULL,
    job TEXT,
    email TEXT,
    phone TEXT,
    notes TEXT NOT NULL,
    is_alumnus BOOLEAN NOT NULL,
    left_in INTEGER,
    consent_on DATE,
    consent_about TEXT,
    asked_not_to BOOLEAN NOT NULL,
    last_contacted_on DATE,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, contact_id),
    FOREIGN KEY (institution_id, organisation_id) REFERENCES organisation (institution_id, organisation_id)
) WITHOUT ROWID;
CREATE INDEX contact_by_organisation ON contact (institution_id, organisation_id);

CREATE TABLE contact_note (
    institution_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    contact_note_id INTEGER NOT NULL,
    contact_id INTEGER,
    contacted_on DATE NOT NULL,
    how TEXT NOT NULL,
    note TEXT NOT NULL,
    account_id INTEGER,
    written_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, organisation_id, contact_note_id),
    FOREIGN KEY (institution_id, organisation_id) REFERENCES organisation (institution_id, organisation_id)
) WITHOUT ROWID;

CREATE TABLE activity_organisation (
    institution_id INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    contact_id INTEGER,
    role TEXT NOT NULL,
    PRIMARY KEY (institution_id, activity_id, organisation_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, organisation_id) REFERENCES organisation (institution_id, organisation_id)
) WITHOUT ROWID;
CREATE INDEX activity_organisation_by_organisation ON activity_organisation (institution_id, organisation_id);

CREATE TABLE catch_up (
    institution_id INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    closed_by INTEGER,
    reason TEXT NOT NULL,
    closed_at TIMESTAMP NOT NULL,
    account_id INTEGER,
    PRIMARY KEY (institution_id, activity_id, learner_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id)
) WITHOUT ROWID;
CREATE INDEX catch_up_by_learner ON catch_up (institution_id, learner_id);

CREATE TABLE slot (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    slot_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    provider_type TEXT,
    organisation TEXT,
    mode TEXT NOT NULL,
    subject TEXT,
    held_on DATE NOT NULL,
    starts_at TEXT,
    place TEXT,
    hours INTEGER,
    capacity INTEGER NOT NULL,
    year_groups TEXT NOT NULL,
    checks TEXT NOT NULL,
    activity_id INTEGER,
    is_removed BOOLEAN NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, slot_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id)
) WITHOUT ROWID;
CREATE INDEX slot_by_day ON slot (institution_id, held_on);

CREATE TABLE placement (
    institution_id INTEGER NOT NULL,
    placement_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    academic_year INTEGER NOT NULL,
    stage TEXT NOT NULL,
    organisation_id INTEGER,
    employer TEXT,
    supervisor TEXT,
    supervisor_email TEXT,
    supervisor_phone TEXT,
    address TEXT,
    starts_on DATE,
    ends_on DATE,
    hours_a_day INTEGER,
    hours INTEGER,
    mode TEXT NOT NULL,
    tasks TEXT NOT NULL,
    not_allowed TEXT NOT NULL,
    travel TEXT NOT NULL,
    needs TEXT NOT NULL,
    reason TEXT,
    activity_id INTEGER,
    account_id INTEGER,
    revision INTEGER NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, placement_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, activity_id) REFERENCES activity (institution_id, activity_id),
    FOREIGN KEY (institution_id, organisation_id) REFERENCES organisation (institution_id, organisation_id)
) WITHOUT ROWID;
CREATE INDEX placement_by_learner ON placement (institution_id, learner_id);
CREATE INDEX placement_by_year ON placement (institution_id, academic_year);

CREATE TABLE placement_check (
    institution_id INTEGER NOT NULL,
    placement_id INTEGER NOT NULL,
    item TEXT NOT NULL,
    learner_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    seen_on DATE,
    expires_on DATE,
    note TEXT NOT NULL,
    account_id INTEGER,
    PRIMARY KEY (institution_id, placement_id, item),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, placement_id) REFERENCES placement (institution_id, placement_id)
) WITHOUT ROWID;

CREATE TABLE placement_entry (
    institution_id INTEGER NOT NULL,
    placement_id INTEGER NOT NULL,
    placement_entry_id INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    sort TEXT NOT NULL,
    held_on DATE NOT NULL,
    hours INTEGER,
    how TEXT,
    by_whom TEXT,
    text TEXT NOT NULL,
    account_id INTEGER,
    written_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, placement_id, placement_entry_id),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, placement_id) REFERENCES placement (institution_id, placement_id)
) WITHOUT ROWID;

CREATE TABLE placement_stage (
    institution_id INTEGER NOT NULL,
    placement_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    learner_id INTEGER NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT,
    account_id INTEGER,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, placement_id, position),
    FOREIGN KEY (institution_id, learner_id) REFERENCES learner (institution_id, learner_id),
    FOREIGN KEY (institution_id, placement_id) REFERENCES placement (institution_id, placement_id)
) WITHOUT ROWID;

CREATE TABLE calendar_date (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    calendar_date_id INTEGER NOT NULL,
    academic_year INTEGER NOT NULL,
    pack_key TEXT,
    title TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    time TEXT,
    sort TEXT NOT NULL,
    year_groups TEXT NOT NULL,
    is_hidden BOOLEAN NOT NULL,
    about TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (institution_id, calendar_date_id)
) WITHOUT ROWID;
CREATE INDEX calendar_date_by_year ON calendar_date (institution_id, academic_year, starts_on);

CREATE TABLE setting (
    institution_id INTEGER NOT NULL REFERENCES institution (institution_id),
    name TEXT NOT NULL,
    setting TEXT NOT NULL,
    PRIMARY KEY (institution_id, name)
) WITHOUT ROWID;
