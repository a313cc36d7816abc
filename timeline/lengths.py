"""How long a gap is, in fewer words than its text: for bars and brackets, which have little room. What is at most so long is never rounded down."""

from typing import TYPE_CHECKING

from timeline.dates import full_years, rough_text

if TYPE_CHECKING:
    from timeline.gaps import Gap


def gap_label(gap: "Gap") -> str:
    """`16-year gap`, in completed years; `gap of at most 1y 3m 20d`; months and days where there is no full year."""
    if gap.days.most is None:
        return f"gap of {gap.text}" if gap.covered else "gap of unknown length"
    if not gap.covered or gap.approximate:
        return f"gap of {gap_lengths(gap)[-1 if gap.approximate else 0]}"
    least, most = (full_years(*stretch) if stretch.days else 0 for stretch in (gap.shortest, gap.longest))
    if not most:
        return f"gap of {gap.text}"
    return f"{most}-year gap" if least == most else f"{least}–{most}-year gap"


def gap_lengths(gap: "Gap") -> list[str]:
    """The text of a gap, then the same ever shorter: `16y 0m 5d`, `16y 0m`, `16y`; `at most 1y 3m 20d`, `at most 2y`."""
    if gap.days.most is None or (gap.open and not gap.covered):
        return [gap.text]
    years = full_years(*gap.longest) if gap.days.most else 0
    if gap.approximate:
        return [gap.text, f"{'' if gap.covered else 'at most '}about {rough_text(*gap.longest)}"]
    if not gap.covered:
        return [gap.text, *([f"at most {years + 1}y"] if years else [])]
    if not gap.days.exact:
        return [gap.text]
    return list(dict.fromkeys([gap.text, rough_text(*gap.longest), *([f"{years}y"] if years else [])]))


def tie_words(ties: int | None) -> str:
    """What is said of the longest gap where so many are as long; nothing where it is the only one."""
    if ties is None:
        return "or another of about that length"
    return f"one of {ties} as long" if ties > 1 else ""


def signed(text: str, at_most: str = "≤ ", about: str = "~") -> str:
    """A length with signs in place of words."""
    return text.replace("at most ", at_most).replace("about ", about)
