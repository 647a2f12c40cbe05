"""Who of ours owns the relationship with the parties that a row is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries.answer import Subject
from queries.asking import Asking
from queries.reading import OfIds, grouped
from queries.reads import BODIES_OF_POSTS, OUR_SIDE_OF, PARTS_OF, OursTie

NOBODY = "nobody on record"


@dataclass(frozen=True)
class Owners:
    """The first owner of each party, by its id.

    A post is owned as the body it is in, a part as the whole it belongs to, where nobody owns them by name.
    """

    ties: dict[str, OursTie]
    above: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, asking: Asking, ids: Iterable[str], *, day: str) -> "Owners":
        """Look up who owned the relationships with parties on a day; what may have stood counts."""
        wanted = OfIds(ids=tuple(sorted(set(ids))))
        if not wanted.ids:
            return cls({}, {})
        above: dict[str, list[str]] = {}
        for tie in (*asking.read(BODIES_OF_POSTS, wanted), *asking.read(PARTS_OF, wanted)):
            if tie.held(day) != "no":
                above.setdefault(tie.subject, []).append(tie.id)
        every = OfIds(ids=tuple(sorted({*wanted.ids, *(whole for wholes in above.values() for whole in wholes)})))
        owning = [
            tie for tie in asking.read(OUR_SIDE_OF, every) if tie.type == "OWNS_RELATIONSHIP" and tie.held(day) != "no"
        ]
        owning.sort(key=lambda tie: (tie.tie.get("standing") == "backup", tie.cls != "Post", tie.key))
        first = {party: ties[0] for party, ties in grouped(owning).items()}
        return cls(first, {part: tuple(sorted(wholes)) for part, wholes in above.items()})

    def owning(self, ids: Sequence[str]) -> OursTie | None:
        """Return the tie by which somebody owns the first of these parties that is owned, or what it belongs to."""
        for look in (ids, [whole for each in ids for whole in self.above.get(each, ())]):
            for each in look:
                if each in self.ties:
                    return self.ties[each]
        return None

    def owner(self, ids: Sequence[str]) -> Subject | None:
        """Return who owns the first of these parties that is owned; None is nobody on record."""
        tie = self.owning(ids)
        return tie.other if tie else None
