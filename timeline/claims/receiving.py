"""The rules of the grammar for those who receive somebody: `Xi receives …`, `the first guest whom Kim has received`, `received by Kim`. A person who receives makes a claim one about meetings with that host."""

from typing import TYPE_CHECKING

from timeline.claims.named import named_person
from timeline.claims.visitors import form_at

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

SAID_OF_HOSTS = {"has not": "none-since", "had not": "none-since", "did not": "none-since", "last": "last-was"}
RECEIVES = (
    "hosts", "hosted", "hosting", "welcomes", "welcomed", "welcoming", "receives", "received", "receiving", "host", "welcome", "receive",
    "plays host to", "played host to", "playing host to", "play host to",
)  # fmt: skip
RECEIVED = ("hosted", "welcomed", "received", "played host to")
NEVER = ("has never", "had never", "has yet to", "had yet to", "never")
HAS = ("has", "had", "has ever", "had ever", "will", "is to", *SAID_OF_HOSTS, *NEVER)
WHERE = ("at", "in", "to")  # `Xi welcomed in Pyongyang` is one who was


def receives(s: "Sentence") -> int:
    """`Xi receives …`, `was received by Xi`: a meeting with the host who is named; `received in Beijing`, `hosted by North Korea` is a visit."""
    size = s.phrase(*RECEIVES)
    if not size:
        return 0
    if s.peek(size) == "by":
        taken, name = named_person(s.ahead(size + 1))
        if name:
            _say_received(s, name, size)
            s.said["passive"] = True
            return size + 1 + taken
        return _by_country(s, size + 1)
    if s.peek(size) in WHERE:
        return size
    if s.said.get("person") and s.places.get("person_end") == s.at and "receiver" not in s.said:
        _say_received(s, s.said.pop("person"), size)
        return size
    return 0


def _by_country(s: "Sentence", offset: int) -> int:
    """`Hosted by North Korea`, `received by Pyongyang`, `by the North`: where the visit went."""
    size, actor = s.actor(offset)
    if not size:
        size, capital = s.longest(s.names.capitals.get, offset)
        actor = capital[0] if capital else None
    half = s.half(offset + 1) if s.peek(offset) == "the" else None
    if half and s.raw[s.at + offset + 1][0].isupper():
        size, actor = 2, half
    if not actor or s.peek(offset + size) == "'s":
        return 0
    s.say("host", actor)
    s.say("country", value=True)
    return offset + size


def who_receives(s: "Sentence") -> int:
    """`Kim has received`, and, after the form, `the first guest Kim received`: the host comes before the verb."""
    clause = form_at(s) >= 0
    # `Chinese official` is no title of the host in `the first Chinese official Kim has received`
    size, name = s.person() if clause else named_person(s)
    if not name:
        return 0
    rest = s.ahead(size)
    has = rest.phrase(*HAS)
    verb = rest.ahead(has).phrase(*RECEIVES)
    if not verb or not (has or clause) or rest.peek(has + verb) in ("by", *(() if clause else WHERE)):
        return 0
    _said_before(rest, has)
    _say_received(rest.ahead(has), name, verb)
    s.said["passive"] = clause
    return size + has + verb


def _said_before(s: "Sentence", size: int) -> None:
    """The form that the words between the host and the verb say, if they say one."""
    words = s.folded(size)
    if form := "none-since" if words in NEVER else SAID_OF_HOSTS.get(words):
        s.say("form", form)
        s.said["form_end"] = s.at + size
    if words in NEVER:
        s.say("ever", value=True)


def _say_received(s: "Sentence", host: str, verb: int) -> None:
    s.say("receiver", host)
    s.say("object", "meeting")
    s.said["made"] = s.folded(verb) in RECEIVED
