"""Sentences and how they are read: the form, who, from where to where, since when; or the exact refusal. A silent misreading is the worst bug here."""

import csv
import re
from operator import itemgetter
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeline.claims import lexicon
from timeline.claims.alternatives import EITHER
from timeline.claims.dates import OF_YEAR
from timeline.claims.forms_said import FORMS, NEVER
from timeline.claims.grammar import FILLERS, parse
from timeline.claims.hosts import COUNTRIES, PARTNERS, TRUE_OF
from timeline.claims.model import UNKNOWN, NotUnderstood
from timeline.claims.places import MEETINGS, MEETS
from timeline.claims.pronouns import HE, MAKES_HIM
from timeline.claims.purposes import ATTEND, INVITED, MEET, TALKS
from timeline.claims.receiving import RECEIVES
from timeline.claims.rises import ACCESSIONS
from timeline.claims.rules import BEGINS, TRAVEL
from timeline.claims.sentence import words_of
from timeline.claims.timing import HEDGES
from timeline.dates import NEVER_AFTER, NEVER_BEFORE, iso, parse_when
from timeline.store import load, load_text

KIM, XI = "Kim Jong Un", "Xi Jinping"
LEADER = ">=85 | >=100 | >=80 | premier | >=60"
FORMAL = "kind state,official,goodwill; heads"

VISITS = """
hu-2005          2005-10-28 china north-korea  Hu Jintao     [general-secretary,president]
kim-il-2006      2006-01-10 north-korea china  Kim Jong Il   [supreme-leader]
xi-2008          2008-06-17 china north-korea  Xi Jinping    [vice-president]
wen-2009         2009-10-04 china north-korea  Wen Jiabao    [premier]
kim-2018-03      2018-03-25 north-korea china  Kim Jong Un   [supreme-leader]
song-2017        2017-11-17 china north-korea  Song Tao      [special-envoy]
wang-2018        2018-05-02 china north-korea  Wang Yi       [foreign-minister]
kim-2018-05      2018-05-07 north-korea china  Kim Jong Un   [supreme-leader]
kim-2018-06      2018-06-19 north-korea china  Kim Jong Un   [supreme-leader]
li-zhanshu-2018  2018-09-08 china north-korea  Li Zhanshu    [parliament-chairman]
kim-2019-01      2019-01-07 north-korea china  Kim Jong Un   [supreme-leader]
xi-2019          2019-06-20 china north-korea  Xi Jinping    [general-secretary,president]
kim-2025         2025-09-02 north-korea china  Kim Jong Un   [supreme-leader]
li-qiang-2025    2025-10-09 china north-korea  Li Qiang      [premier]
"""
EVENTS = """
- {id: xi-2018, date: 2018-09-09, visitor: china, host: north-korea, status: cancelled, people: [{name: Xi Jinping, offices: [president]}], sources: [{title: t}]}
- {id: kim-accession-2011, type: accession, date: 2011-12-17, title: Kim Jong Un succeeds his father, actors: [north-korea], people: [{name: Kim Jong Un, offices: [supreme-leader]}], sources: [{title: t}]}
- {id: xi-accession-2012, type: accession, date: 2012-11-15, title: Xi takes over the party, actors: [china], people: [{name: Xi Jinping, offices: [general-secretary]}], sources: [{title: t}]}
- {id: xi-president-2013, type: accession, date: 2013-03-14, title: Xi becomes head of state, actors: [china], people: [{name: Xi Jinping, offices: [president]}], sources: [{title: t}]}
- {id: test-2006, type: other, date: 2006-10-09, title: First nuclear test, tags: [nuclear test], actors: [north-korea], sources: [{title: t}]}
"""


def a_record():
    lines = ["timeline: 1", "people: [{name: Kim Jong Un, aliases: [Kim Jong Eun, 김정은]}]", "events:"]
    for line in VISITS.split("\n"):
        if line:
            id_, day, visitor, host, *name, offices = line.split()
            person = f"{{name: {' '.join(name)}, offices: {offices}}}"
            lines.append(
                f"- {{id: {id_}, date: {day}, visitor: {visitor}, host: {host}, people: [{person}], sources: [{{title: t}}]}}"
            )
    return load_text("\n".join(lines) + EVENTS)


RECORD = a_record()


def who(reading):
    held = [
        ",".join(reading.offices),
        f">={reading.level}{' ' if reading.ladder else ''}{reading.ladder}" if reading.level else "",
        f"#{reading.party_rank}" if reading.party_rank else "",
    ]
    return " as ".join(filter(None, [*reading.people, *held])) or "anybody"


def span(days):
    first, last = (".." if day in (NEVER_BEFORE, NEVER_AFTER) else iso(day) for day in days)
    return first if first == last else f"{first}..{last}"


def window(w):
    length = f"{w.months} months" if w.months else f"{w.days} days" if w.days else ""
    return " ".join(
        filter(None, [w.anchor, length, span(w.span) if w.span else "", "to the visit" if w.ordinal else ""])
    )


def reading(claim):
    """A claim in one line: form, who, direction, and what else is said; several, one after the other."""
    if claim.parts:
        return " + ".join(map(reading, claim.parts))
    base, number = claim.base, f" {claim.number:g} {claim.unit}" if claim.number or claim.form == "count" else ""
    way = (
        "<>".join(base.between)
        if base.between
        else f"{','.join(base.visitors) or 'any'}>{','.join(base.hosts) or 'any'}"
    )
    parts = [
        claim.form
        + (
            number.removesuffix(" times")
            if claim.form in ("first-in", "nth", "count", "highest-since", "none-since", "after")
            else ""
        ),
        " | ".join(map(who, claim.who)),
        way,
        "meeting of " + " and ".join(claim.pair) if claim.object == "meeting" else "",
        "people" if claim.object == "person" else "",
        f"since {claim.since.event or span(claim.since.span)}" if claim.since else "",
        f"was {claim.target.event or span(claim.target.span)}" if claim.target else "",
        f"in {window(claim.window)}" if claim.window else "",
        " ".join(f"~{hedge}" for hedge in sorted(claim.hedges)),
        "kind " + ",".join(base.kinds) if base.kinds else "",
        f"told of kind {','.join(claim.kinds_told)}" if claim.kinds_told else "",
        ",".join(base.roles),
        f"at {claim.capital}" if claim.capital else "",
        f"only at {', '.join(base.places)}" if base.places else "",
        f"tag {', '.join(base.tags)}" if base.tags else "",
        "" if claim.including else "itself not counted",
        f"told of {claim.subject}" if claim.subject else "",
        f"all of them {' and '.join(map(named, claim.named))}" if claim.named else "",
    ]
    return "; ".join(filter(None, parts))


def named(one):
    return " ".join(filter(None, [one.event.removeprefix("visit:"), "" if one.span == UNKNOWN else span(one.span)]))


def read(sentence, about="", published=""):
    claim = parse(sentence, RECORD, RECORD.by_id.get(about), parse_when(published).start if published else None)
    return reading(claim)


def sentences(text):
    """Blocks of sentences that are all read alike, each block under its reading (a line that begins with `=`)."""
    found, expected = [], ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        if line.startswith("= "):
            expected = line[2:].format(
                kim=KIM,
                xi=XI,
                leader=LEADER,
                formal=FORMAL,
                year_2009="2009-01-01..2009-12-31",
                year_2018="2018-01-01..2018-12-31",
            )
        else:
            found.append(pytest.param(line, expected, id=line))
    return found


