// Which changes follow a number, oldest first?
// Params:
//   after: 0
//   limit: 100
// Row: number, at, by, run, operation, kind, keys, records
// Rows: by number
// Budget: 490 db hits
// Example: { changes(after: 0) { nodes { number } } }
MATCH (c:Change)
WHERE c.number > $after
RETURN
  c.number AS number,
  c.at AS at,
  c.by AS by,
  c.run AS run,
  c.operation AS operation,
  c.kind AS kind,
  c.keys AS keys,
  c.records AS records
ORDER BY number
LIMIT $limit
