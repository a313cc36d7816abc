"""Which of many parameters run without --long."""

import pytest


def one_in(every, cases):
    """Parameters of which one in `every` runs everywhere, and all with --long; the neighbours of that one are of its kind."""
    found = [pytest.param(case) if not isinstance(case, type(pytest.param())) else case for case in cases]
    return [case if place % every == 0 else _long(case) for place, case in enumerate(found)]


def _long(case):
    return pytest.param(*case.values, id=case.id, marks=[*case.marks, pytest.mark.long])
