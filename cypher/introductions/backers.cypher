// Who backs each of these start-ups directly on a day, and which cohorts is it in?
// Params:
//   startups: ["fuktlys"]
//   roles: ["Investor"]
//   day: 2026-11-01
// Row: startup, direct, cohorts
// Rows: by key
// Budget: 360 db hits
// Example: seeds/demo/questions/partner_paths.graphql
MATCH (startup:Member)
WHERE startup.key IN $startups
RETURN
  startup.key AS startup,
  COLLECT {
    MATCH (startup)<-[r:INVESTED_IN|ADVISES]-(m:Member)
    WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      AND ($roles IS NULL OR any(label IN labels(m) WHERE label IN $roles))
    RETURN DISTINCT m.key AS backer
    ORDER BY backer
  } AS direct,
  COLLECT {
    MATCH (startup)-[r:MEMBER_OF]->(c:Community)
    WHERE c.kind IN ["INCUBATOR_COHORT", "ACCELERATOR_COHORT"]
      AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      AND coalesce(c.since <= $day, true) AND coalesce($day < c.until, true)
    RETURN DISTINCT c.key AS cohort
    ORDER BY cohort
  } AS cohorts
ORDER BY startup.key
