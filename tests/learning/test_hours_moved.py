"""Hours that stood in an appointment's one number are an entry of training after the upgrade."""

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from gantang.kit import roles


@pytest.mark.slow
@pytest.mark.django_db(databases=[roles.OWNER])
def test_hours_of_an_appointment_become_an_entry():
    with transaction.atomic(using=roles.OWNER), connections[roles.OWNER].cursor() as cursor:
        call_command("migrate", "learning", "0002", database=roles.OWNER, verbosity=0)
        cursor.execute(
            "UPDATE posts_appointment SET hours = 9 WHERE NOT acting"
            " AND id = (SELECT min(id) FROM posts_appointment) RETURNING account, post_id"
        )
        account, post = cursor.fetchone()
        call_command("migrate", database=roles.OWNER, verbosity=0)
        cursor.execute("SELECT account, post, hours, topic FROM learning_training")
        assert cursor.fetchall() == [(account, post, 9, "以前在任职里登记的学时")]
        transaction.set_rollback(True, using=roles.OWNER)
