"""The strict models of a rulebook's YAML, before anything in it is resolved (docs/language.md)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, model_validator

from checker.forms.base import Flag, unfit
from checker.model.schema import FieldType, Precision
from checker.model.words import Severity
from checker.rules.scalars import (
    _CONDITIONS,
    Combinations,
    Day,
    DecimalSign,
    EnumValues,
    FieldName,
    Limit,
    MonthStart,
    Name,
    Nothing,
    Number,
    OneOrMore,
    Plain,
    Predicate,
    Requires,
    Severities,
    Strings,
    TextValue,
    ThousandsSign,
    Weekday,
    _always,
    _nothing,
)
from checker.words.message import message


class Entry(BaseModel):
    """Base of all entries: frozen, and every unknown key is an error.

    The text under each key is what editors and docs/reference.md say of it (`python -m docs.make`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, defer_build=True)


class WritingEntry(Entry):
    """How values are written in the cells of a column; of a record or a rulebook, in those of all its columns of the type."""

    said_last: ClassVar = frozenset({"missing", "formats", "with_time", "decimal", "thousands", "true_words", "false_words"})
    """The keys in common, which stand after those of the field, record or rulebook itself where keys are listed."""

    missing: Strings = ()
    """Words that stand for an empty cell, `[N/A, "-"]`, in any case; those of field, record and rulebook add up."""
    formats: Strings = ()
    """Further ways in which a date may be written, such as `%d/%m/%Y`, beside `2019-01-31`; the field's before the record's."""
    with_time: Flag | None = None
    """Whether a date may be given with a time of day, `2019-01-31 08:30`, which is then passed over."""
    decimal: DecimalSign | None = None
    """The sign before the decimals of a number: `.`, if nothing says, or `,`."""
    thousands: ThousandsSign | None = None
    """The sign between groups of three figures of a number, `.` in `1.250.000`; `" "` is any blank; none, if nothing says."""
    true_words: Strings = ()
    """Further words and marks for true, `[x, "✓"]`, in any case."""
    false_words: Strings = ()
    """Further words and marks for false, in any case."""


class CalendarEntry(Entry):
    """Which days are not working days, for spans of time such as `10 working days`."""

    weekend: tuple[Weekday, ...] = ("sat", "sun")
    """The days of the week that are never worked: `[sat, sun]`; `[]` where every day is."""
    holidays: tuple[Day, ...] = ()
    """The days off. Without `country`, a year of which none is listed is not told, and what is due in it is unknown."""
    country: Plain | None = None
    """A country (`VN`), or a part of it (`DE-BY`), whose public holidays are not worked; needs `regulation-checker[holidays]`."""


class Header(WritingEntry):
    """What stands once in a rulebook; how values are written holds for all its records."""

    rulebook: Name
    """The name by which submissions and reports call the rulebook, `vn-party-grassroots`; one of its files must say it."""
    title: TextValue
    """What people call the rulebook; one of its files must say it."""
    version: Plain = "0"
    """The version of the rulebook; reports name it."""
    languages: OneOrMore = ("en",)
    """The languages of its texts: `[vi, en]`. The first is that of plain strings, and of reports unless another is asked for."""
    year_starts: MonthStart = 1
    """The first day of its years, halves and quarters, the first of a month: `04-01` for 1 April."""
    calendar: CalendarEntry = CalendarEntry()
    """Which days are working days; from Monday to Friday, if not given."""
    body: Plain | None = None
    """The record whose rows are the bodies, by which reports are grouped; the only record with a `parent` need not be named."""
    uses: OneOrMore = ()
    """Libraries of records: a shipped one's name, or a path from the rulebook (`./clubs.yaml`); one or several."""
    extends: Plain | None = None
    """The rulebook that this one adds to, and may only be stricter than: a shipped one's name, or a path."""
    overrides: OneOrMore = ()
    """The rules of that rulebook from which this one departs, by id; `standings` for its standings."""


class SourceEntry(Entry):
    """A regulation that rules cite by its name."""

    title: TextValue
    """Its title."""
    short: TextValue | None = None
    """Its short title, by which reports cite it where it has one: `Act 1972`."""
    issued: Day | None = None
    """The day on which it was issued."""
    url: Plain | None = None
    """Where it is published."""
    note: TextValue | None = None
    """What a reader of the rulebook should know of it, such as what replaced it."""
    provisions: dict[str, TextValue] = Field(default_factory=dict)
    """What the beginning of a citation is called in each language: `{art.: {vi: Điều, en: art.}}`; the longest that fits."""


class ValueEntry(Entry):
    """A value of a parameter from a day on."""

    first: Day | None = Field(None, alias="from")
    """The first day on which the value holds; where there are several values each has one, in the order of time."""
    value: Plain
    """The value: a number, a percentage `85%`, a fraction `2/3`, or a text."""
    cites: Plain | None = None
    """The provision that sets the value, such as `charter-2011 art. 22`."""


class ParameterEntry(
    RootModel[Annotated[list[ValueEntry], BeforeValidator(_always, json_schema_input_type=list[ValueEntry] | Plain)]]
):
    """A limit that the law changes, written `:name` in rules: its values in the order of time, or one value that holds always."""

    model_config = ConfigDict(frozen=True, defer_build=True)


