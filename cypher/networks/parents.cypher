// Whom does each member work for, or what is it part of, or a member of, on a day?
// Each: TYPES=WORKS_FOR|PART_OF
// Params:
//   day: 2026-11-01
// Row: members, parents
// Rows: one
// Budget: 1,260 db hits
// Example: {
//   brokerage(groupBy: ORGANISATION, network: { ties: [EXCHANGE], asOf: "2026-11-01" }) {
//     brokers { group } } }
MATCH (m:Member)-[r:WORKS_FOR|PART_OF]->(parent)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(parent.since <= $day, true) AND coalesce($day < parent.until, true)
  AND coalesce(parent.kind, "") <> "DATASET"
// The earliest first, a blank date being the earliest.
WITH m, r, parent
ORDER BY m.key, coalesce(r.since, date("0001-01-01")), parent.key
RETURN
  collect(m.key) AS members,
  collect(parent.key) AS parents
