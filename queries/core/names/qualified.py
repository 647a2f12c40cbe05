"""Words that make another state of a name: the Republic of China is not China, and South Vietnam is not Vietnam."""

from iga.graph.names.forms import latin
from iga.graph.names.naming import called
from iga.queries.core.reading import Entity

PLACES = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "inner",
        "outer",
        "upper",
        "lower",
        "new",
        "nationalist",
        "communist",
    ]
)
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


def _qualifiers(text: str) -> frozenset[str]:
    return frozenset(latin(text).split()) & (PLACES | FORMS | KINDS)
