"""Who is meant by a name or a title that several may have: royals, families, popes, people called like a state."""

import pytest

from timeline.claims.grammar import parse
from timeline.claims.model import NotUnderstood
from timeline.claims.verdict import judge
from timeline.dates import parse_when
from timeline.store import load_text

AS_OF = parse_when("2026-06-30").start.latest
COVERED = "- {{id: all-{0}-{1}, visitor: {0}, host: {1}, from: ever, to: 2026-06-30, how: complete}}\n"
VISIT = "- {{id: {id}, date: {date}, visitor: {visitor}, host: {host}, people: [{{name: {name}, offices: [{office}]{title}}}]}}\n"


def a_record(*visits):
    """Visits as (id, date, visitor, host, name, office, title), covered in each direction."""
    keys = ("id", "date", "visitor", "host", "name", "office", "title")
    rows = [dict(zip(keys, visit, strict=True)) for visit in visits]
    for row in rows:
        row["title"] = f", title: {row['title']}" if row["title"] else ""
    ways = dict.fromkeys((row["visitor"], row["host"]) for row in rows)
    covered = "".join(COVERED.format(*way) for way in ways)
    return load_text(f"timeline: 1\ncoverage:\n{covered}events:\n{''.join(VISIT.format(**row) for row in rows)}")


ROYALS = a_record(
    ("elizabeth-2015", "2015-06-23", "united-kingdom", "germany", "Elizabeth II", "monarch", "Queen of the United Kingdom"),
    ("charles-2023", "2023-03-29", "united-kingdom", "germany", "Charles III", "monarch", "King of the United Kingdom"),
    ("salman-2016", "2016-04-07", "saudi-arabia", "egypt", "Salman bin Abdulaziz", "monarch", "King"),
    ("mohammed-2018", "2018-03-04", "saudi-arabia", "egypt", "Mohammed bin Salman", "crown-prince", "Crown Prince"),
)  # fmt: skip
OTHERS = a_record(
    ("pierre-1973", "1973-10-10", "canada", "china", "Pierre Trudeau", "premier", ""),
    ("justin-2016", "2016-08-30", "canada", "china", "Justin Trudeau", "premier", ""),
    ("john-paul-1979", "1979-11-28", "holy-see", "turkey", "John Paul II", "pope", ""),
    ("leo-2025", "2025-11-27", "holy-see", "turkey", "Leo XIV", "pope", ""),
    ("nato-2001", "2001-06-01", "georgia", "china", "Nato Kalandadze", "foreign-minister", ""),
    ("merkel-2005", "2005-12-02", "germany", "poland", "Angela Merkel", "premier", ""),
    ("scholz-2021", "2021-12-12", "germany", "poland", "Olaf Scholz", "premier", ""),
    ("halldorsson-2015", "2015-05-01", "iceland", "denmark", "Gudni Halldorsson", "president", ""),
    ("tomasdottir-2025", "2025-03-01", "iceland", "denmark", "Halla Tomasdottir", "president", ""),
)


def agrees(found, answer):
    """Whether a verdict is the one that is expected, or a refusal says so."""
    return answer in found if isinstance(found, str) else found.verdict == answer


def judged(store, sentence, about=""):
    try:
        return judge(parse(sentence, store, store.by_id.get(about)), store, AS_OF)
    except NotUnderstood as error:
        return str(error)


