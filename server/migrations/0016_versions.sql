-- Rules hold from a day on: planned before it, kept ever after.
CREATE TABLE loyalty_version (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    programme BLOB NOT NULL CHECK (length(programme) = 16),
    state TEXT NOT NULL,
    "from" TEXT NOT NULL,
    rules TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX loyalty_version_programme ON loyalty_version (programme);

-- The first rules of a company that is there already are those of today.
INSERT INTO loyalty_version (id, programme, state, "from", rules, "by", at)
    SELECT id, id, 'done', date(updated_at / 1000, 'unixepoch'),
        json_object('earning', json(earning), 'validity', json(validity), 'tiers', json(tiers)), '"system"', updated_at
    FROM loyalty_programme;

ALTER TABLE loyalty_programme RENAME TO former_programme;
CREATE TABLE loyalty_programme (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    "from" TEXT NOT NULL,
    until TEXT,
    rules TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
INSERT INTO loyalty_programme (id, "from", until, rules, updated_at)
    SELECT version.id, "from", NULL, rules, at FROM loyalty_version AS version JOIN former_programme ON former_programme.id = version.id;
DROP TABLE former_programme;

-- Programmes have another shape, and versions are new: devices are sent them.
INSERT INTO to_place (entity) VALUES (16), (28) ON CONFLICT DO NOTHING;
