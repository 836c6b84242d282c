from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("identity", "0002_devices")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="density",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
        migrations.AddField(
            model_name="account",
            name="views",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
