-- Version 4: units of several files, which are one document of a batch; and what the batch's manifest said of it. A unit of one file has no rows here.

ALTER TABLE unit ADD COLUMN files INTEGER NOT NULL DEFAULT 1 CHECK (files >= 1);
ALTER TABLE unit ADD COLUMN batch TEXT;
ALTER TABLE unit ADD COLUMN batch_document TEXT;
ALTER TABLE unit ADD COLUMN batch_details TEXT;

CREATE INDEX unit_batch ON unit (source, batch) WHERE batch IS NOT NULL;

CREATE TABLE original (
    id             TEXT    NOT NULL PRIMARY KEY,
    unit           TEXT    NOT NULL REFERENCES unit (id),
    number         INTEGER NOT NULL CHECK (number >= 1),
    name           BLOB    NOT NULL,
    shown_name     TEXT    NOT NULL,
    bytes          INTEGER NOT NULL CHECK (bytes >= 0),
    sha256         TEXT    NOT NULL,
    expected_pages INTEGER,
    pages          INTEGER CHECK (pages >= 1),
    UNIQUE (unit, number)
) STRICT, WITHOUT ROWID;
