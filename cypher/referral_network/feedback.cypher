// Who scored which member's service by a day, and in which communities is that member?
// Params:
//   day: 2026-11-01
// Row: key, giver, provider, kind, score, on, rings
// Rows: by key
// Budget: 2,530 db hits
// Example: { referralNetwork(asOf: "2026-11-01") { conversion { value } } }
MATCH (g:Member)-[:GAVE]->(f:Feedback)
MATCH (f)-[:ABOUT]->(b:Member)
WITH g, f, b, coalesce(f.on, f.since) AS on
WHERE f.kind IN ["CSAT", "NPS"] AND f.score IS NOT NULL
  AND coalesce(on <= $day, true) AND coalesce($day < f.until, true)
RETURN
  f.key AS key,
  g.key AS giver,
  b.key AS provider,
  f.kind AS kind,
  f.score AS score,
  on,
  COLLECT {
    MATCH (b)-[x:MEMBER_OF]->(k:Community)
    WHERE coalesce(k.kind, "") <> "DATASET"
      AND coalesce(x.since <= on, true) AND coalesce(on < x.until, true)
    RETURN DISTINCT k.key AS ring
    ORDER BY ring
  } AS rings
ORDER BY f.key
