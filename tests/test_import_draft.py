"""One row → an event or reasons: actors as of their day, titles and names, kinds by rules, what is told beside."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline.dates import parse_when
from timeline.errors import InputError
from timeline.importing.actors import ActorError, actor_of
from timeline.importing.declared import read_mapping
from timeline.importing.draft import Draft, Drafter, Refused
from timeline.importing.gather import Ledger, legs, merged
from timeline.importing.mapping import Rule
from timeline.importing.printed import known
from timeline.importing.rows import Row
from timeline.importing.table import Table
from timeline.importing.titles import party_of, people_of, titles_of
from timeline.names import fold
from timeline.vocabulary import listed, rows, shipped

HEAD = "source: {id: a, title: A}\n"
MAPPING = HEAD + "date: {start: Start, end: End}\nvisitor: From\nhost: To\nperson: Who\n"


def drafted(text=MAPPING, *, number=2, **cells):
    """What comes of one row by a mapping."""
    usual = {
        "Start": "2019-06-20",
        "End": "2019-06-21",
        "From": "China",
        "To": "North Korea",
        "Who": "President Xi Jinping",
    }
    return Drafter(read_mapping("m.yaml", text, shipped()), shipped(), "v1").draft(Row(number, usual | cells))


def reasons(refused):
    assert isinstance(refused, Refused)
    return [(why.what, why.text) for why in refused.why]


@pytest.mark.parametrize(
    ("text", "day", "actor"),
    [
        pytest.param("Democratic People's Republic of Korea", "1990-01-01", "north-korea", id="the longest name"),
        pytest.param("Republic of Korea", "1990-01-01", "south-korea", id="which holds another"),
        pytest.param("Korea, Republic of", "1990-01-01", "south-korea", id="the kind of state behind"),
        pytest.param("Congo, Democratic Republic of the", "1990-01-01", "dr-congo", id="the same, with an article"),
        pytest.param("Iran (Islamic Republic of)", "1990-01-01", "iran", id="in brackets behind"),
        pytest.param("People’s Republic of China", "1990-01-01", "china", id="a typographer's apostrophe"),
        pytest.param(" côte d'ivoire\u00a0", "1990-01-01", "ivory-coast", id="case, accents and blanks"),
        pytest.param("PRK", "1990-01-01", "north-korea", id="a code"),
        pytest.param("Netherlands (the)", "1990-01-01", "netherlands", id="an article behind"),
        pytest.param("Korea (the Republic of)", "2005-01-01", "south-korea", id="an article in brackets"),
        pytest.param("China (Taiwan)", "2005-01-01", "taiwan", id="printed by somebody"),
        pytest.param("Taiwan, Province of China", "2005-01-01", "taiwan", id="printed by ISO"),
        pytest.param("China, P.R.", "2005-01-01", "china", id="printed by the IMF"),
        pytest.param("Korea, Dem. People's Rep.", "2005-01-01", "north-korea", id="printed by the World Bank"),
        pytest.param("Korea, Rep.", "2005-01-01", "south-korea", id="its other half"),
        pytest.param("Congo, Rep.", "2005-01-01", "republic-of-the-congo", id="the smaller Congo"),
        pytest.param("Russian Federation", "2005-01-01", "russia", id="a federation"),
        pytest.param("Türkiye", "2005-01-01", "turkey", id="by its own name"),
        pytest.param("Corée du Nord", "2005-01-01", "north-korea", id="in French"),
        pytest.param("Vereinigte Staaten", "2005-01-01", "united-states", id="in German"),
        pytest.param("Großbritannien", "2005-01-01", "united-kingdom", id="in German, in common use"),
        pytest.param("URSS", "1985-01-01", "soviet-union", id="a former state in French"),
        pytest.param("Великобритания", "2005-01-01", "united-kingdom", id="in Russian"),
        pytest.param("Chine", "1930-01-01", "taiwan", id="China in French, of the Republic"),
        pytest.param("🇰🇵 North Korea", "2005-01-01", "north-korea", id="with its flag"),
        pytest.param("🇰🇵", "2005-01-01", "north-korea", id="a flag alone"),
        pytest.param("China", "1972-02-21", "china", id="China, of the People's Republic"),
        pytest.param("China", "1945-04-26", "taiwan", id="China, of the Republic"),
        pytest.param("China", "1896-08-28", "qing-empire", id="China, of the emperors"),
        pytest.param("Soviet Union", "1991-12-25", "soviet-union", id="on its last day"),
        pytest.param("Czechoslovakia", "1992", "czechoslovakia", id="some day of its last year"),
    ],
)
def test_an_actor_as_of_a_day(text, day, actor):
    assert actor_of(text, parse_when(day).start, {}, shipped()) == actor


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        pytest.param("The Republic of Korea", "south-korea", id="an article before"),
        pytest.param(
            "The Democratic People's Republic of Korea", "north-korea", id="an article before the longer name"
        ),
        pytest.param("Korea (North)", "north-korea", id="a point of the compass in brackets"),
        pytest.param("Korea (South)", "south-korea", id="the other"),
        pytest.param("Korea, South", "south-korea", id="behind a comma"),
        pytest.param("Korea North", "north-korea", id="behind the name"),
        pytest.param("Sudan (South)", "south-sudan", id="another South"),
        pytest.param("Korea (Republic of)", "south-korea", id="FAO"),
        pytest.param("Korea (the Republic of)", "south-korea", id="ISO"),
        pytest.param("Korea (Democratic People's Republic of)", "north-korea", id="FAO, the longer name"),
        pytest.param("Korea (the Democratic People's Republic of)", "north-korea", id="ISO, the longer name"),
        pytest.param("Korea, Democratic People's Republic of", "north-korea", id="UN, the longer name"),
        pytest.param("Korea (Democratic People's Republic)", "north-korea", id="without of"),
        pytest.param(
            "Democratic People's Republic of Korea (the)", "north-korea", id="an article behind the longer name"
        ),
        pytest.param("Democratic People's Republic of Korea (DPRK)", "north-korea", id="with its abbreviation"),
        pytest.param("Tanzania (United Republic of)", "tanzania", id="a united republic"),
        pytest.param("Micronesia (Federated States of)", "micronesia", id="federated states"),
        pytest.param("Myanmar (Burma)", "myanmar", id="two names of one"),
        pytest.param("Dahomey (Benin)", "benin", id="a former name first"),
        pytest.param("República Popular China", "china", id="Spanish, without de"),
        pytest.param("República Popular de China", "china", id="Spanish, with de"),
        pytest.param("República de Corea", "south-korea", id="Spanish, Seoul"),
        pytest.param("República Popular Democrática de Corea", "north-korea", id="Spanish, Pyongyang"),
        pytest.param("República de China", "taiwan", id="Spanish, Taipei"),
        pytest.param("República Democrática del Congo", "dr-congo", id="Spanish, the larger Congo"),
        pytest.param("Estados Unidos de América", "united-states", id="Spanish, of America"),
        pytest.param("República Federativa do Brasil", "brazil", id="Portuguese"),
        pytest.param("République populaire démocratique de Corée", "north-korea", id="French, Pyongyang"),
        pytest.param("République de Corée", "south-korea", id="French, Seoul"),
        pytest.param("Royaume des Pays-Bas", "netherlands", id="French, a plural"),
        pytest.param("République d'Angola", "angola", id="French, a vowel"),
        pytest.param("La Chine", "china", id="French, an article"),
        pytest.param("L'Allemagne", "germany", id="French, an article and a vowel"),
        pytest.param("Regno di Spagna", "spain", id="Italian"),
        pytest.param("Bundesrepublik Deutschland", "germany", id="German"),
        pytest.param("Königreich der Niederlande", "netherlands", id="German, an article"),
        pytest.param("Demokratische Volksrepublik Korea", "north-korea", id="German, Pyongyang"),
        pytest.param("Volksrepubliek China", "china", id="Dutch"),
        pytest.param("Konungariket Norge", "norway", id="Swedish"),
    ],
)
def test_a_name_is_known_however_it_is_printed(text, actor):
    """Official names in seven languages were held against those of iso-codes 4, of which more than a thousand led to their country and none to another."""
    assert actor_of(text, parse_when("2005-01-01").start, {}, shipped()) == actor


@pytest.mark.parametrize("name", ["Korea", "Corea", "Corée", "Coreia"])
@pytest.mark.parametrize("before", ["Democratic People's Republic of", "The Democratic People's Republic of", "República Popular Democrática de", "République populaire démocratique de", "República Popular Democrática da", "Demokratische Volksrepublik", "DPR", "D.P.R."])  # fmt: skip
@pytest.mark.parametrize("form", ["{before} {name}", "{name}, {before}", "{name} ({before})", "{name} (the {before})", "{before} {name} (the)", "{before} {name} (North)"])  # fmt: skip
def test_no_form_of_the_longer_name_leads_to_the_republic_in_it(name, before, form):
    text = form.format(name=name, before=before)
    assert known(text, shipped()) in ("north-korea", None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the is", id="a code in small letters behind an article"),
        pytest.param("Congo", id="which of two"),
        pytest.param("Korea (Asia)", id="something else in brackets"),
        pytest.param("The Hague", id="a town"),
        pytest.param("República", id="a form of state alone"),
        pytest.param("República Popular", id="two words of a form alone"),
        pytest.param("Ireland (Northern Ireland)", id="two names of two"),
        pytest.param("People's China (Taiwan)", id="two names that differ"),
        pytest.param("Central European Republic of Korea", id="more before a name"),
    ],
)
def test_what_is_no_name_of_an_actor_whichever_way_it_is_turned(text):
    assert known(text, shipped()) is None


@pytest.mark.parametrize(
    ("text", "day", "told"),
    [
        pytest.param(
            "Zaire", "1999-05-01", "visitor: Zaire was the name of DR Congo until 1997-05-16", id="after its end"
        ),
        pytest.param("Zaïre", "1999", "visitor: Zaïre was the name of DR Congo until 1997-05-16", id="in French"),
        pytest.param("Zaire", "1997-05-16", "", id="on its last day"),
        pytest.param("Zaire", "1997", "", id="in its last year"),
        pytest.param("Zaire", "1966", "", id="before its begin"),
        pytest.param("DR Congo", "1999", "", id="by its own name"),
        pytest.param("Ceylon", "1972-12-31", "", id="of the change the year alone is known"),
        pytest.param("Ceylon", "1973", "visitor: Ceylon was the name of Sri Lanka until 1972", id="the year after"),
        pytest.param("Burma", "2012-11-19", "", id="a name that some still use"),
    ],
)
def test_a_name_that_a_state_had_no_longer_is_told(text, day, told):
    draft = drafted(From=text, Start=day, End="", Who="Somebody")
    assert [text for what, text in draft.told if what == "former name"] == list(filter(None, [told]))


def test_former_names_are_names_of_the_vocabulary():
    assert {row["name"]: shipped().actor(row["name"]) for row in rows("former-names.csv")} == {row["name"]: row["actor"] for row in rows("former-names.csv")}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day", "name", "why"),
    [
        pytest.param(
            "USSR", "1995-05-09", "actor-at-that-time", "ended on 1991-12-25; then Russia", id="after its end"
        ),
        pytest.param(
            "Czechoslovakia", "1993-01-01", "actor-at-that-time", "then Czechia or Slovakia", id="with two heirs"
        ),
        pytest.param(
            "Tanganyika", "1961-07-17", "actor-at-that-time", "began only on 1961-12-09", id="before its begin"
        ),
        pytest.param("Vietnam", "1966-10-26", "actor-at-that-time", "north or south", id="which of two"),
        pytest.param("Russia", "1985", "actor-at-that-time", "the Soviet Union", id="a part for the whole"),
        pytest.param("The Russia", "1985", "actor-at-that-time", "the Soviet Union", id="the same, with an article"),
        pytest.param(
            "Russia (Russian Federation)", "1985", "actor-at-that-time", "the Soviet Union", id="the same by two names"
        ),
        pytest.param(
            "Yemen (South)",
            "1995",
            "actor-at-that-time",
            "ended on 1990-05-21; then Yemen",
            id="turned round, after its end",
        ),
        pytest.param("China", "1949", "actor-at-that-time", "Republic of China", id="a year in which it changed"),
        pytest.param("🇰🇷 North Korea", "1990", "actor-flag", "the flag of KR", id="the flag of another"),
        pytest.param("Ruritania", "1990", "unknown-actor", "did you mean", id="unknown, with the nearest"),
        pytest.param("Korea", "1990", "unknown-actor", "Korea", id="no part of a name is a name"),
        pytest.param("France and Germany", "1990", "unknown-actor", "France and Germany", id="two in one cell"),
    ],
)
def test_what_is_no_actor_of_that_day(text, day, name, why):
    with pytest.raises(ActorError, match=why) as raised:
        actor_of(text, parse_when(day).start, {}, shipped())
    assert raised.value.name == name


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param("Prime Minister Anibal Antonio Cavaco e Silva", [("Prime Minister", "Anibal Antonio Cavaco e Silva", ("premier",))], id="title and name"),
        pytest.param("Foreign Minister Wang Yi", [("Foreign Minister", "Wang Yi", ("foreign-minister",))], id="the longer title"),
        pytest.param("King Hussein I", [("King", "Hussein I", ("monarch",))], id="a king"),
        pytest.param("Crown Prince Mohammed bin Salman", [("Crown Prince", "Mohammed bin Salman", ("crown-prince",))], id="not any prince"),
        pytest.param("Chairman Ne Win", [("Chairman", "Ne Win", ())], id="a chairman of what is not said"),
        pytest.param("President-elect Vicente Fox", [("President-elect", "Vicente Fox", ())], id="elect"),
        pytest.param("President- elect Ernesto Zedillo", [("President- elect", "Ernesto Zedillo", ())], id="elect, with a stray blank"),
        pytest.param("Acting President Park", [("Acting President", "Park", ())], id="acting"),
        pytest.param("Valdas Adamkus", [("", "Valdas Adamkus", ())], id="no title"),
        pytest.param("Chairman of the Presidency Bakir Izetbegovic", [("", "Chairman of the Presidency Bakir Izetbegovic", ())], id="a title is not cut short"),
        pytest.param("President of the Council of Ministers Giulio Andreotti", [("President of the Council of Ministers", "Giulio Andreotti", ("premier",))], id="a long title"),
        pytest.param("President Cossiga and Prime Minister Andreotti", [("President", "Cossiga", ("president",)), ("Prime Minister", "Andreotti", ("premier",))], id="two people"),
        pytest.param("President Anwar Sadat, Prime Minister Mustafa Khalil", [("President", "Anwar Sadat", ("president",)), ("Prime Minister", "Mustafa Khalil", ("premier",))], id="with a comma"),
        pytest.param("President Benigno S. Aquino, 3rd", [("President", "Benigno S. Aquino, 3rd", ("president",))], id="a comma in a name"),
        pytest.param("Premier and Prince Sihanouk", [("", "Premier and Prince Sihanouk", ())], id="two titles of one are left whole"),
        pytest.param("King", [("", "King", ())], id="a title alone"),
        pytest.param("Xi Jinping (President)", [("President", "Xi Jinping", ("president",))], id="a title in brackets behind"),
        pytest.param("Elizabeth II, Queen", [("Queen", "Elizabeth II", ("monarch",))], id="a title behind a comma"),
        pytest.param("Xi Jinping, President; Li Keqiang, Premier", [("President", "Xi Jinping", ("president",)), ("Premier", "Li Keqiang", ("premier",))], id="two with titles behind"),
        pytest.param("Xi Jinping (President) and Wang Yi (Foreign Minister)", [("President", "Xi Jinping", ("president",)), ("Foreign Minister", "Wang Yi", ("foreign-minister",))], id="two with brackets"),
        pytest.param("Премьер-министр Дмитрий Медведев", [("Премьер-министр", "Дмитрий Медведев", ("premier",))], id="a Russian title"),
        pytest.param("Prezydent Andrzej Duda", [("Prezydent", "Andrzej Duda", ("president",))], id="a Polish title"),
        pytest.param("Statsminister Fredrik Reinfeldt", [("Statsminister", "Fredrik Reinfeldt", ("premier",))], id="a Swedish title"),
        pytest.param("国家主席 习近平", [("国家主席", "习近平", ("president",))], id="a Chinese title"),
        pytest.param("Premier ministre Manuel Valls", [("Premier ministre", "Manuel Valls", ("premier",))], id="a French title"),
        pytest.param("Président de la République", [("", "Président de la République", ())], id="a French title alone"),
        pytest.param("Président de l'Assemblée nationale Bernard Accoyer", [("", "Président de l'Assemblée nationale Bernard Accoyer", ())], id="president of something else"),
        pytest.param("Premier vice-président Zhang", [("", "Premier vice-président Zhang", ())], id="first among deputies"),
        pytest.param("President de Gaulle", [("President", "de Gaulle", ("president",))], id="a particle of a name"),
        pytest.param("President al-Assad", [("President", "al-Assad", ("president",))], id="an article of a name"),
        pytest.param("president xi jinping", [("president", "xi jinping", ("president",))], id="nothing in capitals"),
        pytest.param("Aquino, Benigno", [("", "Aquino, Benigno", ())], id="a first name behind"),
        pytest.param("George Osborne, Minister of Magic", [("", "George Osborne, Minister of Magic", ())], id="what is no known title"),
    ],
)  # fmt: skip
def test_people_of_a_text(text, people):
    party = party_of(text, "", titles_of(shipped(), {}), "heads")
    assert [(p.title, p.name, p.offices) for p in party.people] == people


OWN = [
    pytest.param("President of the United States Joe Biden", "united-states", "President of the United States", "Joe Biden", ("president",), id="of its state"),
    pytest.param("President of the Republic of Korea Moon Jae-in", "south-korea", "President of the Republic of Korea", "Moon Jae-in", ("president",), id="by a long name"),
    pytest.param("President of the French Republic Emmanuel Macron", "france", "President of the French Republic", "Emmanuel Macron", ("president",), id="by a formal name"),
    pytest.param("Minister of Foreign Affairs of Japan Taro Kono", "japan", "Minister of Foreign Affairs of Japan", "Taro Kono", ("foreign-minister",), id="two of"),
    pytest.param("Chinese Premier Li Qiang", "china", "Chinese Premier", "Li Qiang", ("premier",), id="by an adjective"),
    pytest.param("South Korean President Moon Jae-in", "south-korea", "South Korean President", "Moon Jae-in", ("president",), id="by an adjective of two words"),
    pytest.param("US President Joe Biden", "united-states", "US President", "Joe Biden", ("president",), id="by a code"),
    pytest.param("US President-elect Joe Biden", "united-states", "US President-elect", "Joe Biden", (), id="elect"),
    pytest.param("Joe Biden (President of the United States)", "united-states", "President of the United States", "Joe Biden", ("president",), id="in brackets behind"),
    pytest.param("President of Gabon Omar Bongo", "france", "", "President of Gabon Omar Bongo", (), id="of another state: kept whole"),
    pytest.param("President of Guinea-Bissau Umaro Embaló", "guinea", "", "President of Guinea-Bissau Umaro Embaló", (), id="the longest name of a state counts"),
    pytest.param("President of the Senate Gérard Larcher", "france", "", "President of the Senate Gérard Larcher", (), id="of no state"),
    pytest.param("President of the European Union Herman Van Rompuy", "european-union", "", "President of the European Union Herman Van Rompuy", (), id="of an organisation: no office of a state"),
    pytest.param("President of China", "china", "", "President of China", (), id="nobody"),
]  # fmt: skip


TITLED = titles_of(shipped(), {})
PARTS = (
    sorted(shipped().actor_index.hints),
    sorted(TITLED.offices),
    ["of the People's Republic of China", "of France", "and", ",", "; President", "- of"],
    ["Xi Jinping", "al-Bashir", "习近平", "national", "'", "NPC"],
)


class All:
    """What holds every word, so that nothing is passed over by its first one."""

    def __contains__(self, word):
        return True


@given(
    st.tuples(*(st.just("") | st.sampled_from(part) | st.sampled_from(part).map(str.title) for part in PARTS)),
    st.sampled_from(["", "china", "united-states", "france"]),
    st.sampled_from([" ", "-", "  "]),
)
@example(("FRA", "president", "", "Emmanuel Macron"), "france", " ")
def test_a_text_that_is_passed_over_by_its_first_word_has_no_title(words, actor, mark):
    text, slow = mark.join(words), TITLED._replace(first=All())
    assert TITLED.head(text, actor) == slow.head(text, actor)
    assert TITLED.of(text, actor) == slow.of(text, actor)


@pytest.mark.parametrize(("text", "actor", "title", "name", "offices"), OWN)
def test_a_title_may_say_whose_it_is(text, actor, title, name, offices):
    (person,) = party_of(text, actor, titles_of(shipped(), {}), "heads").people
    assert (person.title, person.name, person.offices) == (title, name, offices)


@pytest.mark.parametrize(
    ("cell", "title", "name"),
    [
        pytest.param(
            "Jacques Chirac (Président de la République)",
            "Président de la République",
            "Jacques Chirac",
            id="behind the name",
        ),
        pytest.param(
            "Jacques Chirac, Président de la République",
            "Président de la République",
            "Jacques Chirac",
            id="behind a comma",
        ),
        pytest.param("President Jacques Chirac", "President", "Jacques Chirac", id="before it"),
        pytest.param("Jacques Chirac (Corrèze)", "", "Jacques Chirac (Corrèze)", id="something else behind it"),
        pytest.param("Jacques Chirac", "", "Jacques Chirac", id="a name alone"),
    ],
)
def test_a_title_in_a_column_of_names_counts_where_there_is_no_other(cell, title, name):
    mapping = MAPPING.replace("person: Who", "name: Who")
    (person,) = drafted(mapping, From="France", Start="1997-05-15", Who=cell).event.people
    assert (person.title, person.name) == (title, name)
    (person,) = drafted(
        mapping + "title: Title\n", From="France", Start="1997-05-15", Who=cell, Title="Guest"
    ).event.people
    assert (person.title, person.name) == ("Guest", cell)


@pytest.mark.parametrize(
    ("title", "actor", "offices"),
    [
        pytest.param("Chancellor", "germany", ("premier",), id="the German chancellor"),
        pytest.param("Federal Chancellor", "austria", ("premier",), id="the Austrian one"),
        pytest.param("Chancellor", "united-kingdom", (), id="of the Exchequer"),
        pytest.param("Federal Chancellor", "switzerland", (), id="head of a chancellery"),
        pytest.param("Secretary of State", "united-states", ("foreign-minister",), id="the American one"),
        pytest.param("Secretary of State", "united-kingdom", (), id="one of many ministers"),
        pytest.param("Secretary of State", "vatican", (), id="the Pope's first minister"),
        pytest.param("Secretary of State", "", (), id="of nobody knows whom"),
        pytest.param("Grand Duke", "russian-empire", (), id="a prince of the blood"),
    ],
)
def test_titles_that_are_an_office_of_some_states_alone(title, actor, offices):
    titles = titles_of(shipped(), {})
    assert titles.of(title, actor) == (offices, () if offices else (title,))
    assert party_of(f"{title} X", actor, titles, "heads").people[0].offices == offices


def test_a_title_that_is_no_office_there_is_told_and_may_be_declared():
    text = MAPPING.replace("person: Who", "name: Who\ntitle: Title")
    cells = {"From": "United Kingdom", "Who": "George Osborne", "Title": "Chancellor"}
    draft = drafted(text, **cells)
    assert draft.event.people[0].offices == ()
    assert ("office not known", "no office known for 'Chancellor' but that of Austria and Germany") in draft.told
    declared = drafted(text + "titles: {Chancellor: [minister]}\n", **cells)
    assert declared.event.people[0].offices == ("minister",)


@pytest.mark.parametrize(
    ("name", "title", "people"),
    [
        pytest.param("Xi Jinping; Li Keqiang", "President; Premier", [("Xi Jinping", ("president",)), ("Li Keqiang", ("premier",))], id="semicolons"),
        pytest.param("Xi Jinping / Li Keqiang", "President / Premier", [("Xi Jinping", ("president",)), ("Li Keqiang", ("premier",))], id="bars"),
        pytest.param("Xi Jinping and Wang Yi", "President and Foreign Minister", [("Xi Jinping", ("president",)), ("Wang Yi", ("foreign-minister",))], id="and"),
        pytest.param("Xi Jinping and Wang Yi", "President; Foreign Minister", [("Xi Jinping", ("president",)), ("Wang Yi", ("foreign-minister",))], id="marks that differ"),
        pytest.param("Xi Jinping; Li Keqiang", "", [("Xi Jinping", ()), ("Li Keqiang", ())], id="a list without titles"),
        pytest.param("Qian Qichen", "Vice Premier and Foreign Minister", [("Qian Qichen", ("vice-premier", "foreign-minister"))], id="two offices of one"),
        pytest.param("Aquino, Benigno", "President", [("Aquino, Benigno", ("president",))], id="a comma in a name"),
        pytest.param("A B and C D", "Minister of Trade and Industry", [("A B and C D", ("minister",))], id="one title with an and"),
        pytest.param("Xi Jinping and Wang Yi", "President", [("Xi Jinping and Wang Yi", ("president",))], id="one title for two"),
    ],
)  # fmt: skip
def test_people_of_a_name_and_a_title(name, title, people):
    party = people_of(name, title, "china", titles_of(shipped(), {}), "heads")
    assert [(p.name, p.offices) for p in party.people] == people
    assert party.several == ((name,) if len(people) == 1 and " and " in name else ())


def test_a_list_of_people_without_a_title_for_each_is_quarantined():
    text = MAPPING.replace("person: Who", "name: Who\ntitle: Title")
    cells = {"Who": "Xi Jinping; Li Keqiang; Wang Yi", "Title": "President; Premier"}
    assert [what for what, _ in reasons(drafted(text, **cells))] == ["several-people"]
    offices = MAPPING.replace("person: Who", "name: Who\noffices: Title")
    assert [what for what, _ in reasons(drafted(offices, **cells))] == ["several-people"]
    assert drafted(offices, Who="Xi Jinping", Title="President").event.people[0].offices == ("president",)


@pytest.mark.parametrize(
    ("mapping", "cells", "people", "told"),
    [
        pytest.param(MAPPING, {"Who": "Premier Li Keqiang\nForeign Minister Wang Yi"}, ["Li Keqiang", "Wang Yi"], [], id="a title and a name on each"),
        pytest.param(MAPPING, {"Who": "Premier Li Keqiang and Foreign Minister Wang Yi\r\nPresident Xi Jinping"}, ["Li Keqiang", "Wang Yi", "Xi Jinping"], [], id="two people on one of them"),
        pytest.param(MAPPING, {"Who": "Prime Minister\nChung Won-shik"}, ["Chung Won-shik"], [], id="a title, and its name"),
        pytest.param(MAPPING, {"Who": "Premier Li Keqiang\nWang Yi"}, ["Li Keqiang Wang Yi"], ["Li Keqiang Wang Yi"], id="one without a title"),
        pytest.param(MAPPING.replace("person", "name"), {"Who": "Li Keqiang\nWang Yi"}, ["Li Keqiang Wang Yi"], ["Li Keqiang Wang Yi"], id="names alone"),
        pytest.param(MAPPING.replace("person", "name") + "title: Post\n", {"Who": "Li Keqiang\nWang Yi", "Post": "Premier\nForeign Minister"}, ["Li Keqiang", "Wang Yi"], [], id="names and titles in cells of their own"),
        pytest.param(MAPPING.replace("person", "name") + "title: Post\n", {"Who": "Li\nKeqiang", "Post": "Premier"}, ["Li Keqiang"], ["Li Keqiang"], id="a name that is broken"),
    ],
)  # fmt: skip
def test_lines_of_a_cell_are_people_where_each_has_a_title_and_else_are_told(mapping, cells, people, told):
    draft = drafted(mapping, **cells)
    assert [person.name for person in draft.event.people] == people
    assert [one for what, one in draft.told if what == "several people"] == told


def test_a_text_that_may_be_of_several_people_is_told():
    draft = drafted(Who="Princess Anne and Captain Phillips")
    assert len(draft.event.people) == 1
    assert ("several people", "Anne and Captain Phillips") in draft.told


@pytest.mark.parametrize(
    ("title", "offices"),
    [
        pytest.param("former president and prime minister", ("former-leader",), id="behind former all is former"),
        pytest.param("Former President; Prime Minister", ("former-leader", "premier"), id="up to a semicolon"),
        pytest.param(
            "Prime Minister and former President", ("premier", "former-leader"), id="not what stands before it"
        ),
    ],
)
def test_nobody_holds_an_office_that_stands_behind_former(title, offices):
    assert titles_of(shipped(), {}).of(title, "russia")[0] == offices


@pytest.mark.parametrize(
    ("actor", "title"),
    [
        ("kenya", "President, Kenya Airways"),
        ("china", "President, Export-Import Bank of China"),
        ("china", "President, Bank of the People's Republic of China"),
        ("italy", "President, Senate"),
        ("north-korea", "President, Supreme People's Assembly"),
        ("south-korea", "President, Samsung"),
        ("iraq", "Prime Minister, Kurdistan Region"),
        ("canada", "Premier, Ontario"),
        ("canada", "Premier and Minister of Finance of Ontario"),
        ("united-states", "Vice President, Boeing"),
        ("united-states", "Chairman & President"),
        ("united-kingdom", "King, Tonga"),
        ("china", "President & CEO of Huawei"),
        ("china", "President, Republic of China"),
        ("china", "Minister of Foreign Affairs, Deputy"),
        ("china", "Adviser to the Premier and President"),
        ("china", "Special envoy of the President and Prime Minister"),
        ("china", "Spokesman of the State Council and Premier"),
        ("france", "Wife of the President and Premier"),
        ("russia", "Head of the Office of the President, Prime Minister"),
        ("russia", "Acting President and Prime Minister"),
        ("north-korea", "Vice-Chairman of the WPK Central Committee and Premier"),
        ("france", "President of France and Co-Prince of Andorra"),
    ],
)
def test_a_title_with_a_part_that_is_no_office_is_kept_whole_as_text(actor, title):
    titles = titles_of(shipped(), {})
    assert titles.of(title, actor) == ((), (title,))
    assert titles.of(f"Foreign Minister; {title}", actor) == (("foreign-minister",), (title,))
    assert titles_of(shipped(), {fold(title): ("minister",)}).of(title, actor) == (("minister",), ())


@pytest.mark.parametrize(
    ("actor", "title", "offices", "unknown"),
    [
        pytest.param("china", "General Secretary of the CPC Central Committee, President of China", "general-secretary; president", "", id="two with a comma"),
        pytest.param("china", "Premier and Foreign Minister", "premier; foreign-minister", "", id="two with an and"),
        pytest.param("italy", "Deputy Prime Minister and Minister of Finance", "vice-premier; minister", "", id="a minister of a ministry without an office of its own"),
        pytest.param("italy", "Prime Minister, Minister of Defence", "premier; defence-minister", "", id="a premier who is a minister"),
        pytest.param("australia", "Minister of Foreign Affairs and Trade", "foreign-minister; minister", "", id="a ministry of two names"),
        pytest.param("china", "Chairman, NPC Standing Committee", "parliament-chairman", "", id="a comma for of, in an organ"),
        pytest.param("nepal", "Prime Minister, Nepal", "premier", "", id="a comma for of, of the visitor"),
        pytest.param("ghana", "Minister, Foreign Affairs", "foreign-minister", "", id="a comma for of, in a ministry"),
        pytest.param("china", "Member of the CPC Politburo and Secretariat", "politburo-member", "Secretariat", id="two organs"),
        pytest.param("north-korea", "Politburo member and Vice-Chairman of the WPK Central Committee", "politburo-member", "Vice-Chairman of the WPK Central Committee", id="a title without an office of ours in an organ"),
        pytest.param("iraq", "President; Kurdistan", "president", "Kurdistan", id="a list with semicolons"),
    ],
)  # fmt: skip
def test_a_title_of_several_parts_that_are_offices(actor, title, offices, unknown):
    assert titles_of(shipped(), {}).of(title, actor) == (listed(offices), listed(unknown))


def test_a_part_that_a_mapping_gives_no_office_gives_none_to_the_others():
    assert titles_of(shipped(), {"senate": ()}).of("President, Senate", "italy") == ((), ("President, Senate",))


def test_a_title_of_several_offices_in_a_column_of_its_own():
    titles = titles_of(shipped(), {})
    assert titles.of("President of China; general secretary of the Communist Party", "china")[0] == (
        "president",
        "general-secretary",
    )
    assert titles.of("Chancellor of Germany", "germany") == (("premier",), ())
    assert titles.of("President of France", "china") == ((), ("President of France",))
    assert titles.of("Minister of Silly Walks", "united-kingdom") == ((), ("Minister of Silly Walks",))


@pytest.mark.parametrize(
    ("actor", "title", "offices", "told"),
    [
        pytest.param("germany", "Minister for Economic Affairs and party chairman", (), "no office known for 'Minister for Economic Affairs and party chairman'; did you mean 'foreign-minister'?", id="of a party among others"),
        pytest.param("india", "General Secretary of the Communist Party", (), "no office known for 'General Secretary of the Communist Party' but that of China, North Korea, Vietnam and 6 others", id="of a party that does not rule"),
        pytest.param("japan", "General Secretary", (), "no office known for 'General Secretary' but that of China, North Korea, Vietnam and 6 others", id="of no party that is named"),
        pytest.param("china", "Party chairman", ("party-chairman",), "", id="of the one party"),
        pytest.param("soviet-union", "General Secretary", ("general-secretary",), "", id="of a state that was"),
        pytest.param("north-korea", "Chairman of the WPK", ("party-chairman",), "", id="of a party that is named"),
        pytest.param("european-union", "President", (), "no office known for 'President' of an organisation", id="a president of no state"),
        pytest.param("european-commission", "Vice-President", (), "no office known for 'Vice-President' of an organisation", id="of an institution"),
        pytest.param("united-nations", "Special Envoy", ("special-envoy",), "", id="an envoy of an organisation"),
        pytest.param("taiwan", "President", ("president",), "", id="of what is no member of the United Nations"),
        pytest.param("holy-see", "Pope", ("pope",), "", id="a pope"),
    ],
)  # fmt: skip
def test_a_party_or_an_organisation_gives_no_office_of_a_state(actor, title, offices, told):
    (person, *_), unknown, *_ = people_of("X", title, actor, titles_of(shipped(), {}), "heads")
    assert person.offices == offices
    assert told in (*unknown, "")


def test_a_mapping_may_give_an_organisation_an_office():
    text = MAPPING.replace("person: Who", "name: Who\ntitle: Title") + "titles: {President: [head-of-state]}\n"
    draft = drafted(text, From="European Union", Who="Charles Michel", Title="President")
    assert draft.event.people[0].offices == ("head-of-state",)


FORMAL = [
    ("china", "Premier of the State Council", "premier"),
    ("china", "premier of China's State Council", "premier"),
    ("china", "Vice-Premier of the State Council", "vice-premier"),
    ("china", "State Council Vice Premier", "vice-premier"),
    ("china", "Chairman of the Standing Committee of the National People's Congress", "parliament-chairman"),
    ("china", "Vice Chairwoman of the NPC Standing Committee", "parliament-vice-chairman"),
    ("china", "General Secretary of the CPC Central Committee", "general-secretary"),
    ("china", "General Secretary of the Central Committee of the Communist Party of China", "general-secretary"),
    ("china", "General Secretary of the CPC Secretariat", "secretariat-general-secretary"),
    ("china", "Chairman of the CPC Central Committee", "party-chairman"),
    ("china", "Chairman of the People's Republic of China", "president"),
    ("china", "member of the CPC Politburo Standing Committee", "standing-committee-member"),
    (
        "china",
        "Head of the International Liaison Department of the CPC Central Committee",
        "party-international-department-head",
    ),
    ("north-korea", "Premier of the DPRK Cabinet", "premier"),
    ("north-korea", "Premier of the Administration Council", "premier"),
    ("north-korea", "Chairman of the State Affairs Commission", "supreme-leader"),
    ("north-korea", "SAC President", "supreme-leader; president"),
    ("north-korea", "President of the Presidium of the Supreme People's Assembly", "presidium-president"),
    ("north-korea", "Chairman of the Standing Committee of the Supreme People's Assembly", "presidium-president"),
    ("north-korea", "General Secretary of the Workers' Party of Korea", "general-secretary"),
    ("north-korea", "Chairman of the WPK", "party-chairman"),
    ("north-korea", "member of the Presidium of the WPK Politburo", "standing-committee-member"),
    ("soviet-union", "General Secretary of the CPSU Central Committee", "general-secretary"),
    ("soviet-union", "Chairman of the Presidium of the USSR Supreme Soviet", "presidium-president"),
    ("russia", "Chairman of the Government of the Russian Federation", "premier"),
    ("vietnam", "Chairman of the National Assembly of Vietnam", "parliament-chairman"),
]
NOT_FORMAL = [
    ("south-korea", "Premier of the Cabinet"),
    ("china", "Premier of the Cabinet"),
    ("north-korea", "Premier of the State Council"),
    ("china", "General Secretary of the Workers' Party of Korea"),
    ("japan", "General Secretary of the CPC Central Committee"),
    ("china", "Deputy Head of the CPC International Department"),
    ("china", "Acting Premier of the State Council"),
    ("china", "Former Premier of the State Council"),
    ("china", "Secretary-General of the State Council"),
    ("china", "Vice-Chairman of the Foreign Affairs Committee of the NPC"),
    ("china", "Chairman of the NPC Foreign Affairs Committee"),
    ("china", "Premier of the State Council of South Korea"),
    ("china", "Secretary of the CPC Beijing Committee"),
    ("north-korea", "Vice-Chairman of the WPK Central Committee"),  # its rank changed with the years
    ("north-korea", "Vice Minister of the Cabinet"),
]  # fmt: skip


@pytest.mark.parametrize(("actor", "title", "offices"), FORMAL)
def test_a_title_in_an_organ_of_the_visitor_is_its_office(actor, title, offices):
    titles = titles_of(shipped(), {})
    assert titles.of(title, actor) == (listed(offices), ())
    assert [(one.name, one.title) for one in party_of(f"{title} Kim Il", actor, titles, "heads").people] == [
        ("Kim Il", title)
    ]


@pytest.mark.parametrize(("actor", "title"), NOT_FORMAL)
def test_no_part_of_a_formal_title_is_one(actor, title):
    assert titles_of(shipped(), {}).of(title, actor) == ((), (title,))


def test_what_stands_behind_former_is_former_in_organs_too():
    title = "former Premier of the State Council and Chairman of the National People's Congress"
    assert titles_of(shipped(), {}).of(title, "china")[0] == ()


def test_a_formal_title_of_another_state_is_told_as_its():
    party = people_of("Han Duck-soo", "Premier of the Cabinet", "south-korea", titles_of(shipped(), {}), "heads")
    assert party.unknown == ("no office known for 'Premier of the Cabinet' but that of North Korea",)


def test_the_table_of_organs_names_actors_and_offices_that_there_are():
    for row in rows("organs.csv"):
        assert set(listed(row["actors"])) <= set(shipped().actors), row
        assert set(listed(row["offices"])) <= set(shipped().offices), row
    said = [(actor, fold(organ), fold(title)) for row in rows("organs.csv") for actor in listed(row["actors"]) for organ in listed(row["organs"]) for title in listed(row["titles"])]  # fmt: skip
    assert sorted(set(said)) == sorted(said)


@pytest.mark.parametrize(
    ("rule", "cell", "fits"),
    [
        pytest.param(
            Rule("", "state visit", begins=True, is_="state"), "State Visit; met", True, id="whatever the case"
        ),
        pytest.param(Rule("", "state visit", begins=True, is_="state"), "A state visit", False, id="not at the begin"),
        pytest.param(Rule("", "state visit", begins=False, is_="state"), "A state visit.", True, id="anywhere"),
        pytest.param(Rule("", "state", begins=True, is_="state"), "Statement", False, id="whole words alone"),
        pytest.param(Rule("", "state", begins=False, is_="state"), "Interstate and state", True, id="a later place"),
    ],
)
def test_a_rule(rule, cell, fits):
    assert rule.fits(cell) is fits


def test_a_row_becomes_an_event_that_cites_it():
    draft = drafted()
    event = draft.event
    assert (event.date.text, event.visitor, event.host) == ("2019-06-20/2019-06-21", "china", "north-korea")
    assert [(p.name, p.offices) for p in event.people] == [("Xi Jinping", ("president",))]
    assert event.sources[0].title == "A, v1"


@pytest.mark.parametrize(
    "text",
    [pytest.param("NA", id="of Namibia, too"), pytest.param("n/a", id="n/a"), pytest.param("?", id="a question mark")],
)
def test_a_country_that_is_not_known_is_no_country(text):
    assert reasons(drafted(To=text)) == [
        ("host-missing", f"host: {text!r} says that it is not known; where it is an actor, declare it under values")
    ]


def test_namibia_by_its_code_where_the_mapping_says_so():
    assert drafted(MAPPING + "values: {host: {NA: namibia}}\n", To="NA").event.host == "namibia"


@pytest.mark.parametrize("text", ["is", "no", "At", "in", "and", "per"])
def test_words_in_small_letters_are_no_codes(text):
    assert [what for what, _ in reasons(drafted(To=text))] == ["unknown-actor"]


def test_codes_in_capitals_are_told():
    draft = drafted(From="CN", To="PRK")
    assert (draft.event.visitor, draft.event.host) == ("china", "north-korea")
    assert [text for what, text in draft.told if what == "actor by its code"] == [
        "visitor: CN is China",
        "host: PRK is North Korea",
    ]
    assert not [text for what, text in drafted().told if what == "actor by its code"]
    assert drafted(To="uk").event.host == "united-kingdom"


@pytest.mark.parametrize(
    ("text", "day", "actor"),
    [
        pytest.param("French", "2019-06-20", "france", id="of one state"),
        pytest.param("south korean", "2019-06-20", "south-korea", id="of two words, in small letters"),
        pytest.param("Chinese", "1930-01-01", "taiwan", id="of a name that meant another state"),
        pytest.param("Soviet", "1985-01-01", "soviet-union", id="of a former state"),
    ],
)
def test_an_adjective_is_its_state_and_is_told(text, day, actor):
    draft = drafted(Start=day, End=day, From="Peru", To=text, Who="N. N.")
    name = shipped().actors[actor].name
    assert draft.event.host == actor
    assert [one for what, one in draft.told if what == "actor by its adjective"] == [f"host: {text} is {name}"]


@pytest.mark.parametrize(("text", "day"), [("Congolese", "2005"), ("Dominican", "2005"), ("Korean", "2005"), ("Soviet", "1999"), ("Vietnamese", "1960"), ("French-speaking", "2005")])  # fmt: skip
def test_an_adjective_of_two_states_or_of_none_then_is_nobody(text, day):
    assert isinstance(drafted(Start=day, End="", To=text), Refused)
    told = drafted(MAPPING + f"values: {{host: {{{text}: france}}}}\n", Start=day, End="", To=text).told
    assert not [one for one in told if one.what == "actor by its adjective"]


@pytest.mark.parametrize(
    ("host", "place", "told"),
    [
        pytest.param("China", "Moscow", ["Moscow is the capital of Russia; the host is China"], id="of another state"),
        pytest.param("China", "Peking", [], id="its own, by another name"),
        pytest.param("China", "Shanghai", [], id="no capital"),
        pytest.param("Soviet Union", "Moscow", [], id="its own, and that of what it became"),
        pytest.param("China", "Hong Kong", [], id="of what is no state"),
        pytest.param("Soviet Union", "Kiev", [], id="of what was no state yet"),
    ],
)
def test_a_capital_of_another_state_than_the_host_is_told(host, place, told):
    draft = drafted(
        MAPPING + "places: Where\n", From="Japan", To=host, Where=place, Start="1985-01-01", End="1985-01-03"
    )
    assert [text for what, text in draft.told if what == "capital of another"] == told


def test_marks_of_footnotes_are_taken_off_and_told_but_not_in_free_text():
    text = MAPPING + "places: Where\noccasion: Why\n"
    draft = drafted(
        text, Start="2019-06-20[1]", To="North Korea[2][a]", Where="Pyongyang [note 3]", Why="Friendship[4]"
    )
    event = draft.event
    assert (event.date.text, event.host, event.places, event.occasion) == (
        "2019-06-20/2019-06-21",
        "north-korea",
        ("Pyongyang",),
        "Friendship[4]",
    )
    assert [text for what, text in draft.told if what == "repaired"] == [
        f"{field}: the mark of a footnote behind it" for field in ("host", "places", "start")
    ]
    assert reasons(drafted(Start="2019-06-20[citation needed]"))[0][0] == "date-unreadable"


@pytest.mark.parametrize(
    ("broken", "sound"),
    [
        pytest.param("Recep Tayyip ErdoÄŸan", "Recep Tayyip Erdoğan", id="two bytes"),
        pytest.param("FranÃ§ois", "François", id="French"),
        pytest.param("SÃ¡nchez – Madrid", "Sánchez – Madrid", id="beside a dash that is sound"),
        pytest.param("ä¹ è¿‘å¹³", "习近平", id="three bytes, with a blank that is a byte"),
        pytest.param("Ð¡Ð¸", "Си", id="Cyrillic"),
    ],
)
def test_text_that_was_read_in_a_wrong_encoding_is_quarantined(broken, sound):
    (why,) = reasons(drafted(Who=broken))
    assert why == ("text-broken", f"person: {broken!r} is probably {sound!r}, read in a wrong encoding")
    told = drafted(MAPPING + "note: Note\n", Note=broken).told
    assert [what for what, _ in told if what == "text-broken"] == ["text-broken"]


@pytest.mark.parametrize("name", ["José Ángel", "Ãrjan", "CAFÉ – X", "Đặng Tiểu Bình", "Ñuñoa", "習近平", "Åse Ø"])
def test_names_with_accents_are_not_taken_for_broken_ones(name):
    assert drafted(Who=name).event.people[0].name == name


def test_a_broken_name_that_the_mapping_declares_is_what_it_says():
    declared = MAPPING + "values: {host: {TÃ¼rkiye: turkey}}\n"
    assert drafted(declared, To="TÃ¼rkiye").event.host == "turkey"


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    assert reasons(drafted(Start="TBD", From="Ruritania", Who="?", To="")) == [
        ("date-missing", "there is no start (TBD)"),
        ("unknown-actor", "visitor: unknown actor 'Ruritania'; did you mean 'mauritania' or 'romania'?"),
        ("host-missing", "there is no host"),
        ("person-missing", "nobody is named"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        pytest.param("2019-12-04", "2019-12-01", "2019-12-04/2019-12-01 ends before it starts", id="nothing would help"),
        pytest.param("2019-12-10", "2019-11-10", "2019-12-10/2019-11-10 ends before it starts; with day and month swapped it would be 2019-10-12 to 2019-11-10", id="a swap would"),
        pytest.param("2019-13-01", "2019-11-10", "start: 2019-13-01 does not exist (there is no month 13)", id="no such day"),
    ],
)  # fmt: skip
def test_dates_that_cannot_be(start, end, why):
    assert [text for _, text in reasons(drafted(Start=start, End=end))] == [why]


@pytest.mark.parametrize(
    ("start", "end", "date"),
    [
        pytest.param("21-23 November 2014", "23 November 2014", "2014-11-21/2014-11-23", id="a range at the start, and its last day"),
        pytest.param("21-23 November 2014", "21-23 November 2014", "2014-11-21/2014-11-23", id="the same range twice"),
        pytest.param("21-23 November 2014", "22-23 November 2014", "2014-11-21/2014-11-23", id="two ranges with one last day"),
        pytest.param("21-23 November 2014", "", "2014-11-21/2014-11-23", id="a range at the start alone"),
        pytest.param("21-23 November 2014", "November 2014", "2014-11-21/2014-11-23", id="a range, and the month in which it ends"),
        pytest.param("2014-11/2014-12", "2014-12-05", "2014-11/2014-12-05", id="months, and the last day"),
        pytest.param("2014-11-21", "2014-11-21/2014-11-25", "2014-11-21/2014-11-25", id="the whole journey as the end"),
    ],
)  # fmt: skip
def test_a_range_at_the_start_or_as_the_end_is_read_to_its_last_day(start, end, date):
    assert drafted(Start=start, End=end).event.date.text == date


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        pytest.param("21-23 November 2014", "1999-01-01", "2014-11-21/2014-11-23", "1999-01-01", id="an end years before"),
        pytest.param("21-23 November 2014", "2014-11-20", "2014-11-21/2014-11-23", "2014-11-20", id="the day before"),
        pytest.param("21-23 November 2014", "2014-11-22", "2014-11-21/2014-11-23", "2014-11-22", id="a day within"),
        pytest.param("19/20 October 2015", "23 Oct 2015", "2015-10-19/2015-10-20", "2015-10-23", id="one of two days, and a later one"),
        pytest.param("16-17.5.2015", "20.5.2015", "2015-05-16/2015-05-17", "2015-05-20", id="in numbers"),
        pytest.param("21-23 November 2014", "21-25 November 2014", "2014-11-21/2014-11-23", "2014-11-21/2014-11-25", id="two ranges"),
    ],
)  # fmt: skip
def test_a_range_at_the_start_that_ends_otherwise_than_the_end_refuses_its_row(start, end, first, last):
    text = MAPPING.replace("end: End", "end: End, order: dmy")
    why = f"the start is {first}, but the end is {last}: nobody can tell which is the last day"
    assert [told for _, told in reasons(drafted(text, Start=start, End=end))] == [why]


def test_a_range_as_the_end_of_a_journey_that_begins_before_it_refuses_its_row():
    why = "the start is 2017-11-12 and the end 2017-11-14/2017-11-15, a range that may be of the last leg or of days in doubt"
    assert [told for _, told in reasons(drafted(Start="2017-11-12", End="14-15 November 2017"))] == [why]


def test_an_end_that_is_not_known_is_no_fault():
    draft = drafted(End="TBD")
    assert draft.event.date.text == "2019-06-20"
    assert ("end not known", "TBD") in draft.told


def test_a_stay_that_a_swap_makes_short_is_told_and_its_event_conflicting():
    draft = drafted(Start="2015-03-04", End="2015-04-05")
    assert draft.event.support == "conflicting"
    assert draft.event.note == "Day and month may be swapped: 2015-04-03 to 2015-04-05 would be a shorter stay."
    assert draft.event.date.text == "2015-03-04/2015-04-05"
    assert [what for what, _ in draft.told if what in ("long stay", "probable swap")] == ["long stay", "probable swap"]


def test_a_stay_that_two_swaps_make_short_is_conflicting_too():
    text = MAPPING.replace("end: End", "end: End, order: dmy")
    draft = drafted(text, Start="12.1.2015", End="1.12.2015")
    assert draft.event.support == "conflicting"
    assert draft.event.note == (
        "Day and month may be swapped: 2015-01-12 to 2015-01-12 or 2015-12-01 to 2015-12-01 would be a shorter stay."
    )


def test_a_long_stay_that_no_swap_makes_short_is_told_alone():
    draft = drafted(Start="1918-12-14", End="1919-07-14")
    assert draft.event.support == "confirmed"
    assert [what for what, _ in draft.told if what in ("long stay", "probable swap")] == ["long stay"]


def test_a_year_in_a_column_of_its_own_must_agree():
    text = MAPPING.replace("end: End", "end: End, year: Year")
    assert reasons(drafted(text, Year="2018")) == [("date-year", "the start is in 2019, Year says 2018")]
    assert isinstance(drafted(text, Year="2019"), Draft)


@pytest.mark.parametrize(
    ("host", "start", "told"),
    [
        pytest.param("Georgia", "1970-05-01", "georgia: counted as a state from 1991-12-26 (Correlates of War), not on 1970-05-01", id="a part of the Soviet Union"),
        pytest.param("South Sudan", "1970", "south-sudan: counted as a state from 2011-07-09 (Correlates of War), not on 1970", id="a part of Sudan"),
        pytest.param("Czechia", "1992-12-31", "czechia: counted as a state from 1993-01-01 (Correlates of War), not on 1992-12-31", id="the day before"),
        pytest.param("Czechia", "1993-01-01", "", id="its first day"),
        pytest.param("South Sudan", "2011", "", id="perhaps after its first day"),
        pytest.param("Namibia", "1990-03-19/1990-03-22", "", id="it began during the journey"),
        pytest.param("France", "1970-05-01", "", id="an old state"),
    ],
)  # fmt: skip
def test_a_state_that_had_not_begun_is_told_and_kept(host, start, told):
    draft = drafted(To=host, Start=start, End="")
    assert [text for what, text in draft.told if what == "state not yet"] == list(filter(None, [told]))


def test_every_state_of_the_list_is_one_of_ours():
    assert all(row["actor"] in shipped().actors for row in rows("state-system.csv"))


def test_an_office_at_another_time_is_told():
    draft = drafted(Start="2008-06-17", End="2008-06-19")
    assert (
        "office at another time",
        "Xi Jinping was president since 2013-03-14, not on 2008-06-17/2008-06-19; vice-president then",
    ) in draft.told
    assert draft.event.people[0].offices == ("president",)


@pytest.mark.parametrize(
    ("who", "start", "said"),
    [
        pytest.param("Premier Xi Jinping", "2015-06", "premier was Li Keqiang from 2013-03-15 to 2023-03-11, not Xi Jinping; general-secretary, military-commission-chairman, president then", id="a president as premier"),
        pytest.param("President Wen Jiabao", "2005", "president was Hu Jintao from 2003-03-15 to 2013-03-14, not Wen Jiabao; premier then", id="a premier as president, in a year"),
        pytest.param("Premier Li Kechiang", "2015-06", "premier was Li Keqiang from 2013-03-15 to 2023-03-11; is Li Kechiang another spelling?", id="a slip of the name"),
        pytest.param("Premier Wen Jiabao", "2013", "", id="a year in which the office changed hands"),
    ],
)  # fmt: skip
def test_an_office_of_another_is_told_as_check_does_and_stays(who, start, said):
    draft = drafted(Start=start, End="", Who=who)
    assert [told.text for told in draft.told if told.what == "office of another"] == ([said] if said else [])
    assert draft.event.people[0].offices


def test_texts_of_a_note_end_before_the_next_begins():
    draft = drafted(MAPPING + "note: Note\nkind: Kind\n", Note="wrong office", Kind="Lunch")
    assert draft.event.note == "wrong office. Kind in the source: Lunch."


def test_initials_behind_a_comma_belong_to_the_place():
    text = MAPPING + 'places: Where\nsplit: {places: ","}\n'
    assert drafted(text, Where="Mexico, D.F., Cancún,Washington, D.C.").event.places == (
        "Mexico, D.F.",
        "Cancún",
        "Washington, D.C.",
    )


def test_a_kind_that_is_not_known_is_kept_in_the_note():
    draft = drafted(MAPPING + "kind: Kind\nvalues: {kind: {Working lunch: working}}\n", Kind="Working diner")
    assert (draft.event.kind, draft.event.note) == ("", "Kind in the source: Working diner.")
    assert (
        drafted(MAPPING + "kind: Kind\nvalues: {kind: {Working lunch: working}}\n", Kind="working LUNCH").event.kind
        == "working"
    )
    assert drafted(MAPPING + "kind: Kind\n", Kind="State").event.kind == "state"


def test_a_status_that_is_not_known_refuses_the_row():
    assert reasons(drafted(MAPPING + "status: Status\n", Status="postponed")) == [
        ("unknown-status", "unknown status 'postponed'")
    ]
    assert drafted(MAPPING + "status: Status\n", Status="cancelled").event.status == "cancelled"


def test_a_direction_in_one_text():
    text = HEAD + "date: {start: Start}\ndirection: Headline\n"
    event = drafted(text, Headline="Premier Li Qiang, China → DPRK").event
    assert (event.visitor, event.host, event.people[0].name) == ("china", "north-korea", "Li Qiang")
    assert reasons(drafted(text, Headline="Nixon visits China"))[0][0] == "no-direction"


def test_meanings_with_dates():
    text = MAPPING + "values: {host: {Vietnam: [{since: 1955-10-26, until: 1975-04-30, is: south-vietnam}]}}\n"
    assert drafted(text, To="Vietnam", Start="1966-10-26", End="1966-10-26").event.host == "south-vietnam"
    assert reasons(drafted(text, To="Vietnam"))[0][0] == "actor-at-that-time"


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        pytest.param("source: {id: a, title: A}\n", "m.yaml:1:1", "missing-field", id="no date"),
        pytest.param(MAPPING + "hots: X\n", "m.yaml:6:1", "unknown-field", id="an unknown field"),
        pytest.param(MAPPING + "values: {kind: {A: stat}}\n", "m.yaml:6:20", "unknown-value", id="no kind"),
        pytest.param(MAPPING + "values: {host: {A: ruritania}}\n", "m.yaml:6:20", "unknown-actor", id="no actor"),
        pytest.param(MAPPING + "titles: {A: [presiden]}\n", "m.yaml:6:14", "unknown-office", id="no office"),
        pytest.param(HEAD + "date: {start: A, order: dym}\n", "m.yaml:2:25", "unknown-value", id="no order"),
        pytest.param(HEAD + "date: {start: A, two-digit-years: 1950..2050}\n", "m.yaml:2:35", "bad-number", id="not a hundred years"),
        pytest.param(HEAD + "date: {start: [A, B, C, D]}\n", "m.yaml:2:15", "wrong-type", id="four parts of a date"),
        pytest.param(MAPPING + "rules: {kind: [{column: A, is: state}]}\n", "m.yaml:6:16", "missing-field", id="a rule for nothing"),
        pytest.param(MAPPING + "read: {encoding: latin9000}\n", "m.yaml:6:18", "unknown-value", id="no encoding"),
        pytest.param("source: A\ndate: {start: B}\n", "m.yaml:1:9", "wrong-type", id="a source in one word"),
        pytest.param("- a\n", "m.yaml:1:1", "wrong-type", id="a list"),
        pytest.param("a: [\n", "m.yaml:2:1", "yaml-syntax", id="no YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_mapping_has_its_place(text, place, name):
    with pytest.raises(InputError) as raised:
        read_mapping("m.yaml", text, shipped())
    assert (raised.value.problems[0].place, raised.value.problems[0].name) == (place, name)


def entered(*rows, text=MAPPING):
    """What a ledger says of rows, one after another; and the ledger."""
    ledger = Ledger()
    return [ledger.enter(drafted(text, number=number, **cells), 0) for number, cells in enumerate(rows, 2)], ledger


def test_a_row_told_twice_is_one():
    numbers, _ = entered({}, {"To": "Mongolia"}, {})
    assert numbers == [0, 1, 0]


def test_rows_alike_but_for_their_id_are_one_where_they_are_dated_to_the_day():
    text = MAPPING + "row-id: Id\n"
    assert entered({"Id": "1"}, {"Id": "2"}, text=text)[0] == [0, 0]
    year = {"Start": "1990", "End": "", "To": "Mongolia"}
    assert entered({"Id": "1"} | year, {"Id": "2"} | year, text=text)[0] == [0, 1]


def test_an_id_of_two_rows_that_differ_refuses_the_second():
    numbers, _ = entered({"Id": "1"}, {"Id": "1", "To": "Mongolia"}, {"Id": "1"}, text=MAPPING + "row-id: Id\n")
    assert numbers[0::2] == [0, 0]
    assert numbers[1].text == "the id '1' is that of row 2 too, which says something else"


def test_the_id_of_a_quarantined_row_is_no_other_rows():
    """It comes again once it is corrected, and would then take the place of the other."""
    text, ledger = MAPPING + "row-id: Id\n", Ledger()
    lost = drafted(text, number=2, Id="1", To="Ruritania")
    assert ledger.refuse(("a", lost.key), lost.digest, 2) == ()
    assert ledger.refuse(("a", lost.key), lost.digest, 3) == ()  # the same row once more
    other = drafted(text, number=4, Id="1")._replace(origin="a")
    assert ledger.enter(other, 0).text == "the id '1' is that of row 2 too, which is quarantined"
    later = drafted(text, number=5, Id="2")._replace(origin="a")
    assert ledger.enter(later, 0) == 0
    again = drafted(text, number=6, Id="2", To="Ruritania")
    assert [told.text for told in ledger.refuse(("a", "2"), again.digest, 6)] == [
        "the id '2' is that of row 5 too, which says something else"
    ]


def test_a_text_that_no_record_keeps_refuses_its_row_alone():
    assert [told.text for told in drafted(MAPPING, From="x" * 100_001).why if told.what == "too-long"] == [
        "From: a text of 100,001 characters; a record keeps texts of up to 100,000"
    ]
    assert "too-long" not in {told.what for told in drafted(MAPPING, From="x" * 100_000).why}


def test_rows_that_may_be_one_are_told():
    _, ledger = entered(
        {}, {"End": "2019-06-22"}, {"Start": "2019-06-22", "End": "2019-06-24"}, {"Who": "Premier Li Keqiang"}
    )
    assert list(ledger.overlapping()) == [(0, 1)]


def test_a_day_out_of_order_that_a_swap_puts_in_order():
    days = [
        "2015-01-02",
        "2015-02-03",
        "2015-05-04",
        "2015-04-06",
        "2015-05-20",
        "2015-06-01",
        "2015-07-01",
        "2015-08-01",
        "2015-09-01",
    ]
    days[3:5] = ["2015-06-05", "2015-05-20"]
    _, ledger = entered(*({"Start": day, "End": ""} for day in days))
    (found,) = ledger.strays()
    assert found.days == ((3, "2015-05-06"),)
    assert found.told == "1 of 9 days out of order; with day and month swapped in 1 row it would be 0"


def test_nothing_is_out_of_order_in_a_file_without_order():
    days = ["2015-03-02", "2015-01-03", "2015-05-04", "2015-02-06", "2015-04-20", "2015-01-01"]
    _, ledger = entered(*({"Start": day, "End": ""} for day in days))
    assert list(ledger.strays()) == []


def test_legs_that_follow_within_a_day_are_one_journey():
    rows = [
        ("2019-06-20", "2019-06-21"),
        ("2019-06-22", "2019-06-23"),
        ("2019-06-25", "2019-06-26"),
        ("2019-06-24", ""),
    ]
    groups = [merged([drafted(Start=start, End=end)]) for start, end in rows]
    assert legs(groups) == [[0, 1]]


def test_a_table_is_a_dictionary():
    import random

    chosen, table, plain = random.Random(1), Table(), {}
    for number in range(5000):
        key = chosen.choice([chosen.randrange(-(2**63), 2**63), chosen.randrange(50), -1, 0])
        assert table.setdefault(key, number) == plain.setdefault(key, number)


@pytest.mark.parametrize("table", ["printed-names.csv", "names-in-languages.csv"])
def test_names_that_are_printed_lead_to_actors_that_there_are_and_are_no_other_names(table):
    printed = list(rows(table))
    assert len({fold(row["name"]) for row in printed}) == len(printed)
    assert {row["actor"] for row in printed} <= set(shipped().actors)
    assert [row["name"] for row in printed if shipped().actor(row["name"])] == []


@pytest.mark.parametrize(
    ("cell", "urls", "note"),
    [
        pytest.param("https://a.example/x?y=1", ["https://a.example/x?y=1"], "", id="an address"),
        pytest.param("https://", [], "Source: https://.", id="the begin of one alone, as a form has it"),
        pytest.param("http:///x", [], "Source: http:///x.", id="of no host"),
        pytest.param("https://a.example/x, p. 3", [], "Source: https://a.example/x, p. 3.", id="one with more behind it"),
        pytest.param("https://a.example/\u202ex", [], "Source: https://a.example/\u202ex.", id="one that turns the text round"),
        pytest.param("People's Daily", [], "Source: People's Daily.", id="a newspaper"),
    ],
)  # fmt: skip
def test_a_source_that_a_record_cannot_cite_by_its_address_goes_into_the_note(cell, urls, note):
    event = drafted(MAPPING + "urls: Link\n", Link=cell).event
    assert ([source.url for source in event.sources[1:]], event.note) == (urls, note)


NAMED = MAPPING.replace("person: Who", "name: Who\ntitle: Title")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        pytest.param("H.E. Mr. Xi Jinping", "Xi Jinping", id="forms of address"),
        pytest.param("His Excellency Xi Jinping", "Xi Jinping", id="a form of address in words"),
        pytest.param("H. E. Xi Jinping", "Xi Jinping", id="with a blank within"),
        pytest.param("HE Mr Xi Jinping", "Xi Jinping", id="without dots before another"),
        pytest.param("Xi, Jinping", "Xi Jinping", id="family name first, of whom the table of tenures knows"),
        pytest.param("Xi Jinping (习近平)", "Xi Jinping", id="in another script too"),
        pytest.param("习近平 (Xi Jinping)", "Xi Jinping", id="in Latin letters too"),
        pytest.param("Mr. Xi, Jinping", "Xi Jinping", id="both"),
    ],
)
def test_a_name_is_read_without_what_is_surely_no_part_of_it(printed, name):
    draft = drafted(NAMED, Who=printed, Title="President")
    assert [(one.name, one.offices) for one in draft.event.people] == [(name, ("president",))]
    assert [told.text for told in draft.told if told.what == "name as printed"] == [f"{printed} is {name}"]


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        pytest.param("Sergey Lavrov (FM)", True, id="a bracket in the same script"),
        pytest.param("Smith, John", True, id="nobody who is known the other way round"),
        pytest.param("Jinping, of the Xi", True, id="no name behind the comma"),
        pytest.param("Premier of the State Council Li Qiang", True, id="a title"),
        pytest.param("President Xi Jinping", True, id="a short title"),
        pytest.param("President of the Senate Pietro Grasso", True, id="a title of something else"),
        pytest.param("Envoy of President Xi Jinping", True, id="of whom somebody is an envoy"),
        pytest.param("Assistant to the Premier Li Qi", True, id="whose assistant"),
        pytest.param("Gen. Chang Wanquan", True, id="a rank"),
        pytest.param("Madam Peng Liyuan", True, id="a form of address before the name of a husband, too"),
        pytest.param("Dr Congo", False, id="a state that begins like a doctor"),
        pytest.param("Martin Luther King", False, id="a title as a family name"),
        pytest.param("Gennady Timchenko", False, id="letters of a rank"),
        pytest.param("He Lifeng", False, id="a family name that is a form of address elsewhere"),
        pytest.param("Kim Yong Il (premier)", False, id="the bracket by which we tell two apart"),
        pytest.param("Ferdinand Marcos, Jr.", False, id="of the same name as his father"),
        pytest.param("Mohammed bin Salman", False, id="small letters"),
        pytest.param("Henry A. (Heinz Alfred) Kissinger", False, id="another name within the name"),
        pytest.param("Sergey Lavrov (FM", True, id="a bracket that is not closed"),
        pytest.param("Drew", False, id="letters of a form of address"),
        pytest.param("Xi Jinping*", True, id="the sign of a footnote, which may say that he did not come"),
        pytest.param("Milo¹ Zeman", True, id="a letter of another encoding"),
        pytest.param("Delegation of 12 officials", True, id="a number"),
        pytest.param("several ministers", True, id="people who are not named"),
        pytest.param("Li Keqiang et al.", True, id="others with somebody"),
        pytest.param("delegation led by Wang Yi", True, id="a delegation"),
        pytest.param("H.M. King Abdullah II", True, id="a majesty, before a title"),
        pytest.param("Wang Hm", False, id="a name like a short form"),
        pytest.param("Xi Jinping → Li Keqiang", True, id="an arrow"),
        pytest.param("Xi Jinping (with his wife)", True, id="with somebody"),
    ],
)
def test_a_name_that_may_hold_more_is_kept_and_told(printed, told):
    visitor = "North Korea" if printed.startswith("Kim") else "China"
    draft = drafted(NAMED, Who=printed, Title="Minister", From=visitor, To="Japan")
    assert [one.name for one in draft.event.people] == [printed]
    assert [one.text for one in draft.told if one.what == "more than a name"] == [printed] * told


@pytest.mark.parametrize(("role", "told"), [("accompanies", True), ("heads", False), ("", False)])
def test_a_row_of_somebody_who_accompanied_alone_is_told(role, told):
    draft = drafted(NAMED + "role: Part\n", Who="Wang Yi", Part=role)
    assert ("nobody led" in {one.what for one in draft.told}) is told


def test_somebody_who_was_in_an_office_of_another_state_then_is_told():
    draft = drafted(NAMED, Who="Xi Jinping", From="Senegal", To="China")
    told = [one.text for one in draft.told if one.what == "of another state"]
    assert told == ["Xi Jinping was general-secretary of China since 2012-11-15; the visitor is Senegal"]


@pytest.mark.parametrize("cell", ["12.5", "2018", "(1)", "**"])
def test_a_name_without_a_letter_is_none(cell):
    assert reasons(drafted(NAMED, Who=cell)) == [("person-missing", f"nobody is named: {cell!r} has no letter")]


@pytest.mark.parametrize(("text", "cells"), [(NAMED, {"Who": "Xi\nJinping "}), (MAPPING, {"Who": "President\nXi \t Jinping"})])  # fmt: skip
def test_a_line_break_in_the_cell_of_a_name_is_a_blank(text, cells):
    assert [one.name for one in drafted(text, **cells).event.people] == ["Xi Jinping"]


@pytest.mark.parametrize(
    ("text", "cells", "told"),
    [
        pytest.param(NAMED, {"Who": "Li Qiang [cancelled]"}, ["Who: Li Qiang [cancelled]"], id="behind a name"),
        pytest.param(NAMED + "places: Where\n", {"Where": "Wonsan (postponed)"}, ["Where: Wonsan (postponed)"], id="behind a place"),
        pytest.param(NAMED, {"Format": "Virtual"}, ["Format: Virtual"], id="a meeting by video"),
        pytest.param(NAMED, {"Format": "Video call"}, ["Format: Video call"], id="a call"),
        pytest.param(NAMED + "kind: Type\n", {"Type": "telephone"}, ["Type: telephone"], id="a kind"),
        pytest.param(NAMED + "kind: Type\n", {"Type": "Videokonferenz"}, ["Type: Videokonferenz"], id="in German"),
        pytest.param(NAMED, {"形式": "视频会晤"}, ["形式: 视频会晤"], id="in Chinese"),
        pytest.param(NAMED, {"備考": "中止"}, ["備考: 中止"], id="in Japanese"),
        pytest.param(NAMED + "note: Note\n", {"Note": "Followed a phone call with Putin"}, [], id="a call told in a remark"),
        pytest.param(NAMED, {"Format": "In person"}, [], id="a journey"),
        pytest.param(NAMED + "urls: Link\n", {"Link": "https://a.example/cancelled-visit-made-up"}, [], id="an address"),
    ],
)  # fmt: skip
def test_a_visit_that_a_cell_calls_off_or_holds_from_afar_is_told(text, cells, told):
    draft = drafted(text, **({"Who": "Xi Jinping"} | cells))
    assert [one.text for one in draft.told if one.what == "not held"] == told


def test_a_formal_title_before_a_name_is_read_where_no_column_has_titles():
    text = MAPPING.replace("person: Who", "name: Who")
    draft = drafted(text, Who="Chairman of the State Affairs Commission Kim Jong Un", From="North Korea", To="China")
    assert [(one.name, one.offices) for one in draft.event.people] == [("Kim Jong Un", ("supreme-leader",))]
