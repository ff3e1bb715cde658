-- What customers say of us, and the figures of satisfaction and service.

CREATE TABLE survey_answer (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    customer BLOB NOT NULL REFERENCES customer (id),
    contact BLOB NOT NULL REFERENCES contact (id),
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10),
    comment TEXT,
    at INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    taken_up_by BLOB REFERENCES person (id),
    taken_up_at INTEGER
) STRICT;
CREATE INDEX survey_answer_customer ON survey_answer (customer);
CREATE INDEX survey_answer_contact ON survey_answer (contact);
CREATE INDEX survey_answer_taken_up_by ON survey_answer (taken_up_by) WHERE taken_up_by IS NOT NULL;

-- One measure on one day in one department.
CREATE TABLE insight_cell (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    "on" TEXT NOT NULL,
    department BLOB REFERENCES department (id),
    measure TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    good INTEGER NOT NULL CHECK (good BETWEEN 0 AND n),
    bad INTEGER NOT NULL CHECK (bad BETWEEN 0 AND n - good),
    sum INTEGER NOT NULL CHECK (sum >= 0)
) STRICT;
CREATE INDEX insight_cell_on ON insight_cell ("on");
CREATE INDEX insight_cell_department ON insight_cell (department);

-- What each ticket and answer counts for, and where: how a cell is put right when something changes.
CREATE TABLE insight_mark (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    "on" TEXT NOT NULL,
    department BLOB REFERENCES department (id),
    measure TEXT NOT NULL,
    tally TEXT NOT NULL
) STRICT;
CREATE INDEX insight_mark_department ON insight_mark (department);
