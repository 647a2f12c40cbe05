"""A paper through a template: the same content in every language, each with its own escaping."""

from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from exports.paper.blocks import Bullets
from exports.paper.document import Document, raised
from exports.paper.scheme import head_lines
from exports.render import frame
from exports.render.drawing import drawn
from exports.render.style import Style
from exports.wording import plain


@cache
def templates(escaped: Callable[[str], str]) -> Environment:
    """Return the templates of a language; whatever they insert is escaped, whether they ask for it or not.

    Args:
        escaped: Returns text on one line as the language shows it.
    """

    def inserted(value: Any) -> Markup:
        is_ready = isinstance(value, (Markup, int, float))
        return Markup(value if is_ready else escaped(plain(value)))

    return Environment(
        loader=PackageLoader("exports.render"),
        autoescape=True,
        finalize=inserted,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def filled(
    document: Document, style: Style, escaped: Callable[[str], str], *, ending: str, template: str = "", **more: Any
) -> str:
    """Return the template of a format filled with a paper.

    Args:
        document: The paper.
        style: How it looks.
        escaped: As of `templates`.
        ending: Of the file, which the command that makes it again names.
        template: Ending of the template, where it is another.
        more: What this format alone inserts.
    """
    scheme = style.scheme
    return (
        templates(escaped)
        .get_template(f"paper.{template or ending}.j2")
        .render(
            document=document,
            style=style,
            frame=frame,
            head=head_lines(document, scheme, is_final=style.is_final),
            banner=scheme.banner(document),
            controls=frame.CONTROLLED if scheme.controls(document) else (),
            bottom_line=Bullets(document.bottom_line),
            gaps=Bullets(document.gaps),
            making=frame.making_lines(document, ending),
            again=frame.again(document, ending),
            notes=[frame.note_parts(note) for note in document.endnotes],
            mark=lambda marking: scheme.portion(marking, document),
            numbers=document.numbers,
            raised=lambda citations: raised(document.numbers(citations)),
            kind=lambda block: type(block).__name__,
            drawing=lambda chart: drawn(chart, font=style.font),
            **more,
        )
    )
