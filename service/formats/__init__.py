"""File formats: what reads them, what writes them, and the import and export.

- A new format to load: a module in `readers/` and a line in `readers/__init__.py`.
- A new format to export: a module in `writers/` and a line in `writers/__init__.py`.

Import: a reader yields `rows`, `records` parses them, `matching` replaces keys of
known members, `staging` holds them on disk, `checks` compares them with the database,
`load` writes them; `differences` says what a load would change.
Export: `connections` lists what can be exported, `blocks` reads it from the database,
`replacements` makes it fit for the format, `export` writes it to files.
"""