@pytest.mark.parametrize(("sentence", "expected"), sentences("""
    = first-in 16 years; premier; china>north-korea
    first visit by a Chinese premier to North Korea in 16 years
    The first visit by a Chinese premier to North Korea for 16 years.
    the FIRST visit by a CHINESE PREMIER to NORTH KOREA in 16 YEARS
    first visit to North Korea by a Chinese premier in sixteen years
    For the first time in 16 years, a Chinese premier visited North Korea
    first time a Chinese premier has visited North Korea in 16 years
    Chinese premier's first visit to North Korea in 16 years
    Chinese premier’s first trip to the DPRK in 16 years
    China's premier makes first trip to North Korea in 16 years
    first visit by China’s prime minister to North Korea in 16 years
    first visit by a premier of China to North Korea in 16 years
    first visit by a premier from China to North Korea in 16 years
    first North Korea visit by a Chinese premier in 16 years
    first Chinese premier to set foot in North Korea in 16 years
    North Korea visited by a Chinese premier for the first time in 16 years

    = first-in 16 years; premier; china>north-korea; ~none-within
    first visit by any Chinese premier to North Korea in the past 16 years
    first Chinese premier in North Korea within 16 years

    = first-in 16 years; premier; china>north-korea; at Pyongyang
    first Chinese premier in Pyongyang in 16 years
    first Chinese premier to travel to Pyongyang in 16 years

    = first-in 16 years; premier; china>north-korea; ~nearly
    first Chinese premier in North Korea in nearly 16 years
    first Chinese premier in North Korea in almost sixteen years
    first Chinese premier in North Korea in just under 16 years

    = first-in 16 years; premier; china>north-korea; ~more-than
    first Chinese premier in North Korea in more than 16 years
    first Chinese premier in North Korea in over 16 years

    = first-in 16 years; premier; china>north-korea; ~about
    first Chinese premier in North Korea in about 16 years
    first Chinese premier in North Korea in around 16 years
    first Chinese premier in North Korea in some 16 years
    first Chinese premier in North Korea in roughly 16 years

    = first-in 16 years; premier; china>north-korea; ~at-least
    first Chinese premier in North Korea in at least 16 years
    first Chinese premier in North Korea in no fewer than 16 years

    = first-in 16 years; premier; china>north-korea; ~under
    first Chinese premier in North Korea in less than 16 years
    = first-in 16 years; premier; china>north-korea; ~known
    first Chinese premier known to have visited North Korea in 16 years
    the first known visit by a Chinese premier to North Korea in 16 years
    first recorded visit by a Chinese premier to North Korea in 16 years

    = first-in 20 years; premier; china>north-korea; ~at-least
    first Chinese premier in North Korea in decades
    = first-in 20 decades; premier; china>north-korea
    first Chinese premier in North Korea in two decades
    = first-in 10 decades; premier; china>north-korea; ~more-than
    first Chinese premier in North Korea in more than a decade
    = first-in 10 decades; premier; china>north-korea; ~nearly
    first Chinese premier in North Korea for nearly a decade
    = first-in 25 years; premier; china>north-korea
    first Chinese premier in North Korea in twenty-five years
    = first-in 16.5 years; premier; china>north-korea
    first Chinese premier in North Korea in 16.5 years
    first Chinese premier in North Korea in sixteen and a half years
    = first-in 1 years; premier; china>north-korea
    first Chinese premier in North Korea in a year
    = first-in 100 decades; premier; china>north-korea
    first Chinese premier in North Korea in a century

    = first-in 80 months; {kim}; north-korea>china
    Kim Jong Un's first visit to China in six years and eight months
    Kim Jong Un's first visit to China in six years, eight months
    Kim Jong-un's first China trip in 80 months
    = first-in 6 weeks; {kim}; north-korea>china
    Kim Jong Un's first visit to China in six weeks
    = first-in 43 days; {kim}; north-korea>china
    김정은's first visit to China in 43 days
    = first-in 6 years; {kim}; north-korea>china
    Kim Jong Un is in China for the first time in six years
    first China visit by Kim Jong Eun in six years
    North Korean leader Kim Jong Un's first visit to China in six years
    Kim Jong Un's visit to China is his first in six years
"""))  # fmt: skip
def test_first_in_some_time(sentence, expected):
    assert read(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), sentences("""
    = first-since; premier; china>north-korea; since {year_2009}
    first visit by a Chinese premier to North Korea since 2009
    Chinese premier makes first visit to North Korea since 2009
    = first-since; premier; china>north-korea; since 2009-10-01..2009-10-31
    first visit by a Chinese premier to North Korea since October 2009
    first visit by a Chinese premier to North Korea since Oct. 2009
    first visit by a Chinese premier to North Korea since 2009-10
    = first-since; premier; china>north-korea; since 2009-10-04
    first visit by a Chinese premier to North Korea since 4 October 2009
    first visit by a Chinese premier to North Korea since October 4, 2009
    first visit by a Chinese premier to North Korea since 2009-10-04
    = first-since; premier; china>north-korea; since wen-2009
    first visit by a Chinese premier to North Korea since Wen Jiabao
    first visit by a Chinese premier to North Korea since Wen Jiabao in October 2009
    first visit by a Chinese premier to North Korea since Wen Jiabao's visit in October 2009
    first visit by a Chinese premier to North Korea since Wen Jiabao's in 2009
    = first-since; premier; china>north-korea; since none
    first visit by a Chinese premier to North Korea since Wen Jiabao in 2010
    = first-since; premier; china>north-korea; since kim-accession-2011
    first visit by a Chinese premier to North Korea since Kim Jong Un took power
    first visit by a Chinese premier to North Korea since Kim Jong Un came to power in 2011
    first visit by a Chinese premier to North Korea since kim-accession-2011
    first visit by a Chinese premier to North Korea since Kim Jong Un succeeds his father
    = first-since; premier; china>north-korea; since test-2006
    first visit by a Chinese premier to North Korea since the nuclear test
    = first-since; {xi}; china>north-korea; since xi-accession-2012
    Xi Jinping's first visit to North Korea since he took power
    = first-since; {xi}; china>north-korea; since xi-president-2013
    Xi Jinping's first visit to North Korea since becoming president
    Xi Jinping's first visit to North Korea since he became president in March 2013
    = first-since; {xi}; china>north-korea; since 2008-01-01..2008-12-31
    President Xi Jinping's first visit to North Korea since 2008
    = first-since; anybody; china<>north-korea; since {year_2018}
    first visit between China and North Korea since 2018
    first visit in either direction between China and North Korea since 2018
    = first-since; anybody; any>north-korea; since {year_2018}
    first foreign guest in North Korea since 2018
    = first-since; {kim}; north-korea>any; since {year_2018}
    Kim Jong Un's first trip abroad since 2018
    Kim Jong Un's first foreign visit since 2018
    Kim Jong Un's trip to China is his first abroad since 2018
    = first-since; anybody; north-korea>china; since {year_2018}
    first visit from North Korea to China since 2018
    first visit to China from North Korea since 2018
    first North Korean delegation to China since 2018
    = first-since; {leader}; china>north-korea; since hu-2005
    Xi Jinping, the first Chinese leader to visit North Korea since Hu Jintao in 2005 ; told of {xi}
"""))  # fmt: skip
def test_first_since(sentence, expected):
    sentence, _, told = sentence.partition(" ; ")
    assert read(sentence) == "; ".join(filter(None, [expected, told.format(xi=XI)]))


@pytest.mark.parametrize(("sentence", "expected"), sentences("""
    = first-ever; president; china>south-korea
    first-ever visit by a Chinese president to South Korea
    first ever visit by a Chinese president to South Korea
    for the first time ever a Chinese president visits South Korea
    first Chinese president to visit South Korea
    first visit by a sitting Chinese president to South Korea
    = first-ever; {xi} | {xi} as president; china>north-korea
    President Xi Jinping's first visit to North Korea
    Chinese President Xi Jinping makes first visit to North Korea
    = first-ever; {xi} as president; china>north-korea
    Xi Jinping's first visit to North Korea as president
    = first-ever; {xi}; china>north-korea; kind state; heads
    Xi Jinping's first state visit to North Korea
    = first-ever; former-leader; united-states>north-korea
    first visit by a former president from the US to North Korea

    = nth 5; {kim}; north-korea>china
    Kim Jong Un's fifth visit to China
    Kim Jong Un's 5th visit to China
    Kim Jong Un visited China for the fifth time
    = nth 5; {kim}; north-korea>china; since {year_2018}
    Kim Jong Un's fifth visit to China since 2018
    = nth 2; president; china>north-korea; since hu-2005
    second visit by a Chinese president to North Korea since Hu Jintao in October 2005
    = nth 3; {kim}; north-korea>china; since {year_2018}; itself not counted
    Kim Jong Un had been to China three times since 2018
    = nth 4; president; china>north-korea
    the fourth visit by a Chinese president to North Korea
    = nth 7; anybody; china>any; meeting of {xi} and {kim}
    Xi Jinping and Kim Jong Un's seventh meeting
    the seventh summit between Xi Jinping and Kim Jong Un

    = count 2; {kim}; north-korea>china; in visit 2 months to the visit
    Kim Jong Un's second visit to China in two months
    Kim Jong Un's second China trip in just two months
    = count 2; {kim}; north-korea>china; in visit 43 days to the visit
    Kim Jong Un's second visit to China in 43 days
    = count 2; {kim}; north-korea>china; in visit 21 days to the visit
    Kim Jong Un's second visit to China in three weeks
    = count 4; {kim}; north-korea>china; in visit 15 months
    Kim Jong Un visited China four times in 15 months
    Kim Jong Un made four trips to China in the space of 15 months
    = count 4; {kim}; north-korea>china; in visit 12 months; ~under
    four visits by Kim Jong Un to China in less than a year
    = count 4; {kim}; north-korea>china; in visit 15 months; ~at-least
    Kim Jong Un has visited China at least four times in 15 months
    = count 4; {kim}; north-korea>china; in visit 15 months; ~more-than
    Kim Jong Un has visited China more than four times in 15 months
    = count 3; {kim}; north-korea>china; in period {year_2018}
    Kim Jong Un visited China three times in 2018
    three visits to China by Kim Jong Un during 2018
    = count 2; {kim}; north-korea>china; in period {year_2018}
    Kim Jong Un went to China twice in 2018
    = count 3; {kim}; north-korea>china; in period {year_2018} to the visit
    Kim Jong Un's third visit to China in 2018
    = count 1; {xi}; china>any; in period {year_2018} to the visit
    Xi Jinping's first foreign trip of 2018
    = count 2; {kim}; north-korea>china; since 2018-03-01..2018-03-31; in since to the visit
    Kim Jong Un's second visit to China since March 2018
    = count 4; {kim}; north-korea>china; since {year_2018}; in since; ~at-least
    no fewer than four visits by Kim Jong Un to China since 2018
    = count 4; {kim}; north-korea>china; since {year_2018}; in since; ~at-most
    no more than four visits by Kim Jong Un to China since 2018
"""))  # fmt: skip
def test_first_ever_and_numbers(sentence, expected):
    assert read(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), sentences("""
    = highest-since; anybody; china>north-korea; since li-zhanshu-2018
    highest-ranking Chinese official to visit North Korea since Li Zhanshu
    the highest-level Chinese visitor to North Korea since Li Zhanshu in September 2018
    the most senior Chinese delegation to North Korea since Li Zhanshu in 2018
    top-ranking visitor from China to North Korea since Li Zhanshu
    = highest-since 6 years; anybody; china>north-korea
    highest-ranking Chinese official to visit North Korea in six years
    = highest-since; anybody; china>north-korea; since kim-accession-2011
    the most senior Chinese official in North Korea since Kim Jong Un took power

    = last-was; {xi}; china>north-korea; was 2008-06-01..2008-06-30
    Xi Jinping last visited North Korea in June 2008
    Xi Jinping had last been in North Korea in June 2008
    Xi Jinping was last in North Korea in June 2008
    the last time Xi Jinping visited North Korea was in June 2008
    = last-was; premier; china>north-korea; was {year_2009}
    the last visit by a Chinese premier to North Korea was in 2009
    the previous visit by a Chinese premier to North Korea was in 2009
    the most recent visit by a Chinese premier to North Korea was in 2009
    = last-was; premier; china>north-korea; was wen-2009
    the last Chinese premier to visit North Korea was Wen Jiabao
    the last Chinese premier to visit North Korea was Wen Jiabao in October 2009
    Wen Jiabao was the last Chinese premier to visit North Korea
    Wen Jiabao was the last Chinese premier to visit North Korea in 2009

    = none-since; premier; china>north-korea; since {year_2009}
    no Chinese premier has visited North Korea since 2009
    Not since 2009 has a Chinese premier visited North Korea
    a Chinese premier has not visited North Korea since 2009
    = none-since; {leader}; china>north-korea; since xi-2019
    No Chinese leader has visited North Korea since Xi Jinping in June 2019
    = none-since; anybody; china>north-korea; since {year_2018}
    nobody from China has visited North Korea since 2018
    = longest-gap; premier; china>north-korea
    the longest gap between visits by Chinese premiers to North Korea
    the longest hiatus in visits by Chinese premiers to North Korea ever
    = shortest-gap; {kim}; north-korea>china
    the shortest interval between visits by Kim Jong Un to China
"""))  # fmt: skip
def test_highest_last_none_and_gaps(sentence, expected):
    assert read(sentence) == expected


TOLD_2019 = "told of Xi Jinping"


