-- Tickets and their clocks, how customers' people sign in, and what must be placed anew because its scopes mean more.

CREATE TABLE ticket (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    no INTEGER,
    customer BLOB NOT NULL REFERENCES customer (id),
    contact BLOB REFERENCES contact (id),
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL,
    priority TEXT NOT NULL,
    state TEXT NOT NULL,
    assignee BLOB REFERENCES person (id),
    opened_by TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    clock TEXT NOT NULL,
    response_due INTEGER NOT NULL,
    resolution_due INTEGER NOT NULL,
    replied_at INTEGER,
    solved_at INTEGER,
    closed_at INTEGER,
    said_at INTEGER NOT NULL,
    said_by_customer INTEGER NOT NULL CHECK (said_by_customer IN (0, 1)),
    said INTEGER NOT NULL CHECK (said > 0),
    seen_at INTEGER,
    rating TEXT,
    CHECK ((state IN ('solved', 'closed')) = (solved_at IS NOT NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX ticket_no ON ticket (no) WHERE no IS NOT NULL;
CREATE INDEX ticket_customer ON ticket (customer);
CREATE INDEX ticket_contact ON ticket (contact);
CREATE INDEX ticket_assignee ON ticket (assignee);
-- What falls due while it is our turn, and what is closed when nobody answers: read every minute.
CREATE INDEX ticket_answer_due ON ticket (response_due) WHERE state IN ('new', 'open') AND replied_at IS NULL;
CREATE INDEX ticket_solution_due ON ticket (resolution_due) WHERE state IN ('new', 'open');
CREATE INDEX ticket_solved ON ticket (solved_at) WHERE state = 'solved';
CREATE INDEX timeline_step_due ON timeline_step (due) WHERE state = 'open';

CREATE TABLE ticket_entry (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    ticket BLOB NOT NULL REFERENCES ticket (id),
    customer BLOB NOT NULL REFERENCES customer (id),
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('customer', 'internal')),
    what TEXT NOT NULL
) STRICT;
CREATE INDEX ticket_entry_ticket ON ticket_entry (ticket);
CREATE INDEX ticket_entry_customer ON ticket_entry (customer);

ALTER TABLE customer ADD COLUMN shares_tickets INTEGER NOT NULL DEFAULT 0 CHECK (shares_tickets IN (0, 1));

ALTER TABLE company ADD COLUMN calendar TEXT NOT NULL
    DEFAULT '{"week":[[[540,720],[780,1080]],[[540,720],[780,1080]],[[540,720],[780,1080]],[[540,720],[780,1080]],[[540,720],[780,1080]],[],[]],"days":[]}';
ALTER TABLE company ADD COLUMN targets TEXT NOT NULL
    DEFAULT '{"low":{"response":240,"resolution":2400},"normal":{"response":120,"resolution":960},"high":{"response":60,"resolution":960},"urgent":{"response":30,"resolution":480}}';

ALTER TABLE notice ADD COLUMN ticket BLOB REFERENCES ticket (id);
ALTER TABLE notice ADD COLUMN times INTEGER NOT NULL DEFAULT 1 CHECK (times > 0);
CREATE INDEX notice_ticket ON notice (ticket);

-- Whose account it is: a colleague's or a customer's. An id alone does not say it: contacts' ids are made on devices.
ALTER TABLE access_account ADD COLUMN kind TEXT NOT NULL DEFAULT 'staff' CHECK (kind IN ('staff', 'portal'));

-- Every name by which somebody signs in, an e-mail address or a telephone number; access_account.who is the first.
CREATE TABLE access_name (
    who TEXT PRIMARY KEY NOT NULL,
    user BLOB NOT NULL REFERENCES access_account (user)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_name_user ON access_name (user);
INSERT INTO access_name (who, user) SELECT who, user FROM access_account;

-- Links to the portal are of a kind of their own.
CREATE TABLE access_link_before AS SELECT token, kind, user, created_at, expires_at, used_at FROM access_link;
DROP TABLE access_link;
CREATE TABLE access_link (
    -- SHA-256 of what the link carries.
    token BLOB PRIMARY KEY CHECK (length(token) = 32),
    kind TEXT NOT NULL CHECK (kind IN ('set_up', 'staff', 'portal', 'reset')),
    user BLOB REFERENCES access_account (user),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    CHECK ((kind = 'set_up') = (user IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX access_link_user ON access_link (user);
INSERT INTO access_link (token, kind, user, created_at, expires_at, used_at)
    SELECT token, kind, user, created_at, expires_at, used_at FROM access_link_before;
DROP TABLE access_link_before;

-- Whoever leaves a customer leaves the portal in the same transaction, and links to them die.
CREATE TRIGGER access_contact_removed AFTER UPDATE OF removed ON contact
WHEN new.removed = 1 AND old.removed = 0
BEGIN
    UPDATE access_session SET ending = 'revoked'
        WHERE ending IS NULL AND user = (SELECT user FROM access_account WHERE user = new.id AND kind = 'portal');
    UPDATE access_link SET expires_at = created_at
        WHERE used_at IS NULL AND user = (SELECT user FROM access_account WHERE user = new.id AND kind = 'portal');
END;

-- So do all who are at a customer that is archived.
CREATE TRIGGER access_customer_archived AFTER UPDATE OF state ON customer
WHEN new.state = 'archived' AND old.state <> 'archived'
BEGIN
    UPDATE access_session SET ending = 'revoked' WHERE ending IS NULL AND user IN
        (SELECT user FROM contact JOIN access_account ON user = contact.id AND kind = 'portal' WHERE customer = new.id);
    UPDATE access_link SET expires_at = created_at WHERE used_at IS NULL AND user IN
        (SELECT user FROM contact JOIN access_account ON user = contact.id AND kind = 'portal' WHERE customer = new.id);
END;

-- Row types whose scopes or columns mean something else since a migration: all their rows are placed anew at the next start.
CREATE TABLE to_place (
    entity INTEGER PRIMARY KEY
) STRICT;
INSERT INTO to_place (entity) VALUES (1), (5), (6), (10);
