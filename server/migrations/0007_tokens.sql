-- Other systems: the tokens by which they come, and what they asked for under which key. Never synced.

CREATE TABLE rest_token (
    -- SHA-256 of the secret.
    token BLOB PRIMARY KEY CHECK (length(token) = 32),
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    name TEXT NOT NULL,
    -- What it may do at most; without one, all that the interface offers.
    role TEXT CHECK (role IN ('sales', 'service', 'support', 'marketing', 'manager', 'admin')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX rest_token_name ON rest_token (name) WHERE revoked_at IS NULL;

-- What a key was used for: asked again it is answered again, and nothing is done twice.
CREATE TABLE rest_key (
    token BLOB NOT NULL REFERENCES rest_token (id),
    key TEXT NOT NULL,
    -- SHA-256 of the method, the address and the body.
    asked BLOB NOT NULL CHECK (length(asked) = 32),
    status INTEGER NOT NULL,
    made BLOB NOT NULL CHECK (length(made) = 16),
    at INTEGER NOT NULL,
    PRIMARY KEY (token, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX rest_key_at ON rest_key (at);
