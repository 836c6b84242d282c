import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('territory', '0002_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Facility',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('ground', models.CharField(db_collation='C', max_length=15)),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('code', models.CharField(db_collation='C', max_length=32, unique=True)),
                ('kind', models.CharField(db_collation='C', max_length=32)),
                ('installed_on', models.DateField(null=True)),
                ('keeper', models.BigIntegerField(null=True)),
                ('condition', models.CharField(default='working', max_length=16)),
                ('inspected_on', models.DateField(null=True)),
                ('repaired_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('valid_to', None)), fields=['ground', 'code'], name='facility_stands'), models.Index(condition=models.Q(('due_on__isnull', False), ('valid_to', None)), fields=['ground', 'code'], name='facility_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('condition__in', ['working', 'faulty', 'out_of_service'])), name='facility_condition'), models.CheckConstraint(condition=models.Q(('ground__regex', '^[0-9]{12}([0-9]{3})?$')), name='facility_ground')],
            },
        ),
        migrations.CreateModel(
            name='FacilityCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(db_collation='C', max_length=15)),
                ('kind', models.CharField(db_collation='C', max_length=32)),
                ('condition', models.CharField(max_length=16)),
                ('number', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ground', 'kind', 'condition'), name='facility_count_once')],
            },
        ),
        migrations.CreateModel(
            name='FacilityKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('code', models.CharField(db_collation='C', max_length=32)),
                ('zh', models.CharField(max_length=40)),
                ('en', models.CharField(max_length=60)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('basis', models.CharField(blank=True, default='', max_length=200)),
                ('class_code', models.CharField(blank=True, db_collation='C', default='', max_length=64)),
                ('inspect_days', models.PositiveSmallIntegerField(null=True)),
                ('needs', models.JSONField(default=dict)),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('code',), name='facilitykind_open_once')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('ground', models.CharField(db_collation='C', max_length=15)),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('address', models.CharField(blank=True, default='', max_length=120)),
                ('services', models.JSONField(default=list)),
                ('hours', models.CharField(blank=True, default='', max_length=120)),
                ('phone', models.CharField(blank=True, default='', max_length=40)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('valid_to', None)), fields=['ground', 'id'], name='place_stands')],
            },
        ),
        migrations.CreateModel(
            name='PlaceService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('code', models.CharField(db_collation='C', max_length=32)),
                ('zh', models.CharField(max_length=40)),
                ('en', models.CharField(max_length=60)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('basis', models.CharField(blank=True, default='', max_length=200)),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('code',), name='placeservice_open_once')],
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('condition', models.CharField(max_length=16)),
                ('faults', models.JSONField(default=list)),
                ('post', models.BigIntegerField(null=True)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='territory.facility')),
            ],
            options={
                'indexes': [models.Index(fields=['facility', '-id'], name='inspection_newest')],
            },
        ),
    ]
