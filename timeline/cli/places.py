"""Which record is meant, and where configuration lies."""

import os
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from timeline.errors import UsageError

NAME = "events.yaml"
CONFIG = "timeline.toml"


def find_store(asked: list[str]) -> tuple[list[str], bool]:
    """The paths of the record and whether somebody named it.

    By `--store`, TIMELINE_STORE or the configuration; otherwise it is events.yaml here or in a parent folder, or the record that ships with the package.
    """
    if asked:
        return asked, True
    if named := os.environ.get("TIMELINE_STORE"):
        return named.split(os.pathsep), True
    if configured := configuration().get("store"):
        return [configured] if isinstance(configured, str) else list(configured), True
    for folder in _folders():
        if _there(folder / NAME):
            return [_short(folder / NAME)], False
    return [str(shipped_record())], False


def shipped_record() -> Path:
    """The record in the installed package; in a checkout, the file at its top, which is the package's only source of it."""
    packed = Path(str(files("timeline") / "data" / NAME))
    return packed if packed.is_file() else Path(__file__).parents[2] / NAME


def packed(path: str) -> bool:
    """Whether a path lies in the installed package."""
    return Path(path).resolve().is_relative_to(Path(str(files("timeline"))).resolve())


def state_folder() -> Path | None:
    """Where undo entries are kept: in the XDG folder for state, which must be absolute, or by its default below HOME."""
    chosen, home = os.environ.get("XDG_STATE_HOME", ""), os.environ.get("HOME", "")
    if chosen and Path(chosen).is_absolute():
        return Path(chosen) / "timeline"
    return Path(home) / ".local" / "state" / "timeline" if home and Path(home).is_absolute() else None


def configuration() -> dict[str, Any]:
    """Defaults from timeline.toml here or above, otherwise from the XDG folder. It sets values and runs nothing."""
    candidates = [folder / CONFIG for folder in _folders()]
    if chosen := os.environ.get("XDG_CONFIG_HOME"):
        candidates.append(Path(chosen) / "timeline" / CONFIG)
    elif home := os.environ.get("HOME"):
        candidates.append(Path(home) / ".config" / "timeline" / CONFIG)
    for path in candidates:
        if _there(path):
            return _read(path)
    return {}


def _read(path: Path) -> dict[str, Any]:
    known = {"store", "format", "color", "basis"}
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}; mend it or move it away") from error
    if unknown := sorted(values.keys() - known):
        raise UsageError(f"{path}: unknown setting {unknown[0]!r} (one of: {', '.join(sorted(known))})")
    if isinstance(values.get("store"), str) and not Path(values["store"]).is_absolute():
        values["store"] = str(path.parent / values["store"])
    return values


def _there(path: Path) -> bool:
    """Whether a file can be read here; what may not even be looked at is not."""
    try:
        return path.is_file()
    except OSError:
        return False


def _folders() -> list[Path]:
    try:
        here = Path.cwd()
    except OSError:
        return []
    return [here, *here.parents]


def _short(path: Path) -> str:
    """A path as seen from here, where it lies here."""
    return path.name if path.parent == Path.cwd() else str(path)
