// Which tie says that two people know each other?
// Params:
//   source: "anders-brolin"
//   target: "ingrid-hallberg"
// Row: key
// Rows: by key
// Example: Recording a contact: `recordContact`.
MATCH (a:Member {key: $source})
MATCH (a)-[r:KNOWS]-(:Member {key: $target})
RETURN
  r.key AS key
ORDER BY key
LIMIT 1
