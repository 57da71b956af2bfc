// An index is no more.
// Params:
//   name: "an_index"
// Row:
DROP INDEX $name IF EXISTS
