// What has a member given to others and received by a day: exchanges, referrals, introductions?
// Params:
//   member: "mira-sand"
//   day: 2026-11-01
// Row: kind, key, other, is_outgoing, on
// Rows: by key
// Budget: 150 db hits
// Example: { networking(member: "mira-sand", asOf: "2026-11-01") { degree } }
MATCH (m:Member {key: $member})
CALL (m) {
  MATCH (m)-[r:PROVIDES]-(x:Member)
  WHERE r.exchangeKind = "INTANGIBLE" AND coalesce(r.since <= $day, true) AND x <> m
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
  RETURN "Exchange" AS kind, r.key AS key, x.key AS other, startNode(r) = m AS is_outgoing,
    r.since AS on
  UNION
  MATCH (m)-[way:MADE|TO]-(r:Referral)-[:MADE|TO]-(x:Member)
  WHERE all(d IN [r.since, r.on] WHERE coalesce(d <= $day, true)) AND x <> m
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
  RETURN "Referral" AS kind, r.key AS key, x.key AS other, type(way) = "MADE" AS is_outgoing,
    coalesce(r.on, r.since) AS on
  UNION
  MATCH (m)-[way:ASKED_FOR|THROUGH]-(i:Introduction {state: "MADE"})-[:ASKED_FOR|THROUGH]-(x:Member)
  WHERE all(d IN [i.since, i.askedOn, i.decidedOn] WHERE coalesce(d <= $day, true)) AND x <> m
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
  RETURN "Introduction" AS kind, i.key AS key, x.key AS other, type(way) = "THROUGH" AS is_outgoing,
    coalesce(i.decidedOn, i.askedOn) AS on
}
RETURN
  kind,
  key,
  other,
  is_outgoing,
  on
ORDER BY kind, is_outgoing, other, key