@pytest.mark.parametrize(("sentence", "about", "answer"), [
    pytest.param("the first visit by a British monarch to Germany since 2015", "charles-2023", "holds", id="monarchs, whatever they are called"),
    pytest.param("the first visit by a British king to Germany since 2015", "charles-2023", "Elizabeth II with that title", id="no king"),
    pytest.param("A British queen visited Germany in 2023", "", "Charles III with that title", id="no queen"),
    pytest.param("No British queen has visited Germany since 2015", "", "write 'monarch', or the name", id="nor denied of one"),
    pytest.param("No foreign king visited Germany in 2015", "", "Elizabeth II with that title", id="of any country"),
    pytest.param("the first visit by a foreign king to Germany since 2010", "charles-2023", "Elizabeth II with that title", id="the first of any country"),
    pytest.param("King Charles visited Germany in 2023", "", "holds", id="a title before a name"),
    pytest.param("King Salman visited Egypt in April 2016", "", "holds", id="a king by his first name"),
    pytest.param("Salman has not visited Egypt since 2016", "", "holds", id="who is nobody's Salman"),
    pytest.param("Queen Charles visited Germany in 2023", "", "has Charles III as king", id="another title before a name"),
    pytest.param("Charles visited Germany as queen in 2023", "", "Charles III with that title", id="or after it"),
    pytest.param("Salman's first visit to Egypt as king", "salman-2016", "holds", id="his own first name"),
    pytest.param("bin Salman visited Egypt in 2018", "", "holds", id="by the father's name, with the word for it"),
    pytest.param("Mohammed bin Salman visited Egypt in 2018", "", "holds", id="the whole name"),
])  # fmt: skip
def test_royals(sentence, about, answer):
    assert agrees(judged(ROYALS, sentence, about), answer)


KHALID = a_record(("khalid-2025", "2025-04-17", "saudi-arabia", "iran", "Khalid bin Salman", "defence-minister", ""))


@pytest.mark.parametrize(("sentence", "answer"), [
    pytest.param("King Salman visited Iran in 2025", "not understood", id="a king whom the record does not have"),
    pytest.param("bin Salman visited Iran in 2025", "not understood: 'bin', 'Salman'", id="the one son on record, but not of all"),
    pytest.param("Prince Khalid visited Iran in 2025", "holds", id="a prince by his first name"),
])  # fmt: skip
def test_nobody_is_called_by_his_father_alone(sentence, answer):
    assert agrees(judged(KHALID, sentence), answer)


@pytest.mark.parametrize(("sentence", "about", "answer"), [
    pytest.param("the first visit by a Trudeau to China", "justin-2016", "anybody of that name", id="anybody of a family"),
    pytest.param("the first Trudeau to visit China since 1973", "justin-2016", "anybody of that name", id="the first of a family"),
    pytest.param("the first Trudeau visit to China", "justin-2016", "holds", id="his visit"),
    pytest.param("Trudeau's first visit to China", "justin-2016", "holds", id="his own"),
    pytest.param("the first visit by a Polish pope to Turkey", "john-paul-1979", "travels for the Holy See", id="where a pope is from"),
    pytest.param("the first visit by a pope to Turkey since 1979", "leo-2025", "holds", id="popes"),
    pytest.param("Pope John Paul visited Turkey in 1979", "", "holds", id="without the numeral"),
    pytest.param("Pope John visited Turkey in 1979", "", "not understood", id="half a pope's name"),
    pytest.param("Pope Leo visited Turkey in 2025", "", "holds", id="a pope by one name"),
    pytest.param("NATO visited China in 2001", "", "two different things", id="an alliance is nobody's first name"),
    pytest.param("Nato visited China in 2001", "", "not understood: 'Nato'", id="nor in small letters"),
    pytest.param("Two Canadian premiers have visited China", "", "holds", id="so many people"),
    pytest.param("Three Canadian premiers have visited China", "", "fails", id="not so many"),
    pytest.param("Angela Merkel visited Poland in 2005 with two ministers", "", "not understood: 'two'", id="who came with somebody"),
    pytest.param("the first visit by a German chancellor to Poland in 16 years and three ministers", "scholz-2021", "two different things", id="after 'and'"),
    pytest.param("Fewer than two popes have visited Turkey", "", "fails", id="fewer than there were"),
])  # fmt: skip
def test_names_that_may_be_of_several(sentence, about, answer):
    assert agrees(judged(OTHERS, sentence, about), answer)


