// On whom does each of these members depend on a day, and which providers replace each other?
// Params:
//   members: ["asvik-pump"]
//   day: 2026-11-01
// Row: dependent, provider, tie, substitute_group, has_effect
// Rows: by key
// Budget: 3,250 db hits
// Example: {
//   dependence(community: "demo", asOf: "2026-11-01", first: 5) { rows { kind } } }
UNWIND $members AS member
MATCH (m:Member {key: member})-[d:DEPENDS_ON]->(p:Member)
USING INDEX SEEK m:Member(key)
WHERE p <> m
  AND all(x IN [m, d, p] WHERE
    coalesce(x.since <= $day, true) AND coalesce($day < x.until, true))
RETURN
  m.key AS dependent,
  p.key AS provider,
  d.key AS tie,
  coalesce(toString(d.substituteGroup), "") AS substitute_group,
  // Of strength 0 and criticality 100 the dependent loses nothing.
  coalesce(d.strength, 1.0) > 0 OR coalesce(d.criticality, 100.0) < 100 AS has_effect
ORDER BY m.key, p.key, d.key
