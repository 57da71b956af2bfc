// How many ties of each type connect two of these members on a day, and how many have dates?
// Params:
//   members: ["asvik-pump", "asvik-pump-rnd"]
//   day: 2026-11-01
// Row: type, count, undated, dated
// Rows: by type
// Budget: 12,300 db hits
// Example: { ecosystemReport(community: "demo", asOf: "2026-11-01") { gaps { missing } } }
// Ended ties count as dated: they show a change.
UNWIND $members AS key
MATCH (a:Member {key: key})
USING INDEX SEEK a:Member(key)
CALL (a) {
  MATCH (a)-[r:PROVIDES|DEPENDS_ON|INVESTED_IN|KNOWS|WORKS_FOR|PART_OF|MANAGES_ACCOUNT|FOLLOWS|ADVISES|COMPETES_WITH]->(b)
  WHERE b.key IN $members AND a <> b
  RETURN
    type(r) AS type,
    coalesce(r.since <= $day, true) AND coalesce($day < r.until, true) AS active,
    r.since IS NOT NULL OR r.until IS NOT NULL AS has_date
  UNION ALL
  MATCH (a)-[p:PARTY_TO]->(c:Contract)<-[q:PARTY_TO]-(b)
  WHERE b.key IN $members AND a.key < b.key
    AND NOT coalesce(p.role = q.role AND p.role IN ["SUPPLIER", "CUSTOMER"], false)
    AND coalesce(c.status, "") <> "DRAFT"
    AND (c.until IS NOT NULL
      OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
  RETURN
    "PARTY_TO" AS type,
    all(x IN [p, q, c] WHERE
      coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)) AS active,
    any(x IN [p, q, c] WHERE x.since IS NOT NULL OR x.until IS NOT NULL) AS has_date
  UNION ALL
  MATCH (a)-[:MADE]->(r:Referral)-[:TO]->(b)
  WHERE b.key IN $members AND a <> b
  RETURN
    "REFERRAL" AS type,
    coalesce(r.since <= $day, true) AND coalesce($day < r.until, true) AS active,
    r.since IS NOT NULL OR r.until IS NOT NULL AS has_date
}
RETURN
  type,
  count(CASE WHEN active THEN 1 END) AS count,
  count(CASE WHEN active AND NOT has_date THEN 1 END) AS undated,
  count(CASE WHEN has_date THEN 1 END) AS dated
ORDER BY type
