// What does this start-up need on a day (or: these capabilities), and who has it?
// Params:
//   startup: "fuktlys"
//   needs: ["prototype-making"]
//   day: 2026-11-01
// Row: capability, stage, holders
MATCH (startup:Member {key: $startup})
MATCH (c:Capability)
WHERE c.key IN $needs OR ($needs IS NULL AND EXISTS {
  MATCH (startup)-[n:NEEDS]->(c)
  WHERE coalesce(n.since <= $day, true) AND coalesce($day < n.until, true)
})
OPTIONAL MATCH (startup)-[n:NEEDS]->(c)
WHERE coalesce(n.since <= $day, true) AND coalesce($day < n.until, true)
WITH c, min(n.stage) AS stage
RETURN
  c.key AS capability,
  stage,
  COLLECT {
    MATCH (m:Member)-[h:HAS_CAPABILITY]->(c)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
    RETURN DISTINCT m.key AS holder
    ORDER BY holder
  } AS holders
ORDER BY stage, capability
