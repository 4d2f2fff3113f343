-- A journal of version 1: one page, in its dossier. Written by the program of that time; never edited.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
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
INSERT INTO "delivery" VALUES('b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'000.00.01.H29-260310-0420','verified','f77c62ee8134e38db6b726594266b08e59377f5630f3663a5889fea3f0e9f907',NULL,'{"Id":"x","Sha256":"f77c62ee8134e38db6b726594266b08e59377f5630f3663a5889fea3f0e9f907","Location":"/srv/out/dossiers/000.00.01.H29-260310-0420/x"}',NULL,NULL,1795865752229,1795865752229);
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
INSERT INTO "document" VALUES('b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'0000000000A5754Q07TWWCXXP7',1,'ready','000.00.01.H29-260310-0420','argument',1,'[]','f77c62ee8134e38db6b726594266b08e59377f5630f3663a5889fea3f0e9f907',8728,'20f9c84f23697a62e1d115601996ee3a424f11a732499e3c4fb00b6f3bdc8057','e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',1,0.0,1795865752153,1795865752153);
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
INSERT INTO "document_page" VALUES('b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,1,'0000000000A5754Q07TWWCXXP7',1);
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
INSERT INTO "history" VALUES(1,1795865751281,'0000000000A5754Q07TWWCXXP7',NULL,NULL,NULL,0,'accepted',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "history" VALUES(2,1795865751444,'0000000000A5754Q07TWWCXXP7','split',NULL,NULL,0,'split','host/1/9d49db15c1b34c1486db97c5937cdf7b',1,NULL,NULL,'Png, 1 pages');
INSERT INTO "history" VALUES(3,1795865751649,'0000000000A5754Q07TWWCXXP7','page',1,NULL,0,'blank','host/1/9d49db15c1b34c1486db97c5937cdf7b',1,NULL,NULL,NULL);
INSERT INTO "history" VALUES(4,1795865751676,'0000000000A5754Q07TWWCXXP7','group',NULL,NULL,0,'grouped','host/1/9d49db15c1b34c1486db97c5937cdf7b',1,NULL,NULL,'1 documents');
INSERT INTO "history" VALUES(5,1795865751789,'0000000000A5754Q07TWWCXXP7','assemble',NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'assembled','host/1/9d49db15c1b34c1486db97c5937cdf7b',1,NULL,NULL,NULL);
INSERT INTO "history" VALUES(6,1795865752153,'0000000000A5754Q07TWWCXXP7','prove',NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'proved','host/1/9d49db15c1b34c1486db97c5937cdf7b',1,NULL,NULL,NULL);
INSERT INTO "history" VALUES(7,1795865752153,'0000000000A5754Q07TWWCXXP7',NULL,NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'ready',NULL,NULL,NULL,NULL,'');
INSERT INTO "history" VALUES(8,1795865752177,'0000000000A5754Q07TWWCXXP7','deliver',NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'attaching','host/1/9d49db15c1b34c1486db97c5937cdf7b',1,NULL,NULL,NULL);
INSERT INTO "history" VALUES(9,1795865752211,'0000000000A5754Q07TWWCXXP7','deliver',NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'attached','host/1/9d49db15c1b34c1486db97c5937cdf7b',1,NULL,NULL,NULL);
INSERT INTO "history" VALUES(10,1795865752229,'0000000000A5754Q07TWWCXXP7','verify',NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'verified','host/1/9d49db15c1b34c1486db97c5937cdf7b',1,NULL,NULL,NULL);
INSERT INTO "history" VALUES(11,1795865752229,'0000000000A5754Q07TWWCXXP7',NULL,NULL,NULL,0,'closed',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE journal_version (version bigint NOT NULL PRIMARY KEY);
INSERT INTO "journal_version" VALUES(1);
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
INSERT INTO "page" VALUES('0000000000A5754Q07TWWCXXP7',1,'blank','93e4e45de14b7cb66178a2f2d61475ec0ff24ded9fb526ace1424d91b613cf12','7a4a3df34706a9268af06c98fe1c90195bcfef9aa42d385b098f6bc32bada05f',NULL,NULL,NULL,NULL,1795865751649);
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
INSERT INTO "unit" VALUES('0000000000A5754Q07TWWCXXP7','batch','batch:0000000000A5754Q07TWWCXXP7',X'782E706E67','x.png',1435,'b4e66f2663941a287de4e080dab3c79dab625bb4985d77d3b7360804bb4043bd',1795865751229,NULL,100,'4cf51a9ede63c2c4a9a50a18e84f9d8b742cb4e83585eb62bc1b8c56920cbd3e','000.00.01.H29-260310-0420','argument',1,'tthc',NULL,'x',NULL,'closed','Png',1,NULL,NULL,1795865752229,1795865752229);
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
INSERT INTO "work" VALUES(1,'split','0000000000A5754Q07TWWCXXP7',NULL,NULL,0,'done',100,1,1,1,0,NULL,'host/1/9d49db15c1b34c1486db97c5937cdf7b',1795865751281,1795865751444);
INSERT INTO "work" VALUES(2,'page','0000000000A5754Q07TWWCXXP7',1,NULL,0,'done',100,1,1,1,0,NULL,'host/1/9d49db15c1b34c1486db97c5937cdf7b',1795865751444,1795865751649);
INSERT INTO "work" VALUES(3,'group','0000000000A5754Q07TWWCXXP7',NULL,NULL,0,'done',100,1,1,1,0,NULL,'host/1/9d49db15c1b34c1486db97c5937cdf7b',1795865751649,1795865751676);
INSERT INTO "work" VALUES(4,'assemble','0000000000A5754Q07TWWCXXP7',NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'done',100,1,1,1,0,NULL,'host/1/9d49db15c1b34c1486db97c5937cdf7b',1795865751676,1795865751789);
INSERT INTO "work" VALUES(5,'prove','0000000000A5754Q07TWWCXXP7',NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'done',100,1,1,1,0,NULL,'host/1/9d49db15c1b34c1486db97c5937cdf7b',1795865751789,1795865752153);
INSERT INTO "work" VALUES(6,'deliver','0000000000A5754Q07TWWCXXP7',NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'done',100,1,1,1,0,NULL,'host/1/9d49db15c1b34c1486db97c5937cdf7b',1795865752153,1795865752211);
INSERT INTO "work" VALUES(7,'verify','0000000000A5754Q07TWWCXXP7',NULL,'b15c5655-8ccd-5aff-8938-7f4cb6f714cd',1,'done',100,1,1,1,0,NULL,'host/1/9d49db15c1b34c1486db97c5937cdf7b',1795865752211,1795865752229);
CREATE INDEX unit_sha256 ON unit (sha256);
CREATE INDEX unit_state ON unit (state, id);
CREATE INDEX document_unit ON document (unit, part, revision);
CREATE UNIQUE INDEX document_part ON document (unit, part) WHERE state <> 'superseded';
CREATE INDEX document_page_page ON document_page (unit, number);
CREATE INDEX work_ready ON work (kind, priority, turn, id) WHERE state = 'queued' AND run_at = 0;
CREATE INDEX work_later ON work (run_at) WHERE state = 'queued' AND run_at > 0;
CREATE INDEX work_leased ON work (lease_until) WHERE state = 'running';
CREATE UNIQUE INDEX work_live ON work (unit, kind, coalesce(page, 0), coalesce(document, ''), revision) WHERE state IN ('queued', 'running');
CREATE INDEX work_quarantined ON work (unit) WHERE state = 'quarantined';
CREATE INDEX history_unit ON history (unit, id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('history',11);
INSERT INTO "sqlite_sequence" VALUES('work',7);
COMMIT;
