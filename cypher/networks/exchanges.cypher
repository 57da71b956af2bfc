// Which exchanges run from these members on a day, grouped by what they have in common?
// Each: END=number
// Params:
//   members: [0, 1]
//   day: 2026-11-01
//   exchange_kind: "TANGIBLE"
// Row: alike, keys, sources, targets, values, costs, receiver_costs, sender_values, receiver_values, sequences
// Rows: in any order
// Budget: 12,880 db hits
// Example: { valueNetwork(network: { ties: [EXCHANGE], asOf: "2026-11-01" }) { participants { member { key } } } }
UNWIND $members AS end
MATCH (a:Member {number: end})-[r:PROVIDES]->(b)
USING INDEX SEEK a:Member(number)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND b.number IS NOT NULL
  AND ($exchange_kind IS NULL OR r.exchangeKind = $exchange_kind)
// A column is empty where it is blank in all of a group, for collect() leaves nulls out.
WITH
  r.exchangeKind AS kind, r.form AS form, r.area AS area,
  r.senderRole AS sender_role, r.receiverRole AS receiver_role, r.currency AS currency,
  r.value IS NULL AS no_value, r.cost IS NULL AS no_cost,
  r.receiverCost IS NULL AS no_receiver_cost, r.senderValue IS NULL AS no_sender_value,
  r.receiverValue IS NULL AS no_receiver_value, r.sequence IS NULL AS no_sequence,
  collect(r.key) AS keys, collect(a.number) AS sources, collect(b.number) AS targets,
  collect(r.value) AS values, collect(r.cost) AS costs,
  collect(r.receiverCost) AS receiver_costs, collect(r.senderValue) AS sender_values,
  collect(r.receiverValue) AS receiver_values, collect(r.sequence) AS sequences
RETURN
  [kind, form, area, sender_role, receiver_role, currency] AS alike,
  keys,
  sources,
  targets,
  values,
  costs,
  receiver_costs,
  sender_values,
  receiver_values,
  sequences
