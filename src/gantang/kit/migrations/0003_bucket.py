"""What is left of each limit, for each who. Not written ahead: a crash gives everybody a full one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0002_trouble")]
    operations = [
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("who", models.BinaryField(primary_key=True, serialize=False)),
                ("remaining", models.FloatField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL("ALTER TABLE kit_bucket SET UNLOGGED", "ALTER TABLE kit_bucket SET LOGGED"),
    ]
