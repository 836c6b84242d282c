-- Open matters of a ground by deadline, behind (due, id): what the queue shows of each, and nothing else.
SELECT city, id, number, gist, class_code, scope, channel, procedure, state, status, owner_duty, owner_unit,
       unit, urgent, supervision, opened_at, entered_at, due_at, total_due_at, ended_at, outcome,
       version
FROM matter
WHERE ended_at IS NULL AND scope >= %(low)s AND scope < %(high)s AND (due_at, id) > (%(due)s, %(id)s)
ORDER BY due_at, id
LIMIT 51