@pytest.mark.parametrize(("sentence", "about", "published", "expected"), [
    pytest.param("The first North Korea trip by a Chinese president since Hu in 2005", "xi-2019", "", "first-since; president; china>north-korea; since hu-2005", id="a family name with a date: who went then"),
    pytest.param("Kim's second China trip since Kim in January 2006", "kim-2018-05", "", f"nth 2; {KIM}; north-korea>china; since kim-il-2006", id="the date decides, not the visit in question"),
    pytest.param("highest-ranking Chinese official in Pyongyang since Li Zhanshu in Sept 2018", "li-qiang-2025", "", "highest-since; anybody; china>north-korea; since li-zhanshu-2018; at Pyongyang", id="Sept"),
    pytest.param("Kim's second trip to China", "kim-2018-05", "", f"nth 2; {KIM}; north-korea>china", id="of the visit in question"),
    pytest.param("Kim has been to China four times in the past 15 months", "", "2019-02-01", f"count 4; {KIM}; north-korea>china; in publication 15 months", id="of the visits near the publication"),
    pytest.param("Xi's June 2019 trip was the first by a Chinese president since 2005", "", "", f"first-since; president; china>north-korea; since 2005-01-01..2005-12-31; {TOLD_2019}", id="a description finds the visit"),
    pytest.param("Xi's 2008 delegation is the highest-level one since Hu's in 2005", "xi-2008", "", f"highest-since; anybody; china>north-korea; since hu-2005; {TOLD_2019}", id="a description of the visit given"),
    pytest.param("The March 2018 trip was Kim's first one to China since he took power in late 2011", "kim-2018-03", "", f"first-since; {KIM}; north-korea>china; since kim-accession-2011", id="a vague date beside an accession"),
    pytest.param("Xi Jinping visited North Korea in June 2019 for the first time in 11 years", "xi-2019", "", f"first-in 11 years; {XI}; china>north-korea", id="a date before the form tells when"),
    pytest.param("Chinese premier in Pyongyang this week for the first time in 16 years", "li-qiang-2025", "2025-10-10", "first-in 16 years; premier; china>north-korea; at Pyongyang", id="this week"),
    pytest.param("Chinese premier arrives in Pyongyang on Thursday for the first time in 16 years", "li-qiang-2025", "", "first-in 16 years; premier; china>north-korea; at Pyongyang", id="the day of the week is that of the visit"),
    pytest.param("A Chinese presidential trip announced for Sept 2018 would be the first in 13 years", "xi-2018", "", "first-in 13 years; president; china>north-korea", id="announced for"),
    pytest.param("Third China trip in three months", "kim-2018-06", "", f"count 3; {KIM}; north-korea>china; in visit 3 months to the visit", id="a headline that leaves out whose"),
    pytest.param("The third China trip in three months", "kim-2018-06", "", f"count 3; {KIM} | anybody; north-korea>china; in visit 3 months to the visit", id="nobody's trip: his, or anybody's"),
    pytest.param("The fifth China trip since Kim Jong Un took power", "kim-2018-06", "", f"nth 5; {KIM}; north-korea>china; since kim-accession-2011", id="since he took power: his"),
    pytest.param("Xi is called the first Chinese 'leader' in North Korea for 14 years", "xi-2019", "", f"first-in 14 years; {LEADER}; china>north-korea; {TOLD_2019}", id="called, and quotation marks"),
    pytest.param("Xi's trip puts a Chinese leader in Pyongyang for the first time in ten years", "xi-2019", "", f"first-in 10 years; {LEADER}; china>north-korea; at Pyongyang; {TOLD_2019}", id="puts"),
    pytest.param("Li Zhanshu ranks above every Chinese visitor since Xi took power", "li-zhanshu-2018", "", "highest-since; anybody; china>north-korea; since xi-accession-2012; told of Li Zhanshu", id="ranks above"),
    pytest.param("China had sent no premier for 16 years", "li-qiang-2025", "", "first-in 16 years; premier; china>north-korea", id="sent"),
    pytest.param("Kim Jong Un had not left the country since taking power", "kim-2018-03", "", f"none-since; {KIM}; north-korea>any; since kim-accession-2011", id="left the country"),
    pytest.param("Kim Jong Un heads the most senior party in China since Kim Jong Il in January 2006", "kim-2018-03", "", f"highest-since; anybody; north-korea>china; since kim-il-2006; told of {KIM}", id="heads a party"),
    pytest.param("Before 2019 Xi had last been in North Korea in June 2008", "xi-2019", "", f"last-was; {XI}; china>north-korea; was 2008-06-01..2008-06-30", id="before 2019"),
    pytest.param("It is Xi's first visit since 2008, when he was vice-president", "xi-2019", "", f"first-since; {XI}; china>north-korea; since xi-2008", id="when he was"),
    pytest.param("first visit by a Chinese premier in 16 years, since Wen Jiabao in October 2009", "li-qiang-2025", "", "first-since; premier; china>north-korea; since wen-2009", id="a length of time that agrees with since"),
    pytest.param("Kim's first China trip in his six-year rule", "kim-2018-03", "", f"first-since; {KIM}; north-korea>china; since kim-accession-2011", id="in his rule"),
    pytest.param("Xi Jinping is the second Chinese president to visit North Korea", "xi-2019", "", f"nth 2; president; china>north-korea; people; {TOLD_2019}", id="people are counted"),
    pytest.param("Xi's first trip ever to the Korean peninsula", "xi-2019", "", f"first-ever; {XI}; china>north-korea,south-korea", id="two countries"),
    pytest.param("Kim joins a multilateral event in China for the first time since he took power", "kim-2025", "", f"first-since; {KIM}; north-korea>china; since kim-accession-2011; kind multilateral", id="a kind by what it was"),
    pytest.param("Headline: first Chinese premier in Pyongyang in 16 years", "li-qiang-2025", "", "first-in 16 years; premier; china>north-korea; at Pyongyang", id="where it was said"),
])  # fmt: skip
def test_turns_of_phrase_of_the_press(sentence, about, published, expected):
    assert read(sentence, about, published) == expected


@pytest.mark.parametrize(("sentence", "published", "about"), [
    pytest.param("Li Qiang is the first Chinese premier to visit since 2009", "2025-10-08", "li-qiang-2025", id="of the one who is named"),
    pytest.param("first visit by a Chinese premier since 2009", "2025-10-08", "li-qiang-2025", id="of the office that is named"),
    pytest.param("No Chinese premier had been there since 2009", "2025-10-10", "li-qiang-2025", id="had, of a visit that has begun"),
    pytest.param("Xi's June 2019 trip was the first by a Chinese president since 2005", "", "xi-2019", id="of the date that is told"),
])  # fmt: skip
def test_a_sentence_tells_of_the_visit_near_its_publication(sentence, published, about):
    claim = parse(sentence, RECORD, None, parse_when(published).start if published else None)
    assert (claim.about, claim.described) == (about, True)


@pytest.mark.parametrize(("sentence", "published"), [
    pytest.param("No Chinese premier has been there since 2009", "2025-10-10", id="has: of the day of publication"),
    pytest.param("No Chinese premier had been there since 2009", "2025-10-01", id="had, of a visit to come"),
    pytest.param("first visit by a Chinese premier since 2009", "2020-10-08", id="none near"),
    pytest.param("Kim Jong Un has visited four times", "2018-06-20", id="a number up to the publication"),
    pytest.param("Kim Jong Un's visit is his second this year", "2018-06-20", id="two near"),
])  # fmt: skip
def test_no_visit_is_taken_where_none_or_several_can_be_meant(sentence, published):
    with pytest.raises(NotUnderstood, match="does not say"):
        parse(sentence, RECORD, None, parse_when(published).start)


@pytest.mark.parametrize(("sentence", "about", "published", "refusal"), [
    pytest.param("Kim's second trip to China", "", "", "which Kim: Kim Jong Il, Kim Jong Un? Write the full name, or name the visit with --about", id="two of one name"),
    pytest.param("Xi's June 2018 trip was the first by a Chinese president since 2005", "xi-2019", "", "'June 2018' is not the date of the visit xi-2019: 2019-06-20", id="another visit is described"),
    pytest.param("Xi's 2010 trip was the first by a Chinese president since 2005", "", "", "the visit of 2010 is one of 0 in the record; say which with --about", id="no such visit"),
    pytest.param("Kim's 2018 trip was the first by a North Korean leader to China since 2006", "", "", "Kim Jong Il: the visit of 2018 is one of 0 in the record; say which with --about; Kim Jong Un: the visit of 2018 is one of 3 in the record: kim-2018-03, kim-2018-05, kim-2018-06; say which with --about", id="several such visits"),
    pytest.param("Chinese premier arrives in Pyongyang this week for the first time in 16 years", "li-qiang-2025", "", "'this week' of which day? Say with --published, or leave it out", id="this week of no day"),
    pytest.param("Chinese premier arrives in Pyongyang on Tuesday for the first time in 16 years", "li-qiang-2025", "", "'Tuesday' is not the date of the visit li-qiang-2025: 2025-10-09", id="another day of the week"),
    pytest.param("first visit by a Chinese premier in 12 years, since Wen Jiabao in October 2009", "li-qiang-2025", "", "12 years, and since Wen Jiabao in October 2009: these are two different times; write one of them", id="two times that differ"),
    pytest.param("Kim's first China trip in his ten-year rule", "kim-2018-03", "", "10 years, and since Kim Jong Un succeeds his father (17 Dec 2011): these are two different times; write one of them", id="no rule of ten years"),
    pytest.param("Xi's first visit since 2008, when he was premier", "xi-2019", "", "2008: the record has no visit of Xi Jinping as premier then", id="another office then"),
    pytest.param("first visit by a Chinese president since late 2005", "xi-2019", "", "'late 2005' is no exact time; write the year or the month", id="nothing is counted from a vague date"),
    pytest.param("first visit by a Chinese premier in 16 years (nearly 17)", "li-qiang-2025", "", "not understood: '17' (docs/claims.md has the words that are); what stands in brackets says a second thing: leave it out, and write one claim a sentence", id="brackets"),
])  # fmt: skip
def test_what_tells_of_a_visit_must_fit_it(sentence, about, published, refusal):
    with pytest.raises(NotUnderstood) as error:
        read(sentence, about, published)
    assert str(error.value) == refusal


