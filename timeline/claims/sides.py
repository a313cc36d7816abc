"""Who a sentence counts, and from where to where they travel."""

from typing import TYPE_CHECKING, Any

from timeline.claims import lexicon
from timeline.claims.bearing import bears
from timeline.claims.model import EVER, NotUnderstood, Who
from timeline.claims.sentence import Sentence, names_of
from timeline.query import Query
from timeline.tenures import name_keys, tenures_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Event, Store


# What says whose visits, or where to; without any, a count is of all visits of the record's two countries.
SIDES = frozenset({"person", "subject", "who", "receiver", "sender", "other_nation", "region", "outside", "every_host", "every_visitor", "object"})  # fmt: skip


def who_counts(said: "Mapping[str, Any]", form: str, store: "Store") -> tuple[Who, ...]:
    """The readings of who-words. `Xi as president` is him in that office; in `President Xi` the title may say the same, or only who he is. `Last visited in 2008, as vice-president` is his last of all only if he may have been that then.

    Of him alone where the claim knows of an earlier visit: then nobody means only those in his present office.
    """
    person, words = said.get("person"), said.get("who")
    if said.get("object") == "meeting" and "summit" in said and not person and not words:
        return lexicon.SUMMIT
    if not person or (said.get("object") == "meeting" and "receiver" not in said):
        return words or (lexicon.ANYBODY,)
    plain = Who(person, (person,))
    held_by = [who for who in words or () if not (who.anybody or who.party_states)]
    # of one person, "as leader" is while he led
    led = held_by if "in_power" in said else _as_he_led(person, held_by, store)
    held = tuple(who._replace(label=f"{person} as {who.label}", people=(person,)) for who in led)
    if "capacity_told" in said:
        return (plain, *held) if _bore_then(person, led, said, store) else held or (plain,)
    if "capacity" in said:
        return held or (plain,)
    return (plain, *held) if form in ("first-ever", "nth", "count") else (plain,)


def _bore_then(person: str, words: list[Who], said: "Mapping[str, Any]", store: "Store") -> bool:
    """Whether somebody may have been what words say on a visit of his at the time of which they are said; where the record has none then, at that time."""
    then = said["date"].span if said.get("date") else EVER
    there = [e.date.start for e in store.events if e.type == "visit" and any(p.name == person for p in e.people)]
    days = [start for start in there if start.overlaps(then)] or [then]
    return any(bears(person, who, store, day) for who in words for day in days)


def _as_he_led(person: str, words: list[Who], store: "Store") -> list[Who]:
    """Of the readings of `leader` those of the highest rank that somebody ever had: the head of a party, or of a state or government."""
    least = [who.level or (store.vocabulary.lowest(who.offices) if who.offices else 0) for who in words]
    held = [level for who, level in zip(words, least, strict=True) if bears(person, who, store)]
    return [who for who, level in zip(words, least, strict=True) if level == max(held, default=0)] or words


def scope_of(said: "Mapping[str, Any]", store: "Store", about: "Event | None") -> Query:
    """Directions, roles and kinds. Raises NotUnderstood where a side is not said and not to be had from the visit or the person."""
    kinds = said.get("kinds", ())
    narrowed = Query(
        roles=said.get("roles", ("heads",) if "official" in kinds or "state" in kinds else ()),
        kinds=kinds,
        places=tuple(said[slot] for slot in ("building", "city") if slot in said),
        tags=said.get("tags", ()),
    )
    visitor, host = said.get("visitor"), said.get("host")
    if about is not None and about.type == "visit":
        visitor, host = visitor or about.visitor, host or about.host
    homes = _homes(said.get("person") or said.get("subject"), store)
    if said.get("object") == "meeting":
        _who_met(said, visitor, host)
    else:
        _one_side(said, visitor, homes)
    host = host or said.get("other_nation") or home_of(said.get("receiver"), store)
    visitor = visitor or home_of(said.get("person") or said.get("subject") or said.get("sender"), store)
    visitor = visitor or lexicon.STATE_OF.get(lexicon.of_one(said.get("word", "")))
    if said.get("outside", visitor) != visitor:
        raise NotUnderstood(f"outside {said['outside']}: write 'abroad', or where to")
    if said.get("between"):
        return narrowed._replace(between=said["between"])
    if said.get("both_ways") and visitor and host:
        return narrowed._replace(between=(visitor, host))
    if not (visitor or host or about or said.keys() & SIDES) and (
        said.get("form") == "none-since" or "took_place" in said
    ):
        return narrowed._replace(between=_pair_of(store))
    visitors = () if said.get("every_visitor") or not visitor else (visitor,)
    hosts = () if said.get("every_host") or not host else said.get("region") or (host,)
    if said.get("object") != "meeting":
        if not visitors and not said.get("every_visitor"):
            raise NotUnderstood(
                "the claim does not say whose visit it is; name both countries, or the visit with --about"
            )
        if not hosts and not said.get("every_host"):
            raise NotUnderstood("the claim does not say where to; name both countries, or the visit with --about")
    return narrowed._replace(visitors=visitors, hosts=hosts)


