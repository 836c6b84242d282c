-- What a matter's page shows, by its number: the row, its steps, its people, shares, links, files, messages, and
-- the sealed texts, each as one JSON value, in one trip.
SELECT row_to_json(m),
  (SELECT json_agg(s ORDER BY s.seq) FROM ledger_step s
    WHERE s.city = m.city AND s.stream = m.id AND s.id >= %(since)s),
  (SELECT json_agg(p ORDER BY p.no) FROM matter_party p WHERE p.city = m.city AND p.matter_id = m.id),
  (SELECT json_agg(h) FROM matter_share h
    WHERE h.city = m.city AND h.matter_id = m.id AND h.until IS NULL),
  (SELECT json_agg(l) FROM matter_link l WHERE l.city = m.city AND l.matter_id = m.id),
  (SELECT json_agg(a) FROM matter_attachment a WHERE a.city = m.city AND a.matter_id = m.id),
  (SELECT json_agg(t) FROM matter_message t WHERE t.city = m.city AND t.matter_id = m.id),
  (SELECT json_agg(e) FROM vault_entry e
    WHERE e.city = m.city AND e.matter_id = m.id AND e.erased_at IS NULL),
  (SELECT json_agg(k) FROM vault_key k WHERE k.city = m.city AND k.matter_id = m.id)
FROM matter m
WHERE m.city = %(city)s AND m.number = %(number)s
