// A contract without any party: it is in no network, and its value at no risk.
// Params:
//   limit: 21
// Row: key
MATCH (c:Contract)
WHERE NOT EXISTS { (:Member)-[:PARTY_TO]->(c) }
RETURN
  c.key AS key
ORDER BY key
LIMIT $limit
