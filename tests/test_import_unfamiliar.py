"""Drafts of tables with headers that are in no list: no column is taken for what it is not, and each that is something of a visit is taken or asked about.

What is in a column was written down before any draft was made.
"""

import csv
import io
import re
from datetime import date, timedelta
from functools import partial

import pytest

from timeline.importing.declared import read_mapping
from timeline.importing.evidence import column
from timeline.importing.headers import key, known_as
from timeline.importing.rows import File
from timeline.importing.run import Reader, opened
from timeline.importing.suggest import suggested
from timeline.importing.texts import quoted
from timeline.vocabulary import listed, rows, shipped

VISITS = (  # who went where: visitor, name, title, capital, and the same of the host; start, end
    ("China", "Xi Jinping", "President", "Beijing", "France", "Emmanuel Macron", "President", "Paris", "2019-03-24", 2),
    ("Germany", "Angela Merkel", "Chancellor", "Berlin", "China", "Li Keqiang", "Premier", "Beijing", "2019-09-06", 1),
    ("France", "Emmanuel Macron", "President", "Paris", "Germany", "Angela Merkel", "Chancellor", "Berlin", "2018-04-19", 1),
    ("Japan", "Shinzo Abe", "Prime Minister", "Tokyo", "China", "Li Keqiang", "Premier", "Beijing", "2018-10-25", 2),
    ("South Korea", "Moon Jae-in", "President", "Seoul", "North Korea", "Kim Jong Un", "Chairman", "Pyongyang", "2018-09-18", 2),
    ("Italy", "Giuseppe Conte", "Prime Minister", "Rome", "Japan", "Shinzo Abe", "Prime Minister", "Tokyo", "2019-06-27", 2),
)  # fmt: skip
TO_CHINA = (
    ("Germany", "Angela Merkel", "Chancellor", "Berlin", "China", "Li Keqiang", "Premier", "Beijing", "2019-09-06", 1),
    ("France", "Emmanuel Macron", "President", "Paris", "China", "Xi Jinping", "President", "Beijing", "2019-11-04", 2),
    ("Japan", "Shinzo Abe", "Prime Minister", "Tokyo", "China", "Li Keqiang", "Premier", "Beijing", "2018-10-25", 2),
    (
        "South Korea",
        "Moon Jae-in",
        "President",
        "Seoul",
        "China",
        "Xi Jinping",
        "President",
        "Beijing",
        "2017-12-13",
        3,
    ),
    (
        "Italy",
        "Giuseppe Conte",
        "Prime Minister",
        "Rome",
        "China",
        "Xi Jinping",
        "President",
        "Beijing",
        "2019-04-25",
        2,
    ),
)
VIEWS = {"all": VISITS, "in": TO_CHINA, "out": tuple((*one[4:8], *one[:4], *one[8:]) for one in TO_CHINA)}
GUESTS = ("Anna Meier", "Bertil Holm", "Carla Duarte", "Dimitri Sokol", "Esra Demirtas", "Farid Nasser")
HOSTS = ("Goran Petric", "Helga Brandt", "Ines Moreau", "Jakub Zelny", "Kamal Haddad", "Lena Strand")
POSTS = ("Foreign Minister", "Trade Minister", "Foreign Minister", "Deputy Prime Minister", "Minister of Defence", "Foreign Minister")  # fmt: skip
TEXTS = ("long talks on trade", "signed two agreements", "dinner with business people", "a factory", "spoke at a university", "the old town")  # fmt: skip
REMARKS = ("Met Wang Yi in the afternoon", "Accompanied by Anna Meier", "Talks with Sergey Lavrov", "Received by the mayor", "With Bertil Holm", "Dinner with Carla Duarte")  # fmt: skip
KINDS = ("State visit", "Official visit", "Working visit", "Official visit", "State visit", "Working visit")
WORDS = ("official", "private", "working", "official", "private", "official")
OTHERS = ("Sweden", "Norway", "Qatar", "Egypt", "Oman", "Chile")
OUTCOMES = ("held", "cancelled", "held", "postponed", "held", "held")


