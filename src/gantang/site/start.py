"""What must be true before the site or a worker touches a row."""

from gantang.kit import marks, roles


def check() -> None:
    """The database's role stands behind the wall, and the keys are those its rows were sealed with.

    Errors: RoleError and KeysError, each with its remedy; OperationalError while the database is away.
    """
    roles.check_app_role()
    marks.check_keys()
