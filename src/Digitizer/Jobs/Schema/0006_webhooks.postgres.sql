-- Version 6: how far each webhook has told the history, and how it stands with the line that comes next.

CREATE TABLE webhook (
    name         text COLLATE "C" NOT NULL PRIMARY KEY,
    history_id   bigint NOT NULL CHECK (history_id >= 0),
    attempt      bigint NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    rejections   bigint NOT NULL DEFAULT 0 CHECK (rejections BETWEEN 0 AND attempt),
    next_at      bigint,
    failed_since bigint,
    failed_id    bigint,
    failed_kind  text,
    skipped      bigint NOT NULL DEFAULT 0 CHECK (skipped >= 0),
    skipped_at   bigint,
    skipped_id   bigint,
    skipped_kind text,
    owner        text,
    lease_until  bigint,
    CHECK ((attempt = 0) = (next_at IS NULL) AND (attempt = 0) = (failed_since IS NULL) AND (attempt = 0) = (failed_id IS NULL) AND (attempt = 0) = (failed_kind IS NULL)),
    CHECK ((skipped = 0) = (skipped_at IS NULL) AND (skipped = 0) = (skipped_id IS NULL) AND (skipped = 0) = (skipped_kind IS NULL)),
    CHECK ((owner IS NULL) = (lease_until IS NULL))
);
