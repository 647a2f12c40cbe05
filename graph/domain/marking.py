"""Who may see a thing: public, internal or sensitive."""

from enum import IntEnum


class Marking(IntEnum):
    """How far a field, a row or a source may travel; the strictest of the three wins."""

    PUBLIC = 0
    INTERNAL = 1
    SENSITIVE = 2

    @property
    def word(self) -> str:
        """The marking as written in files and answers: ``public``, ``internal`` or ``sensitive``."""
        return self.name.lower()

    @classmethod
    def named(cls, word: str) -> "Marking":
        """Return the marking written as `word`.

        Raises:
            KeyError: There is no such marking.
        """
        return cls[word.strip().upper()]
