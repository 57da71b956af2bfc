// Stores that a load of several transactions has begun, or that it has ended.
// Params:
//   load: "tables my-network"
//   ended: false
// Row:
// Example: Every load.
MATCH (s:ValuenetSchema {name: "valuenet"})
SET s.unfinished = [load IN coalesce(properties(s)["unfinished"], []) WHERE load <> $load]
  + CASE WHEN $ended THEN [] ELSE [$load] END
