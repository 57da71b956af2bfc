// Which ties of any kind does a member have on a day, and with whom?
// Params:
//   member: "mira-sand"
//   day: 2026-11-01
// Row: kind, tie, other, context, score, score_at, declared_strength, months, since, sector, region, function, holdings
// Rows: by key
// Budget: 810 db hits
// Example: { networking(member: "mira-sand", asOf: "2026-11-01") { degree } }
MATCH (m:Member {key: $member})
MATCH (m)-[r:PROVIDES|DEPENDS_ON|INVESTED_IN|KNOWS|WORKS_FOR|PART_OF|MANAGES_ACCOUNT|FOLLOWS|ADVISES|COMPETES_WITH]-(x:Member)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
  AND x <> m
// A person counts by its earliest employer, then by all that the employer is part of.
WITH r, x, [x] + COLLECT {
    MATCH (x)-[w:WORKS_FOR]->(e:Member)
    WHERE all(t IN [w, e] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    WITH e
    ORDER BY coalesce(w.since, date("0001-01-01")), e.key
    LIMIT 1
    MATCH way = (e) (()-[t:PART_OF]->(y:Member)
      WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
        AND coalesce(y.since <= $day, true) AND coalesce($day < y.until, true)
    ){0,1000} (above)
    RETURN above
    ORDER BY length(way), above.key
  } AS levels
WITH r, x, levels, head([n IN levels WHERE EXISTS {
    MATCH (n)-[h:HAS_CAPABILITY]->(:Capability)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
  }]) AS holder
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
  head([n IN levels WHERE n.sector IS NOT NULL | n.sector]) AS sector,
  head([n IN levels WHERE n.region IS NOT NULL | n.region]) AS region,
  head([n IN levels WHERE n.function IS NOT NULL | n.function]) AS function,
  // Each capability, and the key of the tie to it.
  COLLECT {
    MATCH (holder)-[h:HAS_CAPABILITY]->(c:Capability)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
    WITH c, min(h.key) AS holding
    RETURN [c.key, holding] AS capability
    ORDER BY c.key
  } AS holdings
ORDER BY kind, x.key, r.key
