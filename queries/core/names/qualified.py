"""Names that settle nothing: South Vietnam is not Vietnam, nor Somaliland Djibouti; whose is a Ministry?"""

from iga.graph.names.forms import latin
from iga.graph.names.known_words import peoples
from iga.graph.names.naming import called
from iga.graph.names.parts import parts_of
from iga.queries.core.reading import Entity

PLACES = frozenset((
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "inner", "outer", "upper", "lower",
    "new", "nationalist", "communist"
))  # fmt: skip  # they are one list
"""Words right before a name that make a part or a rival of it."""

FORMS = frozenset(
    ["republic", "kingdom", "emirate", "sultanate", "principality", "federation", "union", "commonwealth", "state"]
)
"""What a state is: ``Republic of`` stands before the name, with ``of``."""

KINDS = frozenset(
    ["people", "peoples", "democratic", "popular", "socialist", "islamic", "arab", "federal", "united", "turkish"]
)
"""Words before a form: ``People's Republic``."""


def is_called_otherwise(text: str, government: Entity) -> bool:
    """Return True if a text has a word that makes another state of a name, and the government has no name with it."""
    said = _qualifiers(text)
    own = {_qualifiers(match.matched) for match in called(government.cls, government.values)}
    return bool(said) and said not in own


def is_part_of_other_name(text: str, government: Entity) -> bool:
    """Return True if all words of a text are of another name of a government, such as a former one, and of none else.

    Somaliland is no Djibouti, which was French Somaliland once.
    """
    said, own = frozenset(latin(text).split()), list(called(government.cls, government.values))
    if any(said <= frozenset(latin(match.matched).split()) for match in own if match.how == "name"):
        return False
    of_others = [frozenset(latin(match.matched).split()) for match in own if match.how == "alias"]
    return said not in of_others and any(said < words for words in of_others)


def is_of_any_country(name: str, entity: Entity, home: str) -> bool:
    """Return True if many countries have a body of this name, and the one that is on record is not of our own.

    A ministry whose name has no country and no people in it is one of many, whatever its portfolio is called.
    """
    words = parts_of(name, "organization").words
    is_foreign = entity.cls == "PublicBody" and entity.values.get("government") not in (None, home)
    is_ministry = any(word.means & {"ministry"} for word in words) and peoples().keys().isdisjoint(
        word.latin for word in words
    )
    return is_foreign and all(word.kind == "word" and (word.means or is_ministry) for word in words)


def is_family_name_alone(text: str, entity: Entity) -> bool:
    """Return True if a text is but the family name of somebody: a word (Hill) that others bear, on record or not."""
    family, names = latin(str(entity.values.get("family_name") or "")), called(entity.cls, entity.values)
    if entity.cls != "Person" or not family or latin(text) != family:
        return False
    return not any(latin(match.matched) == family for match in names if match.matched != entity.values["family_name"])


def _qualifiers(text: str) -> frozenset[str]:
    return frozenset(latin(text).split()) & (PLACES | FORMS | KINDS)
