-- Version 8: blobs that were begun to be taken in and are no units yet, and chores that one process at a time does.

CREATE TABLE blob_try (
    key             text COLLATE "C" NOT NULL PRIMARY KEY,
    tries           bigint NOT NULL CHECK (tries >= 0),
    missing_since   bigint,
    failure_kind    text,
    failure_message text,
    changed_at      bigint NOT NULL,
    CHECK ((failure_kind IS NULL) = (failure_message IS NULL))
);

CREATE TABLE chore (
    name        text COLLATE "C" NOT NULL PRIMARY KEY,
    owner       text,
    lease_until bigint,
    done_at     bigint,
    CHECK ((owner IS NULL) = (lease_until IS NULL))
);
