// Which records contain this name in one of their texts?
// Each: NODES=Member|Contract
// Params:
//   name: "Ingrid Hallberg"
// Row: owner, key
// Rows: by key
// Example: Erasing a person: `erasePerson`.
MATCH (n:Member|Contract)
WHERE any(property IN keys(n) WHERE n[property] CONTAINS $name)
RETURN
  labels(n) AS owner,
  n.key AS key
ORDER BY key