@pytest.mark.parametrize(("sentence", "about", "published", "expected"), [
    pytest.param("Li Qiang landed in Pyongyang on Thursday. This is the first visit by a Chinese premier to North Korea in 16 years", "li-qiang-2025", "", "first-in 16 years; premier; china>north-korea; told of Li Qiang", id="a weekday at the end of a sentence"),
    pytest.param("Chinese Premier Li Qiang arrived in North Korea Thursday. The first North Korea visit by a Chinese premier in 16 years.", "li-qiang-2025", "", "first-in 16 years; premier; china>north-korea; told of Li Qiang", id="no verb"),
    pytest.param("Xi Jinping visited North Korea in June. It was his first visit since 2008", "xi-2019", "2019-07-01", "first-since; Xi Jinping; china>north-korea; since 2008-01-01..2008-12-31", id="a month at the end of a sentence"),
    pytest.param("Xi Jinping visited North Korea in 2019. He is the first Chinese president to visit since 2005", "", "", "first-since; president; china>north-korea; since 2005-01-01..2005-12-31; told of Xi Jinping", id="the year finds the visit"),
    pytest.param("Xi is in Pyongyang. A Chinese president last visited North Korea in October 2005", "xi-2019", "", "last-was; president; china>north-korea; was 2005-10-01..2005-10-31; told of Xi Jinping", id="who is counted stands in the second"),
    pytest.param("highest-ranking Chinese official in Pyongyang since Li Zhanshu in Sept. 2018", "li-qiang-2025", "", "highest-since; anybody; china>north-korea; since li-zhanshu-2018; at Pyongyang", id="a month cut short"),
    pytest.param("first visit by a Chinese premier to the reclusive nation in 16 years", "li-qiang-2025", "", "first-in 16 years; premier; china>north-korea", id="a nation"),
    pytest.param("Li Qiang is the first Chinese premier to visit the neighbouring communist state since 2009", "li-qiang-2025", "", "first-since; premier; china>north-korea; since 2009-01-01..2009-12-31; told of Li Qiang", id="a state"),
    pytest.param("first Chinese premier to visit the country since 2009", "li-qiang-2025", "", "first-since; premier; china>north-korea; since 2009-01-01..2009-12-31", id="the country"),
    pytest.param("Kim Jong Un's third visit to North Korea's major ally and benefactor since 2017", "kim-2018-06", "", "nth 3; Kim Jong Un; north-korea>china; since 2017-01-01..2017-12-31", id="an ally"),
    pytest.param("Kim Jong Un's third trip to important ally China since 2017", "kim-2018-06", "", "nth 3; Kim Jong Un; north-korea>china; since 2017-01-01..2017-12-31", id="an ally by name"),
    pytest.param("Kim Jong Un visits country for third time since 2017", "kim-2018-06", "", "nth 3; Kim Jong Un; north-korea>china; since 2017-01-01..2017-12-31", id="headline"),
    pytest.param("Kim Jong Un's third trip since 2017 to the Asian nation", "kim-2018-06", "", "nth 3; Kim Jong Un; north-korea>china; since 2017-01-01..2017-12-31", id="where it lies"),
    pytest.param("He is the first Chinese president to visit since 2005", "xi-2019", "", "first-since; president; china>north-korea; since 2005-01-01..2005-12-31; told of Xi Jinping", id="he"),
    pytest.param("He has also become the first Chinese president to visit since 2005", "xi-2019", "", "first-since; president; china>north-korea; since 2005-01-01..2005-12-31; told of Xi Jinping", id="also"),
    pytest.param("Xi Jinping landed in North Korea, making him the first Chinese president to visit since 2005", "xi-2019", "", "first-since; president; china>north-korea; since 2005-01-01..2005-12-31; told of Xi Jinping", id="him"),
    pytest.param("It is the first time that he has visited since 2008", "xi-2019", "", "first-since; Xi Jinping; china>north-korea; since 2008-01-01..2008-12-31", id="after the form"),
    pytest.param("Xi's first visit since President Xi Jinping took office", "xi-2019", "", "first-since; Xi Jinping; china>north-korea; since xi-accession-2012", id="a title before who took office"),
    pytest.param("Kim Jong Un's fourth visit to China since gaining power in North Korea in 2011", "kim-2019-01", "", "nth 4; Kim Jong Un; north-korea>china; since kim-accession-2011", id="in his own country"),
    pytest.param("Kim Jong Un's first visit to China since he came in March 2018", "kim-2018-05", "", "first-since; Kim Jong Un; north-korea>china; since kim-2018-03", id="since he came"),
    pytest.param("Kim Jong Un's first trip abroad since he travelled to China in May 2018", "kim-2018-06", "", "first-since; Kim Jong Un; north-korea>any; since kim-2018-05", id="a journey that is itself counted"),
    pytest.param("Kim Jong Un visited China in March", "", "2018-06-20", "count 1; Kim Jong Un; north-korea>china; in period 2018-03-01..2018-03-31; ~at-least", id="the last March"),
    pytest.param("Kim Jong Un visited China in July", "", "2018-06-20", "count 1; Kim Jong Un; north-korea>china; in period 2017-07-01..2017-07-31; ~at-least", id="the July of the year before"),
    pytest.param("Kim Jong Un visited China in March last year", "", "2019-02-01", "count 1; Kim Jong Un; north-korea>china; in period 2018-03-01..2018-03-31; ~at-least", id="last year"),
    pytest.param("Kim Jong Un visited China in January this year", "", "2019-02-01", "count 1; Kim Jong Un; north-korea>china; in period 2019-01-01..2019-01-31; ~at-least", id="this year"),
    pytest.param("Kim Jong Un visited China last March", "", "2018-06-20", "count 1; Kim Jong Un; north-korea>china; in period 2018-03-01..2018-03-31; ~at-least", id="last March"),
    pytest.param("Kim Jong Un visited China last June", "", "2018-06-20", "count 1; Kim Jong Un; north-korea>china; in period 2017-06-01..2017-06-30; ~at-least", id="this June is not the last"),
    pytest.param("Kim Jong Un's last visit to China was in March last year", "kim-2019-01", "2019-01-09", "last-was; Kim Jong Un; north-korea>china; was 2018-03-01..2018-03-31", id="the last was"),
    pytest.param("Kim Jong Un's last visit to China was last year", "kim-2019-01", "2019-01-09", "last-was; Kim Jong Un; north-korea>china; was 2018-01-01..2018-12-31", id="the last was last year"),
    pytest.param("In June, Xi Jinping made his first visit to North Korea in 11 years", "xi-2019", "2019-12-01", "first-in 11 years; Xi Jinping; china>north-korea", id="when it was, at the head"),
    pytest.param("first visit by a Chinese premier to North Korea in years", "", "", "first-in 2 years; premier; china>north-korea; ~at-least", id="years"),
    pytest.param("first visit by a Chinese premier to North Korea in months", "", "", "first-in 2 months; premier; china>north-korea; ~at-least", id="months"),
    pytest.param("the first Chinese premier in years to come to North Korea", "", "", "first-in 2 years; premier; china>north-korea; ~at-least", id="to come, of who comes"),
    pytest.param("highest-level Chinese official in North Korea in years", "li-zhanshu-2018", "", "highest-since 2 years; anybody; china>north-korea; ~at-least", id="of a rank"),
    pytest.param("the last visit by a Chinese president to North Korea took place in October 2005", "", "", "last-was; president; china>north-korea; was 2005-10-01..2005-10-31", id="took place"),
    pytest.param("the last visit by a Chinese president to North Korea occurred in October 2005", "", "", "last-was; president; china>north-korea; was 2005-10-01..2005-10-31", id="occurred"),
    pytest.param("the last visit by a Chinese president to North Korea dates back to October 2005", "", "", "last-was; president; china>north-korea; was 2005-10-01..2005-10-31", id="dates back to"),
    pytest.param("This also represents the initial visit by a Chinese president to North Korea since 2005", "", "", "first-since; president; china>north-korea; since 2005-01-01..2005-12-31", id="represents, initial"),
    pytest.param("Xi's arrival in Pyongyang marks the first visit by a Chinese president to North Korea since 2005", "xi-2019", "", "first-since; president; china>north-korea; since 2005-01-01..2005-12-31; told of Xi Jinping", id="arrival"),
    pytest.param("Xi began his first visit to North Korea since 2008 on Thursday", "xi-2019", "", "first-since; Xi Jinping; china>north-korea; since 2008-01-01..2008-12-31", id="the day, after the form"),
    pytest.param("His only previous visit to North Korea was in June 2008", "xi-2019", "", "count 1; Xi Jinping; china>north-korea; in period ....2019-06-19; all of them 2008-06-01..2008-06-30", id="the only one before"),
    pytest.param("Xi Jinping arrived in Pyongyang for talks with Kim Jong Un, becoming the first Chinese president to visit North Korea since 2005", "xi-2019", "", "first-since; president; china>north-korea; since 2005-01-01..2005-12-31; told of Xi Jinping", id="for talks"),
    pytest.param("Xi Jinping arrived in Pyongyang to attend a summit. It is the first visit by a Chinese president to North Korea since 2005", "xi-2019", "", "first-since; president; china>north-korea; since 2005-01-01..2005-12-31; told of Xi Jinping", id="to attend"),
    pytest.param("Xi Jinping arrived in Pyongyang at the invitation of Kim Jong Un, the first visit by a Chinese president to North Korea since 2005", "xi-2019", "", "first-since; president; china>north-korea; since 2005-01-01..2005-12-31; told of Xi Jinping", id="invited"),
    pytest.param("first visit by a Chinese premier to N. Korea in 16 years", "", "", "first-in 16 years; premier; china>north-korea", id="N. Korea"),
    pytest.param("first N. Korean leader to visit China since 2011", "kim-2018-03", "", "first-since; >=85 | >=100 | >=80 | premier | >=60; north-korea>china; since 2011-01-01..2011-12-31", id="N. Korean"),
])  # fmt: skip
def test_what_the_press_says_of_a_visit_beside_the_claim(sentence, about, published, expected):
    assert read(sentence, about, published) == expected


