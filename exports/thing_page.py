"""Pages on one thing as HTML: a small one to look at while choosing, a long one with everything and its sources."""

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from exports.wording import capitalized, counted, is_link, plain
from queries.core.sourced_values import in_words
from queries.reconciling.properties import properties
from queries.reconciling.types import label_of
from queries.whole.entity import EntityView, Neighbours

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content security policy of the pages: they run nothing and load nothing."""

_STYLE = (
    "body{font:14px/1.4 sans-serif;color:#1b1b1b;background:#fff;margin:.6rem}h1{font-size:1.1rem;margin:0}"
    "h2{font-size:1rem;margin:.8rem 0 .2rem}p{margin:.2rem 0}dl{display:grid;grid-template-columns:auto 1fr;"
    "gap:.1rem .8rem;margin:.4rem 0}dt{font-weight:bold}dd{margin:0;overflow-wrap:anywhere}"
    "ul,ol{margin:.2rem 0;padding-left:1.2rem}a{color:#005ea2}"
)
_FIRST_FACTS = 6
_LONGEST_FACT = 160
_OTHER_NAMES = ("name_", "un_name", "aliases", "former_names")


def small_page(view: EntityView) -> str:
    """Return what tells a thing from its namesakes, for a frame of 430 by 260 pixels: class, facts, ties counted."""
    facts = list(_facts(view, skipped=_OTHER_NAMES))[:_FIRST_FACTS]
    short = [(name, text if len(text) <= _LONGEST_FACT else f"{text[:_LONGEST_FACT]}…") for name, text in facts]
    ties = "; ".join(f"{each.title} {each.count}" for each in view.neighbours)
    held = f"<p>Held: {escape(plain(ties))}</p>" if ties else ""
    return _page(view, f"{_list(short)}{held}")


def long_page(view: EntityView) -> str:
    """Return everything held on a thing: facts, relationships with links, and the rows it rests on."""
    sections = "".join(_section(each) for each in view.neighbours)
    return _page(view, f"{_list(list(_facts(view)))}{sections}{_sources(view)}")


def fragment(name: str, line: str) -> str:
    """Return a name and a line on it as a few lines of HTML."""
    return f"<p><strong>{escape(plain(name))}</strong></p><p>{escape(plain(line))}</p>"


def _page(view: EntityView, body: str) -> str:
    name, kind = escape(plain(view.name)), escape(label_of(view.cls))
    marking = "" if view.marking == "public" else f"; {escape(view.marking)}"
    top = f'<h1 dir="auto">{name}</h1><p>{kind}, {escape(view.id)}{marking}</p>'
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title><style>{_STYLE}</style>'
        f"</head><body><main>{top}{body}</main></body></html>\n"
    )


def _facts(view: EntityView, *, skipped: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    for name, value in view.values.items():
        if name != "name" and not (skipped and name.startswith(skipped)):
            yield properties()[name].name, plain(in_words(value, view.names))


def _list(facts: list[tuple[str, str]]) -> str:
    rows = "".join(f'<dt>{escape(name)}</dt><dd dir="auto">{_linked(text)}</dd>' for name, text in facts)
    return f"<dl>{rows}</dl>" if rows else ""


def _linked(text: str) -> str:
    return f'<a href="{escape(text)}" rel="noreferrer">{escape(text)}</a>' if is_link(text) else escape(text)


def _link_to(it: str, name: str) -> str:
    return f'<a href="?id={escape(quote(it, safe=""))}" dir="auto">{escape(plain(name))}</a>'


def _section(group: Neighbours) -> str:
    shown = "".join(f"<li>{_link_to(each.other.id, each.other.name)}</li>" for each in group.shown)
    more = group.count - len(group.shown)
    rest = f"<p>{counted(more, 'more is', 'more are')} not shown here.</p>" if more > 0 else ""
    return f"<h2>{escape(capitalized(group.title))} ({group.count})</h2><ul>{shown}</ul>{rest}"


def _sources(view: EntityView) -> str:
    notes = [view.evidence[number] for number in view.note_numbers if number in view.evidence]
    rows = "".join(f"<li>{escape(plain(note.title))}, {escape(plain(note.locator))}</li>" for note in notes)
    return f"<h2>Sources</h2><ol>{rows}</ol>" if rows else ""
