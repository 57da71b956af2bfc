// Which stored ties of these types connect each of these pairs on a day, in either direction?
// Each: TYPES=PROVIDES|DEPENDS_ON
// Params:
//   pairs: [["fuktlys", "formverk-prototyper"]]
//   day: 2026-11-01
//   exchange_kind: "TANGIBLE"
// Row: source, target, ties
// Rows: by key
// Budget: 2,000 db hits
// Example: {
//   networkChange(network: { ties: [EXCHANGE], community: "demo" },
//     from: "2025-11-01", to: "2026-11-01") {
//     tiesCame { ties { key } } tiesWent { ties { key } } } }
UNWIND $pairs AS pair
MATCH (a:Member {key: pair[0]})
USING INDEX SEEK a:Member(key)
MATCH (b:Member {key: pair[1]})
USING INDEX SEEK b:Member(key)
RETURN
  a.key AS source,
  b.key AS target,
  COLLECT {
    MATCH (a)-[r:PROVIDES|DEPENDS_ON]-(b)
    WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      AND ($exchange_kind IS NULL OR type(r) <> "PROVIDES"
        OR r.exchangeKind = $exchange_kind)
    RETURN [
      type(r), startNode(r).key, r.key, toString(r.since), toString(r.until)
    ] AS tie
    ORDER BY type(r), r.key
  } AS ties
ORDER BY a.key, b.key
