// A load of several transactions has begun or ended; what has not ended is remembered.
// Params:
//   load: "tables my-network"
//   ended: false
// Row:
MATCH (s:ValuenetSchema {name: "valuenet"})
SET s.unfinished = [load IN coalesce(properties(s)["unfinished"], []) WHERE load <> $load]
  + CASE WHEN $ended THEN [] ELSE [$load] END
