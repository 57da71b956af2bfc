// What does each of these start-ups need on a day, or at which stage does it need these capabilities?
// Params:
//   startups: ["fuktlys"]
//   needs: ["prototype-making"]
//   day: 2026-11-01
// Row: startup, capabilities, stages
// Rows: by key
// Budget: 2,680 db hits
// Example: seeds/demo/questions/partner_paths.graphql
MATCH (s:Member)
WHERE s.key IN $startups
CALL (s) {
  MATCH (c:Capability)
  WHERE c.key IN $needs OR ($needs IS NULL AND EXISTS {
    MATCH (s)-[n:NEEDS]->(c)
    WHERE coalesce(n.since <= $day, true) AND coalesce($day < n.until, true)
  })
  OPTIONAL MATCH (s)-[n:NEEDS]->(c)
  WHERE coalesce(n.since <= $day, true) AND coalesce($day < n.until, true)
  WITH c, min(n.stage) AS stage
  ORDER BY stage, c.key
  RETURN collect(c.key) AS capabilities, collect([stage]) AS stages
}
RETURN
  s.key AS startup,
  capabilities,
  stages
ORDER BY s.key
