-- Open tickets are in their team's queue with the customers who wait, closed ones are history; what lists show of a customer is
-- with its history too, and how many customers a team has is counted: whoever sees too many does not carry them.
ALTER TABLE customer_figure ADD COLUMN open_tickets INTEGER NOT NULL DEFAULT 0;
UPDATE customer_figure SET open_tickets = (SELECT count(*) FROM ticket WHERE ticket.customer = customer_figure.id AND ticket.state <> 'closed')
WHERE id IN (SELECT customer FROM ticket WHERE state <> 'closed');

ALTER TABLE scope ADD COLUMN customers INTEGER NOT NULL DEFAULT 0;
UPDATE scope SET customers = (SELECT count(*) FROM scope_rows WHERE scope_rows.scope = scope.id AND scope_rows.entity = 5 AND scope_rows.present = 1)
WHERE name >= 't:' AND name < 't;';

-- Customers, contacts, figures, steps, tickets, worth, answers.
INSERT INTO to_place (entity) VALUES (5), (6), (7), (9), (11), (15), (22) ON CONFLICT DO NOTHING;
