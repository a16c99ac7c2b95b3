"""What is done with the trash: a record thrown in by its author, and put back. Nothing is lost for thirty days."""

from fieldwork import clock
from fieldwork.core.db import transaction
from fieldwork.errors import Conflict
from fieldwork.people.models import User
from fieldwork.people.policy import require
from fieldwork.records.actions import change
from fieldwork.records.models import Record
from fieldwork.trash import queries


def throw_away(actor: User, record: Record, seen_version: int) -> Record:
    """Put one's own record into the trash: it exists for nobody any more, until it is put back.

    Raises:
        Conflict: somebody works on it, or another record comes from it.
        Stale: it was changed since.
    """
    require(actor, "record.edit", record)
    with transaction():
        if not queries.may_be_thrown_away(record):
            raise Conflict("is_needed")
        return change(actor, record, seen_version, "deleted", {"deleted_at": clock.now()}, yours={})


def put_back(actor: User, record: Record) -> Record:
    """Take one's own record out of the trash, as it was.

    Raises:
        Stale: it was put back already.
    """
    require(actor, "record.edit", record)
    return change(actor, record, record.version, "restored", {"deleted_at": None}, yours={})
