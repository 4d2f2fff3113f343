-- Version 4: units of several files, which are one document of a batch; and what the batch's manifest said of it. A unit of one file has no rows here.

ALTER TABLE unit ADD COLUMN files bigint NOT NULL DEFAULT 1 CHECK (files >= 1);
ALTER TABLE unit ADD COLUMN batch text;
ALTER TABLE unit ADD COLUMN batch_document text;
ALTER TABLE unit ADD COLUMN batch_details text;

CREATE INDEX unit_batch ON unit (source, batch) WHERE batch IS NOT NULL;

CREATE TABLE original (
    id             text COLLATE "C"   NOT NULL PRIMARY KEY,
    unit           text    NOT NULL REFERENCES unit (id),
    number         bigint NOT NULL CHECK (number >= 1),
    name           bytea    NOT NULL,
    shown_name     text    NOT NULL,
    bytes          bigint NOT NULL CHECK (bytes >= 0),
    sha256         text    NOT NULL,
    expected_pages bigint,
    pages          bigint CHECK (pages >= 1),
    UNIQUE (unit, number)
);
