-- Version 3: the number of the last change that the audit file tells of, so that a journal which is older than its audit file is noticed.

CREATE TABLE audited (number INTEGER NOT NULL) STRICT;
INSERT INTO audited (number) VALUES (0);
