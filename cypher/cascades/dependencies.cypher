// Who depends on whom on a day, how strongly, and how long does each provider need to recover?
// Params:
//   day: 2026-11-01
// Row: ties, dependents, providers, strengths, criticalities, buffers, groups, recoveries
// Rows: one
// Budget: 2,600 db hits
// Example: seeds/demo/questions/weak_team.graphql
MATCH (m:Member)-[d:DEPENDS_ON]->(p:Member)
WHERE all(x IN [m, d, p] WHERE
  coalesce(x.since <= $day, true) AND coalesce($day < x.until, true))
// collect() leaves nulls out, but columns must match by position: unknown is NaN.
RETURN
  collect(coalesce(d.key, "")) AS ties,
  collect(m.key) AS dependents,
  collect(p.key) AS providers,
  collect(coalesce(d.strength, 0.0 / 0.0)) AS strengths,
  collect(coalesce(d.criticality, 100.0)) AS criticalities,
  collect(coalesce(d.bufferDays, 0.0)) AS buffers,
  collect(coalesce(toString(d.substituteGroup), "")) AS groups,
  collect(coalesce(p.recoveryDays, 0.0 / 0.0)) AS recoveries
