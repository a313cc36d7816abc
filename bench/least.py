"""The least that a program with Typer and Rich does for an answer: it prints a table of 30 rows."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def main(rows: int = 30) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Visits")
    for column in "abcdefg":
        table.add_column(column)
    for number in range(rows):
        table.add_row(*(f"cell {number}{column}" for column in "abcdefg"))
    Console(width=100, force_terminal=True).print(table)


app()
