// A member that depends on itself: a cascade cannot be computed there.
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (m:Member)-[:DEPENDS_ON]->(m)
RETURN DISTINCT
  m.key AS key
ORDER BY key
LIMIT $limit
