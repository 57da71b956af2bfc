// Drops an index.
// Params:
//   name: "an_index"
// Row:
// Example: Every start of `valuenet` on a database whose schema is missing or older.
DROP INDEX $name IF EXISTS
