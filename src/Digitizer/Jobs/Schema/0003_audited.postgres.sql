-- Version 3: the number of the last change that the audit file tells of. Used where one process owns the journal; here it stays 0.

CREATE TABLE audited (number bigint NOT NULL);
INSERT INTO audited (number) VALUES (0);
