from django.db import migrations, models

from gantang.kit.scope import no_policy_sql, policy_sql, search_sql

BEHIND = {"sealed_head": "stream", "sealed_piece": "stream", "sealed_opening": "tip"}
# Ids only, for whoever brings a receipt's hash and for the clock: the wall hides the rows from both.
BY_RECEIPT = search_sql(
    "sealed_by_receipt(wanted bytea)", "uuid", "SELECT id FROM sealed_tip WHERE receipt = wanted"
)
DUE = search_sql(
    "sealed_due(at timestamptz, most integer)",
    "SETOF uuid",
    "(SELECT id FROM sealed_tip WHERE wake_at <= at ORDER BY wake_at LIMIT most)"
    " UNION (SELECT tip FROM sealed_opening WHERE until < at LIMIT most)",
)


class Migration(migrations.Migration):

    dependencies = [("matters", "0003_parties")]

    operations = [
        migrations.CreateModel(
            name='SealedConflict',
            fields=[
                ('pk', models.CompositePrimaryKey('post', 'unit', blank=True, editable=False, primary_key=True, serialize=False)),
                ('post', models.BigIntegerField()),
                ('unit', models.BigIntegerField()),
            ],
            options={
                'db_table': 'sealed_conflict',
            },
        ),
        migrations.CreateModel(
            name='SealedHead',
            fields=[
                ('stream', models.UUIDField(primary_key=True, serialize=False)),
                ('public', models.BinaryField()),
                ('count', models.IntegerField(default=0)),
                ('hash', models.BinaryField(default=b'')),
                ('seal', models.BinaryField(default=b'')),
            ],
            options={
                'db_table': 'sealed_head',
            },
        ),
        migrations.CreateModel(
            name='SealedHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.BigIntegerField(db_index=True)),
                ('public', models.BinaryField()),
                ('locked', models.BinaryField()),
            ],
            options={
                'db_table': 'sealed_holder',
            },
        ),
        migrations.CreateModel(
            name='SealedOpening',
            fields=[
                ('tip', models.UUIDField(primary_key=True, serialize=False)),
                ('box', models.BigIntegerField()),
                ('first_account', models.BigIntegerField()),
                ('second_account', models.BigIntegerField(null=True)),
                ('first_public', models.BinaryField()),
                ('second_public', models.BinaryField(null=True)),
                ('first_half', models.BinaryField(null=True)),
                ('second_half', models.BinaryField(null=True)),
                ('first_view', models.BinaryField(null=True)),
                ('second_view', models.BinaryField(null=True)),
                ('until', models.DateTimeField()),
            ],
            options={
                'db_table': 'sealed_opening',
            },
        ),
        migrations.CreateModel(
            name='SealedPiece',
            fields=[
                ('pk', models.CompositePrimaryKey('stream', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('stream', models.UUIDField()),
                ('seq', models.IntegerField()),
                ('sealed', models.BinaryField()),
                ('told', models.BinaryField(null=True)),
                ('hash', models.BinaryField()),
            ],
            options={
                'db_table': 'sealed_piece',
            },
        ),
        migrations.CreateModel(
            name='SealedBox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.BigIntegerField()),
                ('first', models.BigIntegerField()),
                ('second', models.BigIntegerField()),
                ('public', models.BinaryField(null=True)),
                ('first_key', models.BigIntegerField(null=True)),
                ('second_key', models.BigIntegerField(null=True)),
                ('first_half', models.BinaryField(null=True)),
                ('second_half', models.BinaryField(null=True)),
                ('first_mark', models.BinaryField(null=True)),
                ('second_mark', models.BinaryField(null=True)),
                ('first_printed', models.BooleanField(default=False)),
                ('second_printed', models.BooleanField(default=False)),
                ('ended', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'sealed_box',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended', False)), fields=('unit',), name='sealed_box_one'), models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='sealed_box_two_posts')],
            },
        ),
        migrations.CreateModel(
            name='SealedTip',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('scope', models.CharField(db_collation='C', max_length=32)),
                ('receipt', models.BinaryField(unique=True)),
                ('kept', models.BinaryField()),
                ('keys', models.BinaryField(null=True)),
                ('talk', models.BinaryField(null=True)),
                ('wake_at', models.DateTimeField(null=True)),
                ('version', models.IntegerField(default=1)),
            ],
            options={
                'db_table': 'sealed_tip',
                'indexes': [models.Index(fields=['scope'], name='sealed_tip_scope')],
            },
        ),
        migrations.RunSQL(policy_sql("sealed_tip"), no_policy_sql("sealed_tip")),
        *[
            migrations.RunSQL(policy_sql(table, column=None, id_column=column), no_policy_sql(table))
            for table, column in BEHIND.items()
        ],
        migrations.RunSQL(BY_RECEIPT, ["DROP FUNCTION sealed_by_receipt(bytea)"]),
        migrations.RunSQL(DUE, ["DROP FUNCTION sealed_due(timestamptz, integer)"]),
    ]
