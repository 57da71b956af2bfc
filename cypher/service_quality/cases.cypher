// Which cases did a provider and its teams have from one day to another?
// Params:
//   provider: "asvik-pump"
//   begin: 2026-07-01
//   until: 2026-10-01
//   day: 2026-11-01
// Row: key, customer, opened_at, first_response_at, resolved_at, channel, reason, contacts, handovers, escalated, compensation, currency, initiated_by, initiative
// Rows: by key
// Budget: 2,420 db hits
// Example: {
//   serviceQuality(provider: "hyllvik-hem", from: "2026-07-01", to: "2026-10-01",
//     asOf: "2026-11-01") { csat { value } } }
MATCH (o:Member {key: $provider})
MATCH (o) (()<-[t:PART_OF]-(x:Member)
  WHERE coalesce(t.since < $until, true) AND coalesce($begin < t.until, true)
){0,1000} (inside)
WITH collect(DISTINCT inside) AS insiders
UNWIND insiders AS i
MATCH (i)<-[:AT]-(c:ServiceCase)
WITH DISTINCT c
WHERE coalesce($day < c.until, true)
  AND coalesce(datetime({date: $begin, timezone: "Z"}) <= c.openedAt
    AND c.openedAt < datetime({date: $until, timezone: "Z"}), true)
RETURN
  c.key AS key,
  head([(c)-[:FOR]->(m) | m.key]) AS customer,
  c.openedAt AS opened_at,
  c.firstResponseAt AS first_response_at,
  c.resolvedAt AS resolved_at,
  c.channel AS channel,
  c.reason AS reason,
  c.contacts AS contacts,
  c.handovers AS handovers,
  c.escalated AS escalated,
  c.compensation AS compensation,
  c.currency AS currency,
  c.initiatedBy AS initiated_by,
  head([(c)-[:LED_TO]->(i:Initiative) | i.key]) AS initiative
ORDER BY key