@pytest.mark.parametrize(("sentence", "about", "published", "refusal"), [
    pytest.param("Xi Jinping's first visit since becoming president in March that year", "xi-2019", "", "not understood: 'year'", id="words that are not known"),
    pytest.param("Kim Jong Un visited China in March", "", "", "March of which year? Say with --published or --about", id="of no year"),
    pytest.param("first visit by a Chinese premier to North Korea in years to come", "", "", "not understood: 'years'", id="to come"),
    pytest.param("first visit by a Chinese premier to North Korea in nearly years", "", "", "not understood: 'nearly', 'years'", id="nearly years"),
    pytest.param("Xi began his first visit to North Korea since 2008 on Tuesday", "xi-2019", "", "'Tuesday' is not the date of the visit xi-2019: 2019-06-20", id="another day"),
    pytest.param("Xi Jinping's only previous visit to North Korea was in June 2008", "", "", "the only one before which visit, and when was it? Name the visit with --about, and write 'was in' and the year", id="before which?"),
    pytest.param("Xi Jinping arrived in Pyongyang for talks, the first since 2005", "xi-2019", "", "for 'talks': what somebody came for is not compared; leave it out", id="the first talks?"),
    pytest.param("Xi Jinping arrived in Pyongyang for talks for the first time since 2008", "xi-2019", "", "for 'talks': what somebody came for is not compared; leave it out", id="what is counted"),
    pytest.param("This is the first visit by a Chinese president in 14 years. Xi Jinping visited North Korea", "xi-2019", "", "several sentences: those before the last may only tell who visits, where and when; write one claim a sentence", id="the claim stands first"),
    pytest.param("Xi arrived on a state visit. It is the first visit by a Chinese president to North Korea in 14 years", "xi-2019", "", "several sentences: those before the last may only tell who visits, where and when; write one claim a sentence", id="a kind in the sentence before"),
    pytest.param("A Chinese president arrived in Pyongyang. It is the first visit in 14 years", "xi-2019", "", "whose visits does the last sentence count? Write 'the first by a …', or 'his first'", id="whose visits?"),
    pytest.param("Xi arrived in Pyongyang. He was there on Thursday", "xi-2019", "", "several sentences: the last makes no claim; write one claim a sentence", id="no claim"),
    pytest.param("Wen Jiabao visited North Korea in 2009. It is the first visit by a Chinese premier in 16 years", "li-qiang-2025", "", "'2009' is not the date of the visit li-qiang-2025: 2025-10-09", id="another visit is told of before"),
    pytest.param("Xi Jinping arrived with Li Qiang. He is the first Chinese president to visit since 2005", "xi-2019", "", "'He': which of two? Write the name", id="he, of two"),
    pytest.param("He is the first Chinese president to visit since 2005", "", "2019-06-20", "'He' is who? Write the name, or name the visit with --about", id="he, of nobody"),
    pytest.param("Xi is the first Chinese president to also visit North Korea in 14 years", "xi-2019", "", "not understood: 'also'", id="also, after the form"),
    pytest.param("first visit by a Chinese premier to the island nation in 16 years", "li-qiang-2025", "", "not understood: 'island', 'nation'", id="North Korea is no island"),
    pytest.param("first visit by a Chinese premier to the kingdom in 16 years", "li-qiang-2025", "", "not understood: 'kingdom'", id="nor a kingdom"),
    pytest.param("first visit by a Chinese premier to a reclusive nation in 16 years", "li-qiang-2025", "", "not understood: 'reclusive', 'nation'", id="any such nation"),
    pytest.param("first visit to the country since 2009", "", "", "not understood: 'country'", id="which country?"),
    pytest.param("first visit by a Chinese premier to the nation's capital in 16 years", "li-qiang-2025", "", "not understood: 'nation', 'capital'", id="what belongs to it"),
    pytest.param("Xi is in Pyongyang, a Chinese president last visited North Korea in October 2005", "xi-2019", "", "two clauses: who is told of, and who is counted? Write one claim a sentence", id="two clauses"),
])  # fmt: skip
def test_what_is_said_beside_the_claim_and_may_belong_to_it(sentence, about, published, refusal):
    with pytest.raises(NotUnderstood) as error:
        read(sentence, about, published)
    assert str(error.value).removesuffix(" (docs/claims.md has the words that are)") == refusal


@pytest.mark.parametrize(("words", "expected"), [
    ("leader", LEADER),
    ("party leader", ">=100 | general-secretary,party-chairman"),
    ("head of state", "head-of-state | >=85"),
    ("head of state or government", "head-of-state,premier | >=80"),
    ("president or premier", ">=80"),
    ("principal leader", ">=60 | >=80 | >=50 | >=40"),
    ("No. 2", "#2 | premier"),
    ("number two", "#2 | premier"),
    ("prime minister", "premier"),
    ("vice-premier", "vice-premier"),
    ("vice president", "vice-president"),
    ("foreign minister", "foreign-minister"),
    ("Standing Committee member", "standing-committee-member"),
    ("special envoy", "special-envoy | special-envoy,special-representative"),
    ("ministerial-level official", ">=40"),
    ("visitor", "anybody"),
])  # fmt: skip
def test_who_words(words, expected):
    assert (
        read(f"first visit by a Chinese {words} to North Korea since 2009")
        == f"first-since; {expected}; china>north-korea; since 2009-01-01..2009-12-31"
    )


@pytest.mark.parametrize(("phrase", "expected"), [
    ("a senior Chinese official", ">=50 | >=60 | >=40"),
    ("a top Chinese leader", ">=85 | >=100"),
    ("a high-ranking Chinese official", ">=60 | >=80 | >=50 | >=40"),
    ("a senior Chinese diplomat", ">=20 | foreign-minister"),
])  # fmt: skip
def test_a_nationality_in_the_middle_of_a_phrase(phrase, expected):
    found = read(f"first visit by {phrase} to North Korea since 2009")
    assert set(found.split("; ")[1].split(" | ")) >= set(expected.split(" | "))
    assert found.split("; ")[2] == "china>north-korea"


@pytest.mark.parametrize(("words", "kinds"), [
    ("official visit", FORMAL),
    ("official Chinese visit", FORMAL),
    ("official goodwill visit", "kind goodwill,official,state; heads"),
    ("state visit", "kind state; heads"),
    ("goodwill visit", "kind goodwill"),
    ("working visit", "kind working"),
    ("unofficial trip", "kind unofficial"),
    ("secret trip", "kind secret"),
    ("bilateral visit", "kind state,official,goodwill,working,unofficial,secret,ceremony,envoy,private; heads"),
    ("visit headed", "heads"),
])  # fmt: skip
def test_kinds_and_roles(words, kinds):
    found = read(
        f"first {words} by a Chinese premier to North Korea since 2009".replace(
            "Chinese visit by a Chinese", "visit by a Chinese"
        )
    )
    assert found == f"first-since; premier; china>north-korea; since 2009-01-01..2009-12-31; {kinds}"


@pytest.mark.parametrize(("nation", "actor"), [
    ("an American", "united-states"), ("a US", "united-states"), ("a U.S.", "united-states"), ("a British", "united-kingdom"), ("a UK", "united-kingdom"),
    ("a South Korean", "south-korea"), ("a North Korean", "north-korea"), ("a Soviet", "soviet-union"), ("a Russian", "russia"), ("an Indian", "india"),
    ("a Japanese", "japan"), ("a Vietnamese", "vietnam"), ("a Cuban", "cuba"), ("a Turkish", "turkey"),
])  # fmt: skip
def test_nationalities(nation, actor):
    assert read(f"first visit by {nation} president to China since 2009").split("; ")[2] == f"{actor}>china"


@pytest.mark.parametrize(
    ("capital", "actor"),
    [
        ("Beijing", "china"),
        ("Seoul", "south-korea"),
        ("Moscow", "russia"),
        ("New Delhi", "india"),
        ("Havana", "cuba"),
    ],
)
def test_capitals_stand_for_their_country_and_are_remembered(capital, actor):
    assert (
        read(f"first North Korean premier in {capital} since 2009")
        == f"first-since; premier; north-korea>{actor}; since 2009-01-01..2009-12-31; at {capital}"
    )


@pytest.mark.parametrize(("sentence", "about", "expected"), [
    ("first visit in 16 years", "li-qiang-2025", "first-in 16 years; Li Qiang | anybody; china>north-korea"),
    ("his first visit to North Korea in 11 years", "xi-2019", f"first-in 11 years; {XI}; china>north-korea"),
    ("first visit by a Chinese premier to North Korea since March", "li-qiang-2025", "first-since; premier; china>north-korea; since 2025-03-01..2025-03-31"),
    ("the second visit of the year", "kim-2018-05", f"count 2; {KIM} | anybody; north-korea>china; in period 2018-01-01..2018-12-31 to the visit"),
    ("Kim Jong Un's third visit this year", "kim-2018-06", f"count 3; {KIM}; north-korea>china; in period 2018-01-01..2018-12-31 to the visit"),
    ("no Chinese premier had visited North Korea for 16 years", "li-qiang-2025", "first-in 16 years; premier; china>north-korea"),
    ("would have been the first visit by a Chinese president in 13 years", "xi-2018", "first-in 13 years; president; china>north-korea"),
    ("Li Qiang is the first Chinese premier there since 2009", "li-qiang-2025", "first-since; premier; china>north-korea; since 2009-01-01..2009-12-31; told of Li Qiang"),
])  # fmt: skip
def test_what_the_visit_in_question_supplies(sentence, about, expected):
    assert read(sentence, about) == expected


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Kim Jong Un visited China three times last year", f"count 3; {KIM}; north-korea>china; in period 2018-01-01..2018-12-31"),
    ("Kim Jong Un has visited China four times in the past 15 months", f"count 4; {KIM}; north-korea>china; in publication 15 months"),
    ("Kim Jong Un has visited China four times in the last year", f"count 4; {KIM}; north-korea>china; in publication 12 months"),
    ("Kim Jong Un's fifth visit to China since March", f"count 5; {KIM}; north-korea>china; since 2019-03-01..2019-03-31; in since to the visit"),
    ("Kim Jong Un's fifth visit to China since November", f"count 5; {KIM}; north-korea>china; since 2018-11-01..2018-11-30; in since to the visit"),
])  # fmt: skip
def test_what_the_day_of_publication_supplies(sentence, expected):
    assert read(sentence, published="2019-06-17") == expected


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Xi Jinping is the first Chinese president to visit North Korea in 14 years", "first-in 14 years; president; china>north-korea"),
    ("Xi Jinping becomes the first Chinese president to visit North Korea in 14 years", "first-in 14 years; president; china>north-korea"),
    ("Xi Jinping's visit to North Korea is the first by a Chinese president in 14 years", "first-in 14 years; president; china>north-korea"),
    ("first visit to North Korea by a Chinese president, Xi Jinping, in 14 years", "first-in 14 years; president; china>north-korea"),
    ("Xi Jinping is the highest-ranking Chinese official to visit North Korea since 2005", "highest-since; anybody; china>north-korea; since 2005-01-01..2005-12-31"),
    ("Xi Jinping is the most senior Chinese visitor to North Korea since 2005", "highest-since; anybody; china>north-korea; since 2005-01-01..2005-12-31"),
])  # fmt: skip
def test_a_person_told_of_is_not_the_scope(sentence, expected):
    assert read(sentence) == f"{expected}; told of {XI}"


