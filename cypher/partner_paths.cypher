// Who is within reach of this start-up over ties begun by a day, and what ties them?
// Params:
//   startup: "fuktlys"
//   day: 2026-11-01
// Row: members, ties, shared
MATCH (startup:Member {key: $startup})
CALL (startup) {
  MATCH (startup) (()-[r:KNOWS|WORKS_FOR|PART_OF|INVESTED_IN|ADVISES|MANAGES_ACCOUNT|PARTY_TO|MEMBER_OF|ORGANISES]-(x)
    WHERE coalesce(r.since <= $day, true) AND coalesce(x.kind, "") <> "DATASET"
  ){0,1000} (reached)
  RETURN collect(DISTINCT reached) AS reached
}
WITH [m IN reached WHERE m:Member
  AND coalesce(m.since <= $day, true) AND coalesce($day < m.until, true)] AS reached
CALL (reached) {
  UNWIND reached AS a
  MATCH (a)-[r:KNOWS|WORKS_FOR|PART_OF|INVESTED_IN|ADVISES|MANAGES_ACCOUNT]->(b)
  WHERE coalesce(r.since <= $day, true)
  // Ages in whole days on that day; an end still to come has a negative age.
  RETURN collect([
    type(r), a.key, b.key, r.key,
    duration.inDays(r.since, $day).days, duration.inDays(r.until, $day).days,
    r.score, duration.inDays(r.scoreAt, $day).days, r.declaredStrength,
    r.context, r.contactMonths, r.boardSeat,
    r.title, r.round, r.amount, r.currency, r.adviceKind
  ]) AS ties
}
CALL (reached) {
  UNWIND reached AS a
  MATCH (a)-[r:INVESTED_IN|PARTY_TO|MEMBER_OF|ORGANISES]->(hub)
  WHERE coalesce(r.since <= $day, true) AND coalesce(hub.since <= $day, true)
    AND coalesce(hub.kind, "") <> "DATASET"
    AND (NOT hub:Contract OR (
      coalesce(hub.status, "") <> "DRAFT"
      AND (hub.until IS NOT NULL
        OR NOT coalesce(hub.status, "") IN ["COMPLETED", "TERMINATED"])
    ))
  RETURN collect([
    type(r), a.key, hub.key, coalesce(hub.title, hub.name, hub.key), hub.kind,
    duration.inDays(r.since, $day).days, duration.inDays(r.until, $day).days,
    duration.inDays(hub.since, $day).days, duration.inDays(hub.until, $day).days
  ]) AS shared
}
RETURN
  [m IN reached | [m.key, m.name, labels(m), m.introductions, m.favoursOpen]] AS members,
  ties,
  shared
