package app_test

import (
	"net/http"
	"strings"

	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/web"
)

// oracle is the second opinion on a cell: what the people of the programme would
// say, role by role, of an act about something so far from them. It knows the
// routes by the act they name, and nothing of permission.go.
func oracle(r web.Route, role authz.Role, k kind, rel relation, state string) bool {
	if role == nobody || rel == none || rel == other {
		return false
	}
	theirs := rel != apart // the criterion is in the charge of the agency that asks
	if rel == apart && k != duties {
		rel = own
	}
	switch {
	case r.Method == http.MethodPost && strings.HasPrefix(r.Pattern, "/minh-chung"): // who makes the figure
		return role == authz.CommuneEntry && near(rel, own) || (role == authz.InCharge || role == authz.Supplier) && theirs
	case k == files && role == authz.Supplier:
		return theirs && r.Action == authz.ViewCommune // the file, not the original
	case k == files && role == authz.InCharge:
		return theirs || r.Action == authz.ViewCommune
	case k == duties && rel == apart:
		return role == authz.Coordination
	case k == duties:
		return oracle(web.Route{Action: authz.AssignArea}, role, communes, rel, state)
	case state == "figures" && role == authz.ProvinceAdmin:
		return false
	}
	if yes, known := atDesk(r, role, rel); known {
		return yes
	}
	if yes, known := onDirective(r, role, rel); known {
		return yes
	}
	if yes, known := follows(r, role); known {
		return yes
	}
	if yes, known := onTask(r, role, k, rel); known {
		return yes
	}
	if yes, known := bringsIn(r, role); known {
		return yes
	}
	switch r.Action {
	case authz.OwnAccount, authz.ViewCriteria:
		return true // one's own, and the law, which is everyone's
	case authz.ManageAccounts:
		return role == authz.ProvinceAdmin || role == authz.UnitAdmin && near(rel, own)
	case authz.ReadJournal:
		return overseer(role) || role == authz.ProvinceAdmin
	case authz.Export:
		return reader(role, k, rel) || role == authz.Supplier && rel == about // its own column
	case authz.ViewStanding, authz.ViewCommune:
		return reader(role, k, rel)
	case authz.ViewOriginal:
		return reader(role, k, rel) && role != authz.ProvinceOffice && role != authz.ProvinceLeader
	case authz.EnterFinding:
		return role == authz.CommuneEntry && near(rel, own) && beingMade(state)
	case authz.Submit:
		return role == authz.CommuneLeader && near(rel, own) && beingMade(state)
	case authz.AskAgain:
		return (role == authz.CommuneEntry || role == authz.CommuneLeader) && near(rel, own) && state != "confirmed" && state != "closed"
	case authz.Verify:
		return (role == authz.DistrictOffice || role == authz.DistrictLeader) && near(rel, own, district) && (state == "" || state == "submitted")
	case authz.Confirm:
		return role == authz.InCharge && (state == "" || state == "verified")
	case authz.Return:
		return oracle(web.Route{Action: authz.Verify}, role, k, rel, state) || oracle(web.Route{Action: authz.Confirm}, role, k, rel, state)
	case authz.SupplyFinding:
		return (role == authz.InCharge || role == authz.Supplier) && state != "confirmed" && state != "closed"
	case authz.FieldCheck:
		return (role == authz.InCharge || role == authz.Coordination) && !beingMadeOnly(state) && state != "closed"
	case authz.CorrectClosed:
		return role == authz.Coordination && (state == "" || state == "closed")
	case authz.ManageRounds, authz.AssignCriteria, authz.ManageTitles:
		return role == authz.Coordination
	case authz.AssignArea:
		return role == authz.Coordination || (role == authz.DistrictOffice || role == authz.DistrictLeader) && near(rel, own, district)
	case authz.DecideValue, authz.VerifyValue:
		return role == authz.Coordination || role == authz.InCharge && theirs
	case authz.Direct:
		return role == authz.ProvinceOffice
	}
	return false
}

// reader tells whose business it is to read the figures of an object: a commune
// its own, a district its communes', the agencies and the province all.
func reader(role authz.Role, k kind, rel relation) bool {
	switch role {
	case authz.CommuneEntry, authz.CommuneLeader:
		return near(rel, own)
	case authz.DistrictOffice, authz.DistrictLeader:
		return near(rel, own) || (k == communes || k == files) && near(rel, district)
	case authz.InCharge:
		return true
	}
	return overseer(role)
}

func overseer(role authz.Role) bool {
	return role == authz.Coordination || role == authz.ProvinceOffice || role == authz.ProvinceLeader
}

// near tells whether a relation is one of some; a route about no object is near
// to whoever may do the act anywhere.
func near(rel relation, some ...relation) bool {
	for _, r := range some {
		if rel == r {
			return true
		}
	}
	return rel == about
}

func beingMade(state string) bool {
	return state == "" || beingMadeOnly(state)
}

func beingMadeOnly(state string) bool { return state == "draft" || state == "returned" }
