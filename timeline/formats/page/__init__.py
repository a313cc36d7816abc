"""The page of `timeline export -o visits.html`: one file that needs no network, with the record drawn and as a table (docs/page.md).

`model` makes values of a record, `gaps` and `said` parts of them; `render` puts them into the template, beside the style and the script that stand here.
"""
