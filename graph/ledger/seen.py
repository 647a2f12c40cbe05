"""Which rows a load has held, and where in its files, in little memory."""


class Seen:
    """Row numbers with the place of their first sighting, packed into one number each.

    A million rows take about 100 MB: places end in a line number and share what stands before it.
    """

    def __init__(self) -> None:
        self._places: dict[int, int] = {}
        self._prefixes: list[str] = []
        self._prefix_no: dict[str, int] = {}

    def __contains__(self, row_id: int) -> bool:
        return row_id in self._places

    def add(self, row_id: int, locator: str) -> None:
        """Remember a row and the place where it stood."""
        prefix = locator.rstrip("0123456789")
        digits = locator[len(prefix) :]
        # Leading zeros and missing digits are kept as text, so that the place comes back as it was.
        if not digits or digits[0] == "0":
            prefix, digits = locator, "0"
        number = self._prefix_no.get(prefix)
        if number is None:
            number = self._prefix_no[prefix] = len(self._prefixes)
            self._prefixes.append(prefix)
        self._places[row_id] = int(digits) << 32 | number

    def discard(self, row_id: int) -> None:
        """Forget a row."""
        self._places.pop(row_id, None)

    def place(self, row_id: int) -> str:
        """Return the locator that a row was added with."""
        packed = self._places[row_id]
        digits = packed >> 32
        return self._prefixes[packed & 0xFFFFFFFF] + (str(digits) if digits else "")
