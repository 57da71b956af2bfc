"""The page: answers for people who look and click, rendered on the server.

- `routes` lists the addresses; `pages/` has one module for each.
- Each answer comes from a named document in `documents/`, executed in process with the
  rights of the visitor (`visit`).
- A page is made of `panel`s; `rendering` turns them into HTML (`templates/`) or CSV.
"""
