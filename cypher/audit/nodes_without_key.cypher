// A record without a key: nothing can refer to it.
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (n)
WHERE n.key IS NULL AND NOT n:ValuenetSchema
WITH labels(n)[0] + " " + elementId(n) AS key
RETURN
  key
ORDER BY key
LIMIT $limit
