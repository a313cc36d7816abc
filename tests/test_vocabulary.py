"""The words that ship with the package: actors, offices on their ladders, ranks."""

import re

import pytest

from timeline.dates import parse_when
from timeline.store.rules import ID
from timeline.vocabulary import ACTOR_KINDS, LADDERS, RANKS, rank_of, shipped, shipped_cities

ACTORS = shipped().actors
OFFICES = shipped().offices


def test_no_name_leads_to_two_actors_or_two_offices():
    assert shipped().actor_index.clashes == []
    assert shipped().office_index.clashes == []


def test_every_word_has_an_id_by_which_it_is_found():
    for found, index in ((ACTORS, shipped().actor_index), (OFFICES, shipped().office_index)):
        assert all(re.fullmatch(ID, key) and index.find(key) == key for key in found)


def test_a_title_that_offices_share_is_the_name_of_none_and_suggests_them():
    index = shipped().office_index
    shared = {title for office in OFFICES.values() for title in office.shares}
    assert shared
    for title in shared:
        sharing = [office.id for office in OFFICES.values() if title in office.shares]
        assert len(sharing) > 1, title
        assert index.find(title) is None, title
        assert all(repr(office) in index.suggest(title) for office in sharing), title


def test_no_office_or_actor_is_named_as_a_word_of_the_command_line():
    assert not {"any", "all"} & (set(ACTORS) | set(OFFICES) | set(shipped().actor_index.keys))


def test_actors_are_complete():
    for actor in ACTORS.values():
        assert actor.name
        assert actor.kind in ACTOR_KINDS
        assert re.fullmatch(r"([A-Z]{2})?", actor.iso2)
        assert re.fullmatch(r"([A-Z]{3})?", actor.iso3)
        assert all(name == name.strip() and name for name in (*actor.aliases, *actor.capitals, *actor.adjectives))
        if actor.kind == "state":
            assert actor.iso2, actor.id
            assert actor.iso3, actor.id
            assert actor.capitals or actor.id in {"nauru", "monaco", "singapore", "vatican", "holy-see"}, actor.id


def test_each_state_has_a_capital_with_a_name_in_chinese_and_in_korean():
    for actor in ACTORS.values():
        if actor.kind == "state":
            names = "".join(shipped().spellings(actor.capitals[0]))
            assert re.search("[一-鿿]", names), actor.id
            assert re.search("[가-힣]", names), actor.id


def test_a_name_of_a_capital_leads_to_one_capital_that_some_actor_has():
    assert not shipped().city_index.clashes
    assert set(shipped_cities()) <= {capital for actor in ACTORS.values() for capital in actor.capitals}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Pyongyang", "平壤", id="Chinese"),
        pytest.param("北京", "베이징", id="Chinese and Korean"),
        pytest.param("PEKING", "Beijing", id="a former spelling"),
        pytest.param("河內", "河内", id="traditional and simplified"),
        pytest.param("쁘라하", "프라하", id="North and South Korean"),
        pytest.param("Dalian", "dalian", id="no capital"),
    ],
)
def test_a_place_is_one_under_all_its_names(one, other):
    assert shipped().place(one) == shipped().place(other)


def test_other_places_stay_apart():
    places = ["Beijing", "Nanjing", "New Delhi", "Delhi", "Kingston", "Kingstown", "大连", ""]
    assert len({shipped().place(place) for place in places}) == len(places)


def test_codes_of_living_states_are_theirs_alone():
    for code in ("iso2", "iso3"):
        codes = [getattr(a, code) for a in ACTORS.values() if getattr(a, code) and a.kind != "former-state"]
        assert len(codes) == len(set(codes))


def test_successors_exist_and_begin_no_later_than_a_state_ends():
    for actor in ACTORS.values():
        for successor in actor.successors:
            assert successor in ACTORS, actor.id
            assert actor.to, actor.id
        if actor.from_ and actor.to:
            assert parse_when(actor.from_).start.earliest <= parse_when(actor.to).start.latest, actor.id


def test_former_states_say_when_they_ended():
    assert all(parse_when(a.to) for a in ACTORS.values() if a.kind == "former-state")


def test_about_two_hundred_states():
    assert 190 <= sum(a.kind == "state" for a in ACTORS.values()) <= 200


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("china", "china"),
        ("PRC", "china"),
        ("中国", "china"),
        ("中國", "china"),
        ("중국", "china"),
        ("CN", "china"),
        ("CHN", "china"),
        ("People's Republic of China", "china"),
        ("dprk", "north-korea"),
        ("조선", "north-korea"),
        ("북한", "north-korea"),
        ("朝鲜", "north-korea"),
        ("NO", "norway"),
        ("U.S.", "united-states"),
        ("USSR", "soviet-union"),
        ("GDR", "east-germany"),
        ("ASEAN", "asean"),
        ("rok", "south-korea"),
        ("Korea", None),
        ("chna", None),
    ],
)
def test_an_actor_by_any_of_its_names(name, actor):
    assert shipped().actor_index.find(name) == actor


def test_offices_stand_on_a_ladder_at_a_level():
    assert all(o.title and o.ladder in LADDERS and 0 <= o.level <= 100 for o in OFFICES.values())


def test_the_ranks_written_beside_the_offices_are_those_of_their_levels():
    import csv
    from importlib.resources import files

    rows = csv.DictReader((files("timeline") / "data" / "offices.csv").read_text("utf-8").splitlines())
    assert {row["id"]: row["rank"] for row in rows} == {o.id: o.rank for o in OFFICES.values()}


def test_ranks_go_down():
    levels = list(RANKS.values())
    assert levels == sorted(levels, reverse=True)
    assert [rank_of(level) for level in levels] == list(RANKS)
    assert rank_of(84) == "head-of-government"


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("general-secretary", "president"),
        ("president", "premier"),
        ("premier", "parliament-chairman"),
        ("standing-committee-member", "vice-premier"),
        ("foreign-minister", "vice-minister"),
        ("premier", "military-commission-chairman"),
        ("premier", "defence-commission-chairman"),
        ("military-commission-chairman", "military-commission-vice-chairman"),
        ("defence-commission-chairman", "defence-commission-first-vice-chairman"),
    ],
)
def test_levels_order_offices_of_all_ladders(higher, lower):
    assert OFFICES[higher].level > OFFICES[lower].level


def test_the_level_of_a_person_is_that_of_the_highest_office():
    assert shipped().level(["premier", "standing-committee-member"]) == OFFICES["premier"].level
    assert (
        shipped().level(["premier", "standing-committee-member"], "party") == OFFICES["standing-committee-member"].level
    )
    assert shipped().level([]) == 0
