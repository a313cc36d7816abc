"""Whether a visit took place, in the words of sources, and the headers of columns that say so: in English and in the nine languages in which dates are read."""

import re
from typing import TYPE_CHECKING

from timeline.names import fold

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

# As `fold` has them: without accents, in small letters. The endings are of gender and number.
_SAID = {
    "cancelled": "cancell?ed|called off|aborted|scrapped|fell through|never (?:took place|happened|materiali[sz]ed)|(?:did ?nt|did not|will not) (?:take place|go ahead|happen|materiali[sz]e)|suspendid[oa]s?|已?取消(?:了)?|ملغ(?:ا[هة]|ي[هة]?|ى)|الغيت|(?:تم )?(?:ال)?الغا(?:ء|وها)|لم تتم|cancelad[oa]s?|annulee?s?|abgesagt|annullat[oa]|cancellat[oa]|geannuleerd|afgelast|odwolan[aye]|installt|installd|отмен[её]н[ао]?|dibatalkan",
    "postponed": "postponed|deferred|rescheduled|put off|推迟|延期|موجل[هة]?|اجلت|تاجلت|تاجيل|pospuest[oa]|aplazad[oa]|adiad[oa]|reportee?s?|verschoben|rinviat[oa]|uitgesteld|przelozon[aye]|uppskjute[nt]|отложен[ао]?|перенес[её]н[ао]?|ditunda",
    "announced": "announced|planned|proposed|tentative|scheduled|upcoming|anunciad[oa]|planead[oa]|planejad[oa]|programad[oa]|previst[oa]|annoncee?s?|prevue?s?|planifiee?s?|angekundigt|geplant|annunciat[oa]|programmat[oa]|aangekondigd|gepland|zapowiedzian[aye]|planowan[aye]|planera[dt]|объявлен[ао]?|запланирован[ао]?|планируется",
    "happened": "happened|held|completed|took place|تمت|جرت|realizad[oa]|celebrad[oa]|effectuee?s?|realisee?s?|durchgefuhrt|stattgefunden|effettuat[oa]|svolt[oa]|plaatsgevonden|odbyl[ao] sie|zrealizowan[aye]|genomford|genomfort|состоял(?:ся|ась|ось)|проведен[ао]?",
}  # fmt: skip
_ALONE = {"postponed": "report"}  # French; in a longer text, or in English, it is something else
_WORDS = {meaning: re.compile("|".join(filter(None, (words, _ALONE.get(meaning))))) for meaning, words in _SAID.items()}
_OFF = re.compile(rf"(?<!\w)(?:{_SAID['cancelled']}|{_SAID['postponed']}|not held)(?!\w)|取消|推迟|延期|中止|취소")
_AFAR = r"(?:virtu(?:al|el|eel)|wirtualn|виртуальн|visioconf|videoconf|videokonf|videolink|wideokonf|видеоконф|telefon|telephon|teleconf|webinar|телефон)\w*|online|vtc|zoom|video (?:call|conference|link|meeting|summit|talks)|(?:phone|conference) calls?|(?:by|per|over the) phone|phone"
_NOT_HELD = re.compile(rf"{_OFF.pattern}|(?<!\w)(?:{_SAID['announced']}|{_AFAR})(?!\w)|视频|电话|线上")
_HELD_AFAR = re.compile(
    rf"(?:^|[(,;:–-]\s*|(?<!\w)(?:held|by|via|over|through|par|per|por|als)\s(?:the\s|a\s)?)(?:{_AFAR})(?!\w)|视频|线上"
)
# What a cell is that has nothing but the sort of a contact in which nobody travelled.
_AT_HOME = re.compile(
    r"(?:(?:exchange of )?(?:phone |congratulatory |condolence |joint |written )?(?:letters?|telegrams?|messages?|cables?|calls?|telegraph|correspondence|statements?|communiques?)|(?:telephone|phone) (?:calls?|conversations?|talks?)|note verbale"
    r"|briefe|telegramme?|anrufe?|telefonate?|telefongesprache?|briefwechsel|lettres?|telegrammes?|appels?(?: telephoniques?)?|messages?|cartas?|telegramas?|llamadas?(?: telefonicas?)?|mensajes?|mensagens?|mensagem|telefonemas?|lettere?|lettera|telegrammi?|telefonate?|telefonata|messaggio"
    r"|telefoongesprek(?:ken)?|telegrammen|depesz[ae]|rozmow[ay] telefoniczn[ae]|brev|telefonsamtal|telegram|письм[оа]|телеграмм[аы]|телефонный разговор|звон(?:ок|ки)|послание|信函|信件|电报|贺电|唁电|通话|电话|致电|信)"
)
# What became of something that can only be held, as a visit, and not signed, as a treaty.
_HELD = re.compile(
    "held|happened|took place|did take place|went ahead|تمت|جرت|celebrad[oa]|stattgefunden|svolt[oa]|plaatsgevonden|odbyl[ao] sie|состоял(?:ся|ась|ось)"
)
_WRITTEN = re.compile(r"(?:letters?|telegrams?|messages?|(?:phone |telephone )?calls?) (?:to|with) ")
_DOUBTFUL = re.compile(
    r"(?:only )?(?:rumou?r(?:ed)?s?|un(?:confirmed|verified|certain|sure)|alleged(?:ly)?|doubtful|disputed|contested|suspected|speculative|possibl[ey]|probabl[ey]|not (?:confirmed|verified|certain))"
)
_SHORT = 60  # letters of a remark on a visit; in a longer text something else may have been announced
REMARKS = ("occasion", "note")  # fields of text: of what they say was announced they may say that it was done
ANSWERS = frozenset("yes no y n x true false 0 1 si sim nao oui non ja nein nee nej tak nie да нет".split())

