"""The page: answers for people who look and click, rendered on the server.

- `routes` lists the addresses; `pages/` has one module for each.
- Each answer comes from a named document in `documents/`, executed in process with the
  rights of the visitor (`visit`).
- A page is made of `panel`s, with `words` instead of codes; `rendering` turns them into
  HTML (`templates/`) or CSV.
- What a page is about is chosen by `community` and `member_choice`.
- Forms: `forms` checks that they are ours, `fields` makes their fields from the
  vocabulary and `field_values` reads them, `record_forms` and `choices` are for
  records; `notice` tells the next page what was written.
- The map: `map_state` is its address, `map_view` the network, `map_member` the part
  beside it, `map_files` its downloads. The overview: `agenda`, `overview_panels`.
- `imports/` has the files that visitors import, `demo_load` the example.
"""
