"""What the name of a column says of its field, in English words. It breaks ties; what stands in the cells decides."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.importing.evidence import Column

# By field: words in the name of a column that speak for it, best first, and words that speak against.
HINTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "start": (("start", "begin", "arrival", "arrive", "arrived", "arrives", "entry", "from", "date", "day", "year"), ("end", "birth", "created", "modified", "updated", "published", "accessed", "retrieved")),
    "end": (("end", "departure", "depart", "departed", "until", "return", "to", "finish", "last", "leave", "leaves", "left", "ended", "exit"), ("start", "birth", "created", "modified", "updated", "published", "accessed", "retrieved")),
    "visitor": (("visitor", "visiting", "sending", "leader", "guest", "origin", "from", "nationality", "sender", "home", "delegation", "country"), ("visited", "host", "destination", "to")),
    "host": (("host", "visited", "destination", "receiving", "to", "target", "recipient", "country"), ("leader", "origin", "visiting", "sending", "guest")),
    "person": (("visitor", "leader", "guest", "who", "name", "delegate", "person", "official"), ("met", "host", "country", "id", "iso")),
    "name": (("name", "leader", "visitor", "person", "guest", "official", "delegate", "who", "representative", "politician"), ("country", "id", "iso", "met", "host", "surname", "region", "city", "event")),
    "title": (("title", "position", "office", "post", "function", "role"), ("id", "event", "source")),
    "places": (("city", "place", "places", "cities", "location", "locale", "venue", "locality"), ("country", "id")),
    "met": (("met", "counterpart", "receivedby", "interlocutor"), ("count",)),
    "kind": (("kind", "type", "category", "nature"), ("source", "id")),
    "occasion": (("occasion", "purpose", "description", "remarks", "topic", "agenda", "subject", "summary", "event"), ("id",)),
    "note": (("note", "notes", "comment", "comments", "remark"), ("id",)),
    "urls": (("url", "link", "source", "sources", "reference", "website"), ("id",)),
    "days": (("duration", "days", "length", "nights"), ("id",)),
    "status": (("status",), ()),
    "support": (("support", "certainty"), ()),
}  # fmt: skip
NAME_PARTS = ({"first", "given", "forename"}, {"last", "family", "surname"})
_COUNTRY = "country"
_OTHER_DATES = {
    "birth",
    "born",
    "announced",
    "announcement",
    "created",
    "modified",
    "updated",
    "published",
    "publication",
    "accessed",
    "retrieved",
    "added",
}


def score(column: "Column", field: str) -> int:
    """How much the name of a column speaks for a field; 0 where it does not, or speaks against it."""
    hints, against = HINTS.get(field, ((), ()))
    if any(word in against for word in column.words):
        return 0
    return max((len(hints) - hints.index(word) for word in column.words if word in hints), default=0)


def tells(column: "Column", side: str) -> bool:
    """Whether a name says whose the actors of a column are."""
    return bool(score(column, side)) and bool((set(HINTS[side][0]) - {_COUNTRY}) & set(column.words))


def unfit(column: "Column") -> bool:
    """Whether a name says that the dates of a column are of something else."""
    return bool(set(column.words) & _OTHER_DATES)
