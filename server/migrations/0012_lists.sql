-- What lists filter, sort and search by, beside the rows it follows from: for those who do not carry what they ask for.

-- A customer as lists know it. Written whenever one of its rows changes in something that is said here.
CREATE TABLE customer_list (
    -- As `customer_text` knows it.
    n INTEGER PRIMARY KEY,
    customer BLOB NOT NULL UNIQUE CHECK (length(customer) = 16),
    state TEXT NOT NULL,
    team BLOB NOT NULL,
    owner BLOB,
    nature TEXT,
    industry TEXT,
    no TEXT,
    sound TEXT CHECK (sound <> ''),
    last_at INTEGER,
    created_at INTEGER NOT NULL,
    -- When somebody means to do something for it next.
    next_due INTEGER,
    -- Folded for search.
    name TEXT NOT NULL,
    elsewhere TEXT NOT NULL
) STRICT;
-- In each order, with all that narrows a list.
CREATE INDEX customer_list_recent ON customer_list
    (state, last_at DESC, created_at DESC, customer, team, owner, nature, industry, next_due);
CREATE INDEX customer_list_sound ON customer_list (state, sound, customer, team, owner, nature, industry, last_at, next_due);
CREATE INDEX customer_list_no ON customer_list (state, no, customer, team, owner, nature, industry, last_at, next_due);
CREATE INDEX customer_list_last ON customer_list (state, last_at, customer, team, owner, nature, industry, next_due);
CREATE INDEX customer_list_next ON customer_list (state, next_due, customer, team, owner, nature, industry, last_at);
-- By whose they are, for counting and for what is few.
CREATE INDEX customer_list_team ON customer_list (state, team, industry, nature, owner, last_at, next_due);
CREATE INDEX customer_list_owner ON customer_list (state, owner, team, industry, nature, last_at, next_due);
-- What narrows a list, close together, for whom the index of words finds.
CREATE INDEX customer_list_n ON customer_list (n, state, team, owner, nature, industry, last_at, next_due, customer);

-- Pairs of neighbouring characters, so that a phrase is a part of a text; of a sound, its words.
CREATE VIRTUAL TABLE customer_text USING fts5 (
    name, elsewhere, sound, content = '', contentless_delete = 1, prefix = '7', tokenize = "ascii tokenchars '_-'"
);

-- A closed ticket as lists know it, with whose its customer is.
CREATE TABLE closed_ticket (
    n INTEGER PRIMARY KEY,
    ticket BLOB NOT NULL UNIQUE CHECK (length(ticket) = 16),
    customer BLOB NOT NULL,
    team BLOB NOT NULL,
    owner BLOB,
    kind TEXT NOT NULL,
    priority TEXT NOT NULL,
    assignee BLOB,
    solved_at INTEGER NOT NULL,
    no INTEGER,
    -- Folded for search.
    subject TEXT NOT NULL
) STRICT;
CREATE INDEX closed_ticket_recent ON closed_ticket (solved_at DESC, ticket, team, owner, kind, priority, assignee);
CREATE INDEX closed_ticket_team ON closed_ticket (team, kind, priority, assignee, owner);
CREATE INDEX closed_ticket_owner ON closed_ticket (owner, team, kind, priority, assignee);
CREATE INDEX closed_ticket_assignee ON closed_ticket (assignee, team, owner, kind, priority);
CREATE INDEX closed_ticket_customer ON closed_ticket (customer, team, owner, kind, priority, assignee);
CREATE INDEX closed_ticket_n ON closed_ticket (n, team, owner, kind, priority, assignee);

CREATE VIRTUAL TABLE closed_ticket_text USING fts5 (
    subject, no, content = '', contentless_delete = 1, prefix = '7', tokenize = "ascii tokenchars '_-'"
);

-- What is still to be done for a customer, and by whom.
CREATE INDEX timeline_step_next ON timeline_step (customer, due, id) WHERE state = 'open';
CREATE INDEX timeline_step_planned ON timeline_step (who, due, id, customer) WHERE state = 'open';

-- Lists that the next start fills in: what they say is folded as only the program can.
CREATE TABLE to_list (
    customer BLOB PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO to_list (customer) SELECT id FROM customer;
