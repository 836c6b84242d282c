"""Hours that stood in one number of an appointment become an entry of training on the day of the migration."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gantang.kit import clock, keys

TOPIC = "以前在任职里登记的学时"


def move(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """One entry for each appointment that had any."""
    now, here = clock.now(), editor.connection.alias
    training = apps.get_model("learning", "Training").objects.using(here)
    rows = apps.get_model("posts", "Appointment").objects.using(here).filter(hours__gt=0)
    for one in rows.select_related("post__unit"):
        number = keys.mint(int(one.post.unit.ground[:4].ljust(4, "0")), now)
        said = {"post": one.post_id, "account": one.account, "hours": one.hours}
        training.create(id=number, on=now.date(), topic=TOPIC, **said)


class Migration(migrations.Migration):
    dependencies = [("learning", "0002_reach"), ("posts", "0002_staffing")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
