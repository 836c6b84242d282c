from django.db import migrations, models

from gantang.kit.scope import no_policy_sql, policy_sql


class Migration(migrations.Migration):

    dependencies = [("matters", "0006_documents")]

    operations = [
        migrations.CreateModel(
            name="SealedNotice",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("scope", models.CharField(db_collation="C", max_length=32)),
                ("day", models.DateField()),
            ],
            options={
                "db_table": "sealed_notice",
                "indexes": [models.Index(fields=["scope"], name="sealed_notice_scope")],
            },
        ),
        migrations.RunSQL(policy_sql("sealed_notice"), no_policy_sql("sealed_notice")),
    ]
