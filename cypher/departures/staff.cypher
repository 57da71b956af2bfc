// Which people in each of these organisations manage an account or know somebody outside, and since when?
// Params:
//   organisations: ["ekolinje-telecom"]
//   leaver: "magnus-wiberg"
//   day: 2026-11-01
// Row: organisation, person, kind, tie, contact, members, since, months, score_at
// Rows: by key
// Budget: 38,500 db hits
// Example: {
//   departureImpact(person: "magnus-wiberg", leavingTo: "vagnet-telecom", asOf: "2026-11-01") {
//     customers { contracts { key } } } }
UNWIND $organisations AS organisation
MATCH (o:Member {key: organisation})
USING INDEX SEEK o:Member(key)
MATCH (o) (()<-[t:WORKS_FOR|PART_OF]-(x:Member)
  WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
    AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
){0,1000} (inside)
WITH organisation, collect(DISTINCT inside) AS members
OPTIONAL MATCH (leaver:Person {key: $leaver})
WITH
  organisation,
  members + CASE WHEN leaver IS NULL OR leaver IN members THEN [] ELSE [leaver] END AS insiders
UNWIND insiders AS p
MATCH (p:Person)-[r:MANAGES_ACCOUNT|KNOWS]-(c:Member)
WHERE NOT c IN insiders
  AND (type(r) = "KNOWS" OR startNode(r) = p)
  AND coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
  AND coalesce(c.since <= $day, true) AND coalesce($day < c.until, true)
// The members that a contact counts for: its employer, and all that it is part of.
WITH organisation, p, r, c, insiders, CASE type(r) WHEN "KNOWS" THEN COLLECT {
    MATCH (c)-[w:WORKS_FOR]->(e:Member)
    WHERE all(t IN [w, e] WHERE
      coalesce(t.since <= $day, true) AND coalesce($day < t.until, true))
    MATCH (e) (()-[t:PART_OF]->(x:Member)
      WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
        AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
    ){0,1000} (above)
    WHERE NOT above IN insiders
    RETURN DISTINCT above.key AS key
    ORDER BY key
  } ELSE [] END AS above
RETURN
  organisation,
  p.key AS person,
  type(r) AS kind,
  r.key AS tie,
  CASE type(r) WHEN "KNOWS" THEN c.key END AS contact,
  [c.key] + above AS members,
  r.since AS since,
  coalesce(r.contactMonths, []) AS months,
  r.scoreAt AS score_at
ORDER BY organisation, p.key, c.key, r.key
