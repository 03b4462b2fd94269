"""The invented and the published makings of the registry: which organisations there are, and of what size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """A ward or commune, and how many hamlets and school cells it has."""

    code: str
    name: str
    kind: str
    hamlets: int
    schools: int
    health: bool = False
    credit_fund: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A grassroots organisation that is not of a ward or commune. `cells` is 0 for a grassroots cell.

    `committee` and `standing` are the seats of its committee and of its standing committee.
    """

    code: str
    name: str
    kind: str
    cells: int = 0
    committee: int = 3
    standing: int = 0


PLACES = (
    Place("VTV", "Vĩnh Thanh Vân", "ward", 7, 5, health=True),
    Place("VT", "Vĩnh Thanh", "ward", 6, 4),
    Place("VQ", "Vĩnh Quang", "ward", 6, 5, health=True),
    Place("VH", "Vĩnh Hiệp", "ward", 6, 4, health=True),
    Place("VB", "Vĩnh Bảo", "ward", 5, 4),
    Place("VLA", "Vĩnh Lạc", "ward", 6, 4),
    Place("AH", "An Hòa", "ward", 7, 5, health=True),
    Place("AB", "An Bình", "ward", 6, 4),
    Place("RS", "Rạch Sỏi", "ward", 7, 5, health=True, credit_fund=True),
    Place("VLO", "Vĩnh Lợi", "ward", 5, 4),
    Place("VTG", "Vĩnh Thông", "ward", 5, 4),
    Place("PT", "Phi Thông", "commune", 6, 3, health=True),
)

_COMMITTEES_OF_AGENCIES = (
    ("Cơ quan Thành ủy", 5, 9, 3),
    ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", 4, 9, 3),
    ("Phòng Giáo dục và Đào tạo", 5, 9, 3),
    ("Chi cục Thuế", 6, 11, 3),
    ("Kho bạc Nhà nước", 4, 9, 3),
    ("Bảo hiểm xã hội", 5, 9, 3),
    ("Viện kiểm sát nhân dân", 4, 9, 3),
    ("Tòa án nhân dân", 3, 7, 0),
)
_CELLS_OF_AGENCIES = (
    "Ban Tổ chức", "Ban Tuyên giáo", "Ban Dân vận", "Ủy ban Kiểm tra", "Ủy ban Mặt trận Tổ quốc", "Liên đoàn Lao động",
    "Thành đoàn", "Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh", "Hội Chữ thập đỏ", "Phòng Nội vụ",
    "Phòng Tư pháp", "Phòng Tài chính - Kế hoạch", "Phòng Tài nguyên và Môi trường", "Phòng Kinh tế",
    "Phòng Quản lý đô thị", "Phòng Văn hóa và Thông tin", "Phòng Y tế", "Phòng Lao động - Thương binh và Xã hội",
    "Thanh tra", "Chi cục Thi hành án dân sự", "Chi cục Thống kê", "Đội Quản lý thị trường",
    "Chi nhánh Văn phòng đăng ký đất đai",
)  # fmt: skip

OFFICES = (
    *(
        Office(f"CQ{i:02}", name, "agency", cells, committee, standing)
        for i, (name, cells, committee, standing) in enumerate(_COMMITTEES_OF_AGENCIES, 1)
    ),
    *(Office(f"CQ{i:02}", name, "agency") for i, name in enumerate(_CELLS_OF_AGENCIES, 9)),
    Office("SN1", "Trung tâm Y tế", "public-service", 14, 11, 3),
    Office("SN2", "Trung tâm Văn hóa - Thể thao", "public-service", 5, 9, 3),
    Office("SN3", "Trung tâm Giáo dục nghề nghiệp", "public-service", 5, 7, 0),
    Office("SN4", "Ban Quản lý công trình đô thị", "public-service", 6, 10, 3),
    Office("SN5", "Trung tâm Bồi dưỡng chính trị", "public-service"),
    Office("LL1", "Công an", "armed-forces", 20, 15, 5),
    Office("LL2", "Ban Chỉ huy Quân sự", "armed-forces", 8, 11, 3),
)

SMALL_APPROVED = "CQ08"
"""Fewer than thirty members, and a committee all the same: the upper committee approved it."""

DISPERSED = "SN4-06"
"""Its members work on distant sites; it is declared dispersed and meets quarterly."""

DISSOLVED, SUCCESSOR = "RS-TH6", "RS-TH5"
"""A school cell dissolved on 31 March 2019, and the one that takes its place on 1 April."""

ENTERPRISE = "VTV-TH5"
"""The cell of a private kindergarten: twelve members, the only one in a private enterprise."""


@dataclass(frozen=True, slots=True)
class Change:
    """How a grassroots organisation came or went since the start of the term, and when."""

    code: str
    change: str
    on: date


CHANGES = (
    Change("CQ32", "received", date(2016, 3, 15)),
    Change("CQ34", "dissolved", date(2016, 10, 3)),
    Change("CQ19", "founded", date(2016, 12, 5)),
    Change("CQ25", "split-off", date(2017, 1, 16)),
    Change("CQ33", "received", date(2017, 6, 12)),
    Change("SN6", "handed-over", date(2018, 2, 5)),
    Change("CQ27", "split-off", date(2018, 5, 7)),
    Change("SN5", "founded", date(2018, 9, 17)),
    Change("CQ35", "merged", date(2019, 1, 1)),
)
"""49 and six that came less three that went are 52."""

GONE = (
    Office("CQ34", "Hội Cựu thanh niên xung phong", "agency"),
    Office("CQ35", "Ban Quản lý chợ", "agency"),
    Office("SN6", "Trung tâm Dạy nghề", "public-service"),
)
"""Grassroots cells that were still there at the start of the term."""

FRONT = "CQ13"
"""The cell of the Fatherland Front's committee, which supervises."""
