// Which open records of one label does a source list?
// Each: NODE=Member
// Params:
//   source: "customers"
//   day: 2026-11-01
//   sources: "x:importedFrom"
// Row: keys, kinds, names, sources
// Rows: one
// Example: Every load that is complete: `valuenet load --complete`.
MATCH (n:Member)
WHERE properties(n)[$sources] CONTAINS $source
  AND coalesce(n.until > $day, true)
  AND coalesce(n.since <= $day, true)
WITH n
ORDER BY n.key
RETURN
  collect(n.key) AS keys,
  collect(labels(n)) AS kinds,
  collect(coalesce(n.name, "")) AS names,
  collect(n[$sources]) AS sources
