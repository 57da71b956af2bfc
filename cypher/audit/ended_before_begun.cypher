// A tie that ends before it begins is active on no day.
// Each: TYPE=PROVIDES
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH ()-[r:PROVIDES]->()
WHERE r.until <= r.since
RETURN
  r.key AS key
ORDER BY key
LIMIT $limit
