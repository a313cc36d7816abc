"""YAML of the rows, for reading; `timeline export -o events.yaml` writes a store."""

from typing import TYPE_CHECKING, TextIO

from timeline.formats.json_ import envelope

if TYPE_CHECKING:
    from timeline.answer import Answer


def write(answer: "Answer", out: TextIO) -> None:
    import yaml

    yaml.safe_dump(envelope(answer), out, allow_unicode=True, sort_keys=False, width=110)
