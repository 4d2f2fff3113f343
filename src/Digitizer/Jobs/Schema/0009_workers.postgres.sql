-- What belongs to the journal, and who works on it.
CREATE TABLE fact (
    name text NOT NULL PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE worker (
    id text NOT NULL PRIMARY KEY,
    role text NOT NULL,
    machine text NOT NULL,
    started_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    beats bigint NOT NULL
);
