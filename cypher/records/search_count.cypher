// How many records contain these words?
// Each: NODES=Organisation|Team; FILTER=coalesce(n.since <= $values.day, true)
// Params:
//   words: "+(pump^4 pump*)"
//   values: {"day": "2026-11-01"}
// Row: total
// Rows: one
// Budget: 40 db hits
// Example: { search(text: "pump") { totalCount nodes { id } } }
CALL db.index.fulltext.queryNodes("search", $words)
YIELD node AS n
WHERE n:Organisation|Team
  AND coalesce(n.since <= $values.day, true)
RETURN count(*) AS total
