package placeweb

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

func atlas(t testing.TB) (*Atlas, *place.Register) {
	t.Helper()
	places, err := place.Load(reference.FS())
	if err != nil {
		t.Fatal(err)
	}
	a, err := LoadAtlas(places)
	if err != nil {
		t.Fatal(err)
	}
	return a, places
}

// Every commune of the province is on the map of every day, and nothing else.
func TestEveryCommuneIsOnTheMapOfItsDay(t *testing.T) {
	a, places := atlas(t)
	for _, on := range []day.Day{
		day.Of(2022, time.January, 1), day.Of(2024, time.August, 31), day.Of(2024, time.September, 1),
		day.Of(2025, time.June, 30), day.Of(2025, time.July, 1), day.Of(2026, time.March, 1),
	} {
		c := a.At(on)
		drawn := map[string]int{}
		for _, s := range c.Shapes {
			drawn[s.Place]++
			u, ok := places.Unit(s.Place, on)
			if !ok || u.Province != "08" {
				t.Errorf("%s: a shape of %q, which is no commune of that day", on, s.Place)
			}
			if !strings.HasPrefix(s.Path, "M") || !strings.HasSuffix(s.Path, "z") || len(s.Path) < 12 {
				t.Errorf("%s: %s has the path %q", on, u.Label(), s.Path)
			}
		}
		for _, u := range places.At(on).Communes("") {
			if u.Province == "08" && drawn[u.ID] == 0 {
				t.Errorf("%s: %s is missing", on, u.Label())
			}
		}
	}
}

// Hồng Sơn is made of Hồng Lạc and Vân Sơn: two areas, one commune.
func TestMergedCommuneKeepsItsAreas(t *testing.T) {
	a, places := atlas(t)
	for _, tt := range []struct {
		on   day.Day
		id   string
		want int
	}{
		{day.Of(2024, time.August, 31), "02608.1", 1},
		{day.Of(2024, time.September, 1), "02608.1", 0},
		{day.Of(2024, time.September, 1), "02608.2", 2},
	} {
		n := 0
		for _, s := range a.At(tt.on).Shapes {
			if s.Place == tt.id {
				n++
			}
		}
		if n != tt.want {
			u, _ := places.Latest(tt.id)
			t.Errorf("%s has %d areas on %s, want %d", u.Label(), n, tt.on, tt.want)
		}
	}
}

func TestMapCarriesItsNoticeLinksAndLetters(t *testing.T) {
	a, _ := atlas(t)
	c := a.At(day.Of(2024, time.October, 1))
	var b bytes.Buffer
	err := Map(View{
		Chart: c, Label: "Bản đồ", Signs: []Sign{{FillRisk, "T", "thuộc diện xem xét thu hồi"}},
		Marks: map[string]Mark{"02389.1": {FillRisk, "T", `Xã Minh Dân: "thu hồi"`, "/xa/02389"}},
	}).Render(context.Background(), &b)
	if err != nil {
		t.Fatal(err)
	}
	html := b.String()
	for _, want := range []string{
		reference.BoundaryNotice, `<a href="/xa/02389">`, `fill="url(#h-risk)"`, `<pattern id="h-risk"`, "Hàm Yên", ">T</text>", "&#34;thu hồi&#34;",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the map lacks %s", want)
		}
	}
	for _, never := range []string{"style=", "<script", "http://", "https://"} {
		if strings.Contains(html, never) {
			t.Errorf("the map has %s", never)
		}
	}
}
