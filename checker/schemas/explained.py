"""How pydantic's JSON Schema becomes one that explains itself, of what the program writes and of what people write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue

from checker.schemas.docstrings import key_texts, sentence

if TYPE_CHECKING:
    from pydantic_core import core_schema


class ExplainedSchema(GenerateJsonSchema):
    """The schema of a file whose keys have the texts that stand under them in the models."""

    def generate(self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        """The whole schema, with its dialect."""
        found = super().generate(schema, mode)
        for model in found.get("$defs", {}).values():
            model["title"] = _words(model["title"].removesuffix("Entry").removesuffix("Json"))
        return {"$schema": self.schema_dialect, **found}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 -- pydantic's signature
        """No: a key's title would only repeat the key."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A model with the texts of its keys."""
        found = super().model_schema(schema)
        model = schema["cls"]
        found["description"] = sentence(model)
        texts = key_texts(model)
        if "properties" in found:
            last: frozenset[str] = getattr(model, "said_last", frozenset())
            found["properties"] = dict(sorted(found["properties"].items(), key=lambda each: each[0] in last))
        for name, field in model.model_fields.items():
            key = found.get("properties", {}).get(field.alias or name)
            text = texts.get(name) or field.description
            if key is not None and text:
                described(key, text)
        return found

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """An enumeration with the texts of its values."""
        found = super().enum_schema(schema)
        texts = key_texts(schema["cls"])
        said = [texts.get(member.name, "") for member in schema["members"]]
        if any(said):
            found["enumDescriptions"] = said
        return found

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        """A mapping with the texts of its keys; it may have other keys."""
        found = super().typed_dict_schema(schema)
        model = schema["cls"]
        found["description"] = sentence(model)
        for name, text in key_texts(model).items():
            described(found["properties"][name], text)
        return found


class WrittenSchema(ExplainedSchema):
    """The schema of a file that people write, in which a key without a value is a mistake."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What it is if it is given: a key without a value is a mistake."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """With the default, unless that is that nothing is said."""
        inner = self.generate_inner(schema["schema"])
        found = inner if "default" in inner else super().default_schema(schema)
        if found.get("default") in (None, [], {}):
            found.pop("default", None)
        return found

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A mapping of names; where names have a pattern, no others."""
        found = super().dict_schema(schema)
        if "patternProperties" in found:
            found["additionalProperties"] = False
        return found


def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def described(schema: dict[str, Any], text: str) -> None:
    """Adds a text: as it is, and as Markdown, which editors prefer, if it has some."""
    schema["description"] = text
    if "`" in text or "*" in text:
        schema["markdownDescription"] = text
