"""Days of a file against each other: what a swap of day and month would put in order, what chance would, and what a spreadsheet has parted."""

import random
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.importing.declared import read_mapping
from timeline.importing.order import _chain, in_better_order, parted, put_in_order, swapped_ordinal
from timeline.importing.rows import Row, Sheet
from timeline.importing.run import Opened, Reader, columns_of
from timeline.vocabulary import shipped

FIRST = date(2005, 1, 1).toordinal()


def sheet_of_days(count, years, seed=1):
    return sorted(random.Random(seed).sample(range(FIRST, FIRST + 365 * years), count))


def swapped_in(days, share, seed=2):
    """The days with a share of those that can be swapped, swapped; and which were."""
    free = [place for place, day in enumerate(days) if swapped_ordinal(day)]
    chosen = set(random.Random(seed).sample(free, round(share * len(free))))
    return [swapped_ordinal(day) if place in chosen else day for place, day in enumerate(days)], chosen


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("turned", [False, True], ids=["oldest first", "newest first"])
def test_swapped_rows_of_a_file_in_order_are_found_however_many_they_are(share, turned):
    days = sheet_of_days(200, 8)
    written, chosen = swapped_in(days[::-1] if turned else days, share)
    found = put_in_order(written)
    assert found.left == 0
    assert found.out <= len(chosen)
    right = {place for place, day in found.better.items() if place in chosen and day == swapped_ordinal(written[place])}
    assert len(right) >= 0.95 * len(chosen)
    assert len(found.better) <= 1.1 * len(chosen) + 1


def test_a_file_in_no_order_is_not_accused():
    for seed in range(200):
        chosen = random.Random(seed)
        days = [FIRST + chosen.randrange(365 * chosen.choice((1, 3, 20))) for _ in range(chosen.randrange(4, 60))]
        assert put_in_order(days) is None


def test_a_file_in_order_with_rows_in_the_wrong_place_is_hardly_ever_accused():
    accused = 0
    for seed in range(200):
        days, chosen = sheet_of_days(40, 6, seed), random.Random(seed)
        for _ in range(5):
            days.insert(chosen.randrange(40), days.pop(chosen.randrange(40)))
        accused += put_in_order(days) is not None
    assert accused <= 4


def test_a_file_in_order_is_as_it_is():
    assert put_in_order(sheet_of_days(100, 5)) is None


@given(st.lists(st.integers(FIRST, FIRST + 300), min_size=1, max_size=7))
def test_the_chain_is_the_longest_with_the_fewest_swaps(days):
    options = [(day, swapped_ordinal(day)) for day in days]
    best = (0, 0)
    for size in range(len(days) + 1):
        for rows in combinations(options, size):
            for choice in product(*(((0, 1) if other else (0,)) for _, other in rows)):
                values = [row[which] for row, which in zip(rows, choice, strict=True)]
                if values == sorted(values):
                    best = max(best, (size, -sum(choice)))
    chain = _chain(options)
    assert (len(chain), -sum(swapped for _, swapped in chain)) == best


LATE = [date(2015, month, day).toordinal() for month, day in ((1, 13), (2, 14), (3, 25), (4, 30), (5, 19), (7, 22))]
EARLY = [date(2015, month, day).toordinal() for month, day in ((1, 3), (2, 4), (3, 5), (4, 12), (5, 9), (7, 2))]


@pytest.mark.parametrize(
    ("texts", "dates", "said"),
    [
        pytest.param(LATE, EARLY, True, id="parted at the 12th"),
        pytest.param(LATE[:2], EARLY[:2], False, id="so few that chance does it"),
        pytest.param([*LATE, EARLY[0]], EARLY, False, id="an early day among the texts"),
        pytest.param(LATE, [*EARLY, LATE[0]], False, id="a late day among the dates"),
        pytest.param([], EARLY * 3, False, id="no texts"),
    ],
)
def test_what_a_spreadsheet_has_parted(texts, dates, said):
    assert parted(texts, dates) is said


def test_an_order_that_swaps_would_break_speaks_against_them():
    days = [date(2015, month, day).toordinal() for month, day in ((1, 12), (2, 3), (4, 11), (5, 2))]
    swapped = [swapped_ordinal(day) for day in days]
    assert in_better_order(days, swapped)
    assert not in_better_order(swapped, days)


def imported(cells):
    """Events and the report of a sheet with these starts."""
    mapping = read_mapping(
        "m.yaml",
        "source: {id: a, title: A}\nrow-id: Id\ndate: {start: Start}\nvisitor: From\nhost: To\nperson: Who\n",
        shipped(),
    )
    usual = {"From": "China", "To": "Laos", "Who": "Premier Li Keqiang"}
    rows = [Row(number, usual | {"Id": str(number), "Start": cell}) for number, cell in enumerate(cells, 2)]
    sheet = Sheet("a.csv", "", tuple(rows[0].cells), iter(rows), "0")
    reader = Reader(shipped(), [].append, keep=True)
    return reader.read([Opened(sheet, (mapping,), columns_of(sheet, (mapping,)))])


def test_rows_out_of_order_are_told_marked_and_left_as_they_are():
    written, chosen = swapped_in(sheet_of_days(60, 2), 0.9)
    found = imported([date.fromordinal(day).isoformat() for day in written])
    marked = [group.event for group in found.groups if group.event.support == "conflicting"]
    assert len(marked) == found.tally.rows["probable swap"] >= 0.9 * len(chosen)
    assert [group.event.date.start.earliest for group in found.groups] == written
    (remark,) = found.files[0].sheet.remarks
    assert "days out of order; with day and month swapped in" in remark
    assert all("Day and month may be swapped: the file is in order of days" in event.note for event in marked)


def test_dates_among_texts_above_the_12th_are_told_and_marked_in_a_file_in_no_order():
    late = [f"{day.day}.{day.month}.{day.year}" for day in map(date.fromordinal, LATE)]
    early = [date.fromordinal(day).isoformat() for day in EARLY]
    cells = [cell for pair in zip(late[::-1], early, strict=True) for cell in pair]
    found = imported(cells)
    assert [group.event.support for group in found.groups] == ["confirmed", "conflicting"] * 6
    assert (
        found.files[0]
        .sheet.remarks[0]
        .startswith("6 days in numbers, such as D.M.YYYY, all above the 12th, and 6 dates")
    )
