from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0009_ground")]

    operations = [
        migrations.AddField("document", "sign", models.TextField(blank=True, default="")),
    ]
