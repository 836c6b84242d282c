-- All matters of a ground, the newest first, before an id.
SELECT city, id, number, gist, class_code, scope, channel, procedure, state, status, owner_duty, owner_unit,
       unit, urgent, supervision, opened_at, entered_at, due_at, total_due_at, ended_at, outcome,
       version
FROM matter
WHERE scope >= %(low)s AND scope < %(high)s AND id < %(id)s
ORDER BY id DESC
LIMIT 51
