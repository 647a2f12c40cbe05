"""Whether a name that many may bear says whose it is: a ministry's its country, a post's its body."""

from graph.names.forms import forms, latin
from graph.names.naming import called
from queries.core.reading import Entity, OfIds
from queries.core.reads import BODIES_OF_POSTS, ENTITIES_BY_ID
from queries.core.session import Session

# A shorter acronym, such as MOJ, stands for a body in many countries.
_TELLING = 4


def lacks_owner(session: Session, thing: Entity, text: str, *, how: str) -> str:
    """Return why a name alone does not tell a thing from those of others, as half a sentence; blank when it does.

    A public body is told by its country, a post by its body: every government has a ministry of justice. An acronym
    of four letters or more is taken to be its own.

    Args:
        session: The graph.
        thing: What bears the name.
        text: The name.
        how: How it matched.
    """
    if how in ("code", "acronym") and len(latin(text)) >= _TELLING:
        return ""
    if thing.cls == "PublicBody" and (government := thing.values.get("government")):
        is_told = _names_one(session, (str(government),), text)
        return "" if is_told else "bodies of other countries may be called so; a country would tell"
    if thing.cls == "Post":
        bodies = tuple(sorted({edge.id for edge in session.read(BODIES_OF_POSTS, OfIds(ids=(thing.id,)))}))
        return "" if _names_one(session, bodies, text) else "posts of other bodies may be called so"
    return ""


def _names_one(session: Session, owners: tuple[str, ...], text: str) -> bool:
    """Say whether one of the owners stands in a name by one of its own names."""
    found = session.read(ENTITIES_BY_ID, OfIds(ids=owners)) if owners else []
    names = {
        latin(form) for owner in found for match in called(owner.cls, owner.values) for form in forms(match.matched)
    }
    words = f" {latin(text)} "
    return any(f" {name} " in words for name in names if name)
