// Which customers do these suppliers have under contract on a day, and who else is a customer?
// Params:
//   members: ["asvik-pump"]
//   day: 2026-11-01
// Row: customers, contracts
CALL () {
  UNWIND $members AS key
  MATCH (m:Member {key: key})
  WHERE m:Customer OR EXISTS {
    MATCH (m)-[p:PARTY_TO {role: "CUSTOMER"}]->(c:Contract)
    WHERE all(x IN [p, c] WHERE
        coalesce(x.since <= $day, true) AND coalesce($day < x.until, true))
      AND coalesce(c.status, "") <> "DRAFT"
      AND (c.until IS NOT NULL
        OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
  }
  WITH m
  ORDER BY m.key
  RETURN collect(m.key) AS customers
}
CALL () {
  UNWIND $members AS key
  MATCH (s:Member {key: key})-[p:PARTY_TO {role: "SUPPLIER"}]->(c:Contract)
  MATCH (c)<-[q:PARTY_TO {role: "CUSTOMER"}]-(customer:Member)
  WHERE customer <> s
    AND all(x IN [p, c, q, customer] WHERE
      coalesce(x.since <= $day, true) AND coalesce($day < x.until, true))
    AND coalesce(c.status, "") <> "DRAFT"
    AND (c.until IS NOT NULL
      OR NOT coalesce(c.status, "") IN ["COMPLETED", "TERMINATED"])
  WITH DISTINCT s, c, customer
  ORDER BY c.key, s.key, customer.key
  RETURN collect([
    c.key, s.key, customer.key, c.value, c.currency,
    // Its own dependency tells how it is hit, on the supplier or a part of it.
    EXISTS {
      MATCH (customer)-[d:DEPENDS_ON]->(x:Member)
      WHERE all(y IN [d, x] WHERE
          coalesce(y.since <= $day, true) AND coalesce($day < y.until, true))
        AND (x = s OR EXISTS {
          MATCH (x) ((:Member)-[t:PART_OF]->(o:Member)
            WHERE coalesce(t.since <= $day, true) AND coalesce($day < t.until, true)
              AND coalesce(o.since <= $day, true) AND coalesce($day < o.until, true)
          ){1,100} (s)
        })
    }
  ]) AS contracts
}
RETURN
  customers,
  contracts
