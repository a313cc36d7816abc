"""What a file of a record may hold: the keys of its parts in the order in which they are written, ids, sizes, and the characters that are never written as they are."""

FORMAT = "1"
TOP_KEYS = (
    "timeline",
    "title",
    "licence",
    "about",
    "actors",
    "offices",
    "people",
    "coverage",
    "events",
    "claims",
)
EVENT_KEYS = (
    "id date type title visitor host actors people kind status places met occasion tags support note sources".split()
)
PERSON_KEYS = {
    "name": "name",
    "title": "title",
    "offices": "offices",
    "role": "role",
    "party-rank": "party_rank",
    "actor": "actor",
}
SOURCE_KEYS = ("title", "publisher", "url", "date")
COVERAGE_KEYS = tuple("id type visitor host at-least people offices from to how evidence".split())
ACTOR_KEYS = tuple("id name adjectives capitals iso2 iso3 kind from to successors aliases".split())
OFFICE_KEYS = ("id", "title", "ladder", "level", "aliases", "implies")
KNOWN_PERSON_KEYS = ("name", "aliases", "actor")
CLAIM_KEYS = (
    "id", "claim", "reading", "publisher", "published", "url", "record", "about", "form", "number", "unit", "months", "weeks", "days", "since", "event", "reference", "window", "every", "counting",
    "who", "person", "office", "at-least", "ladder", "role", "visitor", "host", "between", "capital", "kind", "not-kind", "place", "tag", "met", "object",
    "hedge", "expected", "why", "sources",
)  # fmt: skip

MOST_ID = 200  # characters: an id may be the name of a file, which systems end at 255 bytes
# Patterns are texts, which `re` compiles and keeps once a file is read: what is answered from an index needs none.
ID = rf"(?!.{{{MOST_ID + 1}}})[a-z0-9]+(?:-[a-z0-9]+)*"
ID_RULE = f"use lower case ASCII letters, digits and single hyphens, at most {MOST_ID}"
MOST_WORDS = 100_000  # actors, offices or people that one file adds
MAX_BYTES = 128 * 1024 * 1024  # of one file
MAX_TEXT = 100_000  # characters of one text
ADDRESS = r"https?://[^\s/]+"  # how the address of a page begins
ACTING = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
"""What acts on its surroundings where it is shown: controls but line break and tab, separators of lines, marks of direction. Written as an escape everywhere."""
