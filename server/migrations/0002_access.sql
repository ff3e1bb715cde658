-- Who may sign in, on which devices they are, and the links that were handed out. Never synced.

CREATE TABLE access_account (
    user BLOB PRIMARY KEY CHECK (length(user) = 16),
    -- How they sign in: an e-mail address in lower case.
    who TEXT NOT NULL UNIQUE,
    -- argon2id as a PHC string; none before an invitation is accepted.
    password TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE access_session (
    -- SHA-256 of what the cookie carries.
    token BLOB PRIMARY KEY CHECK (length(token) = 32),
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    user BLOB NOT NULL REFERENCES access_account (user),
    -- What kind of device it looks like, for its owner to recognise.
    agent TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    -- Why it is over, if it is; 'revoked' makes the device forget what it holds.
    ending TEXT CHECK (ending IN ('signed_out', 'replaced', 'revoked'))
) STRICT, WITHOUT ROWID;

CREATE INDEX access_session_user ON access_session (user, created_at);

CREATE TABLE access_link (
    -- SHA-256 of what the link carries.
    token BLOB PRIMARY KEY CHECK (length(token) = 32),
    kind TEXT NOT NULL CHECK (kind IN ('set_up', 'staff', 'reset')),
    user BLOB REFERENCES access_account (user),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    CHECK ((kind = 'set_up') = (user IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX access_link_user ON access_link (user);

-- The accounts of a demonstration, whose passwords everybody may know.
CREATE TABLE access_demo (
    user BLOB PRIMARY KEY REFERENCES access_account (user),
    password TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Whatever disables a person, their devices lose access in the same transaction, and links to them die.
CREATE TRIGGER access_disabled AFTER UPDATE OF state ON person
WHEN new.state = 'disabled' AND old.state <> 'disabled'
BEGIN
    UPDATE access_session SET ending = 'revoked' WHERE user = new.id AND ending IS NULL;
    UPDATE access_link SET expires_at = created_at WHERE user = new.id AND used_at IS NULL;
END;

-- A password that was changed is no demonstration's any more.
CREATE TRIGGER access_demo_over AFTER UPDATE OF password ON access_account
WHEN new.password IS NOT old.password
BEGIN
    DELETE FROM access_demo WHERE user = new.user;
END;

-- The last proof that the disk takes writes.
CREATE TABLE heartbeat (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
