// Which customers had a contract with a provider or its teams on a first and on a last day?
// Params:
//   provider: "asvik-pump"
//   first: 2026-07-01
//   last: 2026-10-01
// Row: customer, contract, value, currency, value_period, since, until, at_start, at_end
// Rows: by key
// Budget: 3,280 db hits
// Example: {
//   serviceQuality(provider: "hyllvik-hem", from: "2026-07-01", to: "2026-10-01",
//     asOf: "2026-11-01") { csat { value } } }
MATCH (o:Member {key: $provider})
UNWIND [$first, $last] AS day
MATCH (o) (()<-[t:PART_OF]-(x:Member)
  WHERE coalesce(t.since <= day, true) AND coalesce(day < t.until, true)
){0,1000} (inside)
WITH day, collect(DISTINCT inside) AS insiders
UNWIND insiders AS i
MATCH (i)-[p:PARTY_TO {role: "SUPPLIER"}]->(c:Contract)
MATCH (c)<-[q:PARTY_TO {role: "CUSTOMER"}]-(m:Member)
WHERE NOT m IN insiders
  AND coalesce(c.status, "") <> "DRAFT"
  AND (c.until IS NOT NULL
    OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
  AND all(x IN [i, p, c, q, m] WHERE
    coalesce(x.since <= day, true) AND coalesce(day < x.until, true))
WITH m, c, collect(DISTINCT day) AS days
RETURN
  m.key AS customer,
  c.key AS contract,
  c.value AS value,
  c.currency AS currency,
  c.valuePeriod AS value_period,
  c.since AS since,
  c.until AS until,
  $first IN days AS at_start,
  $last IN days AS at_end
ORDER BY m.key, c.key
