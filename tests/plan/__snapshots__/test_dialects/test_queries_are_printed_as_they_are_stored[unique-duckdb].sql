-- frame
SELECT "s"."_row" AS "subject", 0 AS "no", CASE WHEN NOT ("s"."_begins" <= $ref AND "s"."_ends" >= $ref) THEN 'not-in-existence'
END AS "reason", NOT COALESCE(("s"."_begins" <= $ref AND "s"."_ends" >= $ref), FALSE) AS "perhaps", "s"."ward" AS "link",
"s"."name" AS "link_2", "s"."ward" IS NULL AND NOT ("s"."_state_ward" = 0) AS "any_link", "s"."name" IS NULL AS "any_link_2", 1 AS
"bound_1" FROM "subjects_branches" AS "s" WHERE "s"."_first"

-- related
SELECT "r"."ward" AS "link", "r"."name" AS "link_2", 0 AS "no", COALESCE((("r"."_via" IS NULL OR "r"."_via" = 'ward') AND
("r"."_begins" <= $ref AND "r"."_ends" >= $ref)), FALSE) AND NOT "r"."_doubt" AND (NOT "r"."ward" IS NULL AND NOT "r"."name" IS
NULL) AS "sure", "r"."_row" AS "_row", 1 AS "n_lo", 1 AS "n_hi", "r"."_via" AS "_via" FROM "rows_branches" AS "r" WHERE
COALESCE((("r"."_via" IS NULL OR "r"."_via" = 'ward') AND ("r"."_begins" <= $ref AND "r"."_ends" >= $ref)), TRUE) AND (NOT
"r"."ward" IS NULL OR ("r"."ward" IS NULL AND NOT ("r"."_state_ward" = 0)))

-- ways
SELECT "f"."subject", "f"."no", "r"."_row", "r"."n_lo", "r"."n_hi", "r"."sure" AS "sure" FROM "frame" AS "f" JOIN "related" AS "r"
ON "r"."no" = "f"."no" AND "r"."link" = "f"."link" AND "r"."link_2" = "f"."link_2" UNION ALL SELECT "f"."subject", "f"."no",
"r"."_row", "r"."n_lo", "r"."n_hi", FALSE AS "sure" FROM "frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND
("r"."link" IS NULL OR "r"."link_2" IS NULL) AND ("r"."link" = "f"."link" OR ("r"."link" IS NULL AND NOT "f"."link" IS NULL) OR
("f"."link" IS NULL AND "f"."any_link")) AND ("r"."link_2" = "f"."link_2" OR ("r"."link_2" IS NULL AND NOT "f"."link_2" IS NULL)
OR ("f"."link_2" IS NULL AND "f"."any_link_2")) UNION ALL SELECT "f"."subject", "f"."no", "r"."_row", "r"."n_lo", "r"."n_hi",
FALSE AS "sure" FROM "frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND NOT "r"."link" IS NULL AND NOT "r"."link_2"
IS NULL AND ("f"."link" IS NULL OR "f"."link_2" IS NULL) AND ("r"."link" = "f"."link" OR ("r"."link" IS NULL AND NOT "f"."link" IS
NULL) OR ("f"."link" IS NULL AND "f"."any_link")) AND ("r"."link_2" = "f"."link_2" OR ("r"."link_2" IS NULL AND NOT "f"."link_2"
IS NULL) OR ("f"."link_2" IS NULL AND "f"."any_link_2"))

-- pairs
SELECT "subject", "no", "_row", BOOL_OR(CAST("sure" AS BOOLEAN)) AS "sure", CASE WHEN COUNT(*) = COUNT("n_lo") THEN MIN("n_lo")
END AS "n_lo", CASE WHEN COUNT(*) = COUNT("n_hi") THEN MAX("n_hi") END AS "n_hi" FROM "ways" GROUP BY "subject", "no", "_row"

-- own
SELECT COUNT_IF("sure") AS "n_lo", COUNT(*) AS "n_hi", "subject", "no" FROM "pairs" GROUP BY "subject", "no"

-- m
SELECT "frame".*, CASE WHEN $submitted_branches THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."n_lo" END ELSE 0 END AS
"n_lo", CASE WHEN $submitted_branches THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."n_hi" END ELSE NULL END AS "n_hi" FROM
"frame" LEFT JOIN "own" ON "own"."subject" = "frame"."subject" AND "own"."no" = "frame"."no"

-- result
SELECT "m"."subject" AS "subject", 0 AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT $begun THEN 'open' WHEN
"m"."n_hi" <= "m"."bound_1" THEN 'met' WHEN "m"."n_lo" > "m"."bound_1" AND NOT "m"."perhaps" THEN 'breached' ELSE 'unknown' END AS
"outcome", CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason" WHEN NOT $submitted_branches THEN 'not-submitted' WHEN
"m"."perhaps" AND "m"."n_lo" > "m"."bound_1" THEN 'perhaps' END AS "reason", TRY_CAST("m"."n_lo" AS DECIMAL(38, 6)) AS "low",
TRY_CAST("m"."n_hi" AS DECIMAL(38, 6)) AS "high", TRY_CAST("m"."bound_1" AS DECIMAL(38, 6)) AS "bound_1" FROM "m"
