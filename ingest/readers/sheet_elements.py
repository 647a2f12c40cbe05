"""Give the rows of a sheet and the shared texts of a workbook one by one, and keep nothing else of their XML."""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, iterparse

# Excel's widest row has 16,384 cells of four elements each.
MOST_ELEMENTS = 200_000
DEEPEST = 50


def children(source: IO[bytes], parent: str) -> Iterator[Element]:
    """Give each child of the first element of a name, whole, until that ends; what stands before and after is left out.

    Raises:
        ParseError: It is no XML.
        ValueError: Elements lie deeper in each other, or there are more in one child, than in any workbook.
    """
    opened: list[Element] = []
    inside = count = 0
    for event, element in iterparse(source, events=("start", "end")):
        if event == "start":
            opened.append(element)
            count += 1
            if count > MOST_ELEMENTS or len(opened) > DEEPEST:
                raise ValueError(f"more than {MOST_ELEMENTS:,} elements in one, or more than {DEEPEST} in each other")
            if not inside and element.tag.rpartition("}")[2] == parent:
                inside = len(opened)
            continue
        opened.pop()
        if inside and len(opened) < inside:
            return
        if inside and len(opened) > inside:
            continue
        if inside:
            yield element
        count = 0
        if opened:
            opened[-1].clear()  # the tree would grow by every element that ended
