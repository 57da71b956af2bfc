// What did customers say about a provider, its teams and their cases from one day to another?
// Params:
//   provider: "asvik-pump"
//   begin: 2026-07-01
//   until: 2026-10-01
//   day: 2026-11-01
// Row: key, kind, question, score, on, state, giver, case, initiative
// Rows: by key
// Budget: 2,850 db hits
// Example: {
//   serviceQuality(provider: "hyllvik-hem", from: "2026-07-01", to: "2026-10-01",
//     asOf: "2026-11-01") { csat { value } } }
MATCH (o:Member {key: $provider})
MATCH (o) (()<-[t:PART_OF]-(x:Member)
  WHERE coalesce(t.since < $until, true) AND coalesce($begin < t.until, true)
){0,1000} (inside)
WITH collect(DISTINCT inside) AS insiders
UNWIND insiders AS i
CALL (i) {
  MATCH (i)<-[:ABOUT]-(f:Feedback)
  RETURN f
  UNION
  MATCH (i)<-[:AT]-(:ServiceCase)<-[:ABOUT]-(f:Feedback)
  RETURN f
}
// Feedback without any day is returned too, because it is counted.
WITH DISTINCT f, coalesce(f.on, f.since) AS on
WHERE coalesce($begin <= on AND on < $until, true)
  AND coalesce($day < f.until, true)
RETURN
  f.key AS key,
  f.kind AS kind,
  f.question AS question,
  f.score AS score,
  on,
  f.state AS state,
  head([(f)<-[:GAVE]-(m) | m.key]) AS giver,
  head([(f)-[:ABOUT]->(c:ServiceCase) | c.key]) AS case,
  head([(f)-[:LED_TO]->(i:Initiative) | i.key]) AS initiative
ORDER BY key
