"""Scopes: what each filter takes, what `not` leaves out, and what is left out unless asked for."""

import pytest

from timeline.dates import parse_period
from timeline.query import Query, borderline, select
from timeline.store import load_text

STORE = load_text("""\
timeline: 1
events:
- id: zhou-1958
  date: 1958-02-14/1958-02-21
  visitor: china
  host: north-korea
  people:
  - name: Zhou Enlai
    offices: [premier]
  - name: Chen Yi
    offices: [vice-premier, foreign-minister]
    role: accompanies
    party-rank: 9
  kind: official
  places: [Pyongyang, Hamhŭng]
  tags: [troops]
  met: [Kim Il Sung]
- id: kim-1983
  date: 1983-06
  visitor: north-korea
  host: china
  people:
  - name: Kim Jong Il
    offices: [party-secretary]
  kind: secret
  support: recalled
- id: kim-transit-2006
  date: 2006-01
  visitor: north-korea
  host: china
  people:
  - name: Kim Jong Il
    offices: [general-secretary]
  kind: transit
- id: putin-2024
  date: 2024-06-19
  visitor: russia
  host: north-korea
  people:
  - name: Vladimir Putin
    offices: [president]
  - name: Sergey Lavrov
    offices: [foreign-minister]
    role: accompanies
  kind: state
  note: The first visit in 24 years.
  sources:
  - title: Putin arrives
    publisher: TASS
    url: https://tass.example/putin
- id: li-planned-2030
  date: 2030
  visitor: china
  host: japan
  people:
  - name: Li Qiang
    offices: [premier]
  status: announced
- id: treaty-1961
  date: 1961-07-11
  type: treaty
  title: Treaty of friendship
  actors: [china, north-korea]
  tags: [treaty]
""")


def ids(**fields):
    return [event.id for event in select(STORE.events, Query(**fields), STORE.vocabulary)]


