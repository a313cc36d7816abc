"""Which record is meant, and where configuration lies."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "events.yaml"
CONFIG = "timeline.toml"
MOST = 65536  # bytes of configuration
MARK = "@"  # before the name of a record that ships, in the place of a path
PACKAGE = Path(__file__).parents[1]
MAIN = "china-north-korea"  # the name of the record at the top


def find_store(asked: list[str]) -> tuple[list[str], bool]:
    """The paths of the record and whether somebody named it.

    By `--store`, TIMELINE_STORE or the configuration; otherwise it is events.yaml here or in a parent folder, or the record that ships with the package.
    """
    if asked:
        return [_found("--store", path) for path in asked], True
    if named := os.environ.get("TIMELINE_STORE"):
        return [_found("TIMELINE_STORE", path) for path in named.split(os.pathsep)], True
    settings = _settings()
    if settings.values.get("store"):
        return [_found(f"{settings.path}: store", path) for path in settings.paths("store")], True
    for folder in _folders():
        if os.path.lexists(path := folder / NAME):
            remedy = f"if that is meant, name it: --store {_short(path)}"
            _stay_within(folder, path, f"{_short(path)}: a link that leads out of its folder", remedy)
            return [_short(path)], False
    if not _folders():
        raise UsageError(
            "the folder that this runs in is gone; go to one that is there, or name the record with --store"
        )
    return [str(shipped_record())], False


def shipped_record() -> Path:
    """The record in the installed package; in a checkout, the file at its top, which is the package's only source of it."""
    packed = PACKAGE / "data" / NAME
    return packed if packed.is_file() else PACKAGE.parent / NAME


def shipped_records() -> dict[str, Path]:
    """The records that ship, by the names that `--store @NAME` takes."""
    main = shipped_record()
    others = sorted((main.parent / "records").glob("*.yaml"))
    return {MAIN: main} | {path.stem: path for path in others}


def find_series_file(path: str) -> Path:
    """The CSV file named, or the one that ships under that name: @trade."""
    if not path.startswith(MARK):
        return Path(path)
    shipped = {file.stem: file for file in sorted((shipped_record().parent / "records").glob("*.csv"))}
    if path.removeprefix(MARK) not in shipped:
        raise UsageError(
            f"--series: no series that ships is called {path!r} (those that do: {', '.join(MARK + name for name in shipped)})"
        )
    return shipped[path.removeprefix(MARK)]


def _found(option: str, path: str) -> str:
    """A path as it was given, or that of the shipped record it names."""
    if not path:
        raise UsageError(f"{option}: the name is empty; name a file, a folder or {MARK}NAME (timeline records)")
    name = path.removeprefix(MARK)
    if path == name:
        if not os.path.exists(path) and name in shipped_records():  # noqa: PTH110 - Path.exists raises where nothing may be looked at
            raise UsageError(f"{option}: there is no file {path!r} here; the record that ships is {MARK}{name}")
        return path
    known = shipped_records()
    if name not in known:
        from timeline.names import Index

        hint = Index("record", {f"{MARK}{one}": [one, one.replace("-", " ")] for one in known}).suggest(name)
        raise UsageError(
            f"{option}: no record that ships is called {name!r}{hint} (list them with: timeline records; a file of that name is ./{path})"
        )
    return str(known[name])


def packed(path: str) -> bool:
    """Whether a path is that of a record that ships."""
    return Path(path).resolve().is_relative_to(PACKAGE.resolve())


def state_folder() -> Path | None:
    """Where undo entries are kept."""
    return _own_folder("XDG_STATE_HOME", ".local/state")


def cache_folder() -> Path | None:
    """Where what was read of records is kept (timeline/store/index.py); it may be deleted at any time."""
    return _own_folder("XDG_CACHE_HOME", ".cache")


def _own_folder(variable: str, default: str) -> Path | None:
    """A folder of the program's own in one of XDG, which must be absolute, or in its default below HOME."""
    chosen, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if chosen and Path(chosen).is_absolute():
        return Path(chosen) / "timeline"
    return Path(home) / default / "timeline" if home and Path(home).is_absolute() else None


def claim_files(record: list[str]) -> list[str]:
    """The files of claims that the settings name for a record: for the one that they name too, or that lies beside them."""
    settings = _settings()
    beside = [str(settings.path.parent / NAME)] if settings.path else []
    ours = settings.values.get("store", beside)
    same = [Path(path).resolve() for path in record] == [Path(path).resolve() for path in ours]
    return settings.paths("claims") if same else []


def record_asked(asked: list[str]) -> list[str]:
    """The paths of the record, of the one that is meant where none is asked for, and of all that the settings name, with these themselves; none where one is not found, which is told by what reads it."""
    paths: list[str] = []
    with suppress(UsageError):
        settings = _settings()
        paths += [*settings.paths("store"), *settings.paths("claims"), *([str(settings.path)] if settings.path else [])]
    for named in (asked, []):
        with suppress(UsageError):
            paths += find_store(named)[0]
    return paths


def refuse_own(target: str, record: "Sequence[str]") -> None:
    """Raise UsageError where what is written to `target` would be written over a file of a record, or become one in its folder."""
    from timeline.store.files import files_in

    path, folders = Path(target), [Path(own) for own in record if os.path.isdir(own)]  # noqa: PTH112 - as with exists
    files = [file for folder in folders for file in files_in(folder)]
    if any(_one_file(target, own) for own in [*record, *map(str, files)]):
        raise UsageError(f"--output: {target} is a file of a record or of its settings; name another one")
    for folder in folders:
        if path.suffix == ".yaml" and path.absolute().parent.resolve() == folder.resolve():
            raise UsageError(f"--output: {target} would become a file of the record in {folder}; name another folder")


