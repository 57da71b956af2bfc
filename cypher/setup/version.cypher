// Stores the schema version of this database.
// Params:
//   version: 3
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
MERGE (s:ValuenetSchema {name: "valuenet"})
SET s.version = $version
