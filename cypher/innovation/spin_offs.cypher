// Which spin-offs does an organisation, or any part of it, have on a day?
// Params:
//   organisation: "nordan"
//   day: 2026-11-01
// Row: key
// Rows: by key
// Budget: 350 db hits
// Example: { innovation(organisation: "nordan", asOf: "2026-11-01") { openness { value } } }
MATCH (o:Member {key: $organisation})
MATCH (o) (()<-[t:PART_OF]-(x:Member)
  WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
){0,1000} (inside)
WITH DISTINCT inside
MATCH (inside)<-[r:PART_OF {affiliationKind: "SPIN_OFF"}]-(m:Member)
WHERE all(t IN [r, m] WHERE
  coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
RETURN DISTINCT
  m.key AS key
ORDER BY m.key
