INSERT INTO till_identity (till, shop, number, epoch) VALUES ('FUEN-2', 'FUEN', 2, 1);
INSERT INTO till_session (session_id, number, business_day, opened_at_ms, opened_by, currency, opening_float, counts, closed_at_ms)
VALUES ('s1', 1, '2026-11-22', 1790000000000, 'ana', 'EUR', '[[2000,5]]', '[]', NULL);
INSERT INTO sale (sale_key, sale_id, number, series, sequence, shop, till, session_id, staff_id, staff_name, currency, opened_at_ms, completed_at_ms, total, fiscal, ticket_discount_reason, source)
VALUES (1, 'b1', '2-000001', '2', 1, 'FUEN', 'FUEN-2', 's1', 'ana', 'Ana', 'EUR', 1790000000000, 1790000060000, 350, '["none",["no fiscal"],""]', '', '');
INSERT INTO sale_line (sale_key, number, sku, gtin, name, quantity, unit, unit_price, list_price, gross, discount, ticket_discount, net, tax_basis_points, tax_name, entry, note, discount_reason, override_reason, approved_by, void)
VALUES (1, 1, '8410000000017', 8410000000017, 'Leche', 1000, 'ea', 350, 350, 350, 0, 0, 350, 1000, 'reducido', 'scanned', '', '', '', '', 0);
INSERT INTO sale_tax (sale_key, basis_points, name, gross, base, tax) VALUES (1, 1000, 'reducido', 350, 318, 32);
INSERT INTO sale_tender (sale_key, position, kind, amount, tendered, reference, authorisation, verified)
VALUES (1, 0, 'cash', 350, 500, '', '', 1);
INSERT INTO series_total (series, sales, total) VALUES ('2', 1, 350);
INSERT INTO number_series (series, last) VALUES ('2', 1);
INSERT INTO journal (entry, epoch, seq, op_id, kind, occurred_at_ms, session_id, body_json, prev_hash, hash, signature)
VALUES (1, 1, 1, 'op1', 'sale.completed', 1790000060000, 's1', '{}', '0', '1', '');
INSERT INTO trust (name, value) VALUES ('hub_key', '00');
INSERT INTO outbox (entry, state, reason) VALUES (1, 'queued', '')
