"""A dictionary of whole numbers in two arrays: a million entries take 32 MB, where Python's own takes five times that."""

from array import array

EMPTY = -1


class Table:
    """Keys lead to numbers from 0 up. A key is any number of 64 bits."""

    def __init__(self) -> None:
        self._keys, self._values = array("q", [0]) * 1024, array("q", [EMPTY]) * 1024
        self._count = 0

    def setdefault(self, key: int, value: int) -> int:
        """The number of a key, which is `value` where it had none."""
        at = self._place(key)
        if self._values[at] == EMPTY:
            self._keys[at], self._values[at] = key, value
            self._count += 1
            if self._count * 2 > len(self._keys):
                self._grow()
            return value
        return self._values[at]

    def _place(self, key: int) -> int:
        mask = len(self._keys) - 1
        at = (key ^ key >> 32) & mask
        while self._values[at] != EMPTY and self._keys[at] != key:
            at = (at + 1) & mask
        return at

    def _grow(self) -> None:
        keys, values = self._keys, self._values
        self._keys, self._values = array("q", [0]) * (2 * len(keys)), array("q", [EMPTY]) * (2 * len(keys))
        for key, value in zip(keys, values, strict=True):
            if value != EMPTY:
                at = self._place(key)
                self._keys[at], self._values[at] = key, value
