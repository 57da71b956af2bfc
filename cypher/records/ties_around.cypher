// Which ties of one type has each of these nodes, in their default order?
// Each: ANCHOR=Member; LEFT=(a)-[; TYPE=INVESTED_IN; RIGHT=]->(; SORT=coalesce(r.on, date('9999-12-31')); TURN=ASC; FROM=>= $; BEYOND=> $
// Params:
//   anchors: ["andersson-estate"]
//   value: 2026-11-01
//   key: ""
//   limit: 21
// Row: anchor, properties, source, target
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
CALL (a) {
  MATCH (a)-[r:INVESTED_IN]->()
  WHERE coalesce(r.on, date('9999-12-31')) >= $value
    AND (coalesce(r.on, date('9999-12-31')) > $value OR r.key > $key)
  RETURN r, coalesce(r.on, date('9999-12-31')) AS sort
  ORDER BY sort ASC, r.key ASC
  LIMIT $limit
}
RETURN
  anchor,
  properties(r) AS properties,
  [startNode(r).key] + labels(startNode(r)) AS source,
  [endNode(r).key] + labels(endNode(r)) AS target
ORDER BY anchor, sort ASC, r.key ASC
