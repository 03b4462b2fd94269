-- m
SELECT "s"."_row" AS "subject", 0 AS "no", CASE WHEN NOT ("s"."_begins" <= $ref AND "s"."_ends" >= $ref) THEN 'not-in-existence'
END AS "reason", NOT COALESCE(("s"."_begins" <= $ref AND "s"."_ends" >= $ref), FALSE) AS "perhaps", "s"."members" < 9 OR
"s"."has_committee" AS "holds" FROM "subjects_branches" AS "s" WHERE "s"."_first"

-- result
SELECT "m"."subject" AS "subject", 0 AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT $begun THEN 'open' WHEN
"m"."holds" THEN 'met' WHEN NOT "m"."holds" AND NOT "m"."perhaps" THEN 'breached' ELSE 'unknown' END AS "outcome", CASE WHEN NOT
"m"."reason" IS NULL THEN "m"."reason" WHEN "m"."perhaps" AND NOT "m"."holds" THEN 'perhaps' END AS "reason" FROM "m"