class FieldEntry(WritingEntry):
    """A column of a table; everything may be left out (`name:`), and then it is text that need not be filled."""

    type: FieldType = FieldType.TEXT
    """What its cells are read as; a cell that cannot be is reported, and is unknown to every rule."""
    title: TextValue | None = None
    """What people call the column; also a header under which it is found."""
    headers: Strings = ()
    """Further headers under which the column is found; case, spaces, `_` and `-` do not matter."""
    required: Flag = False
    """Whether an empty cell is a violation; the missing value is unknown to every other rule."""
    default: Plain | None = None
    """What an empty cell stands for."""
    enum: EnumValues | None = None
    """The values a text can have, `[held, cancelled]`, or each with other words for it, `{held: [đã họp], cancelled: []}`."""
    words: dict[Plain, TextValue] = Field(default_factory=dict)
    """What people call the values of `enum`, `{held: {vi: đã họp, en: held}}`; reports say these, and cells may have them too."""
    min: Number | None = None
    """The least value that an integer or number can have; a lesser one is reported, and is unknown."""
    max: Number | None = None
    """The greatest value that an integer or number can have; a greater one is reported, and is unknown."""
    precision: Precision = Precision.DAY
    """How much of a day has to be known: `month` also takes `2019-05`, some day of May, and `year` also `2019`."""
    ref: Plain | None = None
    """The record to whose key the values refer; a value without such a row is a violation."""
    list_: Plain | None = Field(None, alias="list")
    """The signs between several values in one cell, `";"` of `An; Bình`: predicates ask `contains(…, 'An')`, `count(…)`."""


FieldOrNothing = Annotated[FieldEntry, BeforeValidator(_nothing, json_schema_input_type=FieldEntry | Nothing)]


class LifespanEntry(Entry):
    """The fields that say from when until when what a row describes exists, both days included; empty is open-ended."""

    first: Plain | None = Field(None, alias="from")
    """The date field that holds its first day."""
    last: Plain | None = Field(None, alias="until")
    """The date field that holds its last day."""


class RollCallByEntry(Entry):
    """The fields by which rows name whom they mark as present, and at what."""

    who: Plain | None = None
    """The field that holds the key of `who`; it need not be a reference, where others may come too."""
    occasion: Plain | None = None
    """The field that holds the key of `occasion`."""


class RollCallEntry(Entry):
    """Whose presence is asked for, at what, and the rows that tell of it: a row is made for each pair of the two."""

    who: Plain
    """The record of those who may be present."""
    occasion: Plain
    """The record of what they may be present at."""
    present: Plain
    """The record or term whose rows mark somebody as present: one of their fields refers to `who`, one to `occasion`."""
    by: RollCallByEntry | None = None
    """The fields in which the rows of `present` name the two, where not just one refers to each."""


class DeriveEntry(Entry):
    """What a record is made of: a row for each combination of values that some columns of another have."""

    source: Plain = Field(alias="from")
    """The record or term whose rows have them."""
    key: Plain | list[Plain] | dict[FieldName, Plain]
    """The column, or several, perhaps by name: fields, paths, or of a day `month(…)`, `quarter(…)` or `year(…)`."""


class RecordEntry(WritingEntry):
    """A table: submitted as a CSV file, a sheet or a list of rows, or made by `roll_call` or `derive`."""

    title: TextValue | None = None
    """What people call the table; also a name under which it is found."""
    headers: Strings = ()
    """Further names of its file or sheet; case, spaces, `_` and `-` do not matter."""
    key: Plain | None = None
    """The text field that identifies a row; two rows with the same key are a violation."""
    label: Plain | None = None
    """The field by which reports call a row."""
    parent: Plain | None = None
    """The field that refers to the row above, of this record itself, which makes it a tree."""
    date: Plain | None = None
    """The date field that says on which day a row is about; a row after the as-of date does not count."""
    unique: Combinations = ()
    """Combinations of fields, `[[meeting, person]]`, that no two rows share; a row that does is a violation."""
    fill_down: Strings = ()
    """Fields of which an empty cell of a sheet or CSV file, or a ditto mark (`"`, `nt`), means what stands above."""
    lifespan: LifespanEntry | None = None
    """From when until when what a row describes exists."""
    belongs_to: Plain | None = None
    """The reference, or path of references, towards the body that answers for a row; the only one need not be named."""
    fields_: Annotated[dict[FieldName, FieldOrNothing], Field(min_length=1)] | None = Field(None, alias="fields")
    """The columns by name; a record that is submitted has at least one."""
    roll_call: RollCallEntry | None = None
    """Makes the record of others, as who was present at what; its fields are `who`, `occasion`, `date` and `present`."""
    derive: DeriveEntry | None = None
    """Makes the record of the distinct values of another: its fields are `id`, those of `key`, and of days `date`."""

    @model_validator(mode="after")
    def _has_fields_or_is_made(self) -> RecordEntry:
        if not self.made:
            if self.fields_ is None:
                raise unfit(message("record-no-fields"))
            return self
        how = "roll_call" if self.roll_call is not None else "derive"
        for key in sorted(self.model_fields_set - {how, "title", "belongs_to"}):
            raise unfit(message(f"record-not-with-{how.replace('_', '-')}", key=key.rstrip("_")))
        return self

    @property
    def made(self) -> bool:
        """Whether it is not submitted but made of other records."""
        return self.roll_call is not None or self.derive is not None


