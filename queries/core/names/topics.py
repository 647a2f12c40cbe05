"""Which topic a typed text stands for: by its code, in the words of any body, in everyday words."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

import yaml

from iga.graph.domain.topics import THESAURUS, in_words
from iga.graph.errors import NotFound
from iga.graph.names.index import NameIndex
from iga.graph.names.ranking import Ranked, meant, ranked
from iga.graph.names.table import Called
from iga.graph.text import folded
from iga.queries.core.answer import NameTaken
from iga.queries.core.names.resolve import shortened

_SUGGESTED = 5


def topic_of(text: str) -> str:
    """Return the code of the topic that a text stands for.

    Raises:
        NotFound: No topic is called so; the error suggests which are.
    """
    if topics := meant(_topics(), text):
        return topics[0].id
    codes = tuple(islice((hit.id for hit in _near(text)), _SUGGESTED))
    which = f"did you mean {' or '.join(codes)}?" if codes else f"topics are {', '.join(e.code for e in THESAURUS)}"
    raise NotFound(f"topic: nothing is called {shortened(text)!r}; {which}", suggestions=codes)


def likely_topic_of(text: str) -> tuple[str, NameTaken | None]:
    """Return the code of the topic that a text stands for; what was only taken for it is told.

    Errors are those of `topic_of`.
    """
    try:
        return topic_of(text), None
    except NotFound:
        near = [hit for hit in _near(text) if not hit.is_far]
        if len(near) != 1:
            raise
    code = near[0].id
    return code, NameTaken(parameter="topic", typed=text, id=code, name=in_words(code))


def _near(text: str) -> Sequence[Ranked]:
    return ranked(_topics(), text) if folded(text) else ()


@cache
def everyday_topics() -> Mapping[str, Sequence[str]]:
    """Return what people call topics beside the words of the thesaurus, by code."""
    text = (files("iga.queries.core.names") / "everyday_topics.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.CBaseLoader))


@cache
def _topics() -> NameIndex:
    """Return the thesaurus as an index of its own: topics are asked for whether or not a graph holds them."""
    index = NameIndex()
    topics = []
    for entry in THESAURUS:
        also = (*entry.also, *everyday_topics().get(entry.code, ()))
        names = (("code", entry.code), ("name", entry.label), *(("alias", name) for name in also))
        topics.append(Called(entry.code, "", "Topic", entry.label, names))
    index.update("thesaurus", since="", changed=topics, gone=())
    return index
