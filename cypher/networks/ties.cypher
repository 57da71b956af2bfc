// Which stored ties of these types run from these members on a day, and how much does each weigh?
// Each: TYPES=PROVIDES|DEPENDS_ON; END=number
// Params:
//   members: [0, 1]
//   day: 2026-11-01
//   exchange_kind: "TANGIBLE"
//   weight: "STRENGTH"
//   half_life: 180.0
// Row: type, currency, sources, targets, weights
// Rows: in any order
// Budget: 8,270 db hits
// Example: seeds/demo/questions/brokers_of_the_demo.graphql
UNWIND $members AS end
MATCH (a:Member {number: end})-[r:PROVIDES|DEPENDS_ON]->(b)
USING INDEX SEEK a:Member(number)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND b.number IS NOT NULL
  AND ($exchange_kind IS NULL OR type(r) <> "PROVIDES"
    OR r.exchangeKind = $exchange_kind)
WITH a, r, b, CASE $weight
    WHEN "VALUE" THEN r.value
    WHEN "AMOUNT" THEN r.amount
    WHEN "STRENGTH" THEN CASE type(r)
      WHEN "DEPENDS_ON" THEN coalesce(r.strength, 1.0)
      // Faded since it was stated; not before.
      ELSE coalesce(r.score / 2 ^ (coalesce(
        CASE WHEN r.scoreAt < $day THEN duration.inDays(r.scoreAt, $day).days END, 0
      ) / $half_life), r.declaredStrength)
    END
  END AS weight
// A blank weighs NaN, so that it can be counted; without a weight the column is empty.
RETURN
  type(r) AS type,
  CASE WHEN $weight IN ["VALUE", "AMOUNT"] AND weight IS NOT NULL THEN r.currency END AS currency,
  collect(a.number) AS sources,
  collect(b.number) AS targets,
  collect(CASE WHEN $weight IS NOT NULL THEN coalesce(weight, 0.0 / 0.0) END) AS weights
