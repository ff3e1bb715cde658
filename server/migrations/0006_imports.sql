-- Imports: which files were read in, what each of their rows did, and how headers were understood.

CREATE TABLE import (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    -- SHA-256 of the file.
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    size INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    at INTEGER NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('running', 'done', 'stopped', 'undoing', 'undone')),
    -- Why it ended early.
    problem TEXT,
    encoding TEXT NOT NULL,
    columns TEXT NOT NULL,
    made INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    sums TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX import_at ON import (at, id);
CREATE INDEX import_underway ON import (id) WHERE phase IN ('running', 'undoing');

-- A customer or an order that an import made or changed. Whoever undoes it needs to know what it was before, and
-- whether it still is what the import left.
CREATE TABLE import_row (
    import BLOB NOT NULL REFERENCES import (id),
    line INTEGER NOT NULL,
    row_id BLOB NOT NULL CHECK (length(row_id) = 16),
    -- The row before, as JSON; of an order, where its customer stood in the programme.
    before TEXT,
    -- A digest of the row as the import left it.
    after BLOB NOT NULL CHECK (length(after) = 16),
    did TEXT NOT NULL CHECK (did IN ('made', 'changed')),
    -- What an undo came to: nothing yet, taken back, or the code of why it was left.
    undone TEXT,
    PRIMARY KEY (import, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_row_left ON import_row (import, line) WHERE undone IS NOT NULL AND undone <> 'undone';

-- How a set of headers was understood the last time.
CREATE TABLE import_mapping (
    kind TEXT NOT NULL,
    -- SHA-256 of the headers.
    headers BLOB NOT NULL CHECK (length(headers) = 32),
    columns TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (kind, headers)
) STRICT, WITHOUT ROWID;
