// Deletes changes and stored answers before a time, and stores where the log now begins.
// Params:
//   days: 365
//   hours: 24
// Row:
// Example: Retention, while `valuenet serve` runs.
MATCH (s:ValuenetSchema {name: "valuenet"})
CALL (s) {
  MATCH (c:Change)
  WHERE c.at < datetime() - duration({days: $days})
  WITH s, c, c.number AS number
  DELETE c
  WITH s, max(number) AS dropped
  SET s.dropped = CASE WHEN dropped IS NULL THEN s.dropped ELSE dropped END
}
CALL () {
  MATCH (a:Answer)
  WHERE a.at < datetime() - duration({hours: $hours})
  DELETE a
}