def cells(visit, number, *, known):
    """What may stand in a column of a visit, by a word for it."""
    visitor, leader, office, home, host, hosting, post, city, start, days = visit
    name, title, received, host_title = (
        (leader, office, hosting, post) if known else (GUESTS[number], POSTS[number], HOSTS[number], POSTS[-1 - number])
    )
    first = date.fromisoformat(start)
    return {
        "visitor": visitor, "host": host, "name": name, "title": title, "titled": f"{title} {name}", "sender": leader,
        "received": received, "received-title": host_title, "city": city, "home-city": home, "way": f"{visitor} → {host}",
        "way-back": f"{host} → {visitor}", "start": start, "end": first + timedelta(days), "later": first + timedelta(20),
        "before": first - timedelta(40), "born": f"19{50 + number}-03-1{number}", "year": first.year, "month": first.month,
        "day": first.day, "kind": KINDS[number], "kinds": WORDS[number], "text": TEXTS[number], "remarks": REMARKS[number],
        "outcome": OUTCOMES[number], "yes-no": ("yes", "no")[number % 2], "deal": ("announced", "completed")[number % 2],
        "url": f"https://a.example/{number}", "third": OTHERS[number], "others": HOSTS[-1 - number], "numbers": 100 - 7 * number,
    }  # fmt: skip


# What a column is, by what stands in it; `Header=word as field` says otherwise, and `-` that it is nothing of a visit.
IS = {
    "visitor": "visitor", "host": "host", "name": "name", "titled": "name", "title": "title", "received": "met", "start": "start",
    "end": "end", "city": "places", "kind": "kind", "outcome": "status", "way": "direction", "year": "start", "month": "start",
    "day": "start", "url": "urls",
}  # fmt: skip
TEXT = {"occasion", "note", "urls"}  # of which no answer depends
ALIKE = ({"name", "person"}, {"occasion", "note"})

