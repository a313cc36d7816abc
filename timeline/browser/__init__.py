"""`browse`: a filter, a table, and a pane, in the terminal (extra `tui`). What it shows are the answers of `list`, `show` and `gap`."""
