from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.AddField(model_name="apiclient", name="scopes", field=models.JSONField(default=list)),
        migrations.RunSQL(
            sql="UPDATE identity_apiclient SET scopes = '[\"people\", \"read\", \"write\"]'",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="Try",
            fields=[
                ("place", models.BinaryField(primary_key=True, serialize=False)),
                ("count", models.SmallIntegerField(default=0)),
                ("since", models.DateTimeField()),
                ("barred_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.BigIntegerField()),
                ("hash", models.BinaryField()),
                ("session", models.CharField(blank=True, db_index=True, default="", max_length=40)),
                ("agent", models.CharField(blank=True, default="", max_length=200)),
                ("place", models.CharField(blank=True, default="", max_length=64)),
                ("since", models.DateTimeField()),
                ("seen", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "hash"), name="identity_one_device")
                ],
            },
        ),
    ]