TABLES = """
all known: Delegation lead=name; Sending party=visitor; Receiving side=host; Kick-off=start; Wrap-up=end
all unknown: Delegation lead=name; Sending party=visitor; Receiving side=host; Kick-off=start; Wrap-up=end
all known: Head=name; Head's office=title; Home=visitor; Away=host; Day=start
all unknown: Head=name; Counterpart=received; Home side=visitor; Host side=host; First day=start; Final day=end
in known: Principal=name; Country=visitor; Received by=received; Date=start
in unknown: Principal=received; Guest=name; Guest's country=visitor; Date=start
in known: Our leader=received; Counterpart=name; Partner country=visitor; Date=start; Venue=city
out known: Our leader=name; Counterpart=received; Partner country=host; Date=start; Venue=city
in unknown: Leader=received; Counterpart=name; Counterpart country=visitor; Date=start; City=city
out unknown: Leader=name; Counterpart=received; Counterpart country=host; Date=start; City=city
all known: Party A=visitor; Party B=host; Lead of A=name; Lead of B=received; Held on=start
all unknown: Party A=host; Party B=visitor; Lead of A=received; Lead of B=name; Held on=start
out known: Destination=host; Departing from=home-city; Arriving in=city; Traveller=name; Left home=start; Back home=end
all unknown: From=visitor; To=host; Envoy=name; Sent by=sender; Date=start
all unknown: From=visitor; To=host; On the orders of=sender; Bearer=name; Date=start
out unknown: Next stop=third; Destination=host; Who went=name; When=start
out known: Previous stop=third; Place of visit=host; Who went=name; When=start
all known: From=host; Hosts=host; Guests from=visitor; Leader=name; Date=start
in known: Origin of guest=visitor; Guest of=received; Guest=name; Date of stay=start
all unknown: Invited country=visitor; Inviting country=host; Invitee=name; Inviter=received; Invitation date=before; Visit date=start
all unknown: Representative=name; Visitor=visitor; Host=host; Date=start
all unknown: Official=received; Visitor=visitor; Host=host; Date=start
all unknown: Leader=received; Guest=visitor; Host=host; Date=start
in unknown: Leader=received; Visitor=visitor; Date=start
all unknown: Minister=received; Visiting country=visitor; Host country=host; Date=start
all unknown: Outcome=deal; Leader=name; From=visitor; To=host; Date=start
all unknown: Result=deal; Leader=name; From=visitor; To=host; Date=start
all unknown: Besucher=visitor; Gastgeber=host; Vertreter=received; Datum=start
all unknown: Direction=way-back; Name=name; From=visitor; To=host; Date=start
all unknown: Status=kinds as kind; Name=name; From=visitor; To=host; Date=start
all known: Host of talks=host; Other side=visitor; Speaker=name; Talks began=start; Talks ended=end
out unknown: Mediator country=third; Visited=host; Envoy=name; Arrival=start
all unknown: Visiting minister=name; Visiting minister's post=title; Host minister=received; Host minister's post=received-title; Country=visitor; Host country=host; Date=start
all unknown: Post=received-title; Host=received; Post=title; Visitor=name; Country of host=host; Country of visitor=visitor; Date=start
all unknown: Visitor=name; Host=received; Title=received-title; From=visitor; To=host; Date=start
all unknown: Title=text; Visitor=name; From=visitor; To=host; Date=start
all known: Reported by=others; Leader=name; From=visitor; To=host; Report=later; Seen=start
all unknown: Leader's partner=others; From=visitor; To=host; Date of article=later; Date seen=start
out known: Country=host; Leader=name; Start of talks=later; Touchdown=start; Take-off=end
all known: Start of term=before; Touchdown=start; End of stay=end; Leader=name; From=visitor; To=host
all unknown: Ratified on=later; Stay began=start; Leader=name; From=visitor; To=host
all unknown: Agreement start=later; Leader=name; From=visitor; To=host; Week of=start
all unknown: Contract begins=before; Contract ends=later; Day of handshake=start; Leader=name; From=visitor; To=host
all known: Signed in=home-city; Leader=name; From=visitor; To=host; Date=start
all known: City of birth=home-city; Leader=name; From=visitor; To=host; Date=start; Seat of talks=city
in unknown: Home city=home-city; Guest=name; Sender state=visitor; Date=start
all unknown: Delegation=titled; From=visitor; To=host; Date=start; Comments by=remarks
all unknown: Names=name; Remarks=remarks as note; Sending=visitor; Recipient=host; Period begin=start; Period end=end
all unknown: Member of party=others; Party leader=name; From=visitor; To=host; Date=start
all unknown: Interpreter=others; Chief guest=name; Guest nation=visitor; Host nation=host; Date=start
all unknown: Deal status=deal; Leader=name; From=visitor; To=host; Date=start
all unknown: Outcome of treaty=deal; Leader=name; From=visitor; To=host; Date=start
all unknown: Fate=outcome; Leader=name; From=visitor; To=host; Date=start
all unknown: Aircraft=kinds; Leader=name; From=visitor; To=host; Date=start
all unknown: Level=kind; Leader=name; From=visitor; To=host; Date=start
in unknown: Nationality=visitor; Official=name; Rank=title; Received in=city; On=start
out unknown: Nationality=host; Official met=received; Our official=name; On=start
all known: Trip=way; Leader=name; Year=year
all known: Way back=way-back; Leader=name; Home state=visitor; Target state=host; Year=year
all unknown: Foreign leader=received; Leader=name; Foreign country=host; Country=visitor; Date=start
all unknown: Foreign leader=name; Leader=received; Foreign country=visitor; Country=host; Date=start
all known: Year born=born; Name=name; Role=title; Country represented=visitor; Country of meeting=host; Meeting day=start
all unknown: Beginning=start; Conclusion=end; Visitor state=visitor; State visited=host; Visitor's name=name; Function=title; City=city; Purpose=text as occasion; Source=url
all unknown: Legislature=third; Speaker=name; Arrival=start; Departure=end; Guest country=visitor; Host country=host
all unknown: Author=others; Publication=later; Who=name; Where from=visitor; Where to=host; When=start
all unknown: Ambassador=others; Minister=name; Ministry of=visitor; Embassy in=host; Date=start
in known: Guest of honour=name; Delegation from=visitor; Welcomed by=received; Welcome=start; Farewell=end
out unknown: Trade partner=host; Lead negotiator=name; Round began=start; Round ended=end; Location=city
all unknown: Envoy of=visitor; Sent to=host; Special envoy=name; Dispatched=start; Returned=end
all known: Predecessor=name as -; Emissary=others as name; From=visitor; To=host; Date=start
all unknown: Sender=visitor; Recipient=host; Head of mission=name; Held=start
all unknown: Guest=name; Host=host; Origin=visitor; Opening=start; Closing=end
in unknown: Dignitary=name; Country represented=visitor; Arrived=start; Departed=end; Met by=received
out known: President=name; Abroad in=host; Left=start; Came back=end
all unknown: Nation=visitor; Hosting nation=host; Delegate=name; Delegate's job=title; Session date=start
all unknown: State=host; Sending state=visitor; Official=name; Their official=received; Dates=start
all unknown: State=third; Sending state=visitor; Receiving state=host; Traveller=name; Date=start
all unknown: Name of place=city; Name=name; From=visitor; To=host; Date=start
all known: Leader=name; Deputy=others; From=visitor; To=host; Date=start
all unknown: Leader=received; Deputy=name; From=visitor; To=host; Date=start
all unknown: Name=received; Visiting person=name; From=visitor; To=host; Date=start
all unknown: First name=others; Surname=others; Guest=name; From=visitor; To=host; Date=start
all unknown: Date=later; Date of arrival=start; Departure date=end; Leader=name; From=visitor; To=host
all unknown: Date=start; Day=later; Leader=name; From=visitor; To=host
all unknown: Start=start; End=end; Start of war=born; Leader=name; From=visitor; To=host
all unknown: Arrival=start; Arrival of luggage=later; Leader=name; From=visitor; To=host
all unknown: Event=text as occasion; Type=kinds as kind; Status=outcome; Leader=name; From=visitor; To=host; Date=start
all unknown: Visit type=kind; Visit status=outcome; Visitor=name; Visitor country=visitor; Visited country=host; Visit date=start
all unknown: Role=title; Leader=name; From=visitor; To=host; Date=start
all unknown: Capital=home-city; City=city; Leader=name; From=visitor; To=host; Date=start
all unknown: City=home-city; Leader=name; From=visitor; To=host; Date=start
all unknown: Place=home-city; Guest=name; Guest country=visitor; Date=start
all unknown: Title=title; Name=name; Title of host=received-title; Host=received; Country from=visitor; Country to=host; Date=start
all unknown: Title=received-title; Counterpart=received; Name=name; Visiting country=visitor; Host country=host; Date=start
all unknown: Leg=way; Return leg=way-back; Head of delegation=name; Date=start
all unknown: Met=received; Who=name; Visited=host; Home country=visitor; When=start
all unknown: Who=received; Met=name; Where=host; Whence=visitor; When=start
all unknown: Visitor=visitor; Visited=host; Visitor's representative=name; Visited's representative=received; Year=year
all unknown: Country A=visitor; Country B=host; Year=year; Month=month; Day=day; Name A=name; Name B=received
all unknown: Year of birth=born; Month=month; Year=year; Leader=name; From=visitor; To=host
all unknown: Destination=city; Origin=home-city; Guest=name; Country of guest=visitor; Country of destination=host; Date=start
all unknown: Flight from=visitor; Flight to=host; Passenger=name; Flight date=start
all known: From=third; To=host; Leader=name; Date=start
all unknown: Certainty=deal; Leader=name; From=visitor; To=host; Date=start
all unknown: Confirmed=yes-no as status; Leader=name; From=visitor; To=host; Date=start
all unknown: Organisation=third; Country=visitor; Host country=host; Leader=name; Date=start
all unknown: Represented by=others; Leader=name; From=visitor; To=host; Date=start
all unknown: Days=numbers; Leader=name; From=visitor; To=host; Date=start
all unknown: Purpose=text as occasion; Category=kinds as kind; Name=name; Function=title; Guest state=visitor; Host state=host; Stay from=start; Stay to=end
in known: Foreign guest=name; Function=title; From=visitor; Date=start; Received by=received
all known: President=name; President of host=received; From=visitor; To=host; Date=start
all unknown: Prime Minister=received; Visitor name=name; From=visitor; To=host; Date=start
all known: Prime Minister=received; Minister=name; From=visitor; To=host; Date=start
all unknown: Host=received; Guest=name; Host state=host; Guest state=visitor; Start=start
all unknown: Country visited=host; Visitor=name; Nationality=visitor; Date=start
all unknown: Country=third; From=visitor; To=host; Leader=name; Date=start
all unknown: Country=third; Host country=host; Leader=name; Leader country=visitor; Date=start
all unknown: Start=city as -; Finish=home-city; Leader=name; Origin=visitor; Destination=host; Date=start
all unknown: Post=text; Leader=name; Origin=visitor; Destination=host; Date=start
all unknown: Event=city as -; Leader=name; Origin=visitor; Destination=host; Date=start
all unknown: Role=kinds; Leader=name; Origin=visitor; Destination=host; Date=start
all unknown: Guest=name; Guest 2=others; Guest country=visitor; Host country=host; Date=start
all unknown: Visitor=numbers; Leader=name; Origin=visitor; Destination=host; Date=start
all unknown: When=text; Leader=name; Origin=visitor; Destination=host; Arrival=start
all unknown: Departure=start; Leader=name; Origin=visitor; Destination=host
all unknown: Departure=start as -; Arrival=later as start; Leader=name; Origin=visitor; Destination=host
all unknown: Counterpart=received; Title=title; Leader=name; Origin=visitor; Destination=host; Date=start
all unknown: Leader=name; Ship=others; Origin=visitor; Destination=host; Date=start
"""


