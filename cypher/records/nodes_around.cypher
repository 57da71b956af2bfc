// Which records of one label hang on each of these nodes, in their default order?
// Each: ANCHOR=Member; LEFT=(a)-[; TYPE=MADE|OF|TO; RIGHT=]-(n; NODE=Referral; SORT=coalesce(n.on, date('9999-12-31')); TURN=ASC; FROM=>= $; BEYOND=> $
// Params:
//   anchors: ["andersson-estate"]
//   value: 2026-11-01
//   key: ""
//   limit: 21
// Row: anchor, labels, properties
UNWIND $anchors AS anchor
MATCH (a:Member {key: anchor})
CALL (a) {
  MATCH (a)-[:MADE|OF|TO]-(n:Referral)
  WHERE coalesce(n.on, date('9999-12-31')) >= $value
    AND (coalesce(n.on, date('9999-12-31')) > $value OR n.key > $key)
  RETURN DISTINCT n, coalesce(n.on, date('9999-12-31')) AS sort
  ORDER BY sort ASC, n.key ASC
  LIMIT $limit
}
RETURN
  anchor,
  labels(n) AS labels,
  properties(n) AS properties
ORDER BY anchor, sort ASC, n.key ASC