@pytest.mark.parametrize("made", [
    "by Wen Jiabao", "made by Wen Jiabao", "that of Wen Jiabao", "by then-premier Wen Jiabao", "by Chinese Premier Wen Jiabao", "Wen Jiabao", "Wen Jiabao's", "led by Wen Jiabao",
])  # fmt: skip
@pytest.mark.parametrize(("counted", "expected"), [
    ("Chinese visit", "anybody; china>north-korea"),
    ("Chinese official to visit Pyongyang", "anybody; china>north-korea; at Pyongyang"),
    ("visit by a Chinese president", "president; china>north-korea"),
    ("Chinese presidential visit", "president; china>north-korea"),
    ("high-level Chinese visit", ">=60 | >=80 | >=50 | >=40; china>north-korea"),
    ("official Chinese visit", f"anybody; china>north-korea; {FORMAL}"),
])  # fmt: skip
def test_who_made_the_last_visit_is_not_who_is_counted(made, counted, expected):
    to = "" if "Pyongyang" in counted else " to North Korea"
    who, way, *rest = expected.split("; ")
    assert read(f"the last {counted}{to} was {made} in 2009") == "; ".join(
        ["last-was", who, way, "was wen-2009", *rest]
    )


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Kim Jong Un made one foreign trip in 2018", "count 1; Kim Jong Un; north-korea>any; in period 2018-01-01..2018-12-31"),
    ("Kim Jong Un made no trips abroad in 2020", "count 0; Kim Jong Un; north-korea>any; in period 2020-01-01..2020-12-31"),
    ("Kim Jong Un has made no foreign trips since 2019", "none-since; Kim Jong Un; north-korea>any; since 2019-01-01..2019-12-31"),
    ("Kim Jong Un made three trips to China in 2018", "count 3; Kim Jong Un; north-korea>china; in period 2018-01-01..2018-12-31"),
    ("Xi Jinping has made one official visit to North Korea", f"count 1; Xi Jinping; china>north-korea; in period ..; {FORMAL}"),
    ("Wen Jiabao visited North Korea as premier", "count 1; Wen Jiabao as premier; china>north-korea; in period ..; ~at-least"),
    ("Xi Jinping's first visit to North Korea as Chinese president", "first-ever; Xi Jinping as president; china>north-korea"),
    ("Xi Jinping's first visit to North Korea as China's president", "first-ever; Xi Jinping as president; china>north-korea"),
    ("first visit by a Chinese premier to North Korea since that of Wen Jiabao in 2009", "first-since; premier; china>north-korea; since wen-2009"),
    ("Kim Jong Un arrives in Beijing on his first foreign trip", "first-ever; Kim Jong Un; north-korea>any"),
])  # fmt: skip
def test_numbers_of_journeys_and_offices_of_travellers(sentence, expected):
    assert read(sentence) == expected


@pytest.mark.parametrize("narrowed", [
    "the last visit to North Korea was by Chinese premier Wen Jiabao in 2009",
    "the last Chinese visit to North Korea was an official visit by Wen Jiabao in 2009",
    "the last Chinese visit to North Korea was by Wen Jiabao as premier",
    "the last Chinese visit was by Wen Jiabao to North Korea in 2009",
    "Xi Jinping's last trip was to North Korea in 2019",
    "Chinese premier Wen Jiabao's visit in 2009 was the last visit to North Korea",
    "the last Chinese official to visit North Korea came with Wen Jiabao in 2009",
    "Wen Jiabao's official visit in 2009 was the last Chinese visit to North Korea",
])  # fmt: skip
def test_what_follows_was_narrows_nothing_and_is_not_skipped(narrowed):
    with pytest.raises(NotUnderstood):
        read(narrowed)


@pytest.mark.parametrize(("sentence", "expected"), [
    ("the first Chinese visit to North Korea in 16 years was by Xi Jinping", "first-in 16 years; anybody; china>north-korea"),
    ("President Xi Jinping makes the first Chinese visit to North Korea since 2009", "first-since; anybody; china>north-korea; since 2009-01-01..2009-12-31"),
    ("Xi Jinping made the first high-level Chinese visit to North Korea in six years", "first-in 6 years; >=60 | >=80 | >=50 | >=40; china>north-korea"),
    ("Xi Jinping made the second Chinese visit to North Korea this year", "count 2; anybody; china>north-korea; in period 2019-01-01..2019-12-31 to the visit"),
    ("first visit by a Chinese official, Xi Jinping, to North Korea in 14 years", "first-in 14 years; anybody; china>north-korea"),
    ("Xi Jinping makes China's first visit to North Korea in six years", "first-in 6 years; anybody; china>north-korea"),
    ("President Xi Jinping pays China's first official visit to North Korea in six years", f"first-in 6 years; anybody; china>north-korea; {FORMAL}"),
    ("Xi Jinping on the first Chinese visit to North Korea in six years", "first-in 6 years; anybody; china>north-korea"),
    ("the highest-ranking Chinese visit to North Korea since 2009 was by Xi Jinping", "highest-since; anybody; china>north-korea; since 2009-01-01..2009-12-31"),
])  # fmt: skip
def test_who_made_the_visit_is_not_who_is_counted(sentence, expected):
    assert read(sentence, "xi-2019") == f"{expected}; told of {XI}"


@pytest.mark.parametrize(("sentence", "published", "visit"), [
    ("Xi Jinping was the last Chinese president to visit North Korea", "2026-01-01", "xi-2019"),
    ("Xi Jinping was the last Chinese official to visit North Korea", "2009-01-01", "xi-2008"),
    ("Kim Jong Un was the last North Korean leader to visit China", "2019-12-31", "kim-2019-01"),
    ("Kim Jong Un was the last North Korean leader to visit China", "2025-12-31", "kim-2025"),
])  # fmt: skip
def test_a_person_said_to_be_the_last_is_looked_for_among_those_counted(sentence, published, visit):
    assert f"was {visit}" in read(sentence, published=published)


@pytest.mark.parametrize(("sentence", "words"), [
    ("first visit by a former Chinese premier to North Korea in 16 years", "'former'"),
    ("first visit by an ex-president of the US to Cuba since 2011", "'ex'"),
    ("first visit by a then-premier of China to North Korea in 16 years", "'then'"),
    ("first visit by an acting Chinese premier to North Korea in 16 years", "'acting'"),
    ("first visit by a non-Chinese premier to North Korea in 16 years", "'non'"),
    ("first non-official visit by a Chinese premier to North Korea in 16 years", "'non'"),
    ("first joint visit by a Chinese premier to North Korea", "'joint'"),
    ("first in-person visit by a Chinese premier to North Korea in 16 years", "'person'"),
    ("first female Chinese premier to visit North Korea", "'female'"),
    ("first planned visit by a Chinese premier to North Korea in 16 years", "'planned'"),
    ("first visit by a Chinese premier to North Korea in 16 years was cancelled", "'cancelled'"),
    ("first visit by a Chinese premier to North Korea in 16 years not counting transits", "'counting', 'transits'"),
    ("first visit by a Chinese premier to North Korea in 16 years except Wen Jiabao", "'except'"),
    ("first visit but one by a Chinese premier to North Korea in 16 years", "'but', 'one'"),
    ("one of the first visits by a Chinese premier to North Korea in 16 years", "'one'"),
    ("only the first visit by a Chinese premier to North Korea in 16 years", "'only'"),
    ("hardly the first visit by a Chinese premier to North Korea in 16 years", "'hardly'"),
    ("probably the first visit by a Chinese premier to North Korea in 16 years", "'probably'"),
    ("never the first visit by a Chinese premier to North Korea in 16 years", "'never'"),
    ("about the first visit by a Chinese premier to North Korea in 16 years", "'about'"),
    ("first visit by a Chinese premier to North Korea in 16 or 17 years", "'16', 'or'"),
    ("first visit by a Chinese premier to North Korea in 16 to 17 years", "'16'"),
    ("first visit by a Chinese premier to North Korea since 2009 and 2005", "'and', '2005'"),
    ("no Chinese premier but Wen Jiabao has visited North Korea since 1991", "'but'"),
    ("no other Chinese premier has visited North Korea since 1991", "'other'"),
    ("first visit by Kim Jong Un's father to China since 2006", "'father'"),
    ("Wang Yi's first visit accompanying a Chinese president to North Korea", "'accompanying'"),
    ("the lowest-ranking Chinese official to visit North Korea since 2018", "'lowest'"),
    ("first Chinese military official to visit North Korea since 2018", "'military'"),
    ("first visit by a Korean president to China in six years", "'Korean'"),
    ("Kim Jong Un's 121st visit to China", "'121', 'st'"),
    ("first visit by a royal from Saudi Arabia to Iran since 2001", "'royal'"),
    ("Xi Jinping's first flight to North Korea since 2008", "'flight'"),
    ("first visit to mainland China by Kim Jong Un in six years", "'mainland'"),
    ("first visit by a former Chinese president to North Korea since 2005", "'former'"),
    ("Kim Jong Un almost visited China in 2018", "'almost'"),
    ("Xi Jinping visited North Korea in 2008 or 2019", "'or', '2019'"),
])  # fmt: skip
def test_words_that_are_not_known_are_listed(sentence, words):
    with pytest.raises(NotUnderstood) as refused:
        read(sentence)
    assert str(refused.value) == f"not understood: {words} (docs/claims.md has the words that are)"
    assert tuple(repr(word) for word in refused.value.words) == tuple(words.split(", "))


ONE_CLAIM = "write one claim a sentence"


