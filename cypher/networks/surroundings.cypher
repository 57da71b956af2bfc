// Who is inside these members on a day, themselves included, and who outside has a tie to them?
// Params:
//   members: ["asvik-pump"]
//   day: 2026-11-01
// Row: internal, external
// Rows: one
// Budget: 17,580 db hits
// Example: {
//   organisation(key: "asvik-pump") { members { totalCount } }
//   brokerage(groupBy: SIDE, network: {
//     ties: [EXCHANGE], organisation: "asvik-pump", asOf: "2026-11-01" }) { nodeCount } }
MATCH (o:Member)
WHERE o.key IN $members
MATCH (o) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
  WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
){0,1000} (inside)
WITH collect(DISTINCT inside) AS insiders
UNWIND insiders AS i
OPTIONAL CALL (i) {
  MATCH (i)-[r:PROVIDES|DEPENDS_ON|INVESTED_IN|KNOWS|WORKS_FOR|PART_OF|MANAGES_ACCOUNT|FOLLOWS|ADVISES|COMPETES_WITH]-(x:Member)
  WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  RETURN x
  UNION
  MATCH (i)-[p:PARTY_TO]->(c:Contract)<-[q:PARTY_TO]-(x:Member)
  WHERE all(r IN [p, q, c] WHERE
      coalesce(r.since <= $day, true) AND coalesce($day < r.until, true))
    AND coalesce(c.status, "") <> "DRAFT"
    AND (c.until IS NOT NULL
      OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
    AND NOT coalesce(p.role = q.role AND p.role IN ["SUPPLIER", "CUSTOMER"], false)
  RETURN x
  UNION
  MATCH (i)-[:MADE|TO]-(r:Referral)-[:MADE|TO]-(x:Member)
  WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  RETURN x
}
WITH insiders, collect(DISTINCT x) AS tied
RETURN
  [m IN insiders | m.key] AS internal,
  [m IN tied WHERE NOT m IN insiders | m.key] AS external
