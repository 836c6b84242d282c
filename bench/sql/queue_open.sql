-- Open matters of a ground and those its unit takes part in elsewhere, by deadline, behind (due, id): what the
-- queue shows of each, and nothing else.
WITH mine AS (
    SELECT DISTINCT matter_id
    FROM matter_share
    WHERE unit = %(unit)s AND until IS NULL AND (%(leads)s OR role = ANY (%(duties)s))
    ORDER BY matter_id DESC
    LIMIT 500
)
(SELECT city, id, number, gist, class_code, scope, channel, procedure, state, status, owner_duty, owner_unit,
       unit, urgent, supervision, opened_at, entered_at, due_at, total_due_at, ended_at, outcome,
       version
FROM matter
WHERE ended_at IS NULL AND (due_at, id) > (%(due)s, %(id)s) AND scope >= %(low)s AND scope < %(high)s
ORDER BY due_at, id
LIMIT 51)
UNION ALL
(SELECT city, id, number, gist, class_code, scope, channel, procedure, state, status, owner_duty, owner_unit,
       unit, urgent, supervision, opened_at, entered_at, due_at, total_due_at, ended_at, outcome,
       version
FROM matter
WHERE ended_at IS NULL AND (due_at, id) > (%(due)s, %(id)s) AND id IN (SELECT matter_id FROM mine) AND NOT (scope >= %(low)s AND scope < %(high)s)
ORDER BY due_at, id
LIMIT 51)
ORDER BY due_at, id
LIMIT 51
