package reading_test

import (
	"testing"

	"giuchuan/internal/feature/directive/reading"
	"giuchuan/internal/platform/officialdoc"
	"giuchuan/internal/register/agency"
	"giuchuan/internal/register/calendar"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

func options(t testing.TB) reading.Options {
	t.Helper()
	places, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	dir, err := agency.Load(reference.FS(), places, "08")
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	return reading.Options{Agencies: dir, Places: places, Province: "08", Calendar: cal}
}

// document reads a text by its form, as the command does.
func document(t testing.TB, text string) officialdoc.Document {
	t.Helper()
	d, err := officialdoc.ReadText(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
