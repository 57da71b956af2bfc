// Which records have this name in a text of theirs?
// Each: NODES=Member|Contract
// Params:
//   name: "Ingrid Hallberg"
// Row: owner, key
MATCH (n:Member|Contract)
WHERE any(property IN keys(n) WHERE n[property] CONTAINS $name)
RETURN
  labels(n) AS owner,
  n.key AS key
ORDER BY key