@pytest.mark.parametrize(("sentence", "about", "safe"), [
    pytest.param("first visit by a German chancellor to Poland in 16 years", "scholz-2021", "the first visit by a German chancellor to Poland since Angela Merkel in December 2005", id="the claim's own word"),
    pytest.param("first visit by a German premier to Poland in 16 years", "scholz-2021", "the first visit by a German premier to Poland since Angela Merkel in December 2005", id="its other word"),
    pytest.param("first visit by an Icelandic head of state to Denmark in 10 years", "tomasdottir-2025", "the first visit by an Icelandic head of state to Denmark since Gudni Halldorsson in May 2015", id="the article"),
])  # fmt: skip
def test_an_office_is_called_as_the_claim_calls_it(sentence, about, safe):
    assert judged(OTHERS, sentence, about).rewrite == safe


CUBA = a_record(
    ("obama-2016", "2016-03-20", "united-states", "cuba", "Barack Obama", "president", ""),
    ("carter-2002", "2002-05-12", "united-states", "cuba", "Jimmy Carter", "minister", ""),
)
TRUMP = a_record(("d-trump-2017", "2017-05-20", "united-states", "cuba", "D. Trump", "president", ""))
DONALD = a_record(("donald-2017", "2017-05-20", "united-states", "cuba", "Somebody Else", "president", ""))


@pytest.mark.parametrize(("store", "sentence", "answer"), [
    pytest.param(CUBA, "Donald Trump never visited Cuba as president", "holds", id="a president who never came"),
    pytest.param(CUBA, "Joe Biden did not visit Cuba as president", "holds", id="nor he"),
    pytest.param(CUBA, "Barack Obama never visited Cuba as president", "fails", id="one who came"),
    pytest.param(CUBA, "President Joe Biden never visited Cuba", "depends", id="who may have been with another"),
    pytest.param(CUBA, "King Joe Biden never visited Cuba", "Joe Biden is nowhere monarch", id="with another title"),
    pytest.param(CUBA, "Joe Biden visited Cuba no fewer than three times", "all that it can say", id="a 'no' that denies nothing"),
    pytest.param(CUBA, "Donald Trump visited Cuba in 2019", "all that it can say is that he did not come", id="said to have come"),
    pytest.param(CUBA, "Donald Trump has not visited Cuba since 2017", "all that it can say", id="had he come before?"),
    pytest.param(CUBA, "Xyz Abcde never visited Cuba as president", "not understood", id="of no table"),
    pytest.param(TRUMP, "Donald Trump never visited Cuba as president", "is that D. Trump of the record?", id="by an initial"),
    pytest.param(DONALD, "Donald Trump never visited Cuba as president", "is that Somebody Else of the record?", id="by his office"),
])  # fmt: skip
def test_of_a_leader_whom_the_record_does_not_have_it_can_say_that_he_never_came(store, sentence, answer):
    assert agrees(judged(store, sentence), answer)


YEARS = a_record(*(
    (f"{name.split()[1].lower()}-{day[:7]}", day, "china", "north-korea", name, "premier", "")
    for day, name in [("2017-03-05", "Li Keqiang"), ("2018-03-05", "Li Keqiang"), ("2018-09-05", "Li Keqiang"), ("2019-03-05", "Wen Jiabao"), ("2024-03-05", "Li Qiang")]
))  # fmt: skip


