"""Names of one script that may be taken for a bundled body or government written in another."""

from graph.names.look_alikes import Suspicion, letters_told, seen_as
from ingest.names import bodies, governments


def taken_for(name: str) -> Suspicion | None:
    """Return why a name of one script may be taken for a bundled body or government; None when it is not."""
    if name.isascii() or (seen := seen_as(name)) == name:
        return None
    tables = (governments(), bodies())
    if any(table.resolve(name) for table in tables) or not any(table.resolve(seen) for table in tables):
        return None
    letters = [letter for letter in name if not letter.isascii() and seen_as(letter).isascii()]
    return Suspicion(f"is written in other letters than the name it looks like: {letters_told(letters)}", seen)
