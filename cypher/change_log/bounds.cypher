// What is the number of the last change, and of the last that was dropped?
// Params:
// Row: last, dropped
OPTIONAL MATCH (s:ValuenetSchema {name: "valuenet"})
// Not s.dropped, which the server calls unknown before anything was dropped.
RETURN
  coalesce(s.changes, 0) AS last,
  coalesce(properties(s)["dropped"], 0) AS dropped
