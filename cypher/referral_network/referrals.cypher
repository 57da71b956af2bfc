// Which referrals were made by a day, and which ties connect referrer and provider then and now?
// Params:
//   community: "demo"
//   region: "Småland"
//   day: 2026-11-01
// Row: key, referrer, customer, provider, on, outcome, discount, revenue, currency, saved, hours, referrer_region, provider_region, gone, rings, acquaintances, jobs
// Rows: by key
// Budget: 7,100 db hits
// Example: { referralNetwork(asOf: "2026-11-01") { conversion { value } } }
MATCH (a:Member)-[:MADE]->(r:Referral)
MATCH (r)-[:TO]->(b:Member)
MATCH (r)-[:OF]->(c:Member)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND ($region IS NULL OR a.region = $region OR b.region = $region)
  AND ($community IS NULL OR all(m IN [a, b] WHERE EXISTS {
    MATCH (m)-[s:MEMBER_OF]->(:Community {key: $community})
    WHERE coalesce(s.since <= $day, true) AND coalesce($day < s.until, true)
  }))
WITH r, a, b, c, coalesce(r.on, r.since, $day) AS on
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
  a.region AS referrer_region,
  b.region AS provider_region,
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
  // Who of the two sides knew whom: the context, and whether they still do.
  COLLECT {
    MATCH (a) (()<-[v:WORKS_FOR]-(p)
      WHERE coalesce(v.since <= on, true) AND coalesce(on < v.until, true)
    ){0,1} (person:Person)
    MATCH (b) (()<-[w:WORKS_FOR]-(q)
      WHERE coalesce(w.since <= on, true) AND coalesce(on < w.until, true)
    ){0,1} (contact:Person)
    MATCH (person)-[k:KNOWS]-(contact)
    WHERE coalesce(k.since <= on, true) AND coalesce(on < k.until, true)
    RETURN [k.context, coalesce($day < k.until, true)] AS known
    ORDER BY k.key
  } AS acquaintances,
  // Jobs of the referrer at the provider: whether each lasts.
  COLLECT {
    MATCH (a)-[w:WORKS_FOR]->(e:Member)
    WHERE coalesce(w.since <= on, true) AND coalesce(on < w.until, true)
      AND (e = b OR EXISTS { (e)-[:PART_OF]->(b) })
    RETURN coalesce($day < w.until, true) AS lasts
    ORDER BY w.key
  } AS jobs
ORDER BY r.key
