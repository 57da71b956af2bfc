// Which ties of any kind does a member have on a day, and with whom?
// Params:
//   member: "mira-sand"
//   day: 2026-11-01
// Row: kind, tie, other, context, score, score_at, declared_strength, months, since, sector, region, function, capabilities
// Rows: by key
// Budget: 810 db hits
// Example: { networking(member: "mira-sand", asOf: "2026-11-01") { degree } }
MATCH (m:Member {key: $member})
MATCH (m)-[r:PROVIDES|DEPENDS_ON|INVESTED_IN|KNOWS|WORKS_FOR|PART_OF|MANAGES_ACCOUNT|FOLLOWS|ADVISES|COMPETES_WITH]-(x:Member)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
  AND x <> m
// A person counts by its employer, the earliest one, where its own is blank.
WITH r, x, head(COLLECT {
    MATCH (x)-[w:WORKS_FOR]->(e:Member)
    WHERE coalesce(w.since <= $day, true) AND coalesce($day < w.until, true)
    RETURN e
    ORDER BY coalesce(w.since, date("0001-01-01")), e.key
  }) AS employer
RETURN
  type(r) AS kind,
  r.key AS tie,
  x.key AS other,
  r.context AS context,
  r.score AS score,
  r.scoreAt AS score_at,
  r.declaredStrength AS declared_strength,
  coalesce(r.contactMonths, []) AS months,
  r.since AS since,
  coalesce(x.sector, employer.sector) AS sector,
  coalesce(x.region, employer.region) AS region,
  coalesce(x.function, employer.function) AS function,
  COLLECT {
    MATCH (x)-[h:HAS_CAPABILITY]->(c:Capability)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
    RETURN DISTINCT c.key AS capability
    ORDER BY capability
  } AS capabilities
ORDER BY kind, x.key, r.key
