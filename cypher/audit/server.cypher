// Which version and edition of Neo4j is this?
// Params:
// Row: version, edition
// Rows: one
// Example: `valuenet check`
CALL dbms.components() YIELD name, versions, edition
WHERE name = "Neo4j Kernel"
RETURN
  versions[0] AS version,
  edition
