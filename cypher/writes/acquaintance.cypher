// By which tie do two people know each other?
// Params:
//   source: "anders-brolin"
//   target: "ingrid-hallberg"
// Row: key
MATCH (a:Member {key: $source})
MATCH (a)-[r:KNOWS]-(:Member {key: $target})
RETURN
  r.key AS key
ORDER BY key
LIMIT 1
