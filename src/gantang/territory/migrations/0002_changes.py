import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='grid',
            name='households',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='grid',
            name='urban_class',
            field=models.CharField(db_default='', default='', max_length=3),
        ),
        migrations.CreateModel(
            name='AliasCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('system', models.CharField(db_collation='C', max_length=24)),
                ('code', models.CharField(db_collation='C', max_length=32)),
                ('ground', models.CharField(db_collation='C', db_index=True, max_length=15)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('system', 'code'), name='alias_code_once')],
            },
        ),
        migrations.CreateModel(
            name='ChangeSet',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=80)),
                ('basis', models.CharField(max_length=200)),
                ('effective_on', models.DateField()),
                ('state', models.CharField(default='draft', max_length=10)),
                ('made_by', models.BigIntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('reviewed_by', models.BigIntegerField(null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('applied_at', models.DateTimeField(null=True)),
                ('fault', models.CharField(blank=True, default='', max_length=60)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'reviewed')), fields=['effective_on'], name='change_set_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'reviewed', 'in_force', 'withdrawn'])), name='change_set_state'), models.CheckConstraint(condition=models.Q(('reviewed_by', None), ('made_by', None), models.Q(('reviewed_by', models.F('made_by')), _negated=True), _connector='OR'), name='change_set_second_hand')],
            },
        ),
        migrations.CreateModel(
            name='ChangeOperation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(max_length=16)),
                ('data', models.JSONField()),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='operations', to='territory.changeset')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('change', 'number'), name='change_operation_order')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('old', models.CharField(db_collation='C', db_index=True, max_length=15)),
                ('new', models.CharField(blank=True, db_collation='C', db_index=True, default='', max_length=15)),
                ('share', models.DecimalField(decimal_places=6, max_digits=7, null=True)),
                ('heir', models.BooleanField(default=False)),
                ('on', models.DateField()),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='territory.changeset')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('change', 'old', 'new'), name='succession_once'), models.UniqueConstraint(condition=models.Q(('heir', True)), fields=('change', 'old'), name='succession_one_heir')],
            },
        ),
    ]
