// A contract without any party: it is in no network, and its value is never at risk.
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (c:Contract)
WHERE NOT EXISTS { (:Member)-[:PARTY_TO]->(c) }
RETURN
  c.key AS key
ORDER BY key
LIMIT $limit
