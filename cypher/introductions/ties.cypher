// Over which ties of these members can an introduction run by a day, and how strong are they?
// Each: END=number
// Params:
//   members: [0, 1]
//   day: 2026-11-01
// Row: type, seat, close, strength_kind, over, sources, targets, strengths, ages, ended
// Rows: in any order
// Budget: 9,390 db hits
// Example: seeds/demo/questions/partner_paths.graphql
UNWIND $members AS end
MATCH (a:Member {number: end})-[r:KNOWS|WORKS_FOR|PART_OF|INVESTED_IN|ADVISES|MANAGES_ACCOUNT]->(b)
USING INDEX SEEK a:Member(number)
WHERE coalesce(r.since <= $day, true) AND b.number IS NOT NULL
WITH a, r, b, CASE
    WHEN type(r) <> "KNOWS" THEN ""
    WHEN r.score IS NOT NULL THEN "SCORE"
    WHEN r.declaredStrength IS NOT NULL THEN "DECLARED"
    ELSE ""
  END AS strength_kind
// Ties of one row are alike, so that a column is as long as the others or empty.
RETURN
  type(r) AS type,
  coalesce(r.boardSeat, false) AS seat,
  coalesce(r.context IN ["FAMILY", "FRIEND"], false) AS close,
  strength_kind,
  coalesce(r.until <= $day, false) AS over,
  collect(a.number) AS sources,
  collect(b.number) AS targets,
  collect(CASE strength_kind WHEN "SCORE" THEN r.score WHEN "DECLARED" THEN r.declaredStrength END)
    AS strengths,
  collect(
    CASE strength_kind WHEN "SCORE" THEN coalesce(duration.inDays(r.scoreAt, $day).days, 0) END
  ) AS ages,
  collect(CASE WHEN r.until <= $day THEN duration.inDays(r.until, $day).days END) AS ended
