// Which communities is a member not in on a day, and who is in them?
// Params:
//   member: "leila-karimi"
//   day: 2026-11-01
// Row: key, is_in_own_region, has_own_sector, members
// Rows: by key
// Budget: 4,490 db hits
// Example: { networking(member: "mira-sand", asOf: "2026-11-01") { degree } }
MATCH (m:Member {key: $member})
MATCH (k:Community)
WHERE coalesce(k.kind, "") <> "DATASET"
  AND coalesce(k.since <= $day, true) AND coalesce($day < k.until, true)
  AND NOT EXISTS {
    MATCH (m)-[x:MEMBER_OF]->(k)
    WHERE coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
  }
WITH m, k, COLLECT {
    MATCH (o:Member)-[x:MEMBER_OF|ORGANISES]->(k)
    WHERE all(t IN [x, o] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    RETURN DISTINCT o
  } AS members
WHERE size(members) > 0
// The sector of each; a person counts by its employer where its own is blank.
UNWIND [m] + members AS o
WITH m, k, members, o, [o] + COLLECT {
    MATCH (o)-[w:WORKS_FOR]->(e:Member)
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
WITH k, members,
  collect({
    is_own: o = m,
    sector: head([n IN levels WHERE n.sector IS NOT NULL | n.sector]),
    region: head([n IN levels WHERE n.region IS NOT NULL | n.region])
  }) AS places
WITH k, members, places, head([p IN places WHERE p.is_own]) AS own
RETURN
  k.key AS key,
  coalesce(k.region = own.region, false) AS is_in_own_region,
  any(p IN places WHERE NOT p.is_own AND coalesce(p.sector = own.sector, false))
    AS has_own_sector,
  [o IN members | o.key] AS members
ORDER BY k.key
