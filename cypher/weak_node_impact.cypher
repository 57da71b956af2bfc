// Who depends on this member on a day, over how many steps ever, and on whom else does each depend?
// Params:
//   member: "asvik-pump-rnd"
//   day: 2026-11-01
// Row: entries, exposed
MATCH (seed:Member {key: $member})
CALL (seed) {
  MATCH (seed) ((:Member)<-[d:DEPENDS_ON]-(x:Member)
    WHERE coalesce(d.since <= $day, true) AND coalesce($day < d.until, true)
      AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
  ){0,1000} (dependent)
  WITH DISTINCT dependent
  MATCH (dependent)-[d:DEPENDS_ON]->(provider:Member)
  WHERE coalesce(d.since <= $day, true) AND coalesce($day < d.until, true)
    AND coalesce(provider.since <= $day, true)
    AND coalesce($day < provider.until, true)
  WITH dependent, d, provider
  ORDER BY dependent.key, provider.key, d.key
  RETURN collect([
    dependent.key,
    provider.key,
    coalesce(d.strength, 1.0),
    coalesce(d.criticality, 100.0),
    coalesce(d.bufferDays, 0.0),
    d.substituteGroup
  ]) AS entries
}
CALL () {
  MATCH (m:Member)-[d:DEPENDS_ON]->(p:Member)
  WHERE all(x IN [m, d, p] WHERE
    coalesce(x.since <= $day, true) AND coalesce($day < x.until, true))
  RETURN collect(DISTINCT m.key) AS exposed
}
RETURN
  entries,
  exposed
