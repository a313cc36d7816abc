"""Names are matched exactly, whatever their case, accents, dots and hyphens; where nothing matches, the nearest are suggested."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.errors import UsageError
from timeline.names import LETTERS, Index, fold, plain
from timeline.text import padded, visible, width


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Côte d’Ivoire", "cote divoire"),
        ("U.S.A.", "usa"),
        ("Kim Jong-un", "KIM JONG UN"),
        ("Guinea–Bissau", "guinea bissau"),
        ("Türkiye", "turkiye"),
        ("ＣＨＩＮＡ", "china"),
        ("São  Tomé", "sao tome"),
        ("Straße", "STRASSE"),
        ("조선", "조선"),
        ("Lech Wałęsa", "Lech Walesa"),
        ("WAŁĘSA", "walesa"),
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("Binali Yıldırım", "BINALI YILDIRIM"),
        ("İSMET İNÖNÜ", "Ismet Inonu"),
        ("Đỗ Mười", "Do Muoi"),
        ("Zoran Đinđić", "Zoran Dindic"),
        ("Jonas Gahr Støre", "Jonas Gahr Store"),
        ("Þorgerður Katrín", "Thorgerdur Katrin"),
        ("Lars Løkke Rasmussen", "LARS LOKKE RASMUSSEN"),
        ("Æneas", "AEneas"),
        ("Œuvre", "oeuvre"),
        ("Preußen", "Preussen"),
        ("Ħamrun", "Hamrun"),
        ("Ŋorŋor", "Nornor"),
        ("Umaru Yar’Aɗua", "Umaru Yaradua"),
        ("Oʻzbekiston", "O'zbekiston"),
        ("ʿAbdullāh", "Abdullah"),
    ],
)
def test_spellings_of_one_name(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Niger", "Nigeria"),
        ("中国", "中國"),
        ("Guinea", "Guinea-Bissau"),
        ("Ё", "中"),
        ("Łódź", "Odz"),
        ("Əliyev", "Eliyev"),
    ],
)
def test_names_that_are_two(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_each_letter_that_is_not_taken_apart_is_typed_in_ascii():
    """Unicode has none of them as a letter and a mark: else the table would never be asked for it."""
    for letter, typed in LETTERS.items():
        assert (letter, unicodedata.decomposition(letter)) == (letter.lower(), "")
        assert (plain(letter), plain(letter.upper())) == (typed, typed)
        assert typed.isascii()


def test_an_alias_of_two_is_a_clash():
    index = Index("actor", {"china": ["PRC", "中国"], "taiwan": ["ROC", "prc"]})
    assert index.clashes == [("prc", "china", "taiwan")]
    assert index.find("P.R.C.") == "china"


def test_an_unknown_name_suggests_the_nearest_by_their_ids():
    index = Index("actor", {"china": ["中国"], "chad": [], "north-korea": ["DPRK"]})
    with pytest.raises(UsageError, match=r"^--host: unknown actor 'chna'; did you mean 'china' or 'chad'\?$"):
        index.resolve("chna", "--host")
    with pytest.raises(UsageError, match=r"^--host: unknown actor 'xyzzy'$"):
        index.resolve("xyzzy", "--host")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain [red] =1", "plain [red] =1"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x1b]8;;http://x\x07", r"\x1b]8;;http://x\x07"),
        ("a\nb\tc\rd\0", r"a b\x09c\x0dd\x00"),
        ("\x85\x9b", r"\x85\x9b"),
        ("ab\u202ecd\u2066", r"ab\u202ecd\u2066"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("\u2028\U000e0041", r"\u2028\U000e0041"),
        ("北京 서울 é", "北京 서울 é"),
    ],
)
def test_nothing_in_a_text_acts_on_a_terminal(text, shown):
    assert visible(text) == shown


@given(st.text())
def test_visible_text_is_one_line_without_controls(text):
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert all(ord(c) >= 32 and not 127 <= ord(c) < 160 for c in shown)


def test_width_is_in_cells_of_the_terminal():
    assert [width(text) for text in ("abc", "北京", "é", "e\u0301", "조선")] == [3, 4, 1, 1, 4]
    assert padded("北京", 6) == "北京  "
    assert padded("北京", 6, right=True) == "  北京"
