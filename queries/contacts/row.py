"""One way to reach a party, as the answer to `contact` lists it."""

from pydantic import Field

from queries.contacts.languages import LanguageMatch
from queries.contacts.rank import TopicMatch
from queries.contacts.reach import Place
from queries.core.answer import PartyRow, Shape
from queries.core.holders import Holding


class FurtherChannel(Shape):
    """A channel of a way besides the one to use first."""

    id: str = Field(description="Id of the channel.")
    kind: str | None = Field(default=None, description="E-mail, phone, website, address …")
    value: str | None = Field(default=None, description="The address itself.")
    freshness: str = Field(description="When it was last checked or seen.")
    unusable_because: str | None = Field(default=None, description="Why it must not be used.")
    purpose: str | None = Field(default=None, description="What it may be used for.")


class ContactRow(PartyRow):
    """One way to reach the party, with its channels; with several parties, the best way to reach each of them."""

    rank: int = Field(
        description="Place in the order of all ways, from 1; 0 for a row that only says why nothing is held."
    )
    who: str = Field(default="", description="The post or the office, and who holds it and how surely, in words.")
    called: str = Field(default="", description="The post or the office alone, with its body where that is another.")
    held_by: str = Field(default="", description="Who holds the post and how surely, in words.")
    channels: tuple[str, ...] = Field(
        default=(), description="Addresses that may be used, best first; if none may, the one that must not be used."
    )
    steps: tuple[str, ...] = Field(
        default=(), description="Each step of the ranking, in words; or why nothing is held."
    )
    place: Place = Field(description="Step of the fallback chain.")
    post: str | None = Field(default=None, description="Id of the post.")
    post_name: str | None = Field(default=None, description="Name of the post.")
    role: str | None = Field(default=None, description="What the post is: head, coordinator, focal point, as stated.")
    body: str | None = Field(default=None, description="Id of the body it belongs to; for our owner, the owner.")
    body_name: str | None = Field(default=None, description="Name of that body.")
    acronym: str | None = Field(default=None, description="Acronym of that body.")
    topics: tuple[str, ...] = Field(default=(), description="Its portfolio, as far as stated.")
    holder: str | None = Field(default=None, description="Id of the holder, or of the last one seen.")
    holder_name: str | None = Field(default=None, description="Name of that person.")
    holding: Holding = Field(default="no post", description="In office, acting, vacant, or not known.")
    holder_seen_on: str | None = Field(
        default=None, description="Latest day a source shows the holder, or the post vacant."
    )
    holder_known_by: str | None = Field(
        default=None,
        description="How it is known who holds the post: the term as stated, days seen; null if it is not.",
    )
    channel: str | None = Field(default=None, description="Id of the channel to use first.")
    channel_kind: str | None = Field(default=None, description="E-mail, phone, website, address …")
    channel_value: str | None = Field(default=None, description="The address itself.")
    purpose: str | None = Field(default=None, description="What the channel may be used for.")
    languages: tuple[str, ...] = Field(
        default=(), description="Languages answered in, as stated of the channel, else of who holds the post."
    )
    language_match: LanguageMatch | None = Field(
        default=None, description="Whether the language asked for is among them; null if none was asked for."
    )
    topic_match: TopicMatch | None = Field(
        default=None, description="How the portfolio meets the topic; null if none was asked for."
    )
    freshness: str | None = Field(default=None, description="When the channel was last checked or seen.")
    verified_lately: bool = Field(default=False, description="Whether the channel was verified within a year.")
    usable: bool = Field(default=True, description="False if every channel bounced or must not be used.")
    unusable_because: str | None = Field(default=None, description="Why it must not be used.")
    further: tuple[FurtherChannel, ...] = Field(
        default=(), description="Its other channels, best first; those that must not be used last."
    )
    go_through: str | None = Field(default=None, description="Whom to go through first, as somebody noted.")
    route: str | None = Field(default=None, description="Id of our mission or bureau that deals with it.")
    route_name: str | None = Field(default=None, description="Name of that mission or bureau.")
    reason: str | None = Field(
        default=None, description="Why nothing usable is held; on a sheet of several parties also what is lacking."
    )
    instead: str | None = Field(default=None, description="On such a sheet, what to use where something is lacking.")
