"""The segments of files that were not kept before, each made of its file alone: by several processes where there is much to read.

To read an event of YAML takes ten times what it takes to have it from a segment, and no file needs another once the vocabulary of all is known. A helper is a
Python of its own with a share of the files, and ends by itself. Where one cannot do its share the record is read whole, by whoever asked, who then tells why.
"""

import gc
import marshal
import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from timeline.errors import Problems
from timeline.store.files import text_of
from timeline.store.packed import pack_vocabulary, unpack_vocabulary
from timeline.store.segments import content_of, segment_bytes, stamp, write_kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.progress import Watch
    from timeline.vocabulary import Vocabulary

ENOUGH = 4_000_000  # bytes for which it pays to start a helper: about a second of reading
# The program that asks, wherever it was found, and nothing else from there, nor from the folder in which a helper starts.
_START = "import sys; sys.path.insert(0, sys.argv[1]); import timeline; del sys.path[0]; from timeline.store.making import help_out; help_out()"
COMMAND = (sys.executable, "-P", "-c", _START, str(Path(__file__).parents[2]))
MOST = 8  # helpers: each may hold the events of a file of 128 MB


class Task(NamedTuple):
    """A file to be read, its size, the hash of what it must hold, and the path of its segment."""

    file: str
    size: int
    content: str
    path: str


def make_segments(tasks: "Sequence[Task]", vocabulary: "Vocabulary", watch: "Watch | None" = None) -> None:
    """Write the segment of each file, all being of a record with this vocabulary. `watch` is told how many of how many bytes are read.

    Raises StoreError, ValueError or OSError where a file is not sound, changed meanwhile, or nothing can be written.
    """
    shares = _shares(tasks)
    made = _by_helpers(shares, vocabulary) if len(shares) > 1 else _here(tasks, vocabulary, watch)
    done, total = 0, sum(task.size for task in tasks)
    for task in made:
        done += task.size
        if watch:
            watch(done, total)


def _here(tasks: "Sequence[Task]", vocabulary: "Vocabulary", watch: "Watch | None") -> "Iterator[Task]":
    """The tasks as they are done, by this process. `watch` is told of each file as a part of all."""
    before, total = 0, sum(task.size for task in tasks)
    for task in tasks:
        make(task, vocabulary, watch and partial(_told_in_part, watch, before, task.size, total))
        before += task.size
        yield task


def _told_in_part(watch: "Watch", before: int, size: int, total: int, done: int, of: int) -> None:
    watch(before + size * done // max(of, 1), total)


def make(task: Task, vocabulary: "Vocabulary", watch: "Watch | None" = None) -> None:
    """Write the segment of one file. Raises as `make_segments` does."""
    from timeline.store.reading import read_pieces

    text = text_of(task.file)
    if content_of(task.file, text) != task.content:
        raise ValueError("it changed meanwhile")
    _, pieces = read_pieces([(task.file, text)], Problems(most=1), watch, vocabulary)
    path = Path(task.path)
    write_kept(path, segment_bytes(path.name, pieces[task.file]))


def _shares(tasks: "Sequence[Task]") -> list[list[Task]]:
    """The tasks in as many shares as there shall be helpers, of about one size; all in one where helpers do not pay."""
    number = min(MOST, _processors(), len(tasks), sum(task.size for task in tasks) // ENOUGH)
    shares: list[list[Task]] = [[] for _ in range(max(number, 1))]
    for task in sorted(tasks, key=lambda task: -task.size):
        min(shares, key=lambda share: sum(one.size for one in share)).append(task)
    return shares


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _by_helpers(shares: "Sequence[Sequence[Task]]", vocabulary: "Vocabulary") -> "Iterator[Task]":
    """The tasks as they are done, each share by a helper. Raises ValueError where one fails; then, and at any other end, all are stopped."""
    tasks = [task for share in shares for task in share]
    numbers = iter(range(len(tasks)))
    told, tell = os.pipe()
    helpers: list[subprocess.Popen[bytes]] = []
    try:
        with os.fdopen(told, "rb") as done:
            with os.fdopen(tell, "wb"):  # the helpers have it; what is read ends with the last of them
                for share in shares:
                    helpers.append(_helper(tell))
                    job = pack_vocabulary(vocabulary), [(next(numbers), *task) for task in share]
                    with cast("IO[bytes]", helpers[-1].stdin) as stream:
                        stream.write(marshal.dumps(job))
            yield from (tasks[int(number)] for number in done)
        if any(helper.wait() for helper in helpers):
            raise ValueError("a file is not sound, changed meanwhile, or its segment cannot be written")
    finally:
        for helper in helpers:
            helper.kill()
            helper.wait()


def _helper(tell: int) -> "subprocess.Popen[bytes]":
    """A process that waits for its job. What is wrong with a file is told by who reads the record whole."""
    return subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=tell, stderr=subprocess.DEVNULL)  # noqa: S603 - this program


def help_out() -> None:
    """Do the job that comes on standard input, and say the number of each task that is done. Raises ImportError in another version of the program than asked."""
    vocabulary, tasks = marshal.loads(sys.stdin.buffer.read())  # noqa: S302 - from the process that started this one
    known = unpack_vocabulary(vocabulary)
    gc.disable()  # as in `timeline.__main__`
    for number, *values in tasks:
        task = Task(*values)
        if Path(task.path).parent.name != stamp():
            raise ImportError("the folder is that of another version")
        make(task, known)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
