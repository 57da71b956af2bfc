// This database now has this schema version.
// Params:
//   version: 3
// Row:
MERGE (s:ValuenetSchema {name: "valuenet"})
SET s.version = $version
