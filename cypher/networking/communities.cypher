// Which communities is a member not in on a day, and who is in them?
// Params:
//   member: "leila-karimi"
//   day: 2026-11-01
// Row: key, region, sectors, members
// Rows: by key
// Budget: 2,070 db hits
// Example: { networking(member: "mira-sand", asOf: "2026-11-01") { degree } }
MATCH (m:Member {key: $member})
MATCH (k:Community)
WHERE coalesce(k.kind, "") <> "DATASET"
  AND coalesce(k.since <= $day, true) AND coalesce($day < k.until, true)
  AND NOT EXISTS {
    MATCH (m)-[x:MEMBER_OF]->(k)
    WHERE coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
  }
WITH k, COLLECT {
    MATCH (o:Member)-[x:MEMBER_OF|ORGANISES]->(k)
    WHERE coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
    RETURN DISTINCT o
  } AS members
WHERE size(members) > 0
RETURN
  k.key AS key,
  k.region AS region,
  [o IN members WHERE o.sector IS NOT NULL | o.sector] AS sectors,
  [o IN members | o.key] AS members
ORDER BY k.key