@pytest.mark.parametrize(("sentence", "refusal"), [
    ("", "nothing to read"),
    ("…?!", "nothing to read"),
    ("the premier of China", "no form that is known: first, n-th, so many in a time, highest-ranking, last, none, longest (docs/claims.md)"),
    ("x" * 301, "a claim of 301 characters; keep it under 300"),
    ("a the " * 41, "a claim of 82 words; keep it under 80"),
    ("first visit in 16 years", "the claim does not say whose visit it is; name both countries, or the visit with --about"),
    ("first visit by a Chinese premier in 16 years", "the claim does not say where to; name both countries, or the visit with --about"),
    # two claims, or a form that has no use for what is said
    ("not the first visit by a Chinese premier to North Korea since 2009", "not the first in that time: was one made in it, or none? Write 'second', or 'no … since'"),
    ("this isn't the first visit by a Chinese premier to North Korea in 16 years", "not the first in that time: was one made in it, or none? Write 'second', or 'no … since'"),
    ("first visit by a Chinese premier not to North Korea since 2009", f"'first' has no place in a claim of the form 'none since'; {ONE_CLAIM}"),
    ("first visit by a Chinese premier to North Korea in 16 years since Wen Jiabao in 2009", "a length of time and 'since': write one of the two, or name the visit with --about"),
    ("Kim Jong Un is the first North Korean ruler to fly to China since 2006", "'fly': the record does not say how visitors travelled"),
    ("Kim Jong Un visited China before 2018", "'before' some date has no place here; write from when to when, or 'had last been there'"),
    ("the first ever visit by a Chinese premier to North Korea in 16 years", f"'a length of time' has no place in a claim of the form 'first ever'; {ONE_CLAIM}"),
    ("the first ever visit by a Chinese premier to North Korea since 1949", f"'since' has no place in a claim of the form 'first ever'; {ONE_CLAIM}"),
    ("second-highest-ranking Chinese official to visit North Korea since 2018", f"'a number of a visit' has no place in a claim of the form 'highest-ranking since a date, an event or a visit'; {ONE_CLAIM}"),
    ("third longest gap between visits by Chinese premiers to North Korea", f"'a number of a visit' has no place in a claim of the form 'the longest gap'; {ONE_CLAIM}"),
    ("the longest gap between visits by Chinese premiers to North Korea since 1949", f"'since' has no place in a claim of the form 'the longest gap'; {ONE_CLAIM}"),
    ("the longest gap between visits by Chinese premiers to North Korea was 20 years", f"'a length of time' has no place in a claim of the form 'the longest gap'; {ONE_CLAIM}"),
    ("Xi Jinping's second last visit to North Korea was in 2008", f"'a number of a visit' has no place in a claim of the form 'the last was'; {ONE_CLAIM}"),
    ("first Chinese premier to visit North Korea twice since 2009", f"both 'first' and 'a number of visits'; {ONE_CLAIM}"),
    ("first visit by a Chinese premier to North Korea in 16 years, 17 years", f"two different things are said of the duration; {ONE_CLAIM}"),
    ("first visit by a Chinese premier or president to North Korea since 2009", f"two different things are said of the who; {ONE_CLAIM}"),
    ("first visit from China to North Korea to Japan since 2019", f"two different things are said of the host; {ONE_CLAIM}"),
    ("first visit to China and North Korea by a Russian president since 2000", f"two different things are said of the host; {ONE_CLAIM}"),
    ("the last time Xi Jinping did not visit North Korea was in 2008", f"two different things are said of the form; {ONE_CLAIM}"),
    # hedges that the form has no use for
    ("fewer than four visits by Kim Jong Un to China in 15 months", "in the last such time, or in any? Write 'in the past …', or from when to when"),
    ("first visit by a Chinese premier to North Korea in at most 20 years", "not understood: 'most' (docs/claims.md has the words that are)"),
    ("it was at most the fourth visit by Kim Jong Un to China", "not understood: 'most' (docs/claims.md has the words that are)"),
    ("Kim Jong Un visited China about four times in 15 months", "'about' has no meaning in a claim of the form 'so many in a window'"),
    ("Kim Jong Un visited China four times in more than 15 months", "'more-than' has no meaning in a claim of the form 'so many in a window'"),
    # whose visit, and where to
    ("first North Korean visit by a Chinese premier in 16 years", "two nationalities: who visits whom? Write 'by a … to …'"),
    ("North Korea's first visit by a Chinese premier in 16 years", "two nationalities: who visits whom? Write 'by a … to …'"),
    ("first Chinese visit to a North Korean leader since 2018", "two nationalities: who visits whom? Write 'by a … to …'"),
    ("Kim Jong Un's first tour of China since 2006", "'of China' does not say whether it is from there or to there; write 'to' or 'by'"),
    ("Kim Jong Un's first Chinese trip in six years", "Kim Jong Un does not travel for china in the record; write 'to' and 'by'"),
    ("first visit to China by China's premier", "the same country visits and is visited; write 'to' and 'by'"),
    ("Xi Jinping and Wen Jiabao's first visit to North Korea since 2008", "two people are named; write one claim about one of them, or about their meetings"),
    ("Xi Jinping's first visit to North Korea accompanied by Wang Yi", "two people are named; write one claim about one of them, or about their meetings"),
    ("foreign guest Kim Jong Un is the first since 2018", "a guest of somebody: the record knows visits to countries; write where to"),
    ("Xi Jinping's first visit to North Korea accompanied by a Chinese foreign minister", "who accompanied whom? Write 'the first visit accompanied by …'"),
    ("Kim Jong Un's first foreign trip to China since 2018", "abroad, or one country? Write one of the two"),
    ("highest-ranking Chinese foreign visitor to North Korea since 2018", "abroad, or one country? Write one of the two"),
    ("Li Qiang's visit to North Korea is the first in 16 years", "whose first? Write 'his first', or 'the first by a …'"),
    ("his first visit to North Korea in 11 years", "'his' or 'her' of whom? Name the person, or the visit with --about"),
    ("China's premier makes his first visit to North Korea in 16 years", "'his' or 'her' of whom? Name the person, or the visit with --about"),
    ("their first meeting since 2018", "a meeting of whom? Name both people, or both countries with 'between'"),
    ("Xi Jinping's first meeting with a North Korean leader since 2018", "a meeting of whom? Name both people, or both countries with 'between'"),
    ("the fourth Chinese president to visit North Korea this century", "how many of those in an office came in some time is not counted; write 'fourth visit by …'"),
    ("first Chinese party official to visit North Korea since 2018", "'party official': the record does not know who travelled for a party; name an office"),
    # lengths of visits, and of rule
    ("Xi Jinping's first two-day visit to North Korea in 11 years", "'two day': how long a visit lasted is not compared; leave it out"),
    ("first three-day state visit by a Chinese president to North Korea", "'three day': how long a visit lasted is not compared; leave it out"),
    ("Kim Jong Un's first visit to China in his 14 years as leader", "'14 years' of somebody is no time between visits; write 'since' and from when"),
    # times
    ("first visit by a Chinese premier to North Korea in 0 years", "'0 years' is no time"),
    ("first visit by a Chinese premier to North Korea since early 2009", "'early 2009' is no exact time; write the year or the month"),
    ("first visit by a Chinese premier to North Korea since 30 February 2009", "2009-02-30 does not exist (February 2009 has 28 days); write 2009-02 if only the month is known"),
    ("first visit by a Chinese premier to North Korea since the game", "not understood after 'since': 'the game' (a year, a month, a day, a person with a date, or the id of an event)"),
    ("first visit by a Chinese premier to North Korea since last year", "last year of which year? Say with --published or --about"),
    ("first visit by a Chinese premier to North Korea since March", "March of which year? Say with --published or --about"),
    ("first visit by a Chinese premier to North Korea since Xi Jinping", "the record has 2 visits of Xi Jinping (xi-2008, xi-2019); give a month and a year"),
    ("first visit by a Chinese premier to North Korea since Kim Jong Un in January 2019", "Kim Jong Un in January 2019: that journey went another way (kim-2019-01); write its month, 'since June 2019'"),
    ("first visit by a Chinese premier to North Korea since Song Tao took office", "the record has no event of type accession for Song Tao; name an event by its id: since <id>"),
    ("first visit by a Chinese premier to North Korea under Hu Jintao", "'under Hu Jintao' until when? Write 'since' and from when"),
    ("Xi Jinping's first visit to North Korea in 14 years as leader", "'14 years as': between visits, or in an office? Write 'since' and from when"),
    ("Xi Jinping's first visit to North Korea since 2008 was as president", "'was as president': of which visit is that said? Write '… as president' beside it"),
    ("Kim Jong Un's third visit to China this year", "'this year' of which year? Say with --published or --about"),
    ("Kim Jong Un's second visit to China in 1.5 months", "1.5 months is no time that visits can be counted in; write whole months"),
    # forms that lack something
    ("highest-ranking Chinese official to visit North Korea", "'highest-ranking' needs 'since' and a date, an event or a visit"),
    ("no Chinese premier has visited North Korea", "'no visit' needs 'since' and a date, an event or a visit"),
    ("the last visit by a Chinese premier to North Korea", "'last' needs when it was, or who it was"),
    ("Wen Jiabao's only visit to North Korea in October 2009", "the only one of that time, or the only one of all, made then? Write 'the only visit of 2018', or leave the date out"),
    ("the only Chinese premier to visit North Korea since 1991", "who is the only one? Write 'X is the only …', or 'the only … was X'"),
    ("no Chinese premier visited North Korea between 2009 and 1991", "between 2009 and 1991: the second date is earlier than the first"),
    # meetings, and what visits were for
    ("Kim Jong Un attended a Chinese military parade for the first time", "'military parade': the record does not say what visitors attended"),
    ("Kim Jong Un attended a concert in Beijing for the first time", "'attended': what somebody attended is not compared; write about the visit, or give the claim's `tag` as data"),
    ("Kim Jong Un's first visit to China for a summit since 2018", "for 'summit': what somebody came for is not compared; leave it out"),
    ("first summit between Xi Jinping and Kim Jong Un in Pyongyang", "where they met is not compared; write about their meetings, or about visits"),
    ("Kim Jong Un welcomes Xi Jinping, the first visit by a Chinese president since 2005", "a visit, or being received? Write 'received by …', or leave out who received"),
    ("a Chinese president meets the first North Korean leader since 2005", "a meeting of whom? Name both people, or both countries with 'between'"),
    ("would have been the first visit by a Chinese president to North Korea in 13 years", "'would have been' is said of a visit that was not made; name it with --about"),
])  # fmt: skip
def test_what_is_not_one_clear_claim_is_refused(sentence, refusal):
    with pytest.raises(NotUnderstood) as refused:
        read(sentence)
    assert str(refused.value) == refusal


@pytest.mark.parametrize(("sentence", "about", "refusal"), [
    ("Kim Jong Un's first Chinese trip in six years", "kim-2025", "Kim Jong Un does not travel for china in the record; write 'to' and 'by'"),
    ("Kim Jong Un's first visit to China in six years", "xi-2019", "Kim Jong Un does not travel for china in the record; write 'to' and 'by'"),
    ("Kim Jong Un's first visit in six years", "xi-2019", "Kim Jong Un does not travel for china in the record; write 'to' and 'by'"),
    ("Li Qiang is the first Chinese premier to visit North Korea since 2009", "xi-2019", "Li Qiang was not on the visit xi-2019"),
    ("would have been the first visit by a Chinese president in 13 years", "xi-2019", "'would have been' is said of a visit that was not made; name it with --about"),
    ("Kim Jong Un had been to China three times in 15 months", "kim-2019-01", "'had been … times': is the visit in question counted? Write 'has', or 'since' and a year"),
])  # fmt: skip
def test_a_sentence_and_a_visit_that_do_not_go_together(sentence, about, refusal):
    with pytest.raises(NotUnderstood) as refused:
        read(sentence, about)
    assert str(refused.value) == refusal


@pytest.mark.parametrize(
    "word",
    [
        "not",
        "never",
        "non",
        "except",
        "without",
        "but",
        "planned",
        "cancelled",
        "second",
        "early",
        "almost",
        "joint",
        "female",
        "other",
        "unlike",
        "before",
        "half",
    ],
)
@pytest.mark.parametrize("place", range(11))
def test_no_word_that_changes_the_meaning_is_skipped_anywhere(word, place):
    words = "first visit by a Chinese premier to North Korea since 2009".split()
    with pytest.raises(NotUnderstood):
        read(" ".join([*words[:place], word, *words[place:]]))


@pytest.mark.parametrize(
    ("words", "label"),
    [
        pytest.param("Wen Jiabao took office", "Wen Jiabao took office (16 Mar 2003)", id="a verb"),
        pytest.param("Wen Jiabao's accession", "Wen Jiabao's accession (16 Mar 2003)", id="a noun"),
    ],
)
def test_when_somebody_took_power_is_told_as_it_was_said(words, label):
    assert parse(f"first visit by a Chinese premier to North Korea since {words}", RECORD).since.label == label