FAMILIAR = """
all unknown: Name=name; Position=title; Visiting country=visitor; Host country=host; City=city; Start date=start; End date=end; Counterpart=received; Purpose=text as occasion; Source=url
all known: Leader=name; Leader title=title; Leader country=visitor; Country visited=host; Trip start date=start; Trip end date=end; Host leader=received; Notes=remarks as note
in unknown: Guest=name; Guest title=title; Country of origin=visitor; Host=host; Arrival=start; Departure=end; Met with=received; Remarks=remarks as occasion
all unknown: Visit type=kind; Visitor=name; Function=title; Visitor country=visitor; Country=host; Place of visit=city; Visit start=start; Visit end=end
all known: Representative=name; Visitor=visitor; Host=host; From=start; To=end
all known: Route=way; Head of delegation=name; Office=title; Year=year; Month=month; Day=day
all unknown: Datum=start; Name=name; Amt=title; From=visitor; To=host
all unknown: Date de début=start; Date de fin=end; Nom=name; Fonction=title; Origin=visitor; Destination=host
all unknown: Fecha de inicio=start; Hasta=end; Nombre=name; Cargo=title; Origin=visitor; Destination=host
all unknown: Дата=start; Имя=name; Должность=title; Origin=visitor; Destination=host
all unknown: 日期=start; 姓名=name; 职务=title; Sending state=visitor; Receiving state=host
all unknown: Outcome=outcome; Leader=name; From=visitor; To=host; Date=start
all unknown: Name=name; Besucher=visitor; Gastgeber=host; Stadt=city; Art des Besuchs=kind; Datum=start
all unknown: Besucher=name; Herkunftsland=visitor; Land=host; Datum=start; Gastgeber=received
all unknown: Nom=name; Pays visiteur=visitor; Pays hôte=host; Date=start; Objet de la visite=text as occasion
all unknown: Nom=name; Pays d'origine=visitor; Destination=host; Date=start; Source=url
all unknown: Nombre=name; País visitante=visitor; País anfitrión=host; Fecha=start; Ciudad=city
all unknown: Nome=name; Visitante=visitor; Anfitrião=host; Data=start; Cidade=city
all unknown: Nome=name; Paese di provenienza=visitor; Paese ospitante=host; Data=start; Tipo di visita=kind
all unknown: Naam=name; Land van herkomst=visitor; Ontvangend land=host; Datum=start; Stad=city
all unknown: Nazwisko=name; Kraj pochodzenia=visitor; Państwo przyjmujące=host; Data=start; Cel wizyty=text as occasion
all unknown: Namn=name; Besökande land=visitor; Värdland=host; Datum=start; Typ av besök=kind
all unknown: Имя=name; Страна гостя=visitor; Принимающая страна=host; Дата=start; Город=city
all unknown: 姓名=name; 来访国=visitor; 东道国=host; 日期=start; 城市=city
"""