# Words in the header of a column: those that say status or role whatever the cells are, and those that do so where a cell is an answer or says what became of a visit.
STATUS = frozenset("status statut статус situação estatus".split())
PERHAPS_STATUS = frozenset("held happened occurred took completed postponed confirmed verified person virtual online remote stattgefunden durchgeführt erfolgt lieu effectuée réalisée realizada realizado efectuada cancelada cancelado anulada avvenuta annullata plaatsgevonden realised realized cancelled canceled annulé state estado stato état etat stan состояние result resultado résultat ergebnis outcome esito risultato resultaat wynik resultat результат".split())  # fmt: skip
ROLE = frozenset("role rôle rolle rol ruolo papel rola roll роль".split())
_FORMER = frozenset(
    "former ex retired incumbent sitting current serving ehemalig amtierend ancien ancienne actuel actuelle".split()
)
_PARTS = re.compile(
    r"(?:head|lead|led|chef|leit|begleit|accomp|acomp|accompagn|member|miembro|membro|membre|mitglied|delegat)\w*"
)


def outcome(cell: str) -> str:
    """What a cell says of a visit in one word that is known: cancelled, postponed, announced or happened; empty where it says none."""
    said = fold(cell)
    return next((meaning for meaning, words in _WORDS.items() if words.fullmatch(said)), "")


def doubtful(cell: str) -> bool:
    """Whether a cell says nothing but that something is not sure."""
    return bool(_DOUBTFUL.fullmatch(fold(cell)))


def answers(cell: str) -> bool:
    """Whether a cell says what became of a visit, or answers a header that asks for it."""
    return fold(cell) in ANSWERS or bool(outcome(cell))


def says_former(cell: str) -> bool:
    """Whether a cell says nothing but that somebody is in office still, or no more."""
    return fold(cell) in _FORMER


def says_held(cell: str) -> bool:
    """Whether a cell says that something took place that can only do that, or not."""
    return bool(_HELD.fullmatch(fold(cell)))


def says_part(cell: str) -> bool:
    """Whether a cell says that somebody led a delegation, or was one of it."""
    return bool(_PARTS.match(fold(cell)))


def not_held(cell: str) -> bool:
    """Whether a short cell says, with more or without, that a visit was cancelled, postponed, planned or announced, or that nobody travelled."""
    return len(cell) <= _SHORT and bool(
        _NOT_HELD.search(fold(cell)) or _AT_HOME.fullmatch(fold(cell)) or _WRITTEN.match(fold(cell))
    )


def called_off(cell: str) -> bool:
    """The same of one that was cancelled, postponed or held from afar: of what was announced a remark may say that it was done."""
    return len(cell) <= _SHORT and (
        any(test.search(fold(cell)) for test in (_OFF, _HELD_AFAR)) or bool(_WRITTEN.match(fold(cell)))
    )


def unheld(cells: "Mapping[str, str]", read: "Mapping[str, str]", ignored: "Container[str]") -> list[str]:
    """The cells of a row that say that a visit did not take place, though no status is read from them."""
    return [
        f"{column}: {' '.join(cell.split())}"
        for column, cell in cells.items()
        if cell and column not in ignored and _doubted(cell, read.get(column, ""))
    ]


def _doubted(cell: str, field: str) -> bool:
    return not_held(cell) if field in ("", "kind") else field not in ("status", "urls") and called_off(cell)
