"""YAML of the rows, for reading; of an export, a store that can be read again."""

from typing import TYPE_CHECKING, TextIO

from timeline.formats.json_ import envelope

if TYPE_CHECKING:
    from timeline.answer import Answer
    from timeline.formats.exporting import Export, Made


def write(answer: "Answer", out: TextIO) -> None:
    import yaml

    from timeline.store.write import inert_yaml, quoted

    class Dumper(yaml.SafeDumper):
        def choose_scalar_style(self) -> str:
            return quoted(self, str(super().choose_scalar_style()))

    out.write(inert_yaml(envelope(answer), Dumper, width=110))


def make(export: "Export") -> "Made":
    from timeline.formats.exporting import Made
    from timeline.store.write import store_text
    from timeline.text import plural

    claims = len(export.store.claims)
    told = (f"{plural(claims, 'published claim')} left out: they stay where they are",) if claims else ()
    return Made(store_text(export.events, export.store), told)
