// This database now has this schema version.
// Params:
//   version: 2
// Row:
MERGE (s:ValuenetSchema {name: "valuenet"})
SET s.version = $version
