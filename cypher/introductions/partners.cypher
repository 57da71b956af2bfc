// Which members have each of these capabilities on a day?
// Params:
//   capabilities: ["prototype-making"]
//   day: 2026-11-01
// Row: capability, holders
// Rows: by key
// Budget: 60 db hits
// Example: seeds/demo/questions/partner_paths.graphql
MATCH (c:Capability)
WHERE c.key IN $capabilities
RETURN
  c.key AS capability,
  COLLECT {
    MATCH (m:Member)-[h:HAS_CAPABILITY]->(c)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
    RETURN DISTINCT m.key AS holder
    ORDER BY holder
  } AS holders
ORDER BY c.key
