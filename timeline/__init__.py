"""A sourced record of dated high-level diplomatic visits, and exact answers about it.

The data goes one way: text (`timeline.store`) → events (`timeline.model`) → scope (`timeline.query`) → answer (`timeline.gaps`, `timeline.claims`) →
table or file (`timeline.formats`). This is the public interface for programs; each name is documented where it is defined.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from timeline.gaps import find_gaps as find_gaps
    from timeline.query import Query as Query
    from timeline.query import select as select
    from timeline.store import load as load
    from timeline.store import load_text as load_text

_PUBLIC = {
    "load": "timeline.store",
    "load_text": "timeline.store",
    "Query": "timeline.query",
    "select": "timeline.query",
    "find_gaps": "timeline.gaps",
}

# The wheel's, too (pyproject.toml): to ask for its metadata takes a sixth of the time of a short command.
__version__ = "0.1.0"

__all__ = ["Query", "__version__", "find_gaps", "load", "load_text", "select"]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: the command line starts without them."""
    if name not in _PUBLIC:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(_PUBLIC[name]), name)
