-- Tiers by share are given by reviews: what is coming stands with the member, who would move with the review.
ALTER TABLE loyalty_member ADD COLUMN next_rank INTEGER CHECK (next_rank >= 0);
ALTER TABLE loyalty_member ADD COLUMN next_on TEXT CHECK ((next_on IS NULL) = (next_rank IS NULL));
CREATE INDEX loyalty_member_next_on ON loyalty_member (next_on) WHERE next_on IS NOT NULL;

CREATE TABLE loyalty_review (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    state TEXT NOT NULL,
    "on" TEXT NOT NULL,
    sizes TEXT NOT NULL,
    rises INTEGER NOT NULL CHECK (rises >= 0),
    falls INTEGER NOT NULL CHECK (falls >= 0),
    takes_effect_on TEXT,
    "by" TEXT NOT NULL,
    at INTEGER NOT NULL,
    decided_by TEXT,
    decided_at INTEGER,
    CHECK (state NOT IN ('approved', 'done') OR takes_effect_on IS NOT NULL)
) STRICT;
CREATE INDEX loyalty_review_open ON loyalty_review (open);
CREATE INDEX loyalty_review_on ON loyalty_review ("on");

CREATE TABLE loyalty_move (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    review BLOB NOT NULL REFERENCES loyalty_review (id),
    customer BLOB NOT NULL REFERENCES customer (id),
    place INTEGER NOT NULL CHECK (place > 0),
    score INTEGER NOT NULL CHECK (score >= 0),
    "from" INTEGER NOT NULL CHECK ("from" >= 0),
    "to" INTEGER NOT NULL CHECK ("to" >= 0 AND "to" <> "from")
) STRICT;
CREATE INDEX loyalty_move_review ON loyalty_move (review, place, id, customer, "to");
CREATE INDEX loyalty_move_customer ON loyalty_move (customer);
