// What do these members share on a day: companies they invested in, contracts, communities?
// Each: TYPES=INVESTED_IN|PARTY_TO|MEMBER_OF; END=number
// Params:
//   members: [0, 1]
//   day: 2026-11-01
//   max_community: 200
// Row: types, hubs, members, roles, values, currencies
// Rows: one
// Budget: 7,030 db hits
// Example: {
//   brokerage(groupBy: REGION, member: "bergslund-ventures", network: {
//     ties: [CO_INVESTMENT], community: "demo", asOf: "2026-11-01" }) { nodeCount } }
UNWIND $members AS end
MATCH (a:Member {number: end})-[r:INVESTED_IN|PARTY_TO|MEMBER_OF]->(hub)
USING INDEX SEEK a:Member(number)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
WITH hub, type(r) AS type, collect(a.number) AS members, collect(coalesce(r.role, "")) AS roles
WHERE coalesce(hub.since <= $day, true) AND coalesce($day < hub.until, true)
  AND (NOT hub:Contract OR (
    coalesce(hub.status, "") <> "DRAFT"
    AND (hub.until IS NOT NULL
      OR NOT coalesce(hub.status, "") IN ["COMPLETED", "TERMINATED"])
  ))
  AND (NOT hub:Community OR (
    coalesce(hub.kind, "") <> "DATASET"
    AND COUNT {
      MATCH (hub)<-[m:MEMBER_OF]-(x:Member)
      WHERE coalesce(m.since <= $day, true) AND coalesce($day < m.until, true)
        AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
      RETURN DISTINCT x
    } <= $max_community
  ))
// A blank value is NaN: collect() leaves nulls out, but columns must match by position.
RETURN
  collect(type) AS types,
  collect(hub.key) AS hubs,
  collect(members) AS members,
  collect(roles) AS roles,
  collect(CASE WHEN hub:Contract THEN coalesce(hub.value, 0.0 / 0.0) ELSE 0.0 END) AS values,
  collect(CASE WHEN hub:Contract THEN coalesce(hub.currency, "") ELSE "" END) AS currencies