def refuse_data(target: str, patterns: "Sequence[str]") -> None:
    """Raise UsageError where what is written to `target` would be written over data that an engine reads, or be read with it."""
    from fnmatch import fnmatch
    from glob import glob
    from itertools import chain

    local = [pattern.removeprefix("file://") for pattern in patterns]
    there = chain(local, *(glob(pattern, recursive=True) for pattern in local))  # noqa: PTH207 - texts, as they are typed
    met = any(fnmatch(os.path.realpath(target), os.path.realpath(pattern)) for pattern in local)
    if met or any(_one_file(target, file) for file in there):
        raise UsageError(f"--output: {target} is of the data that --from names; name another file")


def _one_file(one: str, other: str) -> bool:
    return os.path.exists(one) and os.path.exists(other) and os.path.samefile(one, other)  # noqa: PTH110, PTH121 - likewise


def within_reach(claims: str, record: str) -> None:
    """Raise UsageError where a record that a file of claims names lies neither beside it, nor below where we work, nor in the folder of the settings."""
    settings = _settings()
    folders = [Path(claims).parent, Path.cwd(), *([settings.path.parent] if settings.path else [])]
    real = Path(os.path.realpath(record))
    if not any(real.is_relative_to(os.path.realpath(folder)) for folder in folders):
        remedy = "work in a folder that has both, or leave `record` out and name it with --store"
        raise UsageError(
            f"{record} lies elsewhere than {claims}, of which a claim names it, and than the folder that you work in",
            remedy,
        )


def setting(key: str, known: "Sequence[str]") -> str | None:
    """One of some known words, as timeline.toml here or above has it, otherwise that in the XDG folder; None where it says nothing of this. It runs nothing."""
    path, values, _ = _settings()
    word = values.get(key)
    if word is not None and word not in known:
        raise UsageError(
            f"{path}: {key}: unknown value {word!r}{did_you_mean(word, known)} (one of: {', '.join(known)})"
        )
    return word


class _Settings(NamedTuple):
    """What a file of settings says, and whether it is the user's own: one that is found where we work may be anybody's."""

    path: Path | None = None
    values: dict[str, Any] = {}  # noqa: RUF012 - nobody changes it
    own: bool = False

    def paths(self, key: str) -> list[str]:
        """The paths that a setting names. Whoever has made the folder that we work in may have us read what lies in it, and nothing else."""
        paths: list[str] = self.values.get(key, [])
        if self.path is not None and not self.own:
            remedy = "if that is meant, name it with --store, or in the settings in your own folder for configuration"
            for path in paths:
                if not path.startswith(MARK):
                    what = f"{_short(self.path)}: {key} leads out of the folder of these settings"
                    _stay_within(self.path.parent, Path(path), what, remedy)
        return paths


def _stay_within(folder: Path, path: Path, what: str, remedy: str) -> None:
    """Raise UsageError where a path, its links followed, does not lie in a folder."""
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(os.path.realpath(folder)):
        raise UsageError(f"{what}, to {real}; {remedy}")


def _settings() -> _Settings:
    for folder in _folders():
        if os.path.lexists(path := folder / CONFIG):
            _stay_within(folder, path, f"{_short(path)}: a link that leads out of its folder", "copy that file here")
            return _Settings(path, _read(path))
    own = _own_settings()
    return _Settings(own, _read(own), own=True) if own and os.path.lexists(own) else _Settings()


def _own_settings() -> Path | None:
    """Where the settings of the user lie, if anything says so."""
    if chosen := os.environ.get("XDG_CONFIG_HOME"):
        return Path(chosen) / "timeline" / CONFIG
    home = os.environ.get("HOME")
    return Path(home) / ".config" / "timeline" / CONFIG if home else None


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    known, paths = {"store", "claims", "format", "color", "basis"}, ("store", "claims")
    try:
        if not path.is_file():
            raise ValueError("not a regular file, or a link to none")  # noqa: TRY301 - told as any other fault of the file
        with path.open("rb") as file:
            raw = file.read(MOST + 1)
        if len(raw) > MOST:
            raise ValueError("more than 64 kB, which no settings are")  # noqa: TRY301 - told as any other fault of the file
        values = tomllib.loads(raw.decode())
    except UnicodeDecodeError as error:
        raise UsageError(_undecodable(path, raw)) from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}; mend it or move it away") from error
    if unknown := sorted(values.keys() - known):
        raise UsageError(f"{path}: unknown setting {unknown[0]!r} (one of: {', '.join(sorted(known))})")
    for key, value in values.items():
        texts = value if key in paths and isinstance(value, list) else [value]
        if not all(isinstance(text, str) and "\0" not in text for text in texts):
            several = f', or a list of such texts: {key} = ["…", "…"]' if key in paths else ""
            raise UsageError(f'{path}: {key} must be a text in quotes: {key} = "…"{several}')
        if key in paths:
            values[key] = [text if text.startswith(MARK) else _short(path.parent / text) for text in texts]
    return values


def _undecodable(path: Path, raw: bytes) -> str:
    """Why settings are no text, as it is said of a record."""
    from timeline.errors import Problems
    from timeline.store.files import decode

    problems = Problems()
    decode(str(path), raw, problems)
    return "; ".join(f"{problem.place}: {problem.message}; {problem.remedy}" for problem in problems.first)


def _folders() -> list[Path]:
    try:
        here = Path.cwd()
    except OSError:
        return []
    return [here, *here.parents]


def _short(path: Path) -> str:
    """A path as seen from here, where it lies here or below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
