"""What would flip a verdict: each change that is told, made in a copy of the record and judged again."""

import pytest
from published import RECORDS, a_record, claims_about

from timeline.claims.fields import read_claim
from timeline.claims.grammar import parse
from timeline.claims.lexicon import INFORMAL
from timeline.claims.model import NAMES
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.errors import StoreError

AS_OF = parse_when("2026-07-15").start.latest


def with_events(store, events):
    return store._replace(events=tuple(events), by_id={event.id: event for event in events})


def without(store, event_id):
    return with_events(store, [event for event in store.events if event.id != event_id])


def told(verdict):
    """What is said to flip it, with the verdict that it would give: {words: verdict}."""
    return {
        words: found.partition(" (")[0] for words, _, found in (flip.partition(": ") for flip in verdict.flips or ())
    }


def single(verdict):
    """The first visits that decide a claim, which does not name them, with one source each."""
    claim = verdict.claim
    named = {claim.about, *(mark.event for mark in (claim.since, claim.target) if mark)}
    return [e for e in verdict.main.finding.deciding[:3] if len(e.sources) <= 1 and e.id not in named]


@pytest.mark.parametrize("name", RECORDS)
def test_a_visit_left_out_gives_the_verdict_that_is_told(name, some):
    store = a_record(name)
    for published in some(claims_about(name), 8):
        verdict = judge(read_claim(published, store), store, AS_OF)
        flips = told(verdict)
        for event in single(verdict) if verdict.verdict != "unverifiable" else ():
            fewer = without(store, event.id)
            try:
                again = judge(read_claim(published, fewer), fewer, AS_OF, plain=True)
            except StoreError:  # without that visit its words are not understood
                continue
            words = f"without {event.id}, which has a single source"
            assert flips.get(words, NAMES[verdict.verdict]) == NAMES[again.verdict], (published.id, words)


def leading(event):
    """A visit with nobody of note beside those who headed it."""
    nobody = {"name": "Somebody", "title": "", "offices": (), "party_rank": 0}
    people = tuple(p if p.role == "heads" else p._replace(**nobody) for p in event.people)
    return event._replace(people=people)


KINDS = {
    "multilateral occasions left out": ("multilateral",),
    "secret and unofficial visits left out": ("secret", "unofficial", "private"),
    f"only formal visits ({', '.join(INFORMAL[:-1])} and {INFORMAL[-1]} left out)": INFORMAL,
}


@pytest.mark.parametrize("name", RECORDS)
def test_kinds_and_companions_left_out_give_the_verdict_that_is_told(name, some):
    store = a_record(name)
    for published in some(claims_about(name), 7):
        claim = read_claim(published, store)
        verdict = judge(claim, store, AS_OF)
        for words, flip in told(verdict).items():
            if words == "only those who headed the party":
                fewer = with_events(store, [leading(event) for event in store.events])
            elif words in KINDS:
                fewer = with_events(store, [event for event in store.events if event.kind not in KINDS[words]])
            else:
                continue
            again = judge(claim, fewer, AS_OF, plain=True)
            assert NAMES[again.verdict] == flip, (published.id, words)


@pytest.mark.parametrize(("record", "sentence", "about", "published", "words", "flip"), [
    pytest.param("united-states-china", "John Kerry visited China eight times as secretary of state", "", "2016-12-31", "without kerry-beijing-2013-04, which has a single source", "DEPENDS", id="nine visits, one along with Obama: eight without one, if he counts"),
    pytest.param("events", "first visit by a Chinese premier to North Korea in more than 16 years", "li-qiang-pyongyang-2025-10", "", "anybody who ranked as high or higher", "FAILS", id="Xi Jinping came in 2019"),
])  # fmt: skip
def test_a_flip_is_the_verdict_of_the_claim_as_a_whole(record, sentence, about, published, words, flip):
    store = a_record(record)
    visit = store.by_id[about] if about else None
    claim = parse(sentence, store, visit, parse_when(published).start if published else None)
    assert told(judge(claim, store, AS_OF)).get(words) == flip
