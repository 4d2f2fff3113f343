-- Version 2: what retention took out of the vault, while the unit's row stays; and each page's grey copy, which belongs to what is taken out.

ALTER TABLE unit ADD COLUMN trashed_at bigint CHECK (trashed_at IS NULL OR state = 'closed');
ALTER TABLE unit ADD COLUMN purged_at bigint CHECK (purged_at IS NULL OR trashed_at IS NOT NULL);
ALTER TABLE page ADD COLUMN thumbnail_sha256 text;

CREATE INDEX unit_kept ON unit (finished_at) WHERE state = 'closed' AND trashed_at IS NULL;
CREATE INDEX unit_trash ON unit (id) WHERE trashed_at IS NOT NULL AND purged_at IS NULL;
