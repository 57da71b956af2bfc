// How many members and ties are active on a day only because they have no first day?
// Each: TYPES=PROVIDES|DEPENDS_ON
// Params:
//   day: 2026-11-01
//   members: ["asvik-pump"]
//   exchange_kind: "TANGIBLE"
// Row: members, ties, dated
// Rows: one
// Budget: 20,000 db hits
// Example: { valueNetwork(network: { ties: [EXCHANGE], asOf: "2026-11-01" }) { about { warnings } } }
// Without $members: of the whole graph.
MATCH (a:Member)
WHERE ($members IS NULL OR a.key IN $members)
  AND coalesce(a.since <= $day, true) AND coalesce($day < a.until, true)
OPTIONAL MATCH (a)-[r:PROVIDES|DEPENDS_ON]->(b)
WHERE a <> b
  AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(b.since <= $day, true) AND coalesce($day < b.until, true)
  AND ($members IS NULL OR NOT b:Member OR b.key IN $members)
  AND NOT (b:Community AND coalesce(b.kind, "") = "DATASET")
  AND ($exchange_kind IS NULL OR type(r) <> "PROVIDES"
    OR r.exchangeKind = $exchange_kind)
WITH a, count(r) AS ties, count(r.since) AS dated
RETURN
  count(*) - count(a.since) AS members,
  sum(ties - dated) AS ties,
  count(a.since) + sum(dated) AS dated
