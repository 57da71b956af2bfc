// Which members advise or invest on a day without the role of a mentor or an investor?
// Params:
//   day: 2026-11-01
// Row: role, members
// Rows: by role
// Budget: 300 db hits
// Example: { exposure(startup: "fuktlys", asOf: "2026-11-01") { about { warnings } } }
MATCH (m:Member)-[r:ADVISES|INVESTED_IN]->(:Member)
WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
WITH DISTINCT m, CASE type(r) WHEN "ADVISES" THEN "Mentor" ELSE "Investor" END AS role
WHERE NOT role IN labels(m)
RETURN
  role,
  collect(m.key) AS members
ORDER BY role
