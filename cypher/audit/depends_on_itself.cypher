// A member that depends on itself: no cascade has a meaning there.
// Params:
//   limit: 21
// Row: key
MATCH (m:Member)-[:DEPENDS_ON]->(m)
RETURN DISTINCT
  m.key AS key
ORDER BY key
LIMIT $limit
