# The seven rules over the document of one organisation. A meeting whose day is unknown may be any that is needed.
package benchmark

import rego.v1

violations contains ["two-plenaries", input.id, "2025"] if {
	input.known
	count([m | some m in input.meetings; m.kind == "plenary"; in_year_or_undated(m)]) < 2
}

violations contains ["committee-monthly", input.id, month] if {
	input.known
	some month in data.months
	not met_in(month)
}

violations contains ["hamlet-covered", hamlet.id, null] if {
	some hamlet in input.hamlets
	hamlet.known
	count(hamlet.branches) == 0
}

violations contains ["attendance", input.id, "2025"] if {
	input.known
	sum([m.entitled | some m in input.meetings; in_year(m)]) > 0
	dated := sum([margin(m) | some m in input.meetings; in_year(m)])
	undated := sum([max([0, margin(m)]) | some m in input.meetings; m.held_on == null])
	dated + undated < 0
}

violations contains ["regulations-reviewed", input.id, null] if {
	input.known
	not reviewed
}

violations contains ["quorum", sprintf("row %d", [m.row]), null] if {
	some m in input.meetings
	in_year(m)
	m.present != null
	3 * m.present < 2 * m.entitled
}

violations contains ["records/meetings/organisation/reference", sprintf("row %d", [m.row]), null] if {
	not input.known
	some m in input.meetings
}

violations contains ["records/documents/organisation/reference", sprintf("row %d", [d.row]), null] if {
	not input.known
	some d in input.documents
}

violations contains ["records/hamlets/organisation/reference", hamlet.id, null] if {
	not input.known
	some hamlet in input.hamlets
	hamlet.known
}

violations contains ["records/branches/hamlet/reference", sprintf("row %d", [row]), null] if {
	some hamlet in input.hamlets
	not hamlet.known
	some row in hamlet.branches
}

in_year(m) if {
	m.held_on != null
	m.held_on >= data.first
	m.held_on <= data.last
}

in_year_or_undated(m) if in_year(m)

in_year_or_undated(m) if m.held_on == null

met_in(month) if {
	some m in input.meetings
	m.kind == "committee"
	m.held_on != null
	startswith(m.held_on, month)
}

met_in(_) if {
	some m in input.meetings
	m.kind == "committee"
	m.held_on == null
}

reviewed if {
	some d in input.documents
	d.kind == "working regulations"
	d.reviewed_on == null
}

reviewed if {
	some d in input.documents
	d.kind == "working regulations"
	d.reviewed_on != null
	d.reviewed_on >= data.oldest_review
	d.reviewed_on <= data.last
}

margin(m) := (5 * m.present) - (4 * m.entitled) if m.present != null

margin(m) := m.entitled if m.present == null
