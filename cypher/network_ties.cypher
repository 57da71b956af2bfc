// Which stored ties of these types run from these members on a day?
// Each: TYPES=PROVIDES|DEPENDS_ON
// Params:
//   members: ["asvik-pump"]
//   day: 2026-11-01
//   exchange_kind: "TANGIBLE"
// Row: types, sources, targets
UNWIND $members AS key
MATCH (a:Member {key: key})-[r:PROVIDES|DEPENDS_ON]->(b:Member)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND ($exchange_kind IS NULL OR type(r) <> "PROVIDES"
    OR r.exchangeKind = $exchange_kind)
RETURN
  collect(type(r)) AS types,
  collect(a.key) AS sources,
  collect(b.key) AS targets
