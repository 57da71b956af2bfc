// This database now has this schema version.
// Params:
//   version: 1
// Row:
MERGE (s:ValuenetSchema {name: "valuenet"})
SET s.version = $version
