-- Figures by more than department: a mark says from which sides it can be looked at, and by all of them cells are kept that
-- never leave the server.
ALTER TABLE insight_mark ADD COLUMN person BLOB REFERENCES person (id);
ALTER TABLE insight_mark ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE insight_mark ADD COLUMN touch TEXT;
ALTER TABLE insight_mark ADD COLUMN channel TEXT;
CREATE INDEX insight_mark_person ON insight_mark (person) WHERE person IS NOT NULL;

-- One measure on one day from all its sides: what is nobody's or not known is empty, so that each is there once.
CREATE TABLE insight_fine (
    "on" TEXT NOT NULL,
    measure TEXT NOT NULL,
    department BLOB NOT NULL,
    person BLOB NOT NULL,
    rank INTEGER NOT NULL,
    touch TEXT NOT NULL,
    channel TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    good INTEGER NOT NULL CHECK (good BETWEEN 0 AND n),
    bad INTEGER NOT NULL CHECK (bad BETWEEN 0 AND n - good),
    sum INTEGER NOT NULL CHECK (sum >= 0),
    PRIMARY KEY ("on", measure, department, person, rank, touch, channel)
) STRICT, WITHOUT ROWID;

-- Marks whose sides the next start fills in: a mark is found only by the program.
CREATE TABLE to_count (
    mark BLOB PRIMARY KEY NOT NULL,
    person BLOB,
    rank INTEGER,
    touch TEXT,
    channel TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO to_count (mark) SELECT id FROM insight_mark;
-- Whoever has left the department since, or was not in charge then, is not said to have been.
CREATE TRIGGER to_count_told AFTER UPDATE ON to_count BEGIN
    UPDATE insight_mark SET rank = NEW.rank, touch = NEW.touch, channel = NEW.channel,
        person = (SELECT person.id FROM person WHERE person.id = NEW.person AND person.department IS insight_mark.department)
    WHERE id = NEW.mark;
END;