def table(line):
    """A table of a line above, and what each of its columns is."""
    how, _, columns = line.partition(": ")
    view, people = how.split()
    parts = [re.fullmatch(r"(.+)=([a-z-]+)(?: as (\S+))?", one).groups() for one in columns.split("; ")]
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow(header for header, _, _ in parts)
    for number, visit in enumerate(VIEWS[view]):
        row = cells(visit, number, known=people == "known")
        written.writerow(row[word] for _, word, _ in parts)
    names = [header for header, _, _ in parts]
    headers = [f"{name} (2)" if name in names[:at] else name for at, name in enumerate(names)]
    return out.getvalue().encode(), {
        header: field or IS.get(word, "-") for header, (_, word, field) in zip(headers, parts, strict=True)
    }


def drafted(raw):
    """What a draft takes columns for, and the columns that it asks about."""
    text = suggested(File("sheet.csv", len(raw), partial(io.BytesIO, raw)), shipped())
    mapping = read_mapping("m.yaml", text, shipped())
    questions = [line for line in text.splitlines() if re.match(r" *# [a-z-]+: ", line)]
    return mapping.used, lambda header: any(quoted(header) in line for line in questions)


@pytest.mark.parametrize("line", TABLES.strip().splitlines())
def test_no_column_is_taken_for_what_it_is_not_and_none_is_passed_over(line):
    raw, columns = table(line)
    taken, asked = drafted(raw)
    for header, field in columns.items():
        found = taken.get(header)
        right = found == field or any({found, field} <= same for same in ALIKE)
        assert right or found in TEXT or (not found and (field == "-" or asked(header))), (header, field, found)


