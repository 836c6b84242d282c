"""The wall looks for a named id in the text of the setting; it read the setting as an array for each row.

All tables behind the wall are altered, whatever room they belong to: the condition is one (``kit.scope``),
and what is made from now on has the new form from the beginning.
"""

from django.db import migrations

ALTER = r"""
DO $$
DECLARE
    one record;
    old text := '\((\w+) = ANY \(\(NULLIF\(current_setting\(''gantang\.ids''::text, true\), ''''::text\)\)::uuid\[\]\)\)';
    new text := '(strpos(current_setting(''gantang.ids''::text, true), (\1)::text) > 0)';
BEGIN
    FOR one IN SELECT schemaname, tablename, policyname, qual FROM pg_policies WHERE qual ~ old LOOP
        EXECUTE format('ALTER POLICY %I ON %I.%I USING (%s)', one.policyname, one.schemaname, one.tablename,
                       regexp_replace(one.qual, old, new, 'g'));
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0017_planned")]

    operations = [migrations.RunSQL(ALTER, migrations.RunSQL.noop)]