@pytest.mark.parametrize(("sentence", "about", "answer"), [
    pytest.param("A Chinese premier visited North Korea for the third year in a row from 2017 to 2019", "jiabao-2019-03", "holds", id="in a row"),
    pytest.param("A Chinese premier visited North Korea for the second year in a row from 2018 to 2019", "jiabao-2019-03", "one came in 2017, too", id="in a longer row"),
    pytest.param("Two Chinese premiers visited North Korea every year from 2017 to 2018", "", "1 in 2017 and 1 in 2018", id="one of them twice in a year"),
    pytest.param("Chinese premiers have visited North Korea at most once in the past ten years", "", "the record has 5 visits", id="to the day asked for, not to some visit"),
    pytest.param("Chinese premiers have visited North Korea only once in the past ten years", "", "5 visits from 30 Jun 2016 to 30 Jun 2026, not 1", id="nor where it is exactly so many"),
    pytest.param("Chinese premiers have visited North Korea at most five times in the past ten years", "", "the record has 5 visits", id="no more than that"),
])  # fmt: skip
def test_counts_of_people_and_of_years(sentence, about, answer):
    found = judged(YEARS, sentence, about)
    assert agrees(found, answer) or answer in found.main.finding.reason


MALAYS = a_record(("mahathir-1985", "1985-11-20", "malaysia", "china", "Mahathir bin Mohamad", "premier", ""))


@pytest.mark.parametrize("name", ["Mahathir", "Mahathir Mohamad", "Mahathir bin Mohamad", "Prime Minister Mahathir"])
def test_a_malay_is_called_by_his_own_name_with_his_fathers_or_without(name):
    assert judged(MALAYS, f"{name} visited China once in 1985").verdict == "holds"


SPELLED = a_record(
    ("kohl-1986", "1986-04-27", "germany", "india", "Helmut Kohl", "premier", ""),
    ("schroeder-2001", "2001-10-28", "germany", "india", "Gerhard Schröder", "premier", ""),
    ("schroeder-2004", "2004-10-06", "germany", "india", "Gerhard Schroder", "premier", ""),
)


@pytest.mark.parametrize(("sentence", "answer"), [("Two German chancellors have visited India", "holds"), ("Three German chancellors have visited India", "fails")])  # fmt: skip
def test_who_is_written_without_an_accent_is_nobody_else(sentence, answer):
    assert judged(SPELLED, sentence).verdict == answer


@pytest.mark.parametrize(("sentence", "about", "answer"), [
    pytest.param("Wen Jiabao was the last Chinese premier to visit North Korea before Li Qiang", "", "holds", id="who came once"),
    pytest.param("Wen Jiabao was the last Chinese premier to visit North Korea before Li Qiang", "qiang-2024-03", "holds", id="of that visit"),
    pytest.param("Li Keqiang was the last Chinese premier to visit North Korea before Wen Jiabao", "", "holds", id="after others who came more than once"),
])  # fmt: skip
def test_the_last_before_somebody(sentence, about, answer):
    assert judged(YEARS, sentence, about).verdict == answer


TWICE = a_record(
    ("abe-2006", "2006-10-08", "japan", "china", "Abe Shinzo", "premier", ""),
    ("noda-2012", "2012-05-12", "japan", "china", "Noda Yoshihiko", "premier", ""),
    ("abe-2014", "2014-11-09", "japan", "china", "Abe Shinzo", "premier", ""),
    ("abe-2018", "2018-10-25", "japan", "china", "Abe Shinzo", "premier", ""),
)


@pytest.mark.parametrize(("about", "answer"), [("", "before which visit?"), ("abe-2014", "holds"), ("abe-2018", "before which visit?")])  # fmt: skip
def test_the_last_before_who_came_more_than_once_is_asked_of_which_visit(about, answer):
    assert agrees(
        judged(TWICE, "Noda Yoshihiko was the last Japanese premier to visit China before Abe", about), answer
    )


@pytest.mark.parametrize("sentence", ["the first visit by a Japanese premier to China in four years", "Abe Shinzo's third visit to China"])  # fmt: skip
def test_a_visit_to_come_is_undetermined(sentence):
    found = judge(parse(sentence, TWICE, TWICE.by_id["abe-2018"]), TWICE, parse_when("2018-06-01").start.latest)
    assert (found.verdict, "which has not come by 1 Jun 2018" in found.main.finding.reason) == ("undetermined", True)
