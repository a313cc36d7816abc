"""A date of which year, month and day have a cell each."""

from timeline.importing.languages import month_of
from timeline.importing.when import MONTH, Order, WhenError, Written, is_unknown, mended, read_date


def from_parts(year: str, month: str, day: str, how: Order) -> Written:
    """A date of which each part has a cell of its own."""
    year, month, day = (mended(part)[0] for part in (year, month, day))
    if is_unknown(year):
        raise WhenError("date-missing", "there is no year")
    if is_unknown(month):
        if not is_unknown(day):
            raise WhenError("date-unreadable", f"a day ({day}) without a month")
        return read_date(year, how)._replace(form="YYYY in a column of its own")
    key = month.rstrip(".").casefold()
    number = str(MONTH.get(key) or month_of(key) or key)
    if not number.isdecimal() and is_unknown(day):  # `22–24 March` beside its year
        return read_date(f"{month} {year}", how)._replace(form="days and month in a column of their own")
    text = "-".join((year, number.zfill(2), *(() if is_unknown(day) else (day.zfill(2),))))
    return read_date(text, how)._replace(form="year, month and day in columns of their own")
