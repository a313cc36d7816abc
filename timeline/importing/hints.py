"""What words in the header of a column say: in English, of which field it may be, for a question; in ten languages, whether dates are of a visit, and of its start or its end."""

import re
from typing import TYPE_CHECKING

from timeline.names import fold

if TYPE_CHECKING:
    from timeline.importing.evidence import Column

# Words for people who did not lead, or did not travel, and for titles that were not held then.
_OTHERS = "accompanying accompanied behalf spouse interpreter translator author coder editor reporter contact".split()
STOOD_IN = frozenset(
    "represented replaced substitute substituted deputized deputised deputizing deputising proxy instead".split()
)
ORGANISATIONS = frozenset(
    "organisation organization organisations organizations org igo institution affiliation bloc".split()
)
_AT_OTHER_TIMES = "former previous current later next".split()
# Words of a header over numbers of visits: one of the first must be there, and no other.
COUNTED = frozenset(
    "visits trips journeys meetings count besuche visites visitas viajes visite bezoeken wizyty besök визиты".split()
)
COUNTING = COUNTED | frozenset("number of total n the no sum nr anzahl nombre de número numero".split())
# By field: words in the name of a column that speak for it, best first, and words that speak against.
HINTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "name": (("name", "leader", "visitor", "person", "guest", "official", "delegate", "who", "representative", "politician", "traveller", "traveler", "envoy"), ("country", "id", "iso", "met", "host", "surname", "region", "city", "event", "title", "role", "position", "office", "post", *_OTHERS)),
    "title": (("title", "position", "office", "post", "function", "role"), ("id", "event", "source", *_AT_OTHER_TIMES)),
    "places": (("city", "place", "places", "cities", "location", "locale", "venue", "locality"), ("country", "id")),
    "met": (("met", "counterpart", "receivedby", "interlocutor"), ("count",)),
    "kind": (("kind", "type", "category", "nature"), ("source", "id")),
    "occasion": (("occasion", "purpose", "description", "remarks", "topic", "agenda", "subject", "summary", "event"), ("id",)),
    "note": (("note", "notes", "comment", "comments", "remark"), ("id",)),
    "urls": (("url", "link", "source", "sources", "reference", "website"), ("id",)),
    "days": (("duration", "days", "length"), ("id", "nights", "hours", "weeks", "months", "years")),
    "status": (("status",), ()),
    "support": (("support", "certainty"), ()),
}  # fmt: skip
# Words of the days of a journey, folded: in English, in the nine languages in which dates are read, and in Chinese. Those that may mean anything else beside other words count alone, or beside a word for a date or a visit.
_START = frozenset(
    "start starts started begin begins began begun beginning arrival arrive arrived arrives visited "
    "beginn anfang ankunft anreise einreise debut arrivee inicio comienzo llegada chegada inizio arrivo "
    "aankomst poczatek rozpoczecie przyjazd borjan ankomst начало начала прибытие приезд "
    "开始日期 开始时间 起始日期 抵达日期 到达日期 到访日期 開始日期".split()
)
_END = frozenset(
    "end ends ended ending departure depart departed departs finish finished leave leaves leaving left return returned exit "
    "ende abreise ausreise ruckreise ruckkehr fin depart retour salida regreso retorno termino fim partida saida regresso "
    "fine partenza ritorno einde eind vertrek terugkeer koniec zakonczenie wyjazd odjazd powrot "
    "slut avresa hemresa aterresa конец конца окончание окончания завершение отъезд отбытие возвращение "
    "结束日期 结束时间 截止日期 离开日期 結束日期".split()
)
_BACK = frozenset(
    "return returned returns ruckreise ruckkehr retour regreso retorno ritorno terugkeer powrot hemresa aterresa возвращение regresso".split()
)
_FROM = frozenset("from since first von vom du depuis desde dal van od fran с".split())
_TO = frozenset("to until till through last bis au hasta ate al tot do till по до".split())
_DATES = frozenset("date dates day days month year years datum tag monat jahr jour mois annee fecha dia ano data giorno anno dag jaar dzien miesiac rok manad ar mes mese maand месяц дата день год 日期 时间 時間 年份 年 月 日".split())  # fmt: skip
_VISITS = _DATES | frozenset("visit visits trip travel journey tour stay when of the besuch besuchs reise visite visita viagem viaje viaggio bezoek reis wizyta wizyty besok визит визита de des della del da 访问日期 访问时间 訪問日期 出访日期 来访日期".split())  # fmt: skip
_OTHER_DATES = frozenset(
    "fiscal financial academic dob birthday election elections swearing sworn oath treaty agreement signing signature article press release report story source record recorded registered coded coding request requested approval approved last latest birth born died death term terms office tenure mandate reign presidency inauguration inaugurated elected appointed signed established relations announced announcement planned proposed scheduled expected tentative due original created modified updated published publication posted accessed retrieved crawled scraped "
    "fetched archived added reported invited invitation previous next "
    "mandat mandato mandaat kadencja amt amtszeit amtsantritt amtsende мандат полномочия "
    "veroffentlicht veroffentlichung publie publicado publicada publicacion publicacao pubblicato pubblicazione gepubliceerd "
    "opublikowano publikacja publikacji publicerad опубликовано публикации".split()
)

