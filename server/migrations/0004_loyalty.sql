-- Orders, points, tiers and rewards.

CREATE TABLE sales_order (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    no TEXT,
    customer BLOB NOT NULL REFERENCES customer (id),
    ordered_on TEXT NOT NULL,
    what TEXT,
    pieces INTEGER CHECK (pieces > 0),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    paid_on TEXT,
    refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND amount),
    earns INTEGER NOT NULL CHECK (earns IN (0, 1)),
    "by" TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((state IN ('paid', 'delivered', 'refunded')) = (paid_on IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX sales_order_no ON sales_order (no) WHERE no IS NOT NULL;
CREATE INDEX sales_order_customer ON sales_order (customer);

CREATE TABLE order_refund (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    "order" BLOB NOT NULL REFERENCES sales_order (id),
    customer BLOB NOT NULL REFERENCES customer (id),
    "on" TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT,
    "by" TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX order_refund_order ON order_refund ("order");
CREATE INDEX order_refund_customer ON order_refund (customer);

ALTER TABLE customer_figure ADD COLUMN rank INTEGER NOT NULL DEFAULT 0 CHECK (rank >= 0);

CREATE TABLE customer_worth (
    id BLOB PRIMARY KEY NOT NULL REFERENCES customer (id),
    spent INTEGER NOT NULL CHECK (spent >= 0),
    orders INTEGER NOT NULL CHECK (orders >= 0),
    last_order_on TEXT
) STRICT;
INSERT INTO customer_worth (id, spent, orders) SELECT id, 0, 0 FROM customer;

CREATE TABLE loyalty_programme (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    earning TEXT NOT NULL,
    validity TEXT NOT NULL,
    tiers TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- No lot is ever below zero, whatever a rule may say.
CREATE TABLE loyalty_lot (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    customer BLOB NOT NULL REFERENCES customer (id),
    open_of BLOB CHECK (open_of IS NULL OR open_of = customer),
    "order" BLOB REFERENCES sales_order (id),
    source TEXT NOT NULL,
    earned_on TEXT NOT NULL,
    opens_on TEXT NOT NULL,
    expires_on TEXT,
    earned INTEGER NOT NULL CHECK (earned > 0),
    used INTEGER NOT NULL CHECK (used >= 0),
    returned INTEGER NOT NULL CHECK (returned >= 0),
    lapsed INTEGER NOT NULL CHECK (lapsed >= 0),
    reversed INTEGER NOT NULL CHECK (reversed BETWEEN 0 AND earned),
    CHECK (used + returned + lapsed <= earned),
    CHECK ((open_of IS NOT NULL) = (used + returned + lapsed < earned))
) STRICT;
CREATE INDEX loyalty_lot_customer ON loyalty_lot (customer);
CREATE INDEX loyalty_lot_open_of ON loyalty_lot (open_of) WHERE open_of IS NOT NULL;
-- An order's points are earned once.
CREATE UNIQUE INDEX loyalty_lot_order ON loyalty_lot ("order") WHERE "order" IS NOT NULL;
-- What has expired and is not booked, and what leaves the window of the tiers: asked for every day.
CREATE INDEX loyalty_lot_expires_on ON loyalty_lot (expires_on, open_of) WHERE open_of IS NOT NULL;
CREATE INDEX loyalty_lot_earned_on ON loyalty_lot (earned_on, customer);

CREATE TABLE loyalty_entry (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    customer BLOB NOT NULL REFERENCES customer (id),
    at INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    points INTEGER NOT NULL,
    owed INTEGER NOT NULL,
    parts TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX loyalty_entry_customer ON loyalty_entry (customer);

CREATE TABLE loyalty_member (
    id BLOB PRIMARY KEY NOT NULL REFERENCES customer (id),
    earned INTEGER NOT NULL CHECK (earned >= 0),
    used INTEGER NOT NULL CHECK (used >= 0),
    returned INTEGER NOT NULL CHECK (returned >= 0),
    lapsed INTEGER NOT NULL CHECK (lapsed >= 0),
    owed INTEGER NOT NULL CHECK (owed >= 0),
    rank INTEGER NOT NULL CHECK (rank >= 0),
    ranked_on TEXT NOT NULL,
    CHECK (used + returned + lapsed <= earned)
) STRICT;

CREATE TABLE loyalty_reward (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    zh TEXT NOT NULL,
    en TEXT,
    details TEXT,
    kind TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price > 0),
    stock INTEGER CHECK (stock >= 0),
    from_rank INTEGER NOT NULL CHECK (from_rank >= 0),
    offered INTEGER NOT NULL CHECK (offered IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE loyalty_redemption (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    customer BLOB NOT NULL REFERENCES customer (id),
    reward BLOB NOT NULL REFERENCES loyalty_reward (id),
    title TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price > 0),
    parts TEXT NOT NULL,
    code TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('granted', 'used', 'cancelled')),
    "by" TEXT NOT NULL,
    at INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    closed_at INTEGER,
    CHECK ((state = 'granted') = (closed_at IS NULL))
) STRICT;
CREATE INDEX loyalty_redemption_customer ON loyalty_redemption (customer);
CREATE INDEX loyalty_redemption_reward ON loyalty_redemption (reward);

-- A company that is there already begins with the usual programme: a point for each whole unit of its money.
INSERT INTO loyalty_programme (id, earning, validity, tiers, updated_at)
    SELECT zeroblob(16),
        '{"points":1,"per":' || CASE currency WHEN 'JPY' THEN 1 ELSE 100 END || ',"lock_days":0}',
        '{"months":{"months":12}}',
        '{"window_days":365,"tiers":[{"zh":"银卡会员","en":"Silver","metal":"silver","from":2000,"percent":100,"benefits":[{"zh":"优先发货","en":"Priority shipping"},{"zh":"账期延长 15 天","en":"15 more days to pay"}]},{"zh":"金卡会员","en":"Gold","metal":"gold","from":5000,"percent":120,"benefits":[{"zh":"优先发货","en":"Priority shipping"},{"zh":"账期延长 15 天","en":"15 more days to pay"},{"zh":"免费刻字","en":"Free engraving"}]},{"zh":"黑卡会员","en":"Black","metal":"black","from":10000,"percent":150,"benefits":[{"zh":"优先发货","en":"Priority shipping"},{"zh":"账期延长 15 天","en":"15 more days to pay"},{"zh":"免费刻字","en":"Free engraving"},{"zh":"专属活动邀请","en":"Exclusive events"},{"zh":"一对一顾问","en":"One-to-one adviser"}]}]}',
        updated_at
    FROM company;

-- Figures are read by rules about a customer's own tickets now; worth is new to all who see money.
INSERT INTO to_place (entity) VALUES (7), (15), (16) ON CONFLICT DO NOTHING;
