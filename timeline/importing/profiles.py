"""The mappings that ship: data in `timeline/data/profiles`, by the name of the source that they are for."""

from importlib.resources import files
from typing import TYPE_CHECKING

from timeline.errors import UsageError, did_you_mean
from timeline.importing.declared import read_mapping

if TYPE_CHECKING:
    from timeline.importing.mapping import Mapping
    from timeline.vocabulary import Vocabulary

PROFILES: dict[str, tuple[str, ...]] = {
    "state-department": ("state-travels", "state-visits"),
    "colt": ("colt",),
    "ceias": ("ceias",),
    "chinavisits": ("chinavisits",),
    "timelinejs": ("timelinejs",),
}
GENERIC = "generic"  # any file, by a mapping of one's own
OURS = "timeline-csv"  # what `timeline export` writes
LEADS = "gdelt"  # leads, not a record


def known_profile(name: str) -> str:
    """The name of a profile. Raises UsageError with the nearest."""
    known = (*PROFILES, OURS, LEADS, GENERIC)
    if name not in known:
        raise UsageError(
            f"no profile {name!r}{did_you_mean(name, known)} (one of: {', '.join(known)}); generic takes a mapping"
        )
    return name


def profile_mappings(name: str, words: "Vocabulary") -> "tuple[Mapping, ...]":
    return tuple(read_mapping(f"{part}.yaml", profile_text(part), words) for part in PROFILES[name])


def profile_text(part: str) -> str:
    return (files("timeline") / "data" / "profiles" / f"{part}.yaml").read_text("utf-8")
