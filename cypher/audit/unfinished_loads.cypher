// A load was interrupted; load the same files again to complete it.
// Params:
//   limit: 21
// Row: key
// Rows: by key
// Example: `valuenet check`
MATCH (s:ValuenetSchema {name: "valuenet"})
// Not s.unfinished: the server warns of an unknown property if no load was that large.
UNWIND properties(s)["unfinished"] AS key
RETURN key
ORDER BY key
LIMIT $limit
