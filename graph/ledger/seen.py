"""Which rows a load has held, and where in its files, in little memory."""

from array import array

_BLOCK_BITS = 9
_INSIDE = (1 << _BLOCK_BITS) - 1
_PREFIX_BITS = 24
_PREFIX = (1 << _PREFIX_BITS) - 1
_NOWHERE = bytes(8 << _BLOCK_BITS)


class Seen:
    """Row numbers with the place of their first sighting, packed into one number each.

    Row numbers of a source lie close together, so they are kept in blocks: a million rows take 8 MB. Places end
    in a line number and share what stands before it.
    """

    def __init__(self) -> None:
        self._blocks: dict[int, array[int]] = {}
        self._prefixes: list[str] = []
        self._prefix_no: dict[str, int] = {}

    def __contains__(self, row_id: int) -> bool:
        block = self._blocks.get(row_id >> _BLOCK_BITS)
        return block is not None and block[row_id & _INSIDE] != 0

    def add(self, row_id: int, locator: str) -> None:
        """Remember a row and the place where it stood."""
        prefix = locator.rstrip("0123456789")
        digits = locator[len(prefix) :]
        # Leading zeros, missing digits and more than fit are kept as text, so that the place comes back as it was.
        if not digits or digits[0] == "0" or len(digits) > 11:
            prefix, digits = locator, "0"
        number = self._prefix_no.get(prefix)
        if number is None:
            number = self._prefix_no[prefix] = len(self._prefixes)
            self._prefixes.append(prefix)
        block = self._blocks.get(row_id >> _BLOCK_BITS)
        if block is None:
            block = self._blocks[row_id >> _BLOCK_BITS] = array("Q", _NOWHERE)
        block[row_id & _INSIDE] = int(digits) << _PREFIX_BITS | number + 1  # 0 is a row that was not seen

    def place(self, row_id: int) -> str:
        """Return the locator that a row was added with."""
        packed = self._blocks[row_id >> _BLOCK_BITS][row_id & _INSIDE]
        assert packed, "the row was seen"
        digits = packed >> _PREFIX_BITS
        return self._prefixes[(packed & _PREFIX) - 1] + (str(digits) if digits else "")
