from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('procedures', '0002_campaign'),
    ]

    operations = [
        migrations.AddField(
            model_name='procedureversion',
            name='variant',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='procedureversion',
            name='layers',
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name='Upgrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('old_version', models.PositiveIntegerField()),
                ('new_version', models.PositiveIntegerField()),
                ('old_hash', models.CharField(max_length=64)),
                ('new_hash', models.CharField(max_length=64)),
                ('states', models.JSONField()),
                ('uses', models.JSONField(default=dict)),
                ('basis', models.JSONField(default=list)),
                ('in_force_from', models.DateTimeField(null=True)),
                ('account', models.BigIntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('after', models.UUIDField(null=True)),
                ('began_at', models.DateTimeField(null=True)),
                ('found', models.IntegerField(default=0)),
                ('moved', models.IntegerField(default=0)),
                ('done_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name='upgrade',
            constraint=models.UniqueConstraint(fields=('old_hash', 'new_hash'), name='procedures_upgrade_once'),
        ),
    ]
