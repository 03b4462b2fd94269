-- frame
SELECT "s"."_row" AS "subject", 0 AS "no", NULL AS "reason", FALSE AS "perhaps", "s"."id" AS "link", "s"."id" IS NULL AS
"any_link", 1 AS "bound_1" FROM "subjects_wards" AS "s" WHERE "s"."_first"

-- related
SELECT "r"."ward" AS "link", 0 AS "no", COALESCE((("r"."_via" IS NULL OR "r"."_via" = 'ward') AND ("r"."_begins" <= $ref AND
"r"."_ends" >= $ref)), FALSE) AND NOT "r"."_doubt" AND NOT "r"."ward" IS NULL AS "sure", "r"."_row" AS "_row", 1 AS "n_lo", 1 AS
"n_hi", "r"."_via" AS "_via" FROM "rows_branches" AS "r" WHERE COALESCE((("r"."_via" IS NULL OR "r"."_via" = 'ward') AND
("r"."_begins" <= $ref AND "r"."_ends" >= $ref)), TRUE) AND (NOT "r"."ward" IS NULL OR ("r"."ward" IS NULL AND NOT
("r"."_state_ward" = 0)))

-- own
SELECT COUNT(*) FILTER(WHERE "sure") AS "n_lo", COUNT(*) AS "n_hi", "link", "no" FROM "related" WHERE NOT "link" IS NULL GROUP BY
"link", "no"

-- stray
SELECT COUNT(*) FILTER(WHERE FALSE) AS "n_lo", COUNT(*) AS "n_hi", "no" FROM "related" WHERE "link" IS NULL GROUP BY "no"

-- anybody
SELECT COUNT(*) FILTER(WHERE FALSE) AS "n_lo", COUNT(*) AS "n_hi", "no" FROM (SELECT DISTINCT ON ("_row", "no") * FROM "related"
WHERE EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via"
NULLS FIRST) AS "r" GROUP BY "no"

-- m: not translated
--   Try: what fails cannot be made NULL

-- result: not translated
--   TryCast: what fails cannot be made NULL
