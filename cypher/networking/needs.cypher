// What does a member have and need on a day, and who has or needs the same?
// Params:
//   member: "mira-sand"
//   day: 2026-11-01
// Row: key, is_owned, is_needed, holders, seekers
// Rows: by key
// Budget: 940 db hits
// Example: { networking(member: "mira-sand", asOf: "2026-11-01") { degree } }
MATCH (m:Member {key: $member})
MATCH (c:Capability)
WHERE EXISTS {
  MATCH (m)-[h:HAS_CAPABILITY|NEEDS]->(c)
  WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
}
RETURN
  c.key AS key,
  EXISTS {
    MATCH (m)-[h:HAS_CAPABILITY]->(c)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
  } AS is_owned,
  EXISTS {
    MATCH (m)-[h:NEEDS]->(c)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
  } AS is_needed,
  COLLECT {
    MATCH (x:Member)-[h:HAS_CAPABILITY]->(c)
    WHERE x <> m AND all(t IN [h, x] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    RETURN DISTINCT x.key AS holder
    ORDER BY holder
  } AS holders,
  COLLECT {
    MATCH (x:Member)-[h:NEEDS]->(c)
    WHERE x <> m AND all(t IN [h, x] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    RETURN DISTINCT x.key AS seeker
    ORDER BY seeker
  } AS seekers
ORDER BY c.key
