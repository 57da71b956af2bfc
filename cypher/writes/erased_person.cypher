// A person keeps its place in the network and its number, and nothing else.
// Params:
//   key: "ingrid-hallberg"
//   properties: {"key": "erased-1"}
// Row:
MATCH (m:Member&Person {key: $key})
WITH m, m.number AS number
SET m = $properties
SET m.number = number
