-- Version 6: how far each webhook has told the history, and how it stands with the line that comes next.

CREATE TABLE webhook (
    name         TEXT    NOT NULL PRIMARY KEY,
    history_id   INTEGER NOT NULL CHECK (history_id >= 0),
    attempt      INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    rejections   INTEGER NOT NULL DEFAULT 0 CHECK (rejections BETWEEN 0 AND attempt),
    next_at      INTEGER,
    failed_since INTEGER,
    failed_id    INTEGER,
    failed_kind  TEXT,
    skipped      INTEGER NOT NULL DEFAULT 0 CHECK (skipped >= 0),
    skipped_at   INTEGER,
    skipped_id   INTEGER,
    skipped_kind TEXT,
    owner        TEXT,
    lease_until  INTEGER,
    CHECK ((attempt = 0) = (next_at IS NULL) AND (attempt = 0) = (failed_since IS NULL) AND (attempt = 0) = (failed_id IS NULL) AND (attempt = 0) = (failed_kind IS NULL)),
    CHECK ((skipped = 0) = (skipped_at IS NULL) AND (skipped = 0) = (skipped_id IS NULL) AND (skipped = 0) = (skipped_kind IS NULL)),
    CHECK ((owner IS NULL) = (lease_until IS NULL))
) STRICT, WITHOUT ROWID;
