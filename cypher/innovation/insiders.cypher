// Who is inside an organisation on a day, in which function, and how many layers deep?
// Params:
//   organisation: "nordan"
//   day: 2026-11-01
// Row: key, team, research, function, teams, layers, functions, neighbours
// Rows: by key
// Budget: 1,460 db hits
// Example: { innovation(organisation: "nordan", asOf: "2026-11-01") { openness { value } } }
MATCH (o:Member {key: $organisation})
MATCH way = (o) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
  WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
    AND coalesce(t.affiliationKind, "") <> "SPIN_OFF"
){0,1000} (inside)
WITH inside, min(length(way)) AS layers
WITH collect(inside) AS insiders, collect([inside, layers]) AS depths
UNWIND depths AS pair
WITH insiders, pair[0] AS m, pair[1] AS layers
RETURN
  m.key AS key,
  m:Team AS team,
  coalesce(m.teamKind = "RESEARCH_AND_DEVELOPMENT", false) AS research,
  CASE WHEN m:Person THEN coalesce(head(COLLECT {
      MATCH (m)-[w:WORKS_FOR]->(e)
      WHERE e IN insiders AND w.function IS NOT NULL
        AND coalesce(w.since <= $day, true) AND coalesce($day < w.until, true)
      RETURN w.function AS function
      ORDER BY coalesce(w.since, date("0001-01-01")), w.key
    }), m.function)
    ELSE coalesce(m.function, m.teamKind) END AS function,
  COLLECT {
    MATCH (m)-[w:WORKS_FOR]->(e:Team)
    WHERE e IN insiders
      AND coalesce(w.since <= $day, true) AND coalesce($day < w.until, true)
    RETURN DISTINCT e.key AS team
    ORDER BY team
  } AS teams,
  layers,
  // All functions that a person has had inside by that day.
  COLLECT {
    MATCH (m)-[w:WORKS_FOR]->(e)
    WHERE e IN insiders AND w.function IS NOT NULL AND coalesce(w.since <= $day, true)
    RETURN DISTINCT w.function AS function
    ORDER BY function
  } AS functions,
  // The other insiders to whom a tie or work on the same initiative connects it.
  COLLECT {
    MATCH (m)-[r:PROVIDES|DEPENDS_ON|KNOWS|ADVISES]-(x)
    WHERE x IN insiders AND x <> m
      AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
    RETURN x.key AS other
    UNION
    MATCH (m)-[v:WORKS_ON]->(n:Initiative)
    MATCH (n)<-[w:WORKS_ON]-(x)
    WHERE x IN insiders AND x <> m
      AND all(t IN [v, n, w] WHERE
        coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    RETURN x.key AS other
  } AS neighbours
ORDER BY m.key
