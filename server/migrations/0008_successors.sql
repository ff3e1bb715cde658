-- Who takes over the work of somebody who is disabled.
ALTER TABLE person ADD COLUMN successor BLOB REFERENCES person (id);
CREATE INDEX person_successor ON person (successor) WHERE successor IS NOT NULL;
