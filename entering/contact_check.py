"""What an officer finds when a contact is tried: a reply, a bounce, who left, who follows."""

import secrets
from typing import Literal

from pydantic import Field

from iga.entering.kind import EntryKind, EntryParams, Prepared, needed, text
from iga.entering.naming import holders_called, id_of, id_or_name, kept_of
from iga.graph.domain.parties import Person, is_person
from iga.graph.errors import Ambiguous, NotFound, UsageError
from iga.graph.names.own_addresses import is_made_of
from iga.graph.text import folded
from iga.ingest.officer_entries import EdgeAt, Signed, departure, entry_of, successor, typed_edge, verification
from iga.queries.core.names.resolve import relationship_of
from iga.queries.core.reading import EdgeRow, OfIds
from iga.queries.core.reads import BODIES_OF_POSTS, EDGES_IN, ENTITIES_BY_ID, HOLDERS_OF, POSTS_HELD_BY, OfType
from iga.queries.core.session import Session

_ORDER = ("Post", "Person")
_NOT_THE_POSTS = "The address is made of a holder's name, so it is none of the post; enter the successor's own."


class CheckParams(EntryParams):
    """What trying a contact showed."""

    contact: str = needed("The address, number or id of the contact that was tried.")
    found: Literal["", "replied", "bounced"] = Field(default="", description="It works, or it does not.")
    left: str = text("When whoever held the post left it, possibly partial.", "DAY")
    person: str = text("Who left, where several may hold the post.")
    successor: str = text("Who is there now; left out, that is not known.", "NAME")
    how: str = text("How it was checked: reply received, call answered.")
    on: str = text("Day of the check; today if left out.", "DAY")
    because: str = text("What was said; it stays with the entry.")


def checked(session: Session, asked: CheckParams, signed: Signed) -> Prepared:
    """Return what a check says: of the contact, of whoever left the post that it reaches, and of whoever follows.

    Raises:
        UsageError: Nothing was found, or who follows at what is no post.
        NotFound, Ambiguous: Nothing is called so, or several; nobody, or several, may hold the post.
    """
    if not (asked.found or asked.left or asked.successor):
        raise UsageError("say what was found: that it replied or bounced, the day somebody left, or a successor")
    point = id_of(session, asked.contact, parameter="contact", labels=("ContactPoint",))
    reached = _reached(session, point)
    entries = []
    if asked.found:
        works = asked.found == "replied"
        entries.append(verification(point, works=works, how=asked.how, on=asked.on, signed=signed))
    if asked.left:
        entries.append(departure(_term(session, reached, asked.person), left_on=asked.left, signed=signed))
    if asked.successor:
        post, slug = _post(reached), secrets.token_hex(8)
        following = id_or_name(session, asked.successor, parameter="successor")
        if same := [] if is_person(following) else holders_called(session.on_duty(), post, following):
            raise Ambiguous(
                f"{following} holds {post} already: if it is the same person, type --successor {same[0]}; "
                f"if it is another one, type iga add contact --party {post} --person {following!r} --another"
            )
        entries.append(successor(post, following, on=asked.on, signed=signed, fresh=lambda: slug))
        if _is_a_holders(session, post, point):
            return Prepared(tuple(entries), _party(session, reached), (_NOT_THE_POSTS,))
        reached_at = typed_edge("REACHED_AT", post, point, signed=signed)  # whoever holds it, and in no row with them
        entries.append(entry_of(f"reaches:{point}", (reached_at,), signed, ()))
    told = ("Who follows is not known; enter it as the successor once it is.",)
    return Prepared(tuple(entries), _party(session, reached), told if asked.left and not asked.successor else ())


def _is_a_holders(session: Session, post: str, point: str) -> bool:
    """True if an address is made of the name of somebody on record as a holder of a post."""
    whole = session.for_duty()
    addresses = [str(it.values.get("channel_value") or "") for it in whole.read(ENTITIES_BY_ID, OfIds(ids=(point,)))]
    holders = whole.read(HOLDERS_OF, OfIds(ids=(post,)))
    return any(is_made_of(address, it.name) for address in addresses for it in holders)


def _reached(session: Session, point: str) -> list[EdgeRow]:
    """Return what a contact reaches: posts before people before bodies."""
    edges = session.read(EDGES_IN, OfType(ids=(point,), type="REACHED_AT", limit=100))
    if not edges:
        raise NotFound(f"{point} reaches nobody on record; enter whom it reaches as a contact first")
    return sorted(edges, key=lambda edge: (_ORDER.index(edge.cls) if edge.cls in _ORDER else len(_ORDER), edge.id))


def _party(session: Session, reached: list[EdgeRow]) -> str:
    """Return the body of a post that is reached; else whatever is."""
    bodies = session.read(BODIES_OF_POSTS, OfIds(ids=tuple(edge.id for edge in reached)))
    return bodies[0].id if bodies else reached[0].id


def _post(reached: list[EdgeRow]) -> str:
    posts = [edge for edge in reached if edge.cls == "Post"]
    if len(posts) != 1:
        raise UsageError(
            f"{reached[0].name} is {'no post' if not posts else 'one of several posts'}: "
            "enter who follows as a contact of the post, with the person"
        )
    return posts[0].id


def _term(session: Session, reached: list[EdgeRow], person: str) -> EdgeAt:
    """Return the term that ends: of the only one who may hold the post today, or of the person named."""
    posts = tuple(edge.id for edge in reached if edge.cls == "Post")
    people = tuple(edge.id for edge in reached if edge.cls == "Person")
    terms: list[EdgeRow] = [*(session.read(HOLDERS_OF, OfIds(ids=posts)) if posts else [])]
    held = session.read(POSTS_HELD_BY, OfIds(ids=people)) if people else []
    living = [edge for edge in [*terms, *held] if edge.held(session.today) != "no"]
    if is_person(person):
        person = id_of(session, person, parameter="person", labels=(Person.label(),))
    if person:
        living = [edge for edge in living if person == edge.id or folded(person) == folded(edge.name)]
    if not living:
        raise NotFound(
            f"nobody{f' called {person}' if person else ''} is on record as holder of {reached[0].name}: "
            "who left is not known"
        )
    if len(living) > 1:
        names = "; ".join(sorted(f"{edge.name} ({edge.id})" for edge in living))
        raise Ambiguous(f"several may hold it: {names}; say who left (person)")
    return kept_of(relationship_of(session, living[0].key))


CHECK = EntryKind(
    "contact-check",
    "What trying a contact showed",
    CheckParams,
    checked,
    names={"contact": ("ContactPoint",)},
    example={"contact": "desk@example.org", "found": "bounced", "how": "automatic reply"},
)
