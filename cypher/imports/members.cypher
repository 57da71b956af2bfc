// Which members come after a key, with what files recognise them by?
// Params:
//   after: ""
//   apart_rows: "x:importedApart"
//   limit: 1000
//   own_rows: "x:importedAs"
//   register: "x:registerId"
//   sources: "x:importedFrom"
// Row: keys, kinds, names, countries, registers, sources, own_rows, apart_rows, employers
// Rows: one
// Example: Every load of a file that has no keys of ours.
MATCH (m:Member)
USING INDEX SEEK m:Member(key)
WHERE m.key > $after
WITH m
ORDER BY m.key
LIMIT $limit
// collect() leaves nulls out, but columns must match by position.
RETURN
  collect(m.key) AS keys,
  collect([label IN labels(m) WHERE label IN ["Organisation", "Team", "Person"]]) AS kinds,
  collect(coalesce(m.name, "")) AS names,
  collect(coalesce(m.country, "")) AS countries,
  collect(coalesce(m[$register], "")) AS registers,
  collect(coalesce(m[$sources], "")) AS sources,
  collect(coalesce(m[$own_rows], "")) AS own_rows,
  collect(coalesce(m[$apart_rows], "")) AS apart_rows,
  collect(CASE WHEN m:Organisation THEN [] ELSE COLLECT {
    MATCH (m)-[:WORKS_FOR|PART_OF]->(o:Organisation|Team)
    RETURN o.key
  } END) AS employers
