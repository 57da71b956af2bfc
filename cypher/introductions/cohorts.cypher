// Which members or organisers of these cohorts have one of these roles on a day?
// Params:
//   cohorts: ["badd-2026"]
//   roles: ["Investor"]
//   day: 2026-11-01
// Row: cohort, members
// Rows: by key
// Budget: 40 db hits
// Example: seeds/demo/questions/partner_paths.graphql
MATCH (c:Community)
WHERE c.key IN $cohorts
RETURN
  c.key AS cohort,
  COLLECT {
    MATCH (c)<-[r:MEMBER_OF|ORGANISES]-(m:Member)
    WHERE coalesce(r.since <= $day, true) AND coalesce($day < r.until, true)
      AND ($roles IS NULL OR any(label IN labels(m) WHERE label IN $roles))
    RETURN DISTINCT m.key AS member
    ORDER BY member
  } AS members
ORDER BY c.key
