// Which referrals were made by a day, and which ties connect referrer and provider then and now?
// Params:
//   community: "demo"
//   region: "Småland"
//   day: 2026-11-01
// Row: key, referrer, customer, provider, on, outcome, discount, revenue, currency, saved, hours, gone, rings, has_kept_job, ties, contracts
// Rows: by key
// Budget: 10,060 db hits
// Example: { referralNetwork(asOf: "2026-11-01") { conversion { value } } }
MATCH (a:Member)-[:MADE]->(r:Referral)
MATCH (r)-[:TO]->(b:Member)
MATCH (r)-[:OF]->(c:Member)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(r.on <= $day, true)
  AND all(m IN [a, b] WHERE
    ($region IS NULL OR m.region = $region)
    AND ($community IS NULL OR EXISTS {
      MATCH (m)-[s:MEMBER_OF]->(k)
      WHERE k.key = $community AND all(t IN [s, k] WHERE
        coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    }))
WITH r, a, b, c, coalesce(r.on, r.since, $day) AS on
// Each side with its teams and people: on the day of the referral, and now.
WITH r, a, b, c, on,
  COLLECT {
    MATCH (a) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
      WHERE all(e IN [t, x] WHERE
        coalesce(e.since <= on, true) AND coalesce(on < e.until, true))
    ){0,1000} (inside)
    RETURN DISTINCT inside
  } AS referring,
  COLLECT {
    MATCH (b) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
      WHERE all(e IN [t, x] WHERE
        coalesce(e.since <= on, true) AND coalesce(on < e.until, true))
    ){0,1000} (inside)
    RETURN DISTINCT inside
  } AS providing,
  COLLECT {
    MATCH (a) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
      WHERE all(e IN [t, x] WHERE
        coalesce(e.since <= $day, true) AND coalesce($day < e.until, true))
    ){0,1000} (inside)
    RETURN DISTINCT inside
  } AS referring_now,
  COLLECT {
    MATCH (b) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
      WHERE all(e IN [t, x] WHERE
        coalesce(e.since <= $day, true) AND coalesce($day < e.until, true))
    ){0,1000} (inside)
    RETURN DISTINCT inside
  } AS providing_now
RETURN
  r.key AS key,
  a.key AS referrer,
  c.key AS customer,
  b.key AS provider,
  coalesce(r.on, r.since) AS on,
  r.outcome AS outcome,
  r.discount AS discount,
  r.revenue AS revenue,
  r.currency AS currency,
  r.marketingSaved AS saved,
  r.hoursSaved AS hours,
  coalesce(a.until <= $day, false) AS gone,
  // Communities that both were in on that day: key, kind, and whether both still are.
  COLLECT {
    MATCH (a)-[x:MEMBER_OF]->(k:Community)
    MATCH (k)<-[y:MEMBER_OF]-(b)
    WHERE coalesce(k.kind, "") <> "DATASET"
      AND all(t IN [x, y, k] WHERE
        coalesce(t.since <= on, true) AND coalesce(on < t.until, true))
    RETURN [k.key, k.kind, all(t IN [x, y, k] WHERE coalesce($day < t.until, true))] AS ring
    ORDER BY k.key, x.key, y.key
  } AS rings,
  // Whether the referrer still works for the provider or a team of it; null: never did.
  CASE WHEN a <> b AND a IN providing THEN a IN providing_now END AS has_kept_job,
  // Ties of the two sides that day: the kind, the context, and whether each lasts.
  CASE WHEN a <> b AND b IN referring THEN [["WORKS_FOR", null, b IN referring_now]] ELSE [] END
  + COLLECT {
    UNWIND referring AS x
    MATCH (x)-[t:PROVIDES|DEPENDS_ON|INVESTED_IN|KNOWS|MANAGES_ACCOUNT|FOLLOWS|ADVISES]-(y:Member)
    WHERE y IN providing AND x <> y
      AND coalesce(t.since <= on, true) AND coalesce(on < t.until, true)
    RETURN [
      type(t), t.context,
      coalesce($day < t.until, true) AND x IN referring_now AND y IN providing_now
    ] AS tie
    ORDER BY type(t), t.key
  } AS ties,
  // Contracts of the two sides that day: whether the referrer's was the customer, and lasts.
  COLLECT {
    UNWIND referring AS x
    MATCH (x)-[p:PARTY_TO]->(k:Contract)
    MATCH (k)<-[q:PARTY_TO]-(y:Member)
    WHERE y IN providing AND x <> y AND coalesce(k.status, "") <> "DRAFT"
      AND NOT coalesce(p.role = q.role AND p.role IN ["SUPPLIER", "CUSTOMER"], false)
      AND all(t IN [p, q, k] WHERE
        coalesce(t.since <= on, true) AND coalesce(on < t.until, true))
    RETURN [
      coalesce(p.role = "CUSTOMER" AND q.role = "SUPPLIER", false),
      all(t IN [p, q, k] WHERE coalesce($day < t.until, true))
        AND (k.until IS NOT NULL
          OR NOT coalesce(k.status, "") IN ["COMPLETED", "TERMINATED"])
        AND x IN referring_now AND y IN providing_now
    ] AS contract
    ORDER BY k.key, p.key, q.key
  } AS contracts
ORDER BY r.key
