-- What happened with a customer, and what it bought, is in scopes of its own: devices ask for it customer by customer.
-- Timeline, steps, ticket entries, orders, refunds, lots, points, members, redemptions.
INSERT INTO to_place (entity) VALUES (8), (9), (12), (13), (14), (17), (18), (19), (21) ON CONFLICT DO NOTHING;
