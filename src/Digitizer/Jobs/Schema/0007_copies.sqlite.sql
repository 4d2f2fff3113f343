-- Version 7: smaller copies of documents for their dossiers, and what there is to be said of a document's size.

ALTER TABLE document ADD COLUMN copy_sha256 TEXT;
ALTER TABLE document ADD COLUMN copy_bytes INTEGER CHECK ((copy_bytes IS NULL) = (copy_sha256 IS NULL));
ALTER TABLE document ADD COLUMN sizes TEXT;
