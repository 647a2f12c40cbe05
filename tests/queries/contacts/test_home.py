"""Who is on our side: the same whether few or many are asked about at once."""

from queries.contacts.reads import POSTS_HELD
from queries.core.compiled import Everything
from queries.core.home import ours_among
from queries.core.reading import OfIds
from queries.core.reads import HOLDERS_OF
from queries.core.session import Session


def test_many_at_once_are_judged_as_each_by_itself(in_office: Session) -> None:
    held = in_office.read(POSTS_HELD, Everything())
    posts = tuple(sorted({row.post for row in held}))
    people = {edge.id for edge in in_office.read(HOLDERS_OF, OfIds(ids=posts))}
    ids = [in_office.home.government, *posts, *people, *(row.body for row in held if row.body)]
    one_by_one = {id_ for id_ in ids if ours_among(in_office, [id_])}
    assert ours_among(in_office, [*ids, *(f"nobody:{number}" for number in range(1_000))]) == one_by_one
    assert one_by_one & set(posts)
    assert one_by_one & people
    assert set(ids) - one_by_one
