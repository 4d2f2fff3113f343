-- Version 8: blobs that were begun to be taken in and are no units yet, and chores that one process at a time does.

CREATE TABLE blob_try (
    key             TEXT    NOT NULL PRIMARY KEY,
    tries           INTEGER NOT NULL CHECK (tries >= 0),
    missing_since   INTEGER,
    failure_kind    TEXT,
    failure_message TEXT,
    changed_at      INTEGER NOT NULL,
    CHECK ((failure_kind IS NULL) = (failure_message IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE chore (
    name        TEXT    NOT NULL PRIMARY KEY,
    owner       TEXT,
    lease_until INTEGER,
    done_at     INTEGER,
    CHECK ((owner IS NULL) = (lease_until IS NULL))
) STRICT, WITHOUT ROWID;
