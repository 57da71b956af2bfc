// Who scored which member's service by a day, and in which communities is that member?
// Params:
//   community: "demo"
//   region: "Småland"
//   day: 2026-11-01
// Row: key, giver, is_giver_inside, provider, kind, score, on, rings
// Rows: by key
// Budget: 2,530 db hits
// Example: { referralNetwork(asOf: "2026-11-01") { conversion { value } } }
MATCH (g:Member)-[:GAVE]->(f:Feedback)
MATCH (f)-[:ABOUT]->(b:Member)
WHERE f.kind IN ["CSAT", "NPS"] AND f.score IS NOT NULL
  AND coalesce(f.since <= $day, true) AND coalesce($day < f.until, true)
  AND coalesce(f.on <= $day, true)
// Which of the two belong to the region and the community that the question is about.
WITH g, f, b, coalesce(f.on, f.since) AS on, [m IN [g, b] WHERE
    ($region IS NULL OR m.region = $region)
    AND ($community IS NULL OR EXISTS {
      MATCH (m)-[s:MEMBER_OF]->(k)
      WHERE k.key = $community AND all(t IN [s, k] WHERE
        coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    })
  ] AS insiders
WHERE b IN insiders
RETURN
  f.key AS key,
  g.key AS giver,
  g IN insiders AS is_giver_inside,
  b.key AS provider,
  f.kind AS kind,
  f.score AS score,
  on,
  COLLECT {
    MATCH (b)-[x:MEMBER_OF]->(k:Community)
    WHERE coalesce(k.kind, "") <> "DATASET"
      AND all(t IN [x, k] WHERE
        coalesce(t.since <= on, true) AND coalesce(on < t.until, true))
    RETURN DISTINCT k.key AS ring
    ORDER BY ring
  } AS rings
ORDER BY f.key
