package exchangeweb

import (
	"giuchuan/internal/platform/web"
	"giuchuan/internal/register/place"
	"giuchuan/internal/view/exchange"
)

func placeChoices(units []place.Unit) []web.Choice {
	out := make([]web.Choice, len(units))
	for i := range units {
		out[i] = web.Choice{Value: units[i].ID, Text: units[i].FullName}
	}
	return out
}

func fieldChoices(o *exchange.Offer) []web.Choice {
	out := make([]web.Choice, len(o.Indicators))
	for i := range o.Indicators {
		x := &o.Indicators[i]
		out[i] = web.Choice{Value: x.Field(), Text: x.Code + " " + clip(x.Name) + " (xã " + x.Set.Title.Vietnamese() + ")"}
	}
	return out
}

// clip shortens a name for a menu.
func clip(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
