"""The bundled resolutions, sponsors, votes, sessions, mandates and reviews: whole, consistent, doubts flagged."""

from collections import Counter

from iga.graph.domain.catalog import fits
from iga.graph.statements import EdgeStatement, NodeStatement
from iga.graph.text import folded
from iga.ingest.mapping import columns_read
from iga.ingest.reference_files import REFERENCE
from iga.ingest.resolution.party import party_of
from iga.ingest.resolution.weighing import weighed
from iga.ingest.row_reader import row_reader
from iga.ingest.subjects import slug
from tests.ingest.reference.reading_bundled import bundled, classes_of_ids, everything, named
from tests.reading import some

FACTBOOK = REFERENCE / "on_request" / "factbook_memberships.yaml"


def texts() -> dict[str, NodeStatement]:
    return {node.id: node for node in named("resolutions").nodes("Resolution")}


def test_the_id_of_a_resolution_is_the_slug_of_its_symbol() -> None:
    for text in some(texts().values()):
        if symbol := text.values.get("symbol"):
            assert text.id == f"resolution:{slug(str(symbol))}"
            assert str(symbol) in str(text.values["name"])


def test_a_symbol_that_was_not_seen_is_not_made_up() -> None:
    without = {key for key, text in texts().items() if "symbol" not in text.values}
    assert without == {
        "resolution:a-80-l-8",
        "resolution:ccpcj-32-business-operations",
        "resolution:unga-80-improving-the-coordination-of-efforts",
        "resolution:unga-third-committee-79-trafficking-in-women-and-girls",
    }


def test_consensus_has_no_counts_and_a_vote_has_them() -> None:
    counts = ("yes_count", "no_count", "abstain_count")
    for text in some(texts().values()):
        voted = "vote" in str(text.values.get("adopted_by", ""))
        assert all((count in text.values) == voted for count in counts), text.id
    ways = Counter(str(text.values.get("adopted_by", "")) for text in texts().values())
    assert set(ways) == {
        "", "consensus", "consensus in committee", "vote", "rejected by vote", "presidential statement",
    }  # fmt: skip  # read across, like the rows of a table


def test_votes_add_up_to_the_counts_stated() -> None:
    cast = Counter((edge.target, edge.values["vote"]) for edge in named("resolution_votes").edges("VOTED"))
    assert sum(cast.values()) == 504
    for key, text in some(texts().items()):
        for field, vote in (("yes_count", "yes"), ("no_count", "no"), ("abstain_count", "abstain")):
            assert cast[key, vote] == text.values.get(field, 0), (key, vote)


def test_states_that_no_longer_exist_vote_under_the_name_of_the_time() -> None:
    former = {node.id: node.values["name"] for node in named("resolution_votes").nodes("Government")}
    assert former["gov:czechoslovakia"] == "Czechoslovakia"
    assert len(former) == 6
    voters = {edge.source for edge in named("resolution_votes").edges("VOTED")}
    today = {node.id for node in named("governments").nodes("Government")}
    assert voters - today == set(former)


def test_whole_lists_of_sponsors_are_as_long_as_stated() -> None:
    held = Counter(
        (edge.target, edge.values["role"] == "co") for edge in named("resolution_sponsors").edges("SPONSORED")
    )
    assert held["resolution:a-hrc-res-32-3", True] == 63
    assert held["resolution:a-hrc-res-35-5", True] == 93
    for key, text in some(texts().items()):
        stated = str(text.values.get("sponsor_count", ""))
        if stated.isdigit():
            assert held[key, True] + held[key, False] >= int(stated) or held[key, True] < 2, key


def test_a_text_follows_an_earlier_one() -> None:
    day = {key: str(text.values.get("adopted_on", "")) for key, text in texts().items()}
    for edge in some(named("resolutions").edges("SUCCEEDED_BY")):
        assert not (day[edge.source] and day[edge.target]) or day[edge.source] < day[edge.target], edge


def test_no_engagement_is_called_like_a_body() -> None:
    """A question that takes both would otherwise ask which of the two is meant."""
    called: dict[str, set[str]] = {}
    for source in some(everything()):
        for node in source.nodes():
            if fits(node.cls, ("Engagement", "Forum", "InternationalOrganization")):
                aliases = node.values.get("aliases", [])
                assert isinstance(aliases, list)
                for name in (str(node.values.get("name", "")), *aliases):
                    called.setdefault(folded(name), set()).add("engagement" if node.cls == "Engagement" else "body")
    assert [name for name, kinds in some(called.items()) if name and len(kinds) > 1] == []