def test_visits_that_happened_without_transits_are_meant_unless_more_is_asked():
    assert ids() == ["zhou-1958", "kim-1983", "putin-2024"]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        pytest.param(
            {"kinds": ("any",)},
            ["zhou-1958", "kim-1983", "kim-transit-2006", "putin-2024"],
            id="transits too",
        ),
        pytest.param({"kinds": ("transit",)}, ["kim-transit-2006"], id="only transits"),
        pytest.param({"statuses": ("announced",)}, ["li-planned-2030"], id="announced"),
        pytest.param({"types": ("treaty",)}, ["treaty-1961"], id="treaties"),
        pytest.param(
            {"types": ("any",), "statuses": ("any",), "kinds": ("any",)},
            ["zhou-1958", "treaty-1961", "kim-1983", "kim-transit-2006", "putin-2024", "li-planned-2030"],
            id="everything",
        ),
        pytest.param({"actors": ("china",)}, ["zhou-1958", "kim-1983"], id="to or from"),
        pytest.param({"actors": ("china", "russia")}, ["zhou-1958", "kim-1983", "putin-2024"], id="one or the other"),
        pytest.param(
            {"actors": ("china",), "types": ("any",)},
            ["zhou-1958", "treaty-1961", "kim-1983"],
            id="other events concern their actors",
        ),
        pytest.param({"visitors": ("china",)}, ["zhou-1958"], id="from"),
        pytest.param({"hosts": ("china",)}, ["kim-1983"], id="to"),
        pytest.param({"visitors": ("china",), "hosts": ("china",)}, [], id="different filters all hold"),
        pytest.param({"between": ("north-korea", "china")}, ["zhou-1958", "kim-1983"], id="between, both ways"),
        pytest.param({"people": ("Chen Yi",)}, ["zhou-1958"], id="a person, accompanying too"),
        pytest.param({"people": ("chen-yi",)}, ["zhou-1958"], id="a person, spelled otherwise"),
        pytest.param({"people": ("Chen Yi",), "roles": ("heads",)}, [], id="a person who headed"),
        pytest.param({"offices": ("foreign-minister",)}, ["zhou-1958", "putin-2024"], id="an office"),
        pytest.param({"offices": ("foreign-minister",), "roles": ("heads",)}, [], id="an office that headed"),
        pytest.param(
            {"people": ("Zhou Enlai",), "offices": ("foreign-minister",)},
            [],
            id="person and office are of one person",
        ),
        pytest.param({"people": ("Chen Yi",), "offices": ("foreign-minister",)}, ["zhou-1958"], id="of that person"),
        pytest.param({"people": ("Chen Yi",), "level": 80}, [], id="person and rank are of one person"),
        pytest.param({"party_rank": 9}, ["zhou-1958"], id="a place in the party's order"),
        pytest.param({"level": 80}, ["zhou-1958", "putin-2024"], id="at least head of government"),
        pytest.param({"level": 85}, ["putin-2024"], id="at least head of state"),
        pytest.param({"level": 50, "ladder": "party"}, ["kim-1983"], id="at least so high on one ladder"),
        pytest.param({"places": ("HAMHUNG",)}, ["zhou-1958"], id="a place"),
        pytest.param({"places": ("平壤",)}, ["zhou-1958"], id="a capital in another language"),
        pytest.param({"places": ("Pyong",)}, [], id="a place is matched whole"),
        pytest.param({"tags": ("troops",)}, ["zhou-1958"], id="a tag"),
        pytest.param({"met": ("kim il-sung",)}, ["zhou-1958"], id="who met them"),
        pytest.param({"supports": ("recalled",)}, ["kim-1983"], id="support"),
        pytest.param({"sources": ("tass",)}, ["putin-2024"], id="a source by its publisher"),
        pytest.param({"sources": ("example/putin",)}, ["putin-2024"], id="a source by its address"),
        pytest.param({"texts": ("24 years",)}, ["putin-2024"], id="a word of the note"),
        pytest.param({"texts": ("chen yi",)}, ["zhou-1958"], id="a word of a name"),
    ],
)
def test_a_filter_takes(fields, found):
    assert ids(**fields) == found


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        pytest.param({"actors": ("russia",)}, ["zhou-1958", "kim-1983"], id="an actor"),
        pytest.param({"kinds": ("secret",)}, ["zhou-1958", "putin-2024"], id="a kind"),
        pytest.param({"kinds": ("secret", "state")}, ["zhou-1958"], id="any of several kinds"),
        pytest.param({"people": ("Chen Yi",)}, ["kim-1983", "putin-2024"], id="whoever the person came with"),
        pytest.param({"offices": ("president",), "supports": ("recalled",)}, ["zhou-1958"], id="either of two fields"),
        pytest.param(
            {"texts": ("friendship",)}, ["zhou-1958", "kim-1983", "putin-2024"], id="what is not there anyway"
        ),
        pytest.param({"types": ("visit",)}, [], id="visits"),
        pytest.param({"statuses": ("announced",)}, ["zhou-1958", "kim-1983", "putin-2024"], id="a status"),
        pytest.param({"sources": ("tass",)}, ["zhou-1958", "kim-1983"], id="a source"),
    ],
)
def test_not_leaves_out_what_the_filter_would_take(fields, found):
    assert ids(not_=Query(**fields)) == found


@pytest.mark.parametrize(
    ("period", "found", "doubtful"),
    [
        ("1958", ["zhou-1958"], []),
        ("1983-06-15..", ["kim-1983", "putin-2024"], ["kim-1983"]),
        ("..1983-06-15", ["zhou-1958", "kim-1983"], ["kim-1983"]),
        ("1983", ["kim-1983"], []),
        ("1958-02-15..1983-05", [], []),
        ("1980s", ["kim-1983"], []),
    ],
)
def test_a_coarse_date_that_may_lie_in_the_period_is_in_it_and_said_to_be_doubtful(period, found, doubtful):
    query = Query(period=parse_period(period))
    events = select(STORE.events, query, STORE.vocabulary)
    assert [e.id for e in events] == found
    assert [e.id for e in borderline(events, query)] == doubtful


def test_a_disputed_date_lies_in_a_period_by_either_of_its_dates_and_not_by_what_is_between(store_of):
    store = store_of("events:\n- {id: a, date: [2001, 2005], visitor: china, host: japan, people: [{name: X}]}\n")

    def found(period):
        return len(select(store.events, Query(period=parse_period(period)), store.vocabulary))

    assert [found(year) for year in ("2001", "2003", "2005")] == [1, 0, 1]


def test_an_empty_scope_knows_it():
    assert Query().empty
    assert not Query(actors=("china",)).empty
