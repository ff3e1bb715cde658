-- The foundation: the order of changes, who may see which row, what was done, and the first rows.

-- The order of all changes. Another epoch is another history: devices start over.
CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq >= 0),
    -- What left a scope with this change or before is forgotten.
    horizon INTEGER NOT NULL CHECK (horizon >= 0)
) STRICT;
INSERT INTO clock (id, epoch, seq, horizon) VALUES (1, lower(hex(randomblob(8))), 0, 0);

-- Devices: what was taken from each, and what each knows to be taken.
CREATE TABLE sync_client (
    client_id BLOB PRIMARY KEY NOT NULL CHECK (length(client_id) = 16),
    user_id BLOB NOT NULL CHECK (length(user_id) = 16),
    last_mid INTEGER NOT NULL,
    confirmed_mid INTEGER NOT NULL,
    last_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_client_seen ON sync_client (last_seen);

-- Verdicts that a device may still ask for.
CREATE TABLE mutation (
    client_id BLOB NOT NULL REFERENCES sync_client (client_id) ON DELETE CASCADE,
    mid INTEGER NOT NULL,
    cmd_id BLOB NOT NULL,
    hash BLOB NOT NULL,
    ok INTEGER NOT NULL CHECK (ok IN (0, 1)),
    refusal TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (client_id, mid)
) STRICT, WITHOUT ROWID;
CREATE INDEX mutation_refused ON mutation (client_id, mid) WHERE ok = 0;
CREATE INDEX mutation_at ON mutation (at);

-- Commands that were carried out: none is carried out twice, whichever way it comes.
CREATE TABLE seen_command (
    cmd_id BLOB PRIMARY KEY NOT NULL CHECK (length(cmd_id) = 16),
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_command_until ON seen_command (until);

-- What was done, tried or looked at: a chain that is only added to.
CREATE TABLE audit (
    n INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    what TEXT NOT NULL,
    subject BLOB,
    command BLOB,
    -- The change it made, if any.
    seq INTEGER,
    refused TEXT,
    -- A salted digest of the details.
    detail BLOB NOT NULL,
    previous BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX audit_seq ON audit (seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_change_at ON audit (at, seq) WHERE seq IS NOT NULL;
CREATE INDEX audit_subject ON audit (subject) WHERE subject IS NOT NULL;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
    SELECT raise(ABORT, 'the audit is only added to');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN
    SELECT raise(ABORT, 'the audit is only added to');
END;

-- Erasure and retention delete here; the chain verifies without.
CREATE TABLE audit_detail (
    n INTEGER PRIMARY KEY REFERENCES audit (n),
    salt BLOB NOT NULL,
    args TEXT,
    old TEXT,
    new TEXT
) STRICT;
CREATE TRIGGER audit_detail_is_not_changed BEFORE UPDATE ON audit_detail BEGIN
    SELECT raise(ABORT, 'the audit is only added to');
END;

-- Audiences, and which row is in which since which change. A row that left stays as a tombstone for a while.
CREATE TABLE scope (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE scope_rows (
    scope INTEGER NOT NULL REFERENCES scope (id),
    entity INTEGER NOT NULL,
    row_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    present INTEGER NOT NULL CHECK (present IN (0, 1)),
    PRIMARY KEY (scope, entity, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX scope_rows_seq ON scope_rows (scope, seq, entity, row_id, present);
CREATE INDEX scope_rows_gone ON scope_rows (seq) WHERE present = 0;

-- Numbers given out in order.
CREATE TABLE counter (
    name TEXT PRIMARY KEY NOT NULL,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE company (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    currency TEXT NOT NULL,
    sales_reach TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE department (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE team (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    department BLOB REFERENCES department (id),
    teams TEXT NOT NULL,
    state TEXT NOT NULL,
    absent_until TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_role ON person (role);
CREATE INDEX person_department ON person (department);

CREATE TABLE customer (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    no TEXT,
    name TEXT,
    kind TEXT NOT NULL,
    nature TEXT,
    size TEXT,
    industry TEXT,
    source TEXT,
    since TEXT,
    legal_representative TEXT,
    business_scope TEXT,
    address TEXT,
    phone TEXT,
    email TEXT,
    needs TEXT,
    owner BLOB REFERENCES person (id),
    team BLOB NOT NULL REFERENCES team (id),
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (name IS NOT NULL OR no IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX customer_no ON customer (no) WHERE no IS NOT NULL;
CREATE INDEX customer_owner ON customer (owner);
CREATE INDEX customer_team ON customer (team);

CREATE TABLE contact (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    customer BLOB NOT NULL REFERENCES customer (id),
    name TEXT NOT NULL,
    position TEXT,
    decision_role TEXT,
    phone TEXT,
    email TEXT,
    preferences TEXT,
    removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_customer ON contact (customer);

CREATE TABLE customer_figure (
    id BLOB PRIMARY KEY NOT NULL REFERENCES customer (id),
    sound TEXT NOT NULL,
    last_contact_at INTEGER
) STRICT;

CREATE TABLE timeline_entry (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    customer BLOB NOT NULL REFERENCES customer (id),
    happened_at INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    what TEXT NOT NULL,
    withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
) STRICT;
CREATE INDEX timeline_entry_customer ON timeline_entry (customer);

CREATE TABLE timeline_step (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    customer BLOB NOT NULL REFERENCES customer (id),
    text TEXT NOT NULL,
    due INTEGER NOT NULL,
    who BLOB NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX timeline_step_customer ON timeline_step (customer);
CREATE INDEX timeline_step_who ON timeline_step (who);

CREATE TABLE notice (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    person BLOB NOT NULL REFERENCES person (id),
    cause TEXT NOT NULL,
    customer BLOB REFERENCES customer (id),
    text TEXT,
    "by" TEXT NOT NULL,
    at INTEGER NOT NULL,
    read_at INTEGER
) STRICT;
CREATE INDEX notice_person ON notice (person);
CREATE INDEX notice_customer ON notice (customer);
