// Which pairs of its neighbours does one member connect, and which are connected without it?
// Each: TYPES=PROVIDES|DEPENDS_ON
// Params:
//   member: "bergslund-ventures"
//   groups: {"bergslund-ventures": 0}
//   reversed: ["DEPENDS_ON"]
//   mutual: ["KNOWS", "COMPETES_WITH"]
//   day: 2026-11-01
//   exchange_kind: "TANGIBLE"
// Row: sources, targets, closed
// Rows: one
// Budget: 1,000 db hits
// Example: {
//   brokerage(groupBy: REGION, member: "bergslund-ventures", network: {
//     ties: [EXCHANGE], community: "demo", asOf: "2026-11-01" }) { nodeCount } }
MATCH (ego:Member {key: $member})
OPTIONAL MATCH (ego)-[r:PROVIDES|DEPENDS_ON]-(near:Member)
WHERE near <> ego AND $groups[near.key] IS NOT NULL
  AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND ($exchange_kind IS NULL OR type(r) <> "PROVIDES"
    OR r.exchangeKind = $exchange_kind)
WITH ego, near,
  type(r) IN $mutual AS both,
  (startNode(r) = ego) <> (type(r) IN $reversed) AS leaves
WITH
  collect(DISTINCT CASE WHEN both OR NOT leaves THEN near END) AS sources,
  collect(DISTINCT CASE WHEN both OR leaves THEN near END) AS targets
// All pairs are counted elsewhere; here only those with a direct tie.
CALL (sources, targets) {
  UNWIND sources AS source
  MATCH (source)-[r:PROVIDES|DEPENDS_ON]-(target)
  WHERE target IN targets AND target <> source
    AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
    AND ($exchange_kind IS NULL OR type(r) <> "PROVIDES"
      OR r.exchangeKind = $exchange_kind)
    AND (type(r) IN $mutual
      OR (startNode(r) = source) <> (type(r) IN $reversed))
  WITH DISTINCT source, target
  WITH $groups[source.key] AS a, $groups[target.key] AS c, count(*) AS pairs
  RETURN collect([a, c, pairs]) AS closed
}
RETURN
  [m IN sources | [m.key, $groups[m.key]]] AS sources,
  [m IN targets | [m.key, $groups[m.key]]] AS targets,
  closed
