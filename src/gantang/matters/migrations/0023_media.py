"""Room for the media types of Word, Excel and PowerPoint files, which have up to 73 characters."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matters", "0022_narrowed")]

    operations = [
        migrations.AlterField("attachment", "media", models.CharField(max_length=100)),
    ]
