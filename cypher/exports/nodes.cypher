// Which records of one label come after a key, as one block of columns?
// Each: NODE=Organisation; LABEL=Member; ACTIVE=coalesce(n.since <= $values.day, true)
// Params:
//   after: ""
//   dates: ["since", "until"]
//   plain: ["name"]
//   limit: 10000
//   values: {"day": null}
// Row: block
// Rows: one
// Example: Every export of a whole network.
MATCH (n:Member)
USING INDEX SEEK n:Member(key)
WHERE n.key > $after AND n:Organisation
  AND coalesce(n.since <= $values.day, true)
WITH n
ORDER BY n.key
LIMIT $limit
RETURN collect(
  [n.key] + [d IN $dates | toString(n[d])] + [p IN $plain | n[p]] + [labels(n)]
) AS block