# Cells that say which way a journey went, of a list that has the other country alone.
_WAYS = re.compile(
    r"in|out|incoming|outgoing|(?:in|out)(?:bound|ward)|received|hosted|host|guest|abroad|entrante?s?|sortante?s?|salientes?|eingehend|ausgehend"
    r"|приняты[йе]|входящи[йе]|исходящи[йе]|来访|來訪|来訪|来华|访华|訪日|出访|出訪|外访|往访|往訪|访问|방한|방문|방중|방북"
)


def says_way(cell: str) -> bool:
    return bool(_WAYS.fullmatch(fold(cell)))


def score(column: "Column", field: str) -> int:
    """How much the name of a column speaks for a field; 0 where it does not, or speaks against it."""
    hints, against = HINTS.get(field, ((), ()))
    if any(word in against for word in column.words):
        return 0
    return max((len(hints) - hints.index(word) for word in column.words if word in hints), default=0)


def of_others(column: "Column") -> bool:
    """Whether a name says that people did not lead a journey."""
    return any(word in _OTHERS for word in column.words)


def at_other_times(column: "Column") -> bool:
    """Whether a name says that titles were not held at the time."""
    return any(word in _AT_OTHER_TIMES for word in column.words)


def leaves_from(column: "Column") -> bool:
    """Whether a name says that places are those where journeys began."""
    return bool((_folded(column) | set(column.words)) & (_END | _FROM | {"origin"}))


def is_leg(cell: str) -> bool:
    """Whether a cell says nothing but that somebody arrived or left."""
    return fold(cell) in _START | _END


def unfit(column: "Column") -> bool:
    """Whether a name says that the dates of a column are of something else."""
    return bool((_folded(column) | set(map(fold, column.words))) & _OTHER_DATES)


def says_start(column: "Column") -> bool:
    return _says(column, _START, _FROM) and not _says(column, _END, _TO)


def says_end(column: "Column") -> bool:
    return _says(column, _END, _TO) and not _says(column, _START, _FROM)


def says_nothing_else(column: "Column") -> bool:
    """Whether all words of a header are of dates, of visits, and of their start and end: those of `Start of talks` are not."""
    return _folded(column) <= _VISITS | _START | _END | _FROM | _TO


def says_return(column: "Column") -> bool:
    return bool(_folded(column) & _BACK)


def speaks(column: "Column") -> int:
    """How much the name of a column of dates speaks for the start of a visit: 3 where it says so, 2 where it says date or visit and nothing else, 1 where it says date."""
    words = _folded(column)
    return 3 if says_start(column) else 0 if says_end(column) else 2 if words <= _VISITS else 1 if words & _DATES else 0


def _says(column: "Column", words: frozenset[str], alone: frozenset[str]) -> bool:
    found = _folded(column)
    return bool(found & words) or len(found & alone) == 1 >= len(found - _VISITS)


def _folded(column: "Column") -> set[str]:
    """The words of a name, without a `date` that is written together with them."""
    words = {fold(word) for word in column.words}
    return {re.sub(r"(?<=.)dates?$|^date(?=..)", "", word) for word in words}
