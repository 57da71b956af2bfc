// Which keys of one kind of record are also keys of records of another kind?
// Each: NODE=Community; OTHERS=EXISTS { MATCH (m:Member {key: n.key}) USING INDEX SEEK m:Member(key) }
// Params:
// Row: block
// Rows: one
// Example: An export of a whole network to one graph file.
MATCH (n:Community)
USING INDEX SEEK n:Community(key)
WHERE n.key > ""
  AND (EXISTS { MATCH (m:Member {key: n.key}) USING INDEX SEEK m:Member(key) })
RETURN collect([n.key]) AS block
