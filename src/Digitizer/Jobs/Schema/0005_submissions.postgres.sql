-- Version 5: what other systems submit. A submission is one request and one or more units; its key makes the same request recognisable.

ALTER TABLE unit ADD COLUMN submission text COLLATE "C";

CREATE INDEX unit_submission ON unit (submission) WHERE submission IS NOT NULL;

CREATE TABLE submission (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    source      text   NOT NULL,
    caller      text   NOT NULL,
    key         text   NOT NULL,
    fingerprint text   NOT NULL,
    received_at bigint NOT NULL,
    UNIQUE (caller, key)
);
