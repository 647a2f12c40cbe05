"""Who is on our side: the same whether few or many are asked about at once."""

from iga.graph.domain.parties import Post
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.home import ours_among
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import BODIES_OF_POSTS, HOLDERS_OF
from iga.queries.core.session import Session


def test_many_at_once_are_judged_as_each_by_itself(in_office: Session) -> None:
    posts = tuple(post.id for post in in_office.read(all_of(Post), Everything()))
    bodies = {edge.id for edge in in_office.read(BODIES_OF_POSTS, OfIds(ids=posts))}
    people = {edge.id for edge in in_office.read(HOLDERS_OF, OfIds(ids=posts))}
    ids = [in_office.home.government, *posts, *people, *bodies]
    one_by_one = {id_ for id_ in ids if ours_among(in_office, [id_])}
    assert ours_among(in_office, [*ids, *(f"nobody:{number}" for number in range(1_000))]) == one_by_one
    assert one_by_one & set(posts)
    assert one_by_one & people
    assert set(ids) - one_by_one
