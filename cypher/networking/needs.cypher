// What does a member have and need on a day, and who has or needs the same?
// Params:
//   member: "mira-sand"
//   day: 2026-11-01
// Row: key, is_owned, is_needed, holders, seekers
// Rows: by key
// Budget: 940 db hits
// Example: { networking(member: "mira-sand", asOf: "2026-11-01") { degree } }
MATCH (m:Member {key: $member})
// A person without capabilities counts by its earliest employer, or what that is part of.
WITH m, head([n IN [m] + COLLECT {
    MATCH (m)-[w:WORKS_FOR]->(e:Member)
    WHERE all(t IN [w, e] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    WITH e
    ORDER BY coalesce(w.since, date("0001-01-01")), e.key
    LIMIT 1
    MATCH way = (e) (()-[t:PART_OF]->(y:Member)
      WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
        AND coalesce(y.since <= $day, true) AND coalesce($day < y.until, true)
    ){0,1000} (above)
    RETURN above
    ORDER BY length(way), above.key
  } WHERE EXISTS {
    MATCH (n)-[h:HAS_CAPABILITY]->(:Capability)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
  }]) AS owner
MATCH (c:Capability)
WITH m, c,
  EXISTS {
    MATCH (owner)-[h:HAS_CAPABILITY]->(c)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
  } AS is_owned,
  EXISTS {
    MATCH (m)-[h:NEEDS]->(c)
    WHERE coalesce(h.since <= $day, true) AND coalesce($day < h.until, true)
  } AS is_needed
WHERE is_owned OR is_needed
RETURN
  c.key AS key,
  is_owned,
  is_needed,
  COLLECT {
    MATCH (holder:Member)-[h:HAS_CAPABILITY]->(c)
    WHERE all(t IN [h, holder] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    MATCH (holder) (()<-[t:WORKS_FOR|PART_OF]-(y:Member)
      WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
        AND coalesce(y.since <= $day, true) AND coalesce($day < y.until, true)
    ){0,1000} (x)
    WHERE x <> m AND (x = holder OR x:Person AND holder = head([n IN [x] + COLLECT {
        MATCH (x)-[w:WORKS_FOR]->(e:Member)
        WHERE all(z IN [w, e] WHERE
          coalesce(z.since <= $day, true) AND coalesce($day < z.until, true))
        WITH e
        ORDER BY coalesce(w.since, date("0001-01-01")), e.key
        LIMIT 1
        MATCH way = (e) (()-[up:PART_OF]->(z:Member)
          WHERE coalesce(up.since <= $day, true) AND coalesce($day < up.until, true)
            AND coalesce(z.since <= $day, true) AND coalesce($day < z.until, true)
        ){0,1000} (above)
        RETURN above
        ORDER BY length(way), above.key
      } WHERE EXISTS {
        MATCH (n)-[own:HAS_CAPABILITY]->(:Capability)
        WHERE coalesce(own.since <= $day, true) AND coalesce($day < own.until, true)
      }]))
    RETURN DISTINCT x.key AS holder_key
    ORDER BY holder_key
  } AS holders,
  COLLECT {
    MATCH (x:Member)-[h:NEEDS]->(c)
    WHERE x <> m AND all(t IN [h, x] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    RETURN DISTINCT x.key AS seeker
    ORDER BY seeker
  } AS seekers
ORDER BY c.key
