"""Files that a visitor imports: where they lie, and the process that works on them.

- `folder` is one import: its files, what a person says of them, and what came out.
- `form` stores what the form of a page says, as `answers` and as mappings.
- `upload` puts the files of a request there.
- `processes` runs a step (recognise, check, load, undo) in a process of its own, which
  is `worker`; the server answers others meanwhile.
- `recognise` (with `preview`) and `loading` are what the steps do, with
  `service/formats`.
"""
