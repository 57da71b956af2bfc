// Which ties contain this name in one of their texts?
// Each: TYPES=PROVIDES|KNOWS
// Params:
//   name: "Ingrid Hallberg"
// Row: owner, key
// Rows: by key
// Example: Erasing a person: `erasePerson`.
MATCH ()-[r:PROVIDES|KNOWS]->()
WHERE any(property IN keys(r) WHERE r[property] CONTAINS $name)
RETURN
  [type(r)] AS owner,
  r.key AS key
ORDER BY key
