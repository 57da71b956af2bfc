// A load of several transactions has begun or ended; what has not ended is remembered.
// Params:
//   run: "tables my-network"
//   ended: false
// Row:
MATCH (s:ValuenetSchema {name: "valuenet"})
SET s.unfinished = [run IN coalesce(properties(s)["unfinished"], []) WHERE run <> $run]
  + CASE WHEN $ended THEN [] ELSE [$run] END
