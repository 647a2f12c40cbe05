"""Pages on one thing as HTML: a small one to look at while choosing, a long one with everything and its sources."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from markupsafe import Markup, escape

from iga.exports.render.templated import templates
from iga.exports.wording import is_link, plain
from iga.graph.text import counted
from iga.queries.core.wording import capitalized, in_words
from iga.queries.reconciling.schema import label_of, properties
from iga.queries.whole.entity import EntityView

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content security policy of the pages: they run nothing and load nothing."""

_FIRST_FACTS = 6
_LONGEST_FACT = 160
_OTHER_NAMES = ("name_", "un_name", "aliases", "former_names")


def small_page(view: EntityView) -> str:
    """Return what tells a thing from its namesakes, for a frame of 430 by 260 pixels: class, facts, ties counted."""
    facts = [(name, text) for field, name, text in _facts(view) if not field.startswith(_OTHER_NAMES)][:_FIRST_FACTS]
    short = [(name, text if len(text) <= _LONGEST_FACT else f"{text[:_LONGEST_FACT]}…") for name, text in facts]
    return _page(view, short, is_small=True)


def long_page(view: EntityView) -> str:
    """Return everything on record of a thing: facts, relationships with links, and the rows it rests on."""
    return _page(view, [(name, text) for _, name, text in _facts(view)], is_small=False)


def fragment(name: str, line: str) -> str:
    """Return a name and a line on it as a few lines of HTML."""
    return Markup("<p><strong>{}</strong></p><p>{}</p>").format(plain(name), plain(line))


def _facts(view: EntityView) -> Iterator[tuple[str, str, str]]:
    for field, value in view.values.items():
        if field != "name":
            yield field, properties()[field].name, plain(in_words(value, view.names))


def _page(view: EntityView, facts: list[tuple[str, str]], *, is_small: bool) -> str:
    return (
        templates(escape)
        .get_template("thing.html.j2")
        .render(
            view=view,
            label=label_of(view.cls),
            facts=facts,
            is_small=is_small,
            notes=[view.evidence[number] for number in view.note_numbers if number in view.evidence],
            quoted=partial(quote, safe=""),
            is_link=is_link,
            capitalized=capitalized,
            counted=counted,
        )
    )
