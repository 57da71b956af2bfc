// A load was broken off half-way; load the same again, which completes it.
// Params:
//   limit: 21
// Row: key
MATCH (s:ValuenetSchema {name: "valuenet"})
UNWIND s.unfinished AS key
RETURN key
ORDER BY key
LIMIT $limit
