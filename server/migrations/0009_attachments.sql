-- Files that people attach: their bytes in pieces, and what is said of each that has arrived whole.

-- A file from its first byte on.
CREATE TABLE file_body (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    user BLOB NOT NULL REFERENCES access_account (user),
    name TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    -- SHA-256 in hexadecimal digits, as its sender says.
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    received INTEGER NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
    begun_at INTEGER NOT NULL,
    -- When it goes, unless something carries it by then.
    until INTEGER
) STRICT;
-- How much somebody has sent of late, and how much there is of everybody's.
CREATE INDEX file_body_user ON file_body (user, begun_at, size);
CREATE INDEX file_body_size ON file_body (size);
CREATE INDEX file_body_until ON file_body (until) WHERE until IS NOT NULL;

CREATE TABLE file_piece (
    body BLOB NOT NULL REFERENCES file_body (id),
    start INTEGER NOT NULL CHECK (start >= 0),
    bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 262144),
    PRIMARY KEY (body, start)
) STRICT;

-- A file that has arrived whole and was found to be what it is.
CREATE TABLE file (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    "by" TEXT NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 20971520),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    at INTEGER NOT NULL,
    entry BLOB REFERENCES ticket_entry (id)
) STRICT;
CREATE INDEX file_entry ON file (entry);

-- What something carries stays.
CREATE TRIGGER file_carried AFTER UPDATE OF entry ON file
WHEN new.entry IS NOT NULL
BEGIN
    UPDATE file_body SET until = NULL WHERE id = new.id;
END;
