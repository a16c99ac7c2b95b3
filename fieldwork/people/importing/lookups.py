"""Names in a sheet looked up among what is there: terms and units, by name or by path (松涧镇/青石坳村)."""

from collections.abc import Iterable
from typing import Any

from fieldwork.people.models import Term, Unit

Found = list[Any]


class Names:
    """Things by name and by "above/name"; a name may stand for several."""

    def __init__(self, things: Iterable[Any]) -> None:
        self._by_name: dict[str, Found] = {}
        known = {thing.id: thing for thing in things}
        for thing in known.values():
            self.learn(thing.name, thing)
            above = known.get(thing.parent_id)
            if above is not None:
                self.learn(f"{above.name}/{thing.name}", thing)

    def learn(self, name: str, thing: Any) -> None:
        self._by_name.setdefault(name, []).append(thing)

    def find(self, text: str) -> Found:
        """The things a text may mean: one, when all is well."""
        return self._by_name.get("/".join(part.strip() for part in text.split("/")), [])


def terms_by_kind(*kinds: str) -> dict[str, Names]:
    """The entries in use of these vocabularies, by kind."""
    terms = list(Term.select().where(Term.kind.in_(kinds), Term.is_active))
    return {kind: Names(term for term in terms if term.kind == kind) for kind in kinds}


def all_units() -> Names:
    """Every unit in use."""
    return Names(Unit.select().where(Unit.is_active))
