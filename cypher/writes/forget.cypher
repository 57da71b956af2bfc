// Changes and answers before a time are gone, and the log says from where it is whole.
// Params:
//   days: 365
//   hours: 24
// Row:
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