@pytest.mark.parametrize("line", FAMILIAR.strip().splitlines())
def test_columns_of_known_headers_are_taken_without_a_question(line):
    raw, columns = table(line)
    taken, _ = drafted(raw)
    assert {header: {"person": "name"}.get(field, field) for header, field in taken.items()} == columns


def answered(text, columns):
    """A draft whose questions somebody has answered who knows what the columns are."""
    for field, header in {field: header for header, field in reversed(columns.items())}.items():
        one = "(?:name|person)" if field == "name" else field
        text = re.sub(
            rf"^( *)# ({one}: {re.escape(quoted(header))}(?:  #.*)?)$", r"\1\2", text, count=1, flags=re.MULTILINE
        )
    return re.sub(r"^  status: .*\n", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("line", [one for one in TABLES.strip().splitlines() if " as name" not in one])
def test_answers_to_the_questions_bring_in_every_visit(line):
    raw, columns = table(line)
    file = File("sheet.csv", len(raw), partial(io.BytesIO, raw))
    text = answered(suggested(file, shipped()), columns)
    if not {"visitor", "host", "start", "name"} <= {*columns.values()} or "status" in columns.values():
        return
    found = Reader(shipped(), lambda _: None, keep=True).read([opened(file, [read_mapping("m.yaml", text, shipped())])])
    view, people = line.partition(": ")[0].split()
    expected = {
        (shipped().actor(one[0]), shipped().actor(one[4]), one[8][:4], one[1] if people == "known" else GUESTS[number])
        for number, one in enumerate(VIEWS[view])
    }
    events = [group.event for group in found.groups]
    assert {(one.visitor, one.host, one.date.text[:4], one.people[0].name) for one in events} == expected


def test_beside_a_date_another_column_of_dates_is_told():
    raw, _ = table("all unknown: Date=later; Talks on=start; Leader=name; From=visitor; To=host")
    taken, asked = drafted(raw)
    assert taken["Date"] == "start"
    assert asked("Talks on")


@pytest.mark.parametrize(
    ("header", "field", "known"),
    [
        pytest.param("Visiting country", "visitor", True, id="as it is listed"),
        pytest.param("VISITING COUNTRIES", "visitor", True, id="case and plural"),
        pytest.param("VisitingCountry", "visitor", True, id="written together"),
        pytest.param("The visitor’s country", "visitor", True, id="an article and an apostrophe"),
        pytest.param("Visited_Country:", "host", True, id="punctuation"),
        pytest.param("City (2)", "places", True, id="a second column of one name"),
        pytest.param("Визитёр", "traveller", True, id="another script"),
        pytest.param("Source link 3", "urls", True, id="one of several sources"),
        pytest.param("Leader 2", "people", False, id="one of several people"),
        pytest.param("Visiting", "visitor", False, id="a word of it"),
        pytest.param("Visited by", "host", False, id="one word more"),
        pytest.param("Guests of", "traveller", False, id="a word that turns it round"),
        pytest.param("Visiting country of origin", "visitor", False, id="two headers in one"),
    ],
)
def test_a_header_is_known_word_for_word(header, field, known):
    assert bool(known_as(column(header, ()), field)) is known


def test_no_header_is_of_two_sides():
    names = [(row["field"], key(name)) for row in rows("headers.csv") for name in listed(row["headers"])]
    assert all(name for _, name in names)
    by = {}
    for field, name in names:
        by.setdefault(field, set()).add(name)
    for one, other in (
        ("visitor", "host"),
        ("traveller", "received"),
        ("traveller", "people"),
        ("named", "people"),
        ("met", "traveller"),
    ):
        assert by[one].isdisjoint(by[other])