class TermEntry(Entry):
    """A named selection of rows, used where a record could be named."""

    of: Plain
    """The record, or the term, of whose rows it selects."""
    where: Predicate | None = None
    """The predicate that selects rows; of a term, in addition to that term's own."""
    title: TextValue | None = None
    """What people call the rows; reports say what they counted with it."""


class InForceEntry(Entry):
    """The days between which a rule is in force, both included; without one of them it is open on that side."""

    first: Day | None = Field(None, alias="from")
    """The first day."""
    last: Day | None = Field(None, alias="until")
    """The last day."""


class RuleEntry(Entry):
    """The testable form of one requirement of a regulation."""

    id: Name
    """Its name, unique in the rulebook; its cases lie in `cases/<id>.yaml`."""
    title: TextValue | None = None
    """What the regulation demands, in a sentence."""
    cites: OneOrMore
    """The provisions it follows from, each a source and the provision: `charter-2011 art. 22`."""
    verified: Flag = True
    """`false` where the provision could not be checked against its text: wherever it is cited, that is said."""
    severity: Severity = Severity.MAJOR
    """How grave a violation is."""
    for_: Plain = Field(alias="for")
    """Who is bound: the record, or the term, each of whose rows is judged."""
    in_force: InForceEntry | None = None
    """The days between which it is in force; always, if not given."""
    parameters: Literal["start", "end"] = "start"
    """Whose value of a parameter that changes within a window holds: that of its first day, or (`end`) of its last."""
    require: dict[str, object]
    """What is required: exactly one form."""
    requires: Requires = Field(default_factory=dict)
    """Rules that must be satisfied (or, `{rule: violated}`, violated) by the same subject, for this one to be judged."""
    remedy: TextValue | None = None
    """What a body that violates it has to do."""
    note: TextValue | None = None
    """What a reader of the rulebook should know, such as how the provision was understood."""


class WhenEntry(Entry):
    """When an exception holds."""

    subject: Predicate
    """A predicate over the subject of the displaced rules."""


class ExceptionEntry(Entry):
    """A provision of the law that displaces rules for the subjects it names."""

    id: Name
    """Its name, unique among exceptions."""
    title: TextValue | None = None
    """What the provision says, in a sentence."""
    cites: OneOrMore
    """The provisions it follows from, each a source and the provision."""
    when: WhenEntry
    """For which subjects it holds."""
    displaces: OneOrMore
    """The rules that do not apply where it holds."""
    by: Name | None = None
    """The rule that holds instead, and only there."""


class StandingEntry(Entry):
    """A conclusion about a body, drawn from its findings and those of what belongs to it: the first that matches."""

    id: Name
    """Its name; `undetermined` is that of bodies whose standing the data cannot tell."""
    title: TextValue | None = None
    """What people call the standing."""
    when: object = None
    """The condition under which it is pronounced; the last standing may have none."""


class FindingsEntry(Entry):
    """Which findings a condition counts; `{}` is any."""

    severity: Severities | None = None
    """Only findings of rules of that severity, or of one of these."""
    rule: OneOrMore | None = None
    """Only findings of that rule, or of one of these."""
    repeated: Flag = False
    """Only violations that were violations in the previous report too."""


class KinEntry(Entry):
    """Which of the bodies below a condition counts."""

    standing: OneOrMore
    """Those of that standing, or of one of these."""


class StandingConditionEntry(Entry):
    """A condition about a body: exactly one of these, and bounds beside a count of findings or of bodies."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [key]} for key in _CONDITIONS]})

    violated: FindingsEntry | None = None
    """The body, with what belongs to it, has such violations."""
    undetermined: FindingsEntry | None = None
    """The body, with what belongs to it, has such undetermined findings."""
    children: KinEntry | None = None
    """The bodies directly below it in the tree are of such a standing."""
    descendants: KinEntry | None = None
    """The bodies below it, at any depth, are of such a standing."""
    at_least: Limit = "1"
    """How many of them there are at least; of bodies also what share of those below: `20%`."""
    more_than: Limit | None = None
    """Of bodies: how many, or what share, there are more than."""
    at_most: Limit | None = None
    """Of bodies: how many, or what share, there are at most."""
    less_than: Limit | None = None
    """Of bodies: how many, or what share, there are less than."""
    subject: Predicate | None = None
    """A predicate over the body."""
    all_: list[StandingConditionEntry] | None = Field(None, alias="all", min_length=1)
    """Each of these conditions holds."""
    any_: list[StandingConditionEntry] | None = Field(None, alias="any", min_length=1)
    """Some of these conditions holds."""
    not_: StandingConditionEntry | None = Field(None, alias="not")
    """This condition does not hold."""