def test_every_session_belongs_to_a_series_that_a_body_organizes() -> None:
    series = {edge.target for edge in named("sessions").edges("ORGANIZED")}
    for edge in some(named("sessions").edges("PART_OF")):
        assert edge.target in series | {"engagement:series-untoc-cop"}


def test_a_general_assembly_session_opens_in_the_year_of_its_number() -> None:
    for session in some(named("sessions").nodes("Engagement")):
        if session.id.startswith("engagement:unga-"):
            period = session.values["period"]
            assert isinstance(period, dict)
            assert period["start"] == f"{1945 + int(session.id.rpartition('-')[2])}-09"


def test_last_days_of_mandates_are_counted_and_marked_so() -> None:
    for key, content in some(named("mandates").said.items()):
        for statement in some(content.statements):
            period = statement.values.get("period") if isinstance(statement, EdgeStatement) else None
            if isinstance(period, dict) and period.get("end"):
                assert content.confidence in ("derived", "low"), key


def test_the_special_rapporteur_has_the_mandate_of_the_last_renewal_held() -> None:
    stated = [node for node in named("mandates").nodes("Post") if node.id == "post:un-sr-trafficking"]
    assert [node.values["mandate_period"] for node in stated] == [
        {"start": "2023-07-12", "end_kind": "dated", "end": "2026-07"}
    ]


def test_each_stage_of_a_review_ends_in_its_day_or_says_that_none_is_held() -> None:
    for row in some(named("reviews").cells):
        assert any(character.isdigit() for character in row["said"]) or "not seen" in row["said"], row


def test_published_reports_and_recommendations_are_as_many_as_the_card_says() -> None:
    source = named("reviews")
    reports, asked = source.nodes("Publication"), source.nodes("Recommendation")
    assert (len({node.id for node in reports}), len({node.id for node in asked})) == (17, 14)
    assert "17 publications, 25 adoptions of reports and 14 recommendations" in source.mapping.card.gaps[0]
    assert sum("final report adopted" in row["stage"] for row in source.cells) == 25


def test_comments_of_the_committee_of_experts_have_a_place_and_none_is_held() -> None:
    source = named("ceacr_comments")
    assert source.cells == ()
    row = dict.fromkeys(columns_read(source.mapping), "") | {
        "id": "EX-1", "party": "Ghana", "convention": "C029", "convention_id": "treaty:ilo-c029", "year": "2024",
        "comment_kind": "observation", "name": "Observation (fictional)", "adopted_on": "2024",
        "session": "113th session",
    }  # fmt: skip  # read across, like the rows of a table
    said = row_reader(source.mapping)(row)
    assert said is not None
    assert {statement.id for statement in said[1].statements if isinstance(statement, NodeStatement)} == {
        "publication:ceacr-ex-1",
        "review:ceacr-ghana-c029",
    }


def test_the_world_factbook_list_is_marked_unverified_and_makes_no_member_present() -> None:
    source = bundled(FACTBOOK)
    assert source.mapping.card.rank == 90
    assert {content.confidence for content in source.said.values()} == {"low"}
    known = set(classes_of_ids()) | {node.id for node in source.nodes()}
    for edge in some(source.edges()):
        assert {edge.source, edge.target} <= known
        assert not {"period", "attested_on"} & set(edge.values)


def test_who_sat_in_the_un_under_a_name_of_the_time_is_ruled_out_to_be_a_government_of_today() -> None:
    sources = [(of, node) for of in ("governments", "resolution_votes") for node in named(of).nodes("Government")]
    seats = [party_of(node.id, {"cls": node.cls, **node.values}) for of, node in sources if of == "resolution_votes"]
    today = {
        node.id: party_of(node.id, {"cls": node.cls, **node.values}) for of, node in sources if of == "governments"
    }
    for seat in some(seats):
        assert {weighed(seat, today[id_]).tier for id_ in ("gov:twn", "gov:yem", "gov:cze")} == {"unlike"}
