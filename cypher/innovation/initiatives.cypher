// Which initiatives has an organisation begun by a day, who works on them, and what led to them?
// Params:
//   organisation: "nordan"
//   day: 2026-11-01
// Row: key, horizon, budget, currency, people, status, lesson, active, workers, feedback, cases
// Rows: by key
// Budget: 1,250 db hits
// Example: { innovation(organisation: "nordan", asOf: "2026-11-01") { openness { value } } }
MATCH (o:Member {key: $organisation})
MATCH (o) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
  WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
    AND coalesce(t.affiliationKind, "") <> "SPIN_OFF"
){0,1000} (inside)
WITH collect(DISTINCT inside) AS insiders
UNWIND insiders AS i
MATCH (i)-[:RUNS]->(n:Initiative)
WHERE coalesce(n.since <= $day, true)
WITH DISTINCT n, insiders
RETURN
  n.key AS key,
  n.horizon AS horizon,
  n.budget AS budget,
  n.currency AS currency,
  n.people AS people,
  n.status AS status,
  n.lesson AS lesson,
  coalesce($day < n.until, true) AS active,
  // Key, whether inside, what an outsider is, and the share of its time.
  COLLECT {
    MATCH (m:Member)-[w:WORKS_ON]->(n)
    WHERE all(t IN [m, w] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    RETURN [m.key, m IN insiders, CASE
      WHEN m IN insiders THEN "INSIDE"
      WHEN m:University THEN "UNIVERSITY"
      WHEN EXISTS {
        MATCH (m)-[r:COMPETES_WITH]-(i)
        WHERE i IN insiders
          AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      } THEN "COMPETITOR"
      WHEN EXISTS {
        MATCH (m)-[q:PARTY_TO {role: "CUSTOMER"}]->(c:Contract)
        MATCH (c)<-[p:PARTY_TO {role: "SUPPLIER"}]-(i)
        WHERE i IN insiders AND coalesce(c.status, "") <> "DRAFT"
          AND all(t IN [p, q, c] WHERE
            coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
          AND (c.until IS NOT NULL
            OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
      } THEN "CUSTOMER"
      ELSE "PARTNER" END, w.timeShare] AS worker
    ORDER BY m.key, w.key
  } AS workers,
  COLLECT {
    MATCH (n)<-[:LED_TO]-(f:Feedback)
    WHERE coalesce(coalesce(f.on, f.since) <= $day, true)
    RETURN f.key AS key
    ORDER BY key
  } AS feedback,
  COLLECT {
    MATCH (n)<-[:LED_TO]-(c:ServiceCase)
    WHERE coalesce(c.since <= $day, true)
    RETURN c.key AS key
    ORDER BY key
  } AS cases
ORDER BY n.key
