from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0004_welcomed")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="first_until",
            field=models.DateTimeField(null=True),
        ),
    ]
