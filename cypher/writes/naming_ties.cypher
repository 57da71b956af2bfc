// Which ties have this name in a text of theirs?
// Each: TYPES=PROVIDES|KNOWS
// Params:
//   name: "Ingrid Hallberg"
// Row: owner, key
MATCH ()-[r:PROVIDES|KNOWS]->()
WHERE any(property IN keys(r) WHERE r[property] CONTAINS $name)
RETURN
  [type(r)] AS owner,
  r.key AS key
ORDER BY key
