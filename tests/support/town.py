"""`python -m tests.support.town`: write the small town into the empty database that the environment names."""

from fieldwork.config import from_environment
from fieldwork.core import migrating
from fieldwork.core.db import database
from fieldwork.factory import create_app
from tests.support import cast


def main() -> None:
    """Migrate, then fill."""
    settings = from_environment()
    app = create_app(settings)
    migrating.migrate(settings.data)
    with app.app_context(), database.obj.connection_context():
        cast.fill()


if __name__ == "__main__":
    main()
