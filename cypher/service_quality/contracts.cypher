// Which customers had a contract with a provider or its teams on a first and on a last day?
// Params:
//   provider: "asvik-pump"
//   begin: 2026-07-01
//   until: 2026-10-01
// Row: customer, contract, value, currency, value_period, since, until, at_start, at_end
// Rows: by key
// Budget: 1,640 db hits
// Example: {
//   serviceQuality(provider: "hyllvik-hem", from: "2026-07-01", to: "2026-10-01",
//     asOf: "2026-11-01") { csat { value } } }
MATCH (o:Member {key: $provider})
MATCH (o) (()<-[t:PART_OF]-(x:Member)
  WHERE coalesce(t.since < $until, true) AND coalesce($begin < t.until, true)
){0,1000} (inside)
WITH collect(DISTINCT inside) AS insiders
UNWIND insiders AS i
MATCH (i)-[p:PARTY_TO {role: "SUPPLIER"}]->(c:Contract)
MATCH (c)<-[q:PARTY_TO {role: "CUSTOMER"}]-(m:Member)
WHERE NOT m IN insiders
  AND coalesce(c.status, "") <> "DRAFT"
  AND (c.until IS NOT NULL
    OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
WITH m, c,
  all(x IN [p, q, c, m] WHERE
    coalesce(x.since <= $begin, true) AND coalesce($begin < x.until, true)) AS first,
  all(x IN [p, q, c, m] WHERE
    coalesce(x.since <= $until, true) AND coalesce($until < x.until, true)) AS last
WITH m, c, collect(first) AS firsts, collect(last) AS lasts
WHERE true IN firsts OR true IN lasts
RETURN
  m.key AS customer,
  c.key AS contract,
  c.value AS value,
  c.currency AS currency,
  c.valuePeriod AS value_period,
  c.since AS since,
  c.until AS until,
  true IN firsts AS at_start,
  true IN lasts AS at_end
ORDER BY m.key, c.key
