from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0007_sealed_notice")]

    operations = [
        migrations.AddField("document", "sign", models.TextField(blank=True, default="")),
    ]
