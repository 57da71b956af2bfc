// Which ties of one type come after a key, as one block of columns?
// Each: TYPE=PROVIDES; ACTIVE=coalesce(r.since <= $values.day, true)
// Params:
//   after: ""
//   dates: ["since", "until"]
//   plain: ["value"]
//   limit: 10000
//   values: {"day": null}
// Row: block
// Rows: one
// Example: Every export of a whole network.
MATCH (source)-[r:PROVIDES]->(target)
USING INDEX SEEK r:PROVIDES(key)
WHERE r.key > $after
  AND coalesce(r.since <= $values.day, true)
WITH source, r, target
ORDER BY r.key
LIMIT $limit
RETURN collect(
  [r.key, source.key, target.key]
  + [d IN $dates | toString(r[d])] + [p IN $plain | r[p]]
) AS block
