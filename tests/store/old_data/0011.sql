INSERT INTO till_identity (till, shop, number, epoch) VALUES ('FUEN-2', 'FUEN', 2, 1);
INSERT INTO till_session (session_id, number, business_day, opened_at_ms, opened_by, currency, opening_float, counts, closed_at_ms)
VALUES ('s1', 1, '2026-11-22', 1790000000000, 'ana', 'EUR', '[[2000,5]]', '[]', NULL);
INSERT INTO sale (sale_key, sale_id, number, series, sequence, shop, till, session_id, staff_id, staff_name, currency, opened_at_ms, completed_at_ms, total, fiscal, ticket_discount_reason, source)
VALUES (1, 'b1', '2-000001', '2', 1, 'FUEN', 'FUEN-2', 's1', 'ana', 'Ana', 'EUR', 1790000000000, 1790000060000, 350, '["none",["no fiscal"],""]', '', '');
INSERT INTO sale_line (sale_key, number, sku, gtin, name, quantity, unit, unit_price, list_price, gross, discount, ticket_discount, net, tax_basis_points, tax_name, entry, note, discount_reason, override_reason, approved_by, void, promotion)
VALUES (1, 1, '8410000000017', 8410000000017, 'Leche', 1000, 'ea', 450, 450, 450, 0, 0, 350, 1000, 'reducido', 'scanned', '', '', '', '', 0, 100);
INSERT INTO sale_promotion (sale_key, position, promotion_id, name, coupon, line, amount, on_total)
VALUES (1, 0, 'p1', '1 EUR menos', '', 1, 100, 0);
INSERT INTO sale_tax (sale_key, basis_points, name, gross, base, tax) VALUES (1, 1000, 'reducido', 350, 318, 32);
INSERT INTO sale_tender (sale_key, position, kind, amount, tendered, reference, authorisation, verified)
VALUES (1, 0, 'cash', 350, 500, '', '', 1);
INSERT INTO series_total (series, sales, total) VALUES ('2', 1, 350);
INSERT INTO number_series (series, last) VALUES ('2', 1);
INSERT INTO journal (entry, epoch, seq, op_id, kind, occurred_at_ms, session_id, body_json, prev_hash, hash, signature)
VALUES (1, 1, 1, 'op1', 'sale.completed', 1790000060000, 's1', '{}', '0', '1', '');
INSERT INTO trust (name, value) VALUES ('hub_key', '00');
INSERT INTO outbox (entry, state, reason) VALUES (1, 'queued', '');
INSERT INTO customer_order (order_id, serial, number, search, state, placed_at_ms, closed_at_ms, is_gone, has_person, digest, content)
VALUES ('o1', 10482, 'W-10482', ' w-10482 10482 w10482 k7m4 carmen@example.com 34600123456 4600123456 600123456 carmen ortega vidal ', 'staged', 1790000000000, 0, 0, 1, x'16e2251569ccbd4a819ce51924f453ab', '{"order_id":"o1","number":"W-10482","serial":10482,"short_code":"K7M4","shop":"FUEN","currency":"EUR","state":"staged","lines":[{"number":1,"sku":"sku-1","gtin":8436012340001,"name":"Taza 1","quantity":1000,"unit":"ea","unit_price":995,"paid":995,"tax_basis_points":2100,"tax_name":"general","location":"","picture":"","min_age":0,"needs_serial":false,"picked":1000,"short":0,"short_reason":null,"substitute":null,"delivered":0,"left":0}],"is_prepaid":true,"placed_at_ms":1790000000000,"promised_at_ms":0,"assignment_epoch":1,"version":1,"channel":"web","parcels":[{"number":1,"shelf":"B3","state":"staged","print_number":1}],"customer_id":"","customer_name":"Carmen Ortega Vidal","phone":"+34 600 123 456","email":"carmen@example.com","member_card":"","collectors":[],"identity":"signed_code","payment":"captured","picker":"","ready_at_ms":0,"notified_at_ms":[],"hold_until_ms":0,"last_hold_ms":0,"hold_days":0,"extensions":0,"arrived_at_ms":0,"closed_at_ms":0,"closed_at_till":"","cancel_asked":false,"from_shop":""}');
INSERT INTO handover (order_id, basket_id, began_at_ms, content) VALUES ('o1', '', 1790000000000, '{"order_id":"o1","began_at_ms":1790000000000,"fence":0,"is_isolated":false,"basket_id":"","parcels":[],"choices":[],"identity":null,"strokes":[],"serials":[],"age_checked":false,"approved_by":"","approved":[]}');
INSERT INTO promotion (promotion_id, valid_until_ms, content) VALUES ('p1', 1800000000000, '{}');
INSERT INTO return_document (return_key, return_id, number, series, sequence, session_id, staff_id, currency, completed_at_ms, total, exchange_id, source, flags, body_json)
VALUES (1, 'r1', 'D2-000001', 'D2', 1, 's1', 'ana', 'EUR', 1790000120000, 350, '', '', '[]', '{"approvals":[],"began_at_ms":1790000100000,"completed_at_ms":1790000120000,"currency":"EUR","customer_id":"","exchange_id":"","extras":[],"fiscal":{"legend":["no fiscal"],"module":"none","qr":""},"flags":[],"lines":[{"condition":"sealed","deduction":0,"disposition":"restock","gtin":8410000000017,"name":"Leche","note":"","number":1,"purchase":"b1","purchase_line":1,"quantity":1000,"reason":"size","serials":[],"sku":"8410000000017","tax_basis_points":1000,"tax_name":"reducido","unit":"ea","value":350}],"number":"D2-000001","originals":[{"number":"2-000001","reference":"b1","sold_at_ms":1790000060000}],"refunds":[{"amount":350,"label":"","means":"card","origin":null,"purchase":"b1","reference":"T1","refund_id":"f1","state":"requested"}],"return_id":"r1","sequence":1,"series":"D2","session_id":"s1","shop":"FUEN","source":"","staff_id":"ana","staff_name":"Ana","tax":[{"base":318,"gross":350,"purchase":"b1","tax":32,"tax_basis_points":1000,"tax_name":"reducido"}],"till":"FUEN-2","total":350}');
INSERT INTO return_purchase (return_key, purchase) VALUES (1, 'b1');
INSERT INTO return_refund (refund_id, return_key, position, purchase, means, amount, reference, label, state, origin_means, origin_reference, paid_as)
VALUES ('f1', 1, 0, 'b1', 'card', 350, 'T1', '', 'failed', NULL, '', '');
INSERT INTO return_tax (return_key, basis_points, name, gross, base, tax) VALUES (1, 1000, 'reducido', 350, 318, 32);
INSERT INTO return_total (series, returns, total) VALUES ('D2', 1, 350);
INSERT INTO return_reissue (reissue_key, refund_id, return_id, replaces, purchase, means, amount, currency, session_id, at_ms, body_json, state, paid_as)
VALUES (1, 'f2', 'r1', 'f1', 'b1', 'cash', 350, 'EUR', 's1', 1790000180000, '{"at_ms":1790000180000,"currency":"EUR","is_isolated":false,"number":"2-D000001","reason":"card blocked","refund":{"amount":350,"label":"","means":"cash","origin":{"means":"card","reference":"T1"},"purchase":"b1","reference":"","refund_id":"f2","state":"confirmed"},"replaces":"f1","return_id":"r1","session_id":"s1","staff_id":"ana"}', 'confirmed', '')
;
INSERT INTO customer (customer_key, customer_id, name, content_json, heard_at_ms, used_at_ms, is_mirrored) VALUES (1, 'c1', 'Carmen Ortega', '{}', 1790000000000, 0, 1);
INSERT INTO customer_key (kind, value, customer_key) VALUES ('card', 'NOGAL-000101', 1);
INSERT INTO return_photo (photo_id, return_id, line, taken_at_ms, size, jpeg) VALUES ('p1', 'r1', 1, 1790000110000, 3, X'FFD8FF');
INSERT INTO suggestion (sku, content) VALUES ('8410000000017', '[["8410000000024",1200]]');
UPDATE till_session SET number = 1 WHERE session_id = 's1'
