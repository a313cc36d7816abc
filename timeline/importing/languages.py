"""Dates in words of other languages as English has them: `du 3 au 5 novembre 2014` → `3 – 5 November 2014`. Months are those of Unicode CLDR (`data/months.csv`).

A text counts as one of a language only where all its words are of that language, and one of them is a month. Where two languages fit, they must say the same.
"""

import re
from functools import cache
from typing import NamedTuple

from timeline.dates import MONTHS
from timeline.vocabulary import listed, rows

# Words around the days and months of a date: those that stand between its ends, between two days, and those that say nothing.
AROUND = {
    "French": ("au", "et", "du le les en"),
    "German": ("bis", "und", "vom am den der von zum im"),
    "Spanish": ("a al hasta", "y", "de del el desde en"),
    "Portuguese": ("a ao até", "e", "de do em desde"),
    "Italian": ("a al", "e", "dal il del da"),
    "Dutch": ("tot", "en", "van op met de"),
    "Polish": ("do", "i", "od dnia w r roku"),
    "Swedish": ("till", "och", "den från"),
    "Russian": ("по до", "и", "с г года году"),
}
_WORD = re.compile(r"[^\W\d_]+\.?")
_FIRST = re.compile(r"(?<=\b1)(?:er|ère|º|°|ª)(?=\s)")  # 1er août, 1º de mayo


class English(NamedTuple):
    """A date as English has it, and the languages that it may have been in."""

    text: str
    language: str


def in_english(text: str) -> English | None:
    """The same date in English; None for what is no date in words of one of the languages, or is in English already."""
    plain = _FIRST.sub("", text.casefold())
    found = {language: made for language, words in _languages().items() if (made := _replaced(plain, words))}
    if len(texts := set(found.values())) != 1 or (english := texts.pop()).casefold() == text.casefold():
        return None
    return English(english, " or ".join(found))


def month_of(word: str) -> int:
    """The number of a month by its name in one of the languages; 0 for what is none in any, or not the same in all."""
    names = {words.get(word.casefold().rstrip("."), "") for words in _languages().values()} & set(MONTHS)
    return MONTHS.index(names.pop()) + 1 if len(names) == 1 else 0


@cache
def _languages() -> dict[str, dict[str, str]]:
    """By language: its words, and what stands for them in English."""
    found: dict[str, dict[str, str]] = {}
    for language, (to, and_, nothing) in AROUND.items():
        found[language] = dict.fromkeys(nothing.split(), "") | dict.fromkeys(to.split(), "–") | {and_: "and"}
    for row in rows("months.csv"):
        found[row["language"]] |= dict.fromkeys(listed(row["names"]), MONTHS[int(row["month"]) - 1])
    return found


def _replaced(text: str, words: dict[str, str]) -> str:
    """A text with each word replaced; empty where one is not known, or none is a month."""
    made = [words.get(word.rstrip(".")) for word in _WORD.findall(text)]
    if None in made or not set(made) & set(MONTHS):
        return ""
    return " ".join(_WORD.sub(lambda match: words[match[0].rstrip(".")], text).split())
