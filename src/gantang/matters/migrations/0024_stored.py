"""Which stored bytes a row refers to is asked by their names, whatever ground they lie on: the names tell
nothing, and whoever asks learns no more than that they are used."""

from django.db import migrations, models

from gantang.kit.scope import search_sql

_EVERY = "SELECT stored FROM matter_attachment UNION ALL SELECT stored FROM matter_document"
USED = search_sql(
    "matter_stored_among(names text[])",
    "SETOF text",
    f"SELECT each.stored::text FROM ({_EVERY}) AS each WHERE each.stored = ANY (names)",  # noqa: S608
)
AFTER = search_sql(
    "matter_stored_after(beyond text, most integer)",
    "SETOF text",
    """
    SELECT DISTINCT each.stored::text FROM (
        (SELECT stored FROM matter_attachment WHERE stored > beyond ORDER BY stored LIMIT most)
        UNION ALL
        (SELECT stored FROM matter_document WHERE stored > beyond ORDER BY stored LIMIT most)) AS each
    ORDER BY 1 LIMIT most
    """,
)
_DROP = ["DROP FUNCTION matter_stored_among(text[])", "DROP FUNCTION matter_stored_after(text, integer)"]


class Migration(migrations.Migration):

    dependencies = [("matters", "0023_media")]

    operations = [
        migrations.AddIndex(
            "attachment", models.Index(fields=["stored"], name="matter_attachment_stored")
        ),
        migrations.AddIndex("document", models.Index(fields=["stored"], name="matter_document_stored")),
        migrations.RunSQL([*USED, *AFTER], _DROP),
    ]
