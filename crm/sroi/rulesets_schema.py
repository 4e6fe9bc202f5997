"""The form of rule files as a JSON Schema, for editors and for those who write them by program."""

from __future__ import annotations

import json

from pydantic import TypeAdapter

from crm.sroi.rules import RuleSet


def ruleset_schema() -> str:
    """Return the JSON Schema of a rule file as text, made from the model that files are read into."""
    schema = TypeAdapter(RuleSet).json_schema(mode="validation")
    schema["properties"].pop("hash")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
