// {"key_0":"firm","limit_1":21,"limit_2":21,"limit_3":21,"limit_4":21}
MATCH (n1:Member&Organisation {key: $key_0})
RETURN [
  n1.name,
  [
    COLLECT {
      MATCH (n1)<-[r1:PART_OF]-()
      WITH r1
      ORDER BY r1.key ASC, r1.key ASC
      LIMIT $limit_1
      WITH r1, startNode(r1) AS n2
      RETURN [[[n2.name]]]
    },
    null
  ],
  [
    COLLECT {
      MATCH (n1)<-[r2:INVESTED_IN]-()
      WITH r2
      ORDER BY coalesce(r2.on, date('9999-12-31')) ASC, r2.key ASC
      LIMIT $limit_2
      WITH r2, startNode(r2) AS n3
      RETURN [[r2.round, r2.amount, [n3.name]]]
    },
    null
  ],
  [
    COLLECT {
      MATCH (n1)-[r3:PARTY_TO]->()
      WITH r3
      ORDER BY r3.key ASC, r3.key ASC
      LIMIT $limit_3
      WITH r3, endNode(r3) AS n4
      RETURN [
        [
          [
            n4.title,
            n4.value,
            [
              COLLECT {
                MATCH (n4)<-[r4:PARTY_TO]-()
                WITH r4
                ORDER BY r4.key ASC, r4.key ASC
                LIMIT $limit_4
                WITH r4, startNode(r4) AS n5
                RETURN [[r4.role, [n5.name]]]
              },
              null
            ]
          ]
        ]
      ]
    },
    null
  ]
] AS value
