-- What belongs to the journal, and who works on it.
CREATE TABLE fact (
    name text NOT NULL PRIMARY KEY,
    value text NOT NULL
) STRICT;

CREATE TABLE worker (
    id text NOT NULL PRIMARY KEY,
    role text NOT NULL,
    machine text NOT NULL,
    started_at integer NOT NULL,
    seen_at integer NOT NULL,
    beats integer NOT NULL
) STRICT;
