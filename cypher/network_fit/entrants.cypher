// Which members has a community had by a day, and what have they exchanged with anybody?
// Params:
//   community: "demo"
//   day: 2026-11-01
// Row: kind, weights, margin, members, exchanges
// Rows: one
// Budget: 20,000 db hits
// Example: { networkFit(entrant: "fuktlys", community: "demo", asOf: "2026-11-01") { conformityNow } }
MATCH (c:Community {key: $community})
RETURN
  c.kind AS kind,
  coalesce(c.attributeWeights, []) AS weights,
  c.grossMargin AS margin,
  COLLECT {
    MATCH (c)<-[m:MEMBER_OF]-(x:Member)
    WHERE coalesce(m.since <= $day, true) AND coalesce(x.since <= $day, true)
    RETURN {
      key: x.key, since: m.since, until: m.until, born: x.since, gone: x.until,
      weights: coalesce(x.attributeWeights, []), margin: x.grossMargin
    } AS membership
    ORDER BY x.key, m.key
  } AS members,
  COLLECT {
    MATCH (c)<-[:MEMBER_OF]-(x:Member)
    WITH DISTINCT x
    MATCH (x)-[r:PROVIDES]-(:Member)
    WHERE coalesce(r.since <= $day, true)
    WITH DISTINCT r
    RETURN {
      key: r.key, giver: startNode(r).key, taker: endNode(r).key,
      deliverable: r.deliverable, form: r.form, value: r.value, currency: r.currency,
      since: r.since, until: r.until,
      born: [x IN [startNode(r), endNode(r)] WHERE x.since IS NOT NULL | x.since],
      gone: [x IN [startNode(r), endNode(r)] WHERE x.until IS NOT NULL | x.until]
    } AS exchange
    ORDER BY r.key
  } AS exchanges
