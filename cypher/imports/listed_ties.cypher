// Which open ties of one kind does a source list?
// Each: TYPE=PROVIDES
// Params:
//   source: "customers"
//   day: 2026-11-01
//   sources: "x:importedFrom"
// Row: keys, starts, ends, sources
// Rows: one
// Example: Every load that is complete: `valuenet load --complete`.
MATCH (a)-[r:PROVIDES]->(b)
WHERE properties(r)[$sources] CONTAINS $source
  AND coalesce(r.until > $day, true)
  AND coalesce(r.since <= $day, true)
WITH a, r, b
ORDER BY r.key
RETURN
  collect(r.key) AS keys,
  collect(a.key) AS starts,
  collect(b.key) AS ends,
  collect(r[$sources]) AS sources
