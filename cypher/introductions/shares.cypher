// Which companies, contracts and communities did these members share by a day?
// Each: END=number
// Params:
//   members: [0, 1]
//   day: 2026-11-01
//   max_community: 200
// Row: types, hubs, cohorts, members, begun, ended, hubs_begun, hubs_ended
// Rows: one
// Budget: 15,490 db hits
// Example: seeds/demo/questions/partner_paths.graphql
UNWIND $members AS end
MATCH (a:Member {number: end})-[r:INVESTED_IN|PARTY_TO|MEMBER_OF]->(hub)
USING INDEX SEEK a:Member(number)
WHERE coalesce(r.since <= $day, true) AND coalesce(hub.since <= $day, true)
// Ages in whole days; a missing begin is a million days ago, a missing end a million days ahead.
WITH hub, type(r) AS type,
  collect(a.number) AS sharers,
  collect(coalesce(duration.inDays(r.since, $day).days, 1000000)) AS begun,
  collect(coalesce(duration.inDays(r.until, $day).days, -1000000)) AS ended
WHERE (NOT hub:Contract OR (
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
RETURN
  collect(type) AS types,
  collect(hub.key) AS hubs,
  collect(coalesce(hub.kind IN ["INCUBATOR_COHORT", "ACCELERATOR_COHORT"], false)) AS cohorts,
  collect(sharers) AS members,
  collect(begun) AS begun,
  collect(ended) AS ended,
  collect(coalesce(duration.inDays(hub.since, $day).days, 1000000)) AS hubs_begun,
  collect(coalesce(duration.inDays(hub.until, $day).days, -1000000)) AS hubs_ended
