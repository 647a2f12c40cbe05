"""What officers find when they try a contact: it works, it bounced, somebody left, somebody else is there."""

from collections.abc import Callable, Mapping

from iga.graph.errors import UsageError
from iga.ingest.officer_entries import (
    EdgeAt,
    OfficerEntry,
    Signed,
    class_known,
    entry_of,
    holder,
    typed_edge,
    typed_node,
)
from iga.ingest.subjects import digest_of


def verification(point: str, *, works: bool, how: str = "", on: str = "", signed: Signed) -> OfficerEntry:
    """Return the entry that a contact was found working, or that it bounced; neither takes the other's place.

    Raises:
        UsageError: The id is not that of a contact, or `on` is no date.
    """
    if class_known(point) != "ContactPoint":
        raise UsageError(f"{point} is not a contact; `iga show` lists the contacts of a party, as contact:…")
    if not works:
        return entry_of(
            f"bounced:{point}", (typed_node(point, {"bounced_on": on or signed.on}, signed=signed),), signed, (how,)
        )
    typed = {"verified_on": on or signed.on, **({"verified_how": how} if how else {}), "verified_by": signed.by}
    return entry_of(f"verify:{point}", (typed_node(point, typed, signed=signed),), signed, (how,))


def departure(term: EdgeAt, *, left_on: str, signed: Signed) -> OfficerEntry:
    """Return the entry that somebody left a post: its end is stated, whoever follows is not.

    Raises:
        UsageError: It is no term in a post, or the day is no date or lies before its start.
    """
    if term.type != "HOLDS":
        raise UsageError(f"{term.type} is no term in a post; only who holds a post can leave it")
    period = term.values.get("period")
    start = period.get("start", "") if isinstance(period, Mapping) else ""
    ended = typed_edge("HOLDS", term.source, term.target, {"period": f"{start}/{left_on}"}, signed=signed)
    return entry_of(f"left:{digest_of(term.source, term.target, start)}", (ended,), signed, (left_on,))


def successor(post: str, name: str, *, on: str = "", signed: Signed, fresh: Callable[[], str]) -> OfficerEntry:
    """Return the entry that somebody was found in a post, whose term is not known.

    Raises:
        UsageError: The id is not that of a post.
    """
    if class_known(post) != "Post":
        raise UsageError(f"{post} is not a post; only a post has a successor")
    person = f"person:{fresh()}"
    statements = holder(person, name, post, on=on or signed.on, signed=signed)
    return entry_of(f"successor:{post}:{person}", statements, signed, (name,))
