// Which ties and shared records connect each of these pairs of members by a day?
// Params:
//   pairs: [["fuktlys", "nordic-seed"]]
//   day: 2026-11-01
//   max_community: 200
// Row: source, target, ties, shared
// Rows: by key
// Budget: 1,400 db hits
// Example: seeds/demo/questions/partner_paths.graphql
UNWIND $pairs AS pair
MATCH (a:Member {key: pair[0]})
USING INDEX SEEK a:Member(key)
MATCH (b:Member {key: pair[1]})
USING INDEX SEEK b:Member(key)
RETURN
  [a.key, a.name] AS source,
  [b.key, b.name] AS target,
  COLLECT {
    MATCH (a)-[r:KNOWS|WORKS_FOR|PART_OF|INVESTED_IN|ADVISES|MANAGES_ACCOUNT]-(b)
    WHERE coalesce(r.since <= $day, true)
    // Ages in whole days on that day; an end still to come has a negative age.
    RETURN [
      type(r), startNode(r).key, r.key,
      duration.inDays(r.since, $day).days, duration.inDays(r.until, $day).days,
      r.score, duration.inDays(r.scoreAt, $day).days, r.declaredStrength,
      r.context, r.contactMonths, r.boardSeat,
      r.title, r.round, r.amount, r.currency, r.adviceKind
    ] AS tie
    ORDER BY type(r), r.key
  } AS ties,
  COLLECT {
    MATCH (a)-[r:INVESTED_IN|PARTY_TO|MEMBER_OF]->(hub)
    MATCH (hub)<-[s:INVESTED_IN|PARTY_TO|MEMBER_OF|ORGANISES]-(b)
    WHERE coalesce(r.since <= $day, true) AND coalesce(s.since <= $day, true)
      AND coalesce(hub.since <= $day, true)
      AND (type(r) = type(s) OR type(s) = "ORGANISES" AND type(r) = "MEMBER_OF")
      AND coalesce(hub.kind, "") <> "DATASET"
      AND (NOT hub:Contract OR (
        coalesce(hub.status, "") <> "DRAFT"
        AND (hub.until IS NOT NULL
          OR NOT coalesce(hub.status, "") IN ["COMPLETED", "TERMINATED"])
      ))
    WITH hub, r, s, CASE WHEN hub:Community THEN COUNT {
        MATCH (hub)<-[m:MEMBER_OF]-(x:Member)
        WHERE coalesce(m.since <= $day, true) AND coalesce($day < m.until, true)
          AND coalesce(x.since <= $day, true) AND coalesce($day < x.until, true)
        RETURN DISTINCT x
      } ELSE 0 END AS members
    RETURN [
      type(s), hub.key, coalesce(hub.title, hub.name, hub.key),
      coalesce(hub.kind IN ["INCUBATOR_COHORT", "ACCELERATOR_COHORT"], false),
      members <= $max_community,
      duration.inDays(r.since, $day).days, duration.inDays(r.until, $day).days,
      duration.inDays(s.since, $day).days, duration.inDays(s.until, $day).days,
      duration.inDays(hub.since, $day).days, duration.inDays(hub.until, $day).days
    ] AS share
    ORDER BY type(s), hub.key, r.key, s.key
  } AS shared
ORDER BY a.key, b.key
