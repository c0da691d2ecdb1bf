package agency

import (
	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/place"
)

// Kind is what sort of body an agency is.
type Kind string

// The kinds. A Vertical body belongs to the centre and works in the province
// (Công an, Bộ CHQS, Thống kê, BHXH); a Desk is a person's post inside an office.
const (
	Party      Kind = "party"
	Council    Kind = "council"
	Committee  Kind = "committee" // UBND tỉnh
	Department Kind = "department"
	Vertical   Kind = "vertical"
	Office     Kind = "office"
	Desk       Kind = "desk"
	Steering   Kind = "steering"
	Enterprise Kind = "enterprise"
	Mass       Kind = "mass"
	OfDistrict Kind = "ubnd-huyen" // UBND of a district, until 2025-06-30
	OfCommune  Kind = "ubnd-xa"    // UBND of a commune
)

// Agency is a body with the name it has from From to To.
type Agency struct {
	ID       string // "so-nnptnt.1"; "ubnd-074.1" for the UBND of place 074.1
	Name     string // "Sở Nông nghiệp và Phát triển nông thôn"
	Short    string // "Sở NN&PTNT"
	Kind     Kind
	PlaceID  string  // of a People's Committee of a district or commune, else empty
	From, To day.Day // first and last day of this name; To is day.Forever while it holds
	Ended    day.Day // last day of the body, day.Forever while it works
	Source   string  // "memory, unverified" where it was not compared with a text
}

// Holds tells whether the agency has this name on a day.
func (a Agency) Holds(on day.Day) bool { return a.From <= on && on <= a.To }

// placePrefix begins the id of a People's Committee made from a place.
const placePrefix = "ubnd-"

// CommitteeID is the id of the People's Committee of a district or commune.
func CommitteeID(placeID string) string { return placePrefix + placeID }

// committee is the People's Committee of a district or commune.
func committee(u place.Unit) Agency {
	kind := OfCommune
	if u.Level == place.District {
		kind = OfDistrict
	}
	return Agency{
		ID: CommitteeID(u.ID), Name: "Ủy ban nhân dân " + u.Title(), Short: "UBND " + u.Title(), Kind: kind,
		PlaceID: u.ID, From: u.From, To: u.To, Ended: u.Ended, Source: u.Source,
	}
}
