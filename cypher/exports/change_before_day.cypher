// Which change was the last one before a day?
// Params:
//   day: 2026-11-01
// Row: number
// Rows: one
// Example: Every table with `since`.
MATCH (c:Change)
WHERE c.at < datetime({date: $day, timezone: "UTC"})
RETURN coalesce(max(c.number), 0) AS number
