// How many businesses and providers does each region have on a day, and how many are in a community?
// Params:
//   community: "demo"
//   region: "Småland"
//   day: 2026-11-01
// Row: key, businesses, joined, providers, communities
// Rows: by key
// Budget: 9,630 db hits
// Example: { referralNetwork(asOf: "2026-11-01") { conversion { value } } }
MATCH (m:Member)
WHERE coalesce(m.since <= $day, true) AND coalesce($day < m.until, true)
  AND ($region IS NULL OR m.region = $region)
  AND ($community IS NULL OR EXISTS {
    MATCH (m)-[s:MEMBER_OF]->(k)
    WHERE k.key = $community AND all(t IN [s, k] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
  })
WITH m, m.region AS region,
  m:Organisation AND NOT m:PublicBody AND NOT m:University AS business,
  m:Supplier OR EXISTS {
    MATCH (m)<-[:TO]-(r:Referral)
    WHERE coalesce(r.since <= $day, true) AND coalesce(r.on <= $day, true)
  } AS provider
WHERE business OR provider
WITH m, region, business, provider
ORDER BY m.key
WITH region,
  collect(CASE WHEN business THEN m.key END) AS businesses,
  count(CASE WHEN business AND EXISTS {
    MATCH (m)-[x:MEMBER_OF]->(k:Community)
    WHERE coalesce(k.kind, "") <> "DATASET"
      AND all(t IN [x, k] WHERE
        coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
  } THEN m END) AS joined,
  collect(CASE WHEN provider THEN m.key END) AS providers
RETURN
  region AS key,
  businesses,
  joined,
  providers,
  COLLECT {
    MATCH (k:Community {region: region})
    WHERE coalesce(k.kind, "") <> "DATASET"
      AND coalesce(k.since <= $day, true) AND coalesce($day < k.until, true)
    RETURN k.key AS network
    ORDER BY network
  } AS communities
ORDER BY key
