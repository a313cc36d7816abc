"""Names as a column prints them: `H.E. Mr. Xi Jinping`, `Xi, Jinping` and `Xi Jinping (习近平)` are Xi Jinping.

Set aside is what is surely no part of a name: a form of address before it, the name again in another script, of which that in Latin letters stays. `Family, Given` is turned round only where that is a person whom the record
or the table of tenures knows. What else may hold more than a name stays as it is, and is told.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from timeline.importing.printed import known
from timeline.importing.tally import Told
from timeline.importing.titles import MOST
from timeline.tenures import holder_called

if TYPE_CHECKING:
    from timeline.importing.titles import Titles

LATIN = "LATIN"
READ, MORE = "name as printed", "more than a name"
_ADDRESS = re.compile(
    r"(?:h\.e\.|(?:his|her|your) excellency|h\. e\.|(?:h\. ?e\.?|he) (?=(?:mr|mrs|ms|miss|dr|prof)\b)|(?:mr|mrs|ms|miss|dr|prof)\b\.?|(?:the )?hon\.|the honou?rable),? *",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"(?:(?:gen|lt|col|maj|capt|cmdr|adm|amb|sen|rep|gov|sec|pres)\.|madame?\b|(?:pm|fm)\b) *\S", re.IGNORECASE
)
_LEADS = frozenset("of to for the".split())
_AGAIN = re.compile(r"(?P<name>[^()（）]+?) ?[(（](?P<again>[^()（）]+)[)）]")
_TURNED = re.compile(r"(?P<family>[^,()]+), ?(?P<given>[^,()]+)")
_BORN = re.compile(r",? (?:jr|sr|[ivx]+)\.?$", re.IGNORECASE)
_HOLDS_MORE = re.compile(
    r",|^[(（\[]|[)）\]]$|[(（\[][^)）\]]*$|[\d¹²³⁰⁴-⁹*†‡§=<>→@#|{}\\]"
)  # a bracket within a name is another name: `Henry (Heinz) Kissinger`
# Words of no name, in small letters as `casefold` has them: of a party whose people are not all named, and of majesties, whose names stand behind a title.
_OF_MORE = re.compile(
    r"(?<!\w)(?:et al|et alii|delegations?|delegates|led by|headed by|several|various|unnamed|unidentified|unknown|others|officials|ministers|members|representatives|experts|entourage|spouse|wife|husband|h\.m\.|h\.r\.h\.|hrh|hm(?= )|majest(?:y|ies)|highness(?:es)?|y otros|e outros|i in\.|m\.fl\.|и др)(?!\w)"
)


def styled(name: str, actor: str, titles: "Titles") -> tuple[str, tuple[Told, ...]]:
    """A name without what is surely no part of it, and what is to be told of it."""
    if " " in name or _HOLDS_MORE.search(name):
        plain = name if _familiar(name, actor, titles) or known(name, titles.words) else _plain(name, actor, titles)
        if plain != name:
            return plain, (Told(READ, f"{name} is {plain}"),)
        if _holds_more(name, actor, titles):
            return name, (Told(MORE, name),)
    return name, ()


def _plain(name: str, actor: str, titles: "Titles") -> str:
    bare = _ADDRESS.match(name)
    while bare and bare.end() < len(name):
        name = name[bare.end() :]
        bare = _ADDRESS.match(name)
    again = _AGAIN.fullmatch(name)
    if again and _scripts(again["name"]).isdisjoint(_scripts(again["again"])):
        name = again["again"] if _scripts(again["again"]) == {LATIN} else again["name"]
    turned = _TURNED.fullmatch(name)
    return (_familiar(f"{turned['given']} {turned['family']}", actor, titles) if turned else "") or name


def _familiar(name: str, actor: str, titles: "Titles") -> str:
    """The name of a person whom the record or the table of tenures knows, in whichever order; else nothing."""
    people = titles.words.people_index
    first, _, last = name.rpartition(" ")
    declared = people.find(name) or people.find(f"{last} {first}")
    return declared or holder_called(name, actor)


def _holds_more(name: str, actor: str, titles: "Titles") -> bool:
    if _familiar(name, actor, titles):
        return False
    return bool(
        _HOLDS_MORE.search(_BORN.sub("", name))
        or _RANK.match(name)
        or _OF_MORE.search(name.casefold())
        or _titled(name, actor, titles)
    )


def _titled(name: str, actor: str, titles: "Titles") -> bool:
    """Whether the title of an office stands at the head of a name or behind `of`, `to` or `for` in it, whatever stands behind: `President of the Senate Pietro Grasso`, `Envoy of President Xi Jinping`."""
    words = name.split()
    heads = [words, *(words[at:] for at, word in enumerate(words) if at and words[at - 1] in _LEADS)]
    return any(titles.of(" ".join(one[:count]), actor)[0] for one in heads for count in range(1, min(MOST, len(one))))


def _scripts(text: str) -> frozenset[str]:
    """The scripts of the letters of a text, by the first words of their names; one for Chinese characters and kana."""
    names = (unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
    return frozenset("CJK" if name in ("HIRAGANA", "KATAKANA") else name for name in names)
