-- Version 1. Never edited after release: a change is a new file with the next number.
-- Times are milliseconds since 1970 (UTC); run_at = 0 means: due now. Digests are lower-case hex.

CREATE TABLE unit (
    id              TEXT    NOT NULL PRIMARY KEY,
    source          TEXT    NOT NULL,
    arrival_key     TEXT    NOT NULL UNIQUE,
    name            BLOB    NOT NULL,
    shown_name      TEXT    NOT NULL,
    bytes           INTEGER NOT NULL CHECK (bytes >= 0),
    sha256          TEXT    NOT NULL,
    received_at     INTEGER NOT NULL,
    expected_pages  INTEGER,
    priority        INTEGER NOT NULL,
    options_hash    TEXT    NOT NULL,
    dossier         TEXT,
    basis           TEXT,
    confirmed       INTEGER CHECK (confirmed IN (0, 1)),
    profile         TEXT    NOT NULL,
    scanner         TEXT,
    result_base     TEXT,
    same_as         TEXT,
    state           TEXT    NOT NULL CHECK (state IN ('accepted', 'splitting', 'reading', 'documents', 'closed', 'exception', 'cancelled')),
    format          TEXT,
    pages           INTEGER CHECK (pages >= 1),
    failure_kind    TEXT,
    failure_message TEXT,
    changed_at      INTEGER NOT NULL,
    finished_at     INTEGER,
    CHECK ((state IN ('closed', 'exception', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'exception') = (failure_kind IS NOT NULL)),
    CHECK (state NOT IN ('reading', 'documents', 'closed') OR pages IS NOT NULL),
    CHECK ((dossier IS NULL) = (basis IS NULL) AND (dossier IS NULL) = (confirmed IS NULL))
) STRICT;

CREATE INDEX unit_sha256 ON unit (sha256);
CREATE INDEX unit_state ON unit (state, id);

CREATE TABLE page (
    unit            TEXT    NOT NULL REFERENCES unit (id),
    number          INTEGER NOT NULL CHECK (number >= 1),
    state           TEXT    NOT NULL CHECK (state IN ('waiting', 'read', 'blank', 'separator', 'kept-text', 'unreadable')),
    result_sha256   TEXT,
    image_sha256    TEXT,
    confidence      REAL,
    failure_kind    TEXT,
    failure_message TEXT,
    review_reason   TEXT,
    finished_at     INTEGER,
    PRIMARY KEY (unit, number),
    CHECK ((state = 'waiting') = (finished_at IS NULL)),
    CHECK ((state = 'unreadable') = (failure_kind IS NOT NULL)),
    CHECK (state IN ('waiting', 'unreadable') OR result_sha256 IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    id               TEXT    NOT NULL,
    revision         INTEGER NOT NULL CHECK (revision >= 1),
    unit             TEXT    NOT NULL REFERENCES unit (id),
    part             INTEGER NOT NULL CHECK (part >= 1),
    state            TEXT    NOT NULL CHECK (state IN ('waiting', 'assembled', 'proved', 'ready', 'needs-review', 'superseded')),
    dossier          TEXT,
    basis            TEXT,
    confirmed        INTEGER CHECK (confirmed IN (0, 1)),
    reasons          TEXT    NOT NULL,
    pdf_sha256       TEXT,
    pdf_bytes        INTEGER,
    json_sha256      TEXT,
    text_sha256      TEXT,
    pages_compared   INTEGER,
    worst_difference REAL,
    changed_at       INTEGER NOT NULL,
    finished_at      INTEGER,
    PRIMARY KEY (id, revision),
    CHECK ((state IN ('ready', 'superseded')) = (finished_at IS NOT NULL)),
    CHECK (state NOT IN ('assembled', 'proved', 'ready') OR pdf_sha256 IS NOT NULL),
    CHECK (state NOT IN ('proved', 'ready') OR pages_compared IS NOT NULL),
    CHECK ((dossier IS NULL) = (basis IS NULL) AND (dossier IS NULL) = (confirmed IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX document_unit ON document (unit, part, revision);
CREATE UNIQUE INDEX document_part ON document (unit, part) WHERE state <> 'superseded';

CREATE TABLE document_page (
    document TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    ordinal  INTEGER NOT NULL CHECK (ordinal >= 1),
    unit     TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    PRIMARY KEY (document, revision, ordinal),
    FOREIGN KEY (document, revision) REFERENCES document (id, revision),
    FOREIGN KEY (unit, number) REFERENCES page (unit, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_page_page ON document_page (unit, number);

CREATE TABLE delivery (
    document        TEXT    NOT NULL,
    revision        INTEGER NOT NULL,
    dossier         TEXT,
    state           TEXT    NOT NULL CHECK (state IN ('none', 'pending', 'attaching', 'attached', 'verified', 'uncertain', 'conflict', 'refused')),
    sha256          TEXT    NOT NULL,
    supersedes      TEXT,
    receipt         TEXT,
    failure_kind    TEXT,
    failure_message TEXT,
    changed_at      INTEGER NOT NULL,
    finished_at     INTEGER,
    PRIMARY KEY (document, revision),
    FOREIGN KEY (document, revision) REFERENCES document (id, revision),
    CHECK ((state IN ('none', 'verified')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'none') = (dossier IS NULL)),
    CHECK (state NOT IN ('attached', 'verified') OR receipt IS NOT NULL),
    CHECK ((state IN ('uncertain', 'conflict', 'refused')) = (failure_kind IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE work (
    id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL CHECK (kind IN ('split', 'page', 'group', 'assemble', 'prove', 'deliver', 'verify')),
    unit        TEXT    NOT NULL REFERENCES unit (id),
    page        INTEGER,
    document    TEXT,
    revision    INTEGER NOT NULL DEFAULT 0,
    state       TEXT    NOT NULL CHECK (state IN ('queued', 'running', 'done', 'quarantined', 'cancelled')),
    priority    INTEGER NOT NULL,
    turn        INTEGER NOT NULL,
    attempt     INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    epoch       INTEGER NOT NULL DEFAULT 0,
    run_at      INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    owner       TEXT,
    created_at  INTEGER NOT NULL,
    finished_at INTEGER,
    CHECK ((state IN ('done', 'quarantined', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK (state <> 'running' OR owner IS NOT NULL),
    CHECK ((kind = 'page') = (page IS NOT NULL)),
    CHECK ((kind IN ('assemble', 'prove', 'deliver', 'verify')) = (document IS NOT NULL)),
    FOREIGN KEY (unit, page) REFERENCES page (unit, number),
    FOREIGN KEY (document, revision) REFERENCES document (id, revision)
) STRICT;

-- The claim reads the front of this one; the wake and the rescue have their own.
CREATE INDEX work_ready ON work (kind, priority, turn, id) WHERE state = 'queued' AND run_at = 0;
CREATE INDEX work_later ON work (run_at) WHERE state = 'queued' AND run_at > 0;
CREATE INDEX work_leased ON work (lease_until) WHERE state = 'running';
-- A thing has at most one living item of a kind.
CREATE UNIQUE INDEX work_live ON work (unit, kind, coalesce(page, 0), coalesce(document, ''), revision) WHERE state IN ('queued', 'running');
CREATE INDEX work_quarantined ON work (unit) WHERE state = 'quarantined';

CREATE TABLE history (
    id              INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at              INTEGER NOT NULL,
    unit            TEXT    NOT NULL REFERENCES unit (id),
    kind            TEXT,
    page            INTEGER,
    document        TEXT,
    revision        INTEGER NOT NULL DEFAULT 0,
    what            TEXT    NOT NULL,
    who             TEXT,
    attempt         INTEGER,
    failure_kind    TEXT,
    failure_message TEXT,
    detail          TEXT
) STRICT;

CREATE INDEX history_unit ON history (unit, id);