@pytest.mark.parametrize(("words", "told"), [
    pytest.param("16 wonderful years", "'wonderful'", id="a number and its unit are known"),
    pytest.param("16-plus years", "'plus'", id="also where they are parted"),
    pytest.param("several years", "'several'", id="so is a unit alone"),
    pytest.param("nearly years", "'nearly', 'years'", id="where every word is known all are listed"),
])  # fmt: skip
def test_of_words_that_no_rule_takes_those_that_are_known_are_not_listed_beside_others(words, told):
    with pytest.raises(NotUnderstood) as refused:
        read(f"first visit by a Chinese premier to North Korea in {words}")
    assert str(refused.value) == f"not understood: {told} (docs/claims.md has the words that are)"


@pytest.mark.parametrize(("sentence", "meant"), [
    pytest.param("first visit by a Chinese premeir to North Korea", "'premier'", id="two letters swapped"),
    pytest.param("first visit by a Chinese premierr to North Korea", "'premier'", id="one too many"),
    pytest.param("first visit by a Chinse premier to North Korea", "'Chinese'", id="one left out"),
    pytest.param("first visit by a Chinese premier to Pyongyong", "'Pyongyang'", id="another letter"),
    pytest.param("first visti by Li Qaing to North Korea", "'visit' or 'Qiang'", id="two slips"),
    pytest.param("first wonderful visit by a Chinese premier to North Korea", "", id="another word"),
    pytest.param("first visit by a Chinese premier to the island", "", id="no slip of the Marshall Islands"),
    pytest.param("Xi chose North Korea for his first visit", "", id="no slip of a shorter word"),
])  # fmt: skip
def test_what_a_word_may_be_a_slip_of_is_told(sentence, meant):
    with pytest.raises(NotUnderstood) as refused:
        read(sentence)
    assert str(refused.value).partition("; did you mean ")[2] == (f"{meant}?" if meant else "")


def test_at_the_prompt_a_refusal_is_wrong_usage(run, tmp_path):
    (tmp_path / "events.yaml").write_text("timeline: 1\nevents: []\n", encoding="utf-8")
    done = run("claim", "the premier sneezes", "--store", "events.yaml")
    assert done.code == 2
    assert done.err.startswith("timeline: not understood: 'sneezes' (docs/claims.md has the words that are)")


@pytest.mark.parametrize(("text", "words"), [
    ("China’s premier", ["China", "'s", "premier"]),
    ("the premiers' visit", ["the", "premiers", "'s", "visit"]),
    ("U.S. president", ["U.S.", "president"]),
    ("Kim Jong-un, 2018-03", ["Kim", "Jong", "un", "2018-03"]),
    ("4th of 16.5", ["fourth", "of", "16.5"]),
    ("2009-10-04.", ["2009-10-04"]),
    ("on Friday. This is", ["on", "Friday", ".", "This", "is"]),
    ("in 2009. Li", ["in", "2009", ".", "Li"]),
    ("“in years.” Li", ["in", "years", ".", "Li"]),
    ("No. 2, Gen. Li, Sept. 4, Li Jr. and S. Korea", ["No.", "2", "Gen", "Li", "Sept", "4", "Li", "Jr.", "and", "South", "Korea"]),
])  # fmt: skip
def test_words(text, words):
    assert words_of(text) == words


# -- headlines -----------------------------------------------------------------------------------------------------------------------------

ROOT = Path(__file__).parent.parent
HEADLINES = Path(__file__).parent / "samples" / "headline-sentences.csv"
needs_records = pytest.mark.skipif(not (ROOT / "records").is_dir(), reason="the records are not beside the tests")


def rows():
    with HEADLINES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_record():
    """The rows with those of one record together: what is worked out of a record is kept for the last one only."""
    return sorted(rows(), key=itemgetter("record"))


@pytest.fixture(scope="module")
def stores():
    names = {row["record"] for row in rows()}
    return {name: load([ROOT / ("events.yaml" if name == "events" else f"records/{name}.yaml")]) for name in names}


def read_row(row, stores):
    """The reading and the refusal, one of them empty."""
    store = stores[row["record"]]
    published = parse_when(row["published"]).start if row["published"] else None
    try:
        return reading(parse(row["sentence"], store, store.by_id.get(row["about"]), published)), ""
    except NotUnderstood as error:
        return "", str(error).removesuffix(" (docs/claims.md has the words that are)")


def test_there_are_enough_headlines_and_each_is_there_once():
    sentences = [row["sentence"] for row in rows()]
    assert len(sentences) == len(set(sentences)) >= 150


@needs_records
def test_every_headline_is_read_or_refused_as_listed(request, stores):
    read = {row["sentence"]: read_row(row, stores) for row in by_record()}
    found = [row | dict(zip(("reading", "refused"), read[row["sentence"]], strict=True)) for row in rows()]
    if request.config.getoption("--update-golden"):
        with HEADLINES.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(found[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)
    assert {row["sentence"]: row for row in found} == {row["sentence"]: row for row in rows()}


@needs_records
def test_every_visit_that_a_sentence_is_about_is_in_the_record(stores):
    assert all(row["about"] in stores[row["record"]].by_id for row in rows() if row["about"])


@pytest.mark.parametrize(
    ("word", "which"), [(word, n) for n, word in enumerate(["not", "almost", "joint", "planned", "unlike"])]
)
def test_a_word_that_changes_the_meaning_is_never_skipped(stores, word, which, some):
    """The word put into the middle of a sentence that is read, each word into a fifth of all: refused, or read otherwise."""
    for row in some([row for row in by_record() if row["reading"]][which::5], 4):
        words = row["sentence"].split()
        changed = " ".join([*words[: len(words) // 2], word, *words[len(words) // 2 :]])
        found, _ = read_row(row | {"sentence": changed}, stores)
        assert not found or found != row["reading"], changed


@pytest.mark.parametrize("word", [
    "high-level", "senior", "presidential", "state", "bilateral", "president", "leader", "minister", "foreign minister", "prime minister", "as president",
])  # fmt: skip
def test_a_word_that_narrows_what_is_counted_is_never_lost(stores, word):
    """Without the word every sentence that is read is read otherwise, or refused; told titles apart, a kind told of a visit that is his first, and `leader` after a number."""
    changed = 0
    for row in by_record():
        for found in re.finditer(rf"(?<![\w-]){word}(?![\w-])", row["sentence"] if row["reading"] else ""):
            before, after = row["sentence"][: found.start()], row["sentence"][found.end() :]
            if not (TOLD.search(before) or OF_HIS.search(after)):
                changed += 1
                assert read_row(row | {"sentence": before + after}, stores)[0] != row["reading"], row["sentence"]
    assert changed


TOLD = re.compile(r"(?:former |then-|No\. \d )$")
OF_HIS = re.compile(r"^ visit\b.* (?:his|her) (?:first|second)\b")


# -- fuzzing -------------------------------------------------------------------------------------------------------------------------------

VOCABULARY = sorted({
    *FILLERS, *lexicon.WHO, *lexicon.KINDS, *lexicon.NUMBERS, *lexicon.ORDINALS, *lexicon.UNITS, *ACCESSIONS,
    *(phrase for phrases in (*FORMS.values(), *HEDGES.values(), NEVER, TRAVEL, BEGINS, MEETINGS, MEETS, RECEIVES) for phrase in phrases), *lexicon.SPANS, *lexicon.METONYMS,
    "only", "ago", "under", "outside", "the North", "the country", "capital", "inter-Korean", "when", "this century", "this decade", "from", "member of", "gap", "attended", "it has been",
    "since", "after", "not", "this year", "last year", "between", "and", "Chinese", "North Korean", "China", "North Korea", "Pyongyang", "US", "'s", "abroad", "foreign guest",
    KIM, XI, "Wen Jiabao", "2009", "October", "2009-10-04", "March 2018", "16", "3.5", "0", "12", "meeting", "exchange", "headed by", "accompanied by", "kim-accession-2011", "would have been", "early",
    *HE, *MAKES_HIM, *TRUE_OF, *COUNTRIES, *PARTNERS, *OF_YEAR, *MEET, *ATTEND, *TALKS, *INVITED, *EITHER, "Friday. It", "reclusive", "also", "only previous", "in years", "last May", "restored ties",
})  # fmt: skip
ABOUT = st.sampled_from(["", *RECORD.by_id])
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=18).map(" ".join)
SHUFFLED = st.sampled_from([
    "first visit by a Chinese premier to North Korea in nearly 16 years",
    "Xi Jinping and Kim Jong Un 's seventh meeting since March 2018",
    "the last Chinese premier to visit North Korea was Wen Jiabao in October 2009",
    "Kim Jong Un visited China at least four times in the past 15 months",
    "no Chinese premier has visited Pyongyang since he took power",
    "highest-ranking Chinese official abroad in six years and eight months",
]).flatmap(lambda sentence: st.permutations(sentence.split())).map(" ".join)  # fmt: skip


def refused_or_read(text, about):
    """Read a text, which may raise only NotUnderstood and may not take long; the second try is for pauses of the collector."""
    found, seconds = timed(text, about)
    assert min(seconds, timed(text, about)[1] if seconds > 0.1 else seconds) < 0.1
    return found


def timed(text, about):
    start = process_time()
    try:
        found = parse(text, RECORD, RECORD.by_id.get(about), parse_when("2025-11").start)
    except NotUnderstood as error:
        found = error
    return found, process_time() - start


@given(st.text(max_size=320) | st.text(alphabet="first '’-.0123456789naeioKC", max_size=320), ABOUT)
@example("'s", "")
@example("xi", "")
@example("xi", "xi-2019")
@example("between China and", "")
@example("since since since", "xi-2019")
def test_no_text_crashes_it(text, about):
    refused_or_read(text, about)


@given(WORDS | SHUFFLED, ABOUT)
@example("met", "")
@example("twice first", "xi-2019")
@example("twice leader", "")
def test_no_order_of_its_own_words_crashes_it(text, about):
    refused_or_read(text, about)


@pytest.mark.long
@settings(max_examples=20_000)
@given(WORDS | SHUFFLED, ABOUT)
def test_no_order_of_its_own_words_crashes_it_in_many_tries(text, about):
    refused_or_read(text, about)


@given(SHUFFLED)
def test_what_is_read_has_every_slot_that_its_form_needs(text):
    claim = refused_or_read(text, "")
    if not isinstance(claim, NotUnderstood):
        assert claim.form not in ("first-in", "nth") or claim.number > 0
        assert claim.form != "first-since" or claim.since
        assert claim.form != "none-since" or claim.since or claim.number > 0
        assert (claim.form == "last-was") == (claim.target is not None)
        assert (claim.form == "count") == (claim.window is not None)
        assert claim.object != "meeting" or len(claim.pair) in (0, 1, 2)
