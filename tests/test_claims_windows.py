"""Claims about a time that they name themselves: so many in it, any at all, none; they ask for no visit that they would be about."""

from functools import cache
from pathlib import Path

import pytest

from timeline.claims.fields import read_claim
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.errors import StoreError
from timeline.model import Origin, PublishedClaim
from timeline.store import load

ROOT = Path(__file__).parent.parent
AS_OF = parse_when("2026-06-30").start.latest
TO_PYONGYANG = {"visitor": "china", "host": "north-korea"}
TO_BEIJING = {"visitor": "north-korea", "host": "china"}


@cache
def a_record(name="events.yaml"):
    return load([str(ROOT / name)])


def answer(**fields):
    """The verdict on a count, with its fields as a record has them."""
    texts = {key.replace("_", "-"): (str(value),) for key, value in ({"form": "count"} | fields).items()}
    published = PublishedClaim("a-claim", texts | {"claim": ("a claim",)}, Origin("events.yaml", 1))
    return judge(read_claim(published, a_record()), a_record(), AS_OF)


ANY = {"number": 1, "hedge": "at-least"}


@pytest.mark.parametrize(("fields", "verdict"), [
    pytest.param(ANY | {"window": "2025-10", "person": "Li Qiang"}, "holds", id="he was there in that month"),
    pytest.param(ANY | {"window": "2025-11", "person": "Li Qiang"}, "fails", id="not in the next one"),
    pytest.param(ANY | {"window": "2025-10", "office": "president"}, "fails", id="nobody in that office"),
    pytest.param(ANY | {"window": "2019-06-20", "person": "Xi Jinping"}, "holds", id="the day on which it began"),
    pytest.param(ANY | {"window": "2019-06-21", "person": "Xi Jinping"}, "depends", id="the day after, while he was there"),
    pytest.param(ANY | {"window": "2019-06-24", "person": "Xi Jinping"}, "fails", id="after he had left"),
    pytest.param({"number": 2, "window": "2009", "office": "premier"}, "fails", id="one, not two"),
    pytest.param({"number": 0, "window": "2012", "office": "premier"}, "holds", id="none in a year"),
    pytest.param({"number": 0, "window": "2009", "office": "premier"}, "fails", id="one in that year"),
    pytest.param({"number": 0, "window": "between 1991 and 2009", "office": "premier"}, "holds", id="between two years with a visit each: from the one to the other"),
    pytest.param({"number": 0, "window": "between 1992 and 2009", "office": "premier"}, "depends", id="between two years with a visit in one: with that year or without"),
    pytest.param({"number": 0, "window": "between 1990 and 2010", "office": "premier"}, "fails", id="between two years, with a visit in the middle"),
    pytest.param({"number": 0, "window": "1991..2009", "office": "premier"}, "fails", id="from the one to the other, both included"),
    pytest.param({"number": 0, "window": "1950", "at_least": "official"}, "unverifiable", id="none of any rank, where nobody listed them all"),
    pytest.param({"number": 10, "window": "ever", "office": "premier"}, "depends", id="ten so far, one of them from memory"),
    pytest.param({"number": 8, "window": "ever", "office": "president"}, "holds", id="eight so far"),
    pytest.param({"number": 7, "window": "ever", "office": "president", "published": "2026-01-01"}, "holds", id="seven when it was printed"),
    pytest.param({"number": 8, "window": "ever", "office": "president", "published": "2026-01-01"}, "fails", id="not yet eight when it was printed"),
])  # fmt: skip
def test_a_time_that_the_claim_names(fields, verdict):
    assert answer(**(TO_PYONGYANG | fields)).verdict == verdict


def test_the_switch_of_a_visit_under_way():
    found = answer(**(TO_PYONGYANG | ANY), window="2019-06-21", person="Xi Jinping")
    assert found.switch == "whether a visit under way when the time began counts"


@pytest.mark.parametrize("window", ["between 1991", "between 2009 and 1991", "between and"])
def test_a_window_that_is_none_is_refused(window):
    with pytest.raises(StoreError):
        answer(**TO_PYONGYANG, number=0, window=window)


@pytest.mark.parametrize(("length", "verdict"), [
    ({"weeks": 7}, "holds"),
    ({"weeks": 6}, "undetermined"),  # 43 days: a night arrival would make it 42
    ({"weeks": 5}, "fails"),
    ({"days": 43}, "holds"),
    ({"months": 2}, "holds"),
])  # fmt: skip
def test_a_window_back_from_a_visit_may_be_in_weeks_or_days(length, verdict):
    """Kim's second visit to China began on 7 May 2018, the first on 25 March."""
    second = TO_BEIJING | {"person": "Kim Jong Un", "about": "kim-jong-un-dalian-2018-05", "number": 2}
    assert answer(**second, window="back-from-visit", **length).verdict == verdict


@pytest.mark.parametrize(("length", "message"), [
    ({}, "needs one of months, weeks, days"),
    ({"weeks": 6, "days": 1}, "needs one of months, weeks, days"),
    ({"weeks": "six"}, "weeks: 'six' is not a whole number above 0"),
    ({"days": 0}, "days: '0' is not a whole number above 0"),
])  # fmt: skip
def test_a_window_that_counts_back_has_one_length(length, message):
    with pytest.raises(StoreError) as refused:
        answer(**TO_BEIJING, number=2, window="back-from-visit", **length)
    assert message in str(refused.value.problems[0].message)
