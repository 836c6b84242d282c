"""Margins: counts added up over all dimensions but one and over spans of days; what is folded already is added
up."""

from django.db import migrations, models

# As `gantang.tallies.statements` had it at the time; there for one city.
FILL = """
INSERT INTO tallies_margin (city, ground, above, dimension, measure, span, day, value, basis, n)
SELECT city, ground, left(ground, CASE length(ground) WHEN 4 THEN 2 WHEN 6 THEN 4 WHEN 9 THEN 6 WHEN 12 THEN 9 ELSE 0 END),
       dimension, measure, span, day - mod(day - DATE '1900-01-01', span), value, basis, sum(n)::bigint
FROM (SELECT r.city, r.ground, v.dimension, r.measure, r.day, v.value, r.basis, sum(r.n) AS n
      FROM tallies_tally r
      CROSS JOIN LATERAL (VALUES ('', ''), ('klass', r.klass), ('procedure', r.procedure), ('unit', r.unit::text),
                                 ('channel', r.channel), ('urban', r.urban), ('cause', r.cause)) v (dimension, value)
      WHERE left(r.ground, 1) <> '~'
        AND (length(r.ground) IN (2, 4, 6) OR v.dimension = '' AND length(r.ground) IN (9, 12))
      GROUP BY 1, 2, 3, 4, 5, 6, 7) daily
CROSS JOIN (VALUES (64), (8), (1)) s (span)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(n) <> 0
"""


class Migration(migrations.Migration):

    dependencies = [
        ('tallies', '0002_campaign'),
    ]

    operations = [
        migrations.CreateModel(
            name='Margin',
            fields=[
                ('pk', models.CompositePrimaryKey('city', 'ground', 'dimension', 'measure', 'span', 'day', 'value', 'basis', blank=True, editable=False, primary_key=True, serialize=False)),
                ('city', models.SmallIntegerField()),
                ('ground', models.CharField(db_collation='C', max_length=12)),
                ('above', models.CharField(db_collation='C', max_length=9)),
                ('dimension', models.CharField(db_collation='C', max_length=10)),
                ('measure', models.CharField(db_collation='C', max_length=60)),
                ('span', models.SmallIntegerField()),
                ('day', models.DateField()),
                ('value', models.CharField(db_collation='C', max_length=80)),
                ('basis', models.CharField(db_collation='C', max_length=1)),
                ('n', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['ground', 'dimension', 'measure', 'span', 'day'], name='margin_ground'), models.Index(fields=['above', 'dimension', 'measure', 'span', 'day'], name='margin_above')],
            },
        ),
        migrations.RunSQL("ALTER TABLE tallies_margin SET (fillfactor = 70)", migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
