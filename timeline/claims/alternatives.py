"""Who holds an office or held it: `the first current or former US president`, `the first US president, in or out of office`."""

from typing import TYPE_CHECKING

from timeline.claims.bearing import FORMER
from timeline.claims.model import NotUnderstood, Who
from timeline.claims.visitors import form_at, nations
from timeline.tenures import tenures

if TYPE_CHECKING:
    from timeline.claims.sentence import Sentence

NOW = ("current", "sitting", "serving", "incumbent", "present", "acting")
EITHER = (
    *(f"{now} or former" for now in NOW), *(f"former or {now}" for now in NOW), *(f"{now} or ex" for now in NOW), *(f"either {now} or former" for now in NOW), "present or past", "past or present",
)  # fmt: skip
IN_OR_OUT = (
    "in or out of office",
    "in office or out",
    "in office or out of it",
    "current or former",
    "sitting or former",
    "past or present",
)
TOPS = ("president", "premier")


def either(s: "Sentence") -> int:
    """Before an office, or after it. Raises NotUnderstood where the record's word for those who left office may mean holders of another."""
    if "who" in s.said and s.latest["who"] > form_at(s) >= 0 and (size := s.phrase(*IN_OR_OUT)):
        s.said["who"] = _with_former(s, s.said["who"])
        return size
    lead = s.phrase(*EITHER)
    if not lead or form_at(s) < 0 or "who" in s.said:
        return 0
    nation = nations(s.ahead(lead))
    size = lead + nation
    actor = s.longest(s.names.adjectives.find, lead)[1] or s.ahead(lead).nationality() or s.actor(lead)[1]
    size += int(s.peek(size) == "'s")
    held, office = s.longest(s.names.store.vocabulary.office_index.find, size)
    if not held or (nation and not actor):
        return 0
    if actor:
        s.say("visitor", actor)
    title = s.names.store.vocabulary.offices[office].title.lower()
    s.say("who", _with_former(s, (Who(title, offices=(office,)),)))
    s.said.setdefault("word", s.ahead(size).text(held))
    return size + held


def _with_former(s: "Sentence", who: tuple[Who, ...]) -> tuple[Who, ...]:
    """An office and those who left it. The record knows these only as former leaders of their country, so that it must have no other top office."""
    actor = s.said.get("visitor")
    tops = {office for office in TOPS if (actor, office) in tenures()}
    offices = who[0].offices
    if len(who) != 1 or len(tops) != 1 or set(offices) != tops:
        raise NotUnderstood(
            "in office or not: of which office? The record tells former leaders of a country, not what each of them was"
        )
    return (Who(f"{who[0].label}, in office or formerly", offices=(*offices, *FORMER)),)
