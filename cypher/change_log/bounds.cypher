// What are the numbers of the last change and of the last change that was deleted?
// Params:
// Row: last, dropped
// Rows: one
// Budget: 20 db hits
// Example: { changes(after: 0) { nodes { number } } }
OPTIONAL MATCH (s:ValuenetSchema {name: "valuenet"})
// Not s.dropped: the server warns of an unknown property before anything was dropped.
RETURN
  coalesce(s.changes, 0) AS last,
  coalesce(properties(s)["dropped"], 0) AS dropped
