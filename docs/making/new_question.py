"""Writes the skeleton of a question with its template and its test: `python dev.py new question NAME ROOM`."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_MODULE = '''"""Say here what {name} answers, in one sentence."""

from iga.graph.domain.edges import PartOf
from iga.queries.core.answer import PartyRow
from iga.queries.core.clauses import clause
from iga.queries.core.columns import needed, of
from iga.queries.core.membership import EdgeList, names_of
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reads import PARTS_OF


class {cls}Params(Params):
    """What `{name}` is asked with."""

    party: str = needed("The party that is asked about.", "OSCE")


class {cls}Row(PartyRow):
    """One part of the party."""

    start: str | None = of(PartOf, "period", "start")
    end: str | None = of(PartOf, "period", "end")


def {snake}(request: Request[{cls}Params]) -> Result[{cls}Row]:
    """List the parts of a party on a day, by name."""
    party = request.one("party")
    parts = EdgeList.read(request.session, PARTS_OF, party, day=request.day)
    return Result(
        clauses=(clause("headline", party=party.name, parts=names_of(parts.standing)),),
        rows=parts.rows({cls}Row, lambda edge: {{"about": edge.other}}),
    )


{constant} = Question.of(
    {snake},
    title="What belongs to this party?",
    names={{"party": ("Party",)}},
    example={{"party": "OSCE"}},
    columns=("name", "start", "end", "held", "evidence"),
)
'''
_TEMPLATE = """{% macro headline(party, parts) -%}
{% if parts %}{{ party|the|capitalized }} has {{ parts|length|count("part") }}: {{ parts|map("the")|list|listed }}.
{%- else %}No part of {{ party|the }} is on record.{% endif %}
{%- endmacro %}
"""
_TEST = '''"""Say here what {name} promises, in one sentence."""

from iga.queries.core.session import Session
from iga.queries.plain.placing import placed
from tests.queries.conftest import Ask


def test_the_headline_replies_and_each_row_rests_on_a_source(bundled_answer: Ask) -> None:
    answer = bundled_answer("{name}", party="OSCE")
    assert answer.headline.startswith("The OSCE has ")
    assert answer.rows
    assert [row for row in answer.rows if not row.evidence] == []


def test_a_bare_name_is_the_party(bundled: Session) -> None:
    assert placed(bundled, "{name}", "OSCE").parameters.keys() == {{"party"}}
'''


def files_of(name: str, room: str) -> dict[str, str]:
    """Return the files of the skeleton of a question: text by path from the root of the checkout."""
    snake = name.replace("-", "_")
    words = {
        "name": name,
        "snake": snake,
        "cls": "".join(part.title() for part in name.split("-")),
        "constant": snake.upper(),
    }
    return {
        f"queries/{room}/{snake}.py": _MODULE.format(**words),
        f"queries/{room}/sentences/{snake}.j2": _TEMPLATE,
        f"tests/queries/{room}/test_{snake}.py": _TEST.format(**words),
    }


def main(arguments: list[str]) -> None:
    """Write the files and the line in the list of questions; refuse a name that is taken or is none."""
    name, room = (*arguments, "", "")[:2]
    rooms = sorted(path.parent.name for path in (ROOT / "queries").glob("*/sentences") if path.parent.name != "core")
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name) or room not in rooms:
        sys.exit(f"usage: python dev.py new question NAME ROOM, such as parts-of whole; rooms are {', '.join(rooms)}")
    registry = ROOT / "queries" / "registry.py"
    listed = registry.read_text(encoding="utf-8")
    files = files_of(name, room)
    taken = [path for path in files if (ROOT / path).exists()]
    if f'    "{name}": ' in listed or taken:
        sys.exit(f"{name} is taken: {', '.join(taken) or 'queries/registry.py lists it'}; choose another name")
    entry = f'    "{name}": "iga.queries.{room}.{name.replace("-", "_")}",\n'
    registry.write_text(listed.replace("}\n", f"{entry}}}\n", 1), encoding="utf-8", newline="\n")
    for path, text in files.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
    print(f"Written: {', '.join(files)}; listed in queries/registry.py.")
    print(f"Try it: python dev.py test -n 0 tests/queries/{room}/test_{name.replace('-', '_')}.py; then make docs")


if __name__ == "__main__":
    main(sys.argv[1:])