def goes(visit: "Event", way: tuple[str, str]) -> bool:
    """Whether a visit went from one country to another, either of which may be left open (empty)."""
    return all(said in ("", had) for said, had in zip(way, visit.direction, strict=True))


def goes_another_way(said: "Mapping[str, Any]", store: "Store", about: "Event | None") -> bool:
    """Whether somebody is named who never travels for the visitor of the visit in question: what he did in a time that is named tells of other visits."""
    homes = _homes(said.get("person"), store)
    return about is not None and "visitor" not in said and bool(homes) and about.visitor not in homes


def _pair_of(store: "Store") -> tuple[str, str]:
    """The two countries of a record: those its title names, or between which all its visits are. Raises NotUnderstood where it has more."""
    title = Sentence(store.title, names_of(store))
    named = frozenset(actor for place in range(len(title.words)) if (actor := title.actor(place)[1]))
    pairs = {named} if len(named) == 2 else {frozenset(e.direction) for e in store.events if e.type == "visit"}
    if len(pairs) != 1:
        raise NotUnderstood("visits between whom? The record has several countries: name both, with 'between'")
    one, other = sorted(next(iter(pairs)))
    return one, other


def _homes(person: str | None, store: "Store") -> set[str]:
    """The actors for which a person travels in the record; of somebody who never travels in it, those for which he is on other events, or else held an office."""
    there = [(event, p) for event in store.events for p in event.people if p.name == person]
    travelled = {event.visitor for event, _ in there if event.type == "visit"}
    if there or not person:
        return travelled or {p.actor for _, p in there if p.actor}
    return {row.actor for row in tenures_of(name_keys([person]))}


def home_of(person: str | None, store: "Store") -> str | None:
    """The one actor for which a person travels in the record."""
    homes = _homes(person, store) if person else set()
    return next(iter(homes)) if len(homes) == 1 else None


def _who_met(said: "Mapping[str, Any]", visitor: str | None, host: str | None) -> None:
    """Raises NotUnderstood where it is not said between whom: two people, or two countries."""
    if "receiver" in said and "other_person" in said:
        raise NotUnderstood("who received whom? Name one host and one guest")
    if "receiver" in said:
        return
    sides = "between" in said or (visitor and (host or "other_nation" in said))
    if ("person" in said) != ("other_person" in said) or not ("person" in said or sides):
        raise NotUnderstood("a meeting of whom? Name both people, or both countries with 'between'")
    named = said.keys() & {"person", "between", "visitor", "other_nation"}
    if ("their" in said and not named) or ("the_two" in said and "person" not in said):
        raise NotUnderstood("meetings of the two countries, or of the two who lead them? Name both")


def _one_side(said: "Mapping[str, Any]", visitor: str | None, homes: set[str]) -> None:
    """Raises NotUnderstood where the words do not say clearly who travels where."""
    if "other_nation" in said:
        raise NotUnderstood("two nationalities: who visits whom? Write 'by a … to …'")
    if visitor and homes and visitor not in homes:
        raise NotUnderstood(
            f"{said.get('person') or said.get('subject')} does not travel for {visitor} in the record; write 'to' and 'by'"
        )
