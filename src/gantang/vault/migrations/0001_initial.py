"""Entries, keys and hashes; entries and keys stand behind the wall as children of a matter."""

from django.db import migrations, models

from gantang.kit.scope import no_policy_sql, policy_sql


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Generation',
            fields=[
                ('number', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('pk', models.CompositePrimaryKey('city', 'matter_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('city', models.SmallIntegerField()),
                ('matter_id', models.UUIDField()),
                ('wrapped', models.BinaryField(null=True)),
                ('made_at', models.DateTimeField()),
                ('destroyed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('pk', models.CompositePrimaryKey('city', 'matter_id', 'client', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('city', models.SmallIntegerField()),
                ('matter_id', models.UUIDField()),
                ('client', models.CharField(max_length=80)),
                ('day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='BlindIndex',
            fields=[
                ('pk', models.CompositePrimaryKey('city', 'entry_id', 'field', 'generation', blank=True, editable=False, primary_key=True, serialize=False)),
                ('city', models.SmallIntegerField()),
                ('entry_id', models.UUIDField()),
                ('field', models.CharField(max_length=12)),
                ('generation', models.SmallIntegerField()),
                ('matter_id', models.UUIDField()),
                ('hash', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['hash'], name='vault_blind_hash'), models.Index(fields=['city', 'matter_id'], name='vault_blind_matter')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('pk', models.CompositePrimaryKey('city', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('city', models.SmallIntegerField()),
                ('id', models.UUIDField(editable=False)),
                ('matter_id', models.UUIDField()),
                ('kind', models.CharField(max_length=12)),
                ('party', models.SmallIntegerField(null=True)),
                ('purpose', models.CharField(max_length=40)),
                ('keep_until', models.DateField(null=True)),
                ('sealed', models.BinaryField(null=True)),
                ('version', models.SmallIntegerField(default=1)),
                ('kept_at', models.DateTimeField()),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['city', 'matter_id', 'id'], name='vault_entry_matter')],
            },
        ),
        migrations.RunSQL(
            [
                *policy_sql("vault_entry", column=None, id_column="matter_id"),
                *policy_sql("vault_key", column=None, id_column="matter_id"),
            ],
            [*no_policy_sql("vault_entry"), *no_policy_sql("vault_key")],
        ),
    ]
