"""Says what the rule engine did: its rules, and the facts that go in and come out, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.model.law import Firing, Stated
from checker.model.words import Reason
from checker.report.say.fields import titled
from checker.report.say.wording import Wording

_INFERENCES: Mapping[str, str] = {
    "an exception that holds displaces rules": "ngoại lệ có hiệu lực thì thay thế quy định",
    "an exception that holds calls for its replacement": "ngoại lệ có hiệu lực thì đưa quy định thay thế vào áp dụng",
    "a replacement holds only where an exception calls for it": "quy định thay thế chỉ áp dụng khi có ngoại lệ đưa vào",
    "exceptions that displace one rule differently are a conflict": "các ngoại lệ thay thế khác nhau một quy định là mâu thuẫn",
    "an exception that holds and one that may hold are perhaps a conflict": (
        "ngoại lệ có hiệu lực và ngoại lệ có thể có hiệu lực có thể mâu thuẫn với nhau"
    ),
    "exceptions that both may hold are perhaps a conflict": "các ngoại lệ có thể có hiệu lực có thể mâu thuẫn với nhau",
    "the strongest claim takes effect": "yêu cầu mạnh nhất có hiệu lực",
    "an outcome is read in the light of what took effect": "kết quả đo được xét theo điều đã có hiệu lực",
    "an outcome is read as it is where nothing took effect": "kết quả đo được giữ nguyên khi không có gì tác động",
    "a required rule with another verdict bars the rule that requires it": "quy định tiên quyết không như yêu cầu thì ngăn cản",
    "a reading is taken in the light of the strongest bar": "điều đã xét được xem lại theo điều cản mạnh nhất",
    "a violation that a waiver covers is waived": "vi phạm có miễn trừ thì được miễn",
    "a waiver does not bear on what is no violation": "miễn trừ không tác động đến điều không phải vi phạm",
}
"""The names of the engine's rules in Vietnamese; they are English themselves."""

_FACTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "holds": "exception {exception} {truth}",
        "displaces": "exception {exception} displaces rule {rule} in favour of {by}",
        "replaces": "exception {exception} calls for rule {rule}",
        "replacement": "rule {rule} holds only in place of another",
        "claim": "it is claimed that rule {rule} is {claim}",
        "effect": "rule {rule} is {claim}",
        "called": "an exception calls for rule {rule}",
        "conflict": "exceptions {one} and {other} disagree about rule {rule}",
        "outcome": "the outcome of rule {rule} is: {outcome}{covered}",
        "reading": "rule {rule} is then: {verdict}{why}{covered}",
        "requires": "rule {rule} requires that rule {required} is: {verdict}",
        "found": "rule {required} is: {verdict}",
        "bar": "rule {required} {degree} bars rule {rule}",
        "ruling": "rule {rule}, requirements considered, is: {verdict}{why}{covered}",
        "verdict": "the verdict on rule {rule} is: {verdict}{why}",
    },
    "vi": {
        "holds": "ngoại lệ {exception} {truth}",
        "displaces": "ngoại lệ {exception} thay thế quy định {rule} bằng {by}",
        "replaces": "ngoại lệ {exception} đưa quy định {rule} vào áp dụng",
        "replacement": "quy định {rule} chỉ áp dụng thay cho quy định khác",
        "claim": "có yêu cầu rằng quy định {rule} {claim}",
        "effect": "quy định {rule} {claim}",
        "called": "có ngoại lệ đưa quy định {rule} vào áp dụng",
        "conflict": "các ngoại lệ {one} và {other} không thống nhất về quy định {rule}",
        "outcome": "kết quả đo của quy định {rule}: {outcome}{covered}",
        "reading": "quy định {rule} khi đó: {verdict}{why}{covered}",
        "requires": "quy định {rule} đòi hỏi quy định {required}: {verdict}",
        "found": "quy định {required}: {verdict}",
        "bar": "quy định {required} {degree} cản quy định {rule}",
        "ruling": "quy định {rule}, xét cả quy định tiên quyết: {verdict}{why}{covered}",
        "verdict": "kết luận về quy định {rule}: {verdict}{why}",
    },
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "yes": "holds",
        "perhaps": "perhaps holds",
        "displaced": "displaced",
        "uncalled": "called for by no exception",
        "disputed": "disputed between exceptions",
        "perhaps-disputed": "perhaps disputed between exceptions",
        "perhaps-displaced": "perhaps displaced",
        "called": "called for",
        "perhaps-called": "perhaps called for",
        "met": "met",
        "breached": "breached",
        "unknown": "unknown",
        "open": "open",
        "none": "does not apply",
        "surely": "surely",
        "possibly": "possibly",
    },
    "vi": {
        "yes": "có hiệu lực",
        "perhaps": "có thể có hiệu lực",
        "displaced": "bị thay thế",
        "uncalled": "không được ngoại lệ nào đưa vào",
        "disputed": "bị các ngoại lệ tranh chấp",
        "perhaps-disputed": "có thể bị các ngoại lệ tranh chấp",
        "perhaps-displaced": "có thể bị thay thế",
        "called": "được đưa vào áp dụng",
        "perhaps-called": "có thể được đưa vào áp dụng",
        "met": "đạt",
        "breached": "không đạt",
        "unknown": "không rõ",
        "open": "chưa kết thúc",
        "none": "không áp dụng",
        "surely": "chắc chắn",
        "possibly": "có thể",
    },
}
_BY = {"en": " by exception {0}", "vi": " bởi ngoại lệ {0}"}
_NOTHING = {"en": "none", "vi": "không quy định nào"}
_DOUBTS = {Reason.PERHAPS, Reason.CONFLICT}
_COVERED = {"en": ", and a waiver covers it", "vi": ", và có miễn trừ"}
_CODED = {"truth", "claim", "outcome", "degree"}


def reason_text(reason: Reason, because: str | None, wording: Wording) -> str:
    """Why a rule does not apply, or is undetermined, without the finding it is said of."""
    if reason is Reason.DISPLACED and because is not None:
        return wording("displaced-by", exception=titled(because, wording))
    if reason is Reason.REQUIREMENT and because is not None:
        return wording("requirement-of", rule=titled(because, wording))
    return wording(f"why-{reason.value}" if reason in _DOUBTS else reason.value)


def firing_name(firing: Firing, wording: Wording) -> str:
    """The name of the engine's rule that fired."""
    return _INFERENCES.get(firing.rule, firing.rule) if wording.language == "vi" else firing.rule


def facts_text(facts: tuple[Stated, ...], wording: Wording) -> Iterator[str]:
    """Each fact as a sentence without a full stop."""
    return (_fact(fact, wording) for fact in facts)


def _fact(fact: Stated, wording: Wording) -> str:
    language = wording.language if wording.language in _FACTS else "en"
    fields = dict(fact.fields)
    sentence = _FACTS[language].get(fact.kind)
    if sentence is None:
        return f"{fact.kind}: " + ", ".join(f"{field} {value}" for field, value in fact.fields)
    values = {field: _VALUES[language].get(value, value) if field in _CODED else value for field, value in fields.items()}
    if "claim" in fields and "exception" in fields:
        values["claim"] += _BY[language].format(fields["exception"])
    values["covered"] = _COVERED[language] if fields.get("covered") == "1" else ""
    values["by"] = fields.get("by") or _NOTHING[language]
    values["verdict"] = wording(fields["verdict"]) if "verdict" in fields else ""
    values["why"] = f" ({reason_text(Reason(fields['reason']), None, wording)})" if "reason" in fields else ""
    return sentence.format_map(values)
