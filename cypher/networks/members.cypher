// Which members that are active on a day pass the filters of a network?
// Each: SCOPE=(m:Member)
// Params:
//   day: 2026-11-01
//   kinds: ["Organisation"]
//   roles: ["Investor"]
//   region: "Småland"
//   community: "demo"
//   property: "sector"
// Row: keys, numbers, labels, values
// Rows: one
// Budget: 10,160 db hits
// Example: seeds/demo/questions/brokers_of_the_demo.graphql
// With a community the scope starts there: a filter alone would scan all members.
MATCH (m:Member)
WITH DISTINCT m
WHERE coalesce(m.since <= $day, true) AND coalesce($day < m.until, true)
  AND ($kinds IS NULL OR any(label IN labels(m) WHERE label IN $kinds))
  AND ($roles IS NULL OR any(label IN labels(m) WHERE label IN $roles))
  AND ($region IS NULL OR m.region = $region)
  AND ($community IS NULL OR EXISTS {
    MATCH (m)-[r:MEMBER_OF]->(c)
    WHERE c.key = $community
      AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      AND coalesce(c.since <= $day, true) AND coalesce($day < c.until, true)
  })
WITH m
ORDER BY m.key
// collect() leaves nulls out: values must match keys by position, and numbers show if one is missing.
RETURN
  collect(m.key) AS keys,
  collect(m.number) AS numbers,
  collect(CASE WHEN $property IN ["kind", "organisation"] THEN
    [label IN labels(m) WHERE label IN ["Organisation", "Team", "Person"]][0] END) AS labels,
  collect(CASE WHEN $property <> "" THEN coalesce(m[$property], "") END) AS values
