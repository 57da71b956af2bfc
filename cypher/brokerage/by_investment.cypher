// Which pairs of its co-investors does one member connect, and which are connected without it?
// Params:
//   member: "bergslund-ventures"
//   groups: {"bergslund-ventures": 0}
//   day: 2026-11-01
// Row: sources, targets, closed
// Rows: one
// Budget: 400 db hits
// Example: {
//   brokerage(groupBy: REGION, member: "bergslund-ventures", network: {
//     ties: [CO_INVESTMENT], community: "demo", asOf: "2026-11-01" }) { nodeCount } }
MATCH (ego:Member {key: $member})
OPTIONAL MATCH (ego)-[own:INVESTED_IN]->(company)
WHERE coalesce(own.since <= $day, true) AND coalesce($day < own.until, true)
  AND coalesce(company.since <= $day, true) AND coalesce($day < company.until, true)
WITH ego, collect(DISTINCT company) AS companies
CALL (ego, companies) {
  UNWIND companies AS company
  MATCH (company)<-[r:INVESTED_IN]-(near:Member)
  WHERE near <> ego
    AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  WITH DISTINCT near
  WITH near, near.key AS key
  WITH near, key, $groups[key] AS group
  WHERE group IS NOT NULL
  RETURN collect(near) AS neighbours, collect(key) AS keys, collect(group) AS grouped
}
// Two are connected where both invested in one company: listed by company, not by pair.
// Investors are positions in the list; each pair is met once and counts both ways.
CALL (neighbours, grouped) {
  UNWIND range(0, size(neighbours) - 1) AS index
  WITH index, neighbours[index] AS near
  MATCH (near)-[r:INVESTED_IN]->(company)
  WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  WITH company, collect(DISTINCT index) AS investors
  WHERE size(investors) > 1
    AND coalesce(company.since <= $day, true) AND coalesce($day < company.until, true)
  UNWIND investors AS source
  UNWIND investors AS target
  WITH DISTINCT source, target
  WHERE source < target
  WITH grouped[source] AS a, grouped[target] AS c, count(*) AS pairs
  UNWIND [[a, c, pairs], [c, a, pairs]] AS triple
  RETURN collect(triple) AS closed
}
WITH [i IN range(0, size(keys) - 1) | [keys[i], grouped[i]]] AS around, closed
RETURN
  around AS sources,
  around AS targets,
  closed
