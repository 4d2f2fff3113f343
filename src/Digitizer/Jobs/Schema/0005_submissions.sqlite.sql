-- Version 5: what other systems submit. A submission is one request and one or more units; its key makes the same request recognisable.

ALTER TABLE unit ADD COLUMN submission TEXT;

CREATE INDEX unit_submission ON unit (submission) WHERE submission IS NOT NULL;

CREATE TABLE submission (
    id          TEXT    NOT NULL PRIMARY KEY,
    source      TEXT    NOT NULL,
    caller      TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (caller, key)
) STRICT, WITHOUT ROWID;
