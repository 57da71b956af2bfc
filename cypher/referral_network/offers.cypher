// Which standing offers may a customer use, because it hired a member of the same community?
// Params:
//   customer: "johansson-family"
//   day: 2026-11-01
// Row: member, community, discount, discount_on, hired
// Rows: by key
// Budget: 1,320 db hits
// Example: {
//   referralNetwork(asOf: "2026-11-01") {
//     standingOffers(customer: "johansson-family") { discount } } }
MATCH (c:Member {key: $customer})
CALL (c) {
  MATCH (c)-[p:PARTY_TO {role: "CUSTOMER"}]->(k:Contract)
  MATCH (k)<-[q:PARTY_TO {role: "SUPPLIER"}]-(h:Member)
  WHERE coalesce(k.status, "") <> "DRAFT"
    AND all(t IN [p, q, k] WHERE coalesce(t.since <= $day, true))
    // Both were parties to it on one day at least.
    AND all(s IN [p, q, k] WHERE all(t IN [p, q, k] WHERE coalesce(s.since < t.until, true)))
  RETURN h
  UNION
  MATCH (c)<-[:OF]-(r:Referral {outcome: "WON"})
  MATCH (r)-[:TO]->(h:Member)
  WHERE coalesce(r.since <= $day, true) AND coalesce(r.on <= $day, true)
  RETURN h
}
WITH DISTINCT h
MATCH (h)-[x:MEMBER_OF]->(ring:Community)
MATCH (ring)<-[y:MEMBER_OF]-(m:Member)
WHERE coalesce(ring.kind, "") <> "DATASET" AND y.discount IS NOT NULL
  AND all(t IN [x, y, ring, m] WHERE
    coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
WITH ring, m, y, h
ORDER BY h.key
RETURN
  m.key AS member,
  ring.key AS community,
  y.discount AS discount,
  y.discountOn AS discount_on,
  collect(DISTINCT h.key) AS hired
ORDER BY community, discount, discount_on, member
