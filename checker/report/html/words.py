"""The words that only the page has, in each language."""

from __future__ import annotations

from collections.abc import Mapping

_EN: Mapping[str, str] = {
    "language-name": "English",
    "page-skip": "Skip to the findings",
    "page-languages": "Language",
    "page-contents": "Contents",
    "page-handed-in": "Handed in by",
    "page-as-of": "As of",
    "page-figures": "Key figures",
    "page-of-regulation": "of the regulation {n}",
    "page-of-file": "of the file {n}",
    "page-breaches": "Breaches of the regulation",
    "page-breaches-none": "No breach of the regulation was found.",
    "page-filter": "Search and filter",
    "page-search": "Search",
    "page-verdict": "Verdict",
    "page-severity": "Severity",
    "page-rule": "Rule",
    "page-body": "Body, with those below it",
    "page-all": "all",
    "page-reset": "Show everything",
    "page-shown": "{shown} of {all} entries shown",
    "page-no-match": "No entry matches. The filter above leaves all of them out.",
    "page-link": "Link to this entry",
    "page-details": "Details",
    "page-left-out": "This page lists the {n} gravest findings. Counted here but not listed: {verdicts}. "
    "The report as JSON (-f json=FILE), or --findings FILE, has all of them.",
}

_VI: Mapping[str, str] = {
    "language-name": "Tiếng Việt",
    "page-skip": "Đến phần kết luận",
    "page-languages": "Ngôn ngữ",
    "page-contents": "Mục lục",
    "page-handed-in": "Đơn vị nộp",
    "page-as-of": "Tính đến ngày",
    "page-figures": "Số liệu chính",
    "page-of-regulation": "quy định {n}",
    "page-of-file": "lỗi của tệp {n}",
    "page-breaches": "Vi phạm quy định",
    "page-breaches-none": "Không phát hiện vi phạm quy định nào.",
    "page-filter": "Tìm và lọc",
    "page-search": "Tìm",
    "page-verdict": "Kết luận",
    "page-severity": "Mức độ",
    "page-rule": "Quy định",
    "page-body": "Tổ chức, kể cả cấp dưới",
    "page-all": "tất cả",
    "page-reset": "Hiện tất cả",
    "page-shown": "đang hiện {shown} trên {all} mục",
    "page-no-match": "Không có mục nào phù hợp với điều kiện lọc ở trên.",
    "page-link": "Liên kết đến mục này",
    "page-details": "Chi tiết",
    "page-left-out": "Trang này liệt kê {n} kết luận nặng nhất. Được đếm nhưng không liệt kê ở đây: {verdicts}. "
    "Báo cáo JSON (-f json=TỆP) hoặc --findings TỆP có đầy đủ.",
}

WORDS: Mapping[str, Mapping[str, str]] = {"en": _EN, "vi": _VI}
"""Texts by language and key."""
