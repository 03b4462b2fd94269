-- frame
SELECT "s"."_row" AS "subject", "w"."no" AS "no", CASE WHEN "w"."no" IS NULL THEN $windowless END AS "reason", NOT
COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"), FALSE) AS "perhaps", "w"."over" AS "over", "w"."begun" AS
"begun", "w"."last" AS "closes", "s"."id" AS "link", "s"."id" IS NULL AS "any_link", "s"."members" AS "bound_1" FROM
"subjects_organisations" AS "s" LEFT JOIN "windows" AS "w" ON "w"."unit" = '90d' AND COALESCE(("s"."_begins" <= "w"."first" AND
"s"."_ends" >= "w"."last"), TRUE) WHERE "s"."_first"

-- related: not translated
--   DateDiff: nobody has looked at it

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
--   Try: what fails cannot be made NULL
--   TryCast: what fails cannot be made NULL
