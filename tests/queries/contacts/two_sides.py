"""Two sides with posts, whoever held them, and meetings: what tests of acquaintances are made of; all made up."""

from collections.abc import Iterable
from typing import Any

from iga.graph.statements import Statement
from tests.queries.world import between, edge, node


def side(body: str, government: str | None, **posts: tuple[tuple[str, Any], ...]) -> Iterable[Statement]:
    """Give a body with its posts, each with who held it for which period."""
    kind = {"government": government} if government else {}
    yield node("PublicBody", body, name=body.removeprefix("body:").title(), **kind)
    for slug, terms in posts.items():
        yield node("Post", f"post:{slug}", name=slug.title())
        yield edge("POST_IN", f"post:{slug}", body)
        for name, period in terms:
            yield node("Person", f"person:{name.lower()}", name=f"{name} Example")
            yield edge("HOLDS", f"person:{name.lower()}", f"post:{slug}", period=period)


def meeting(slug: str, on: str, *who: str, status: str = "held") -> Iterable[Statement]:
    """Give a meeting of one day with those who came."""
    yield node("Engagement", f"engagement:{slug}", name=f"The {slug}", status=status, period=between(on, on))
    for party in who:
        yield edge("PARTICIPATED", party, f"engagement:{slug}")
