"""Records in files: read (`reading`), kept for the next run (`index`), changed and written (`splice`, `save`)."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from timeline.store.reading import load as load
    from timeline.store.reading import load_text as load_text
    from timeline.store.reading import load_texts as load_texts

__all__ = ["load", "load_text", "load_texts"]


def __getattr__(name: str) -> Any:
    """Load what reads a record when it is first used: whoever finds it in the index does without."""
    if name not in __all__:
        raise AttributeError(name)
    from timeline.store import reading

    return getattr(reading, name)
