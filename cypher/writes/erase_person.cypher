// Replaces a person by a node without personal data, in the same place of the network.
// Params:
//   key: "ingrid-hallberg"
//   properties: {"key": "erased-1"}
// Row:
// Example: Erasing a person: `erasePerson`.
MATCH (m:Member&Person {key: $key})
WITH m, m.number AS number
SET m = $properties
SET m.number = number
