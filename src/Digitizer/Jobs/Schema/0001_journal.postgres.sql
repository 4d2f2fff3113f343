-- Version 1. Never edited after release: a change is a new file with the next number.
-- Times are milliseconds since 1970 (UTC); run_at = 0 means: due now. Digests are lower-case hex.

CREATE TABLE unit (
    id              text COLLATE "C"    NOT NULL PRIMARY KEY,
    source          text    NOT NULL,
    arrival_key     text    NOT NULL UNIQUE,
    name            bytea    NOT NULL,
    shown_name      text    NOT NULL,
    bytes           bigint NOT NULL CHECK (bytes >= 0),
    sha256          text    NOT NULL,
    received_at     bigint NOT NULL,
    expected_pages  bigint ,
    priority        bigint NOT NULL,
    options_hash    text    NOT NULL,
    dossier         text,
    basis           text,
    confirmed       bigint CHECK (confirmed IN (0, 1)),
    profile         text    NOT NULL,
    scanner         text,
    result_base     text,
    same_as         text,
    state           text    NOT NULL CHECK (state IN ('accepted', 'splitting', 'reading', 'documents', 'closed', 'exception', 'cancelled')),
    format          text,
    pages           bigint CHECK (pages >= 1),
    failure_kind    text,
    failure_message text,
    changed_at      bigint NOT NULL,
    finished_at     bigint ,
    CHECK ((state IN ('closed', 'exception', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'exception') = (failure_kind IS NOT NULL)),
    CHECK (state NOT IN ('reading', 'documents', 'closed') OR pages IS NOT NULL),
    CHECK ((dossier IS NULL) = (basis IS NULL) AND (dossier IS NULL) = (confirmed IS NULL))
);

CREATE INDEX unit_sha256 ON unit (sha256);
CREATE INDEX unit_state ON unit (state, id);

CREATE TABLE page (
    unit            text    NOT NULL REFERENCES unit (id),
    number          bigint NOT NULL CHECK (number >= 1),
    state           text    NOT NULL CHECK (state IN ('waiting', 'read', 'blank', 'separator', 'kept-text', 'unreadable')),
    result_sha256   text,
    image_sha256    text,
    confidence      double precision,
    failure_kind    text,
    failure_message text,
    review_reason   text,
    finished_at     bigint ,
    PRIMARY KEY (unit, number),
    CHECK ((state = 'waiting') = (finished_at IS NULL)),
    CHECK ((state = 'unreadable') = (failure_kind IS NOT NULL)),
    CHECK (state IN ('waiting', 'unreadable') OR result_sha256 IS NOT NULL)
);

CREATE TABLE document (
    id               text    NOT NULL,
    revision         bigint NOT NULL CHECK (revision >= 1),
    unit             text    NOT NULL REFERENCES unit (id),
    part             bigint NOT NULL CHECK (part >= 1),
    state            text    NOT NULL CHECK (state IN ('waiting', 'assembled', 'proved', 'ready', 'needs-review', 'superseded')),
    dossier          text,
    basis            text,
    confirmed        bigint CHECK (confirmed IN (0, 1)),
    reasons          text    NOT NULL,
    pdf_sha256       text,
    pdf_bytes        bigint ,
    json_sha256      text,
    text_sha256      text,
    pages_compared   bigint ,
    worst_difference double precision,
    changed_at       bigint NOT NULL,
    finished_at      bigint ,
    PRIMARY KEY (id, revision),
    CHECK ((state IN ('ready', 'superseded')) = (finished_at IS NOT NULL)),
    CHECK (state NOT IN ('assembled', 'proved', 'ready') OR pdf_sha256 IS NOT NULL),
    CHECK (state NOT IN ('proved', 'ready') OR pages_compared IS NOT NULL),
    CHECK ((dossier IS NULL) = (basis IS NULL) AND (dossier IS NULL) = (confirmed IS NULL))
);

CREATE INDEX document_unit ON document (unit, part, revision);
CREATE UNIQUE INDEX document_part ON document (unit, part) WHERE state <> 'superseded';

CREATE TABLE document_page (
    document text    NOT NULL,
    revision bigint NOT NULL,
    ordinal  bigint NOT NULL CHECK (ordinal >= 1),
    unit     text    NOT NULL,
    number   bigint NOT NULL,
    PRIMARY KEY (document, revision, ordinal),
    FOREIGN KEY (document, revision) REFERENCES document (id, revision),
    FOREIGN KEY (unit, number) REFERENCES page (unit, number)
);

CREATE INDEX document_page_page ON document_page (unit, number);

CREATE TABLE delivery (
    document        text    NOT NULL,
    revision        bigint NOT NULL,
    dossier         text,
    state           text    NOT NULL CHECK (state IN ('none', 'pending', 'attaching', 'attached', 'verified', 'uncertain', 'conflict', 'refused')),
    sha256          text    NOT NULL,
    supersedes      text,
    receipt         text,
    failure_kind    text,
    failure_message text,
    changed_at      bigint NOT NULL,
    finished_at     bigint ,
    PRIMARY KEY (document, revision),
    FOREIGN KEY (document, revision) REFERENCES document (id, revision),
    CHECK ((state IN ('none', 'verified')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'none') = (dossier IS NULL)),
    CHECK (state NOT IN ('attached', 'verified') OR receipt IS NOT NULL),
    CHECK ((state IN ('uncertain', 'conflict', 'refused')) = (failure_kind IS NOT NULL))
);

CREATE TABLE work (
    id          bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    kind        text    NOT NULL CHECK (kind IN ('split', 'page', 'group', 'assemble', 'prove', 'deliver', 'verify')),
    unit        text    NOT NULL REFERENCES unit (id),
    page        bigint ,
    document    text,
    revision    bigint NOT NULL DEFAULT 0,
    state       text    NOT NULL CHECK (state IN ('queued', 'running', 'done', 'quarantined', 'cancelled')),
    priority    bigint NOT NULL,
    turn        bigint NOT NULL,
    attempt     bigint NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    epoch       bigint NOT NULL DEFAULT 0,
    run_at      bigint NOT NULL DEFAULT 0,
    lease_until bigint ,
    owner       text,
    created_at  bigint NOT NULL,
    finished_at bigint ,
    CHECK ((state IN ('done', 'quarantined', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK (state <> 'running' OR owner IS NOT NULL),
    CHECK ((kind = 'page') = (page IS NOT NULL)),
    CHECK ((kind IN ('assemble', 'prove', 'deliver', 'verify')) = (document IS NOT NULL)),
    FOREIGN KEY (unit, page) REFERENCES page (unit, number),
    FOREIGN KEY (document, revision) REFERENCES document (id, revision)
);

-- The claim reads the front of this one; the wake and the rescue have their own.
CREATE INDEX work_ready ON work (kind, priority, turn, id) WHERE state = 'queued' AND run_at = 0;
CREATE INDEX work_later ON work (run_at) WHERE state = 'queued' AND run_at > 0;
CREATE INDEX work_leased ON work (lease_until) WHERE state = 'running';
-- A thing has at most one living item of a kind.
CREATE UNIQUE INDEX work_live ON work (unit, kind, coalesce(page, 0), coalesce(document, ''), revision) WHERE state IN ('queued', 'running');
CREATE INDEX work_quarantined ON work (unit) WHERE state = 'quarantined';

CREATE TABLE history (
    id              bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    at              bigint NOT NULL,
    unit            text    NOT NULL REFERENCES unit (id),
    kind            text,
    page            bigint ,
    document        text,
    revision        bigint NOT NULL DEFAULT 0,
    what            text    NOT NULL,
    who             text,
    attempt         bigint ,
    failure_kind    text,
    failure_message text,
    detail          text
);

CREATE INDEX history_unit ON history (unit, id);

-- Rows leave the partial indexes all day; the defaults of autovacuum wait for a fifth of the table.
ALTER TABLE work SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, fillfactor = 80);
