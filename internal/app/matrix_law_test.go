package app_test

import (
	"context"
	"encoding/base64"
	"math"
	"strings"

	"giuchuan/internal/platform/db"
	"giuchuan/internal/view/viewtest"
)

const ntmSet = "xa-ntm-2021-2025"

// criteriaLines are the pages of a criterion: everyone reads them; who is in
// charge of it, and the coordination office, compare its values with the
// original text and enter what the province decides.
func criteriaLines() []access {
	const deciders = "co-quan-phu-trach: own; van-phong-dieu-phoi: own apart"
	const page = "/bo-tieu-chi/{set}/{criterion}"
	return []access{
		{route: "GET /bo-tieu-chi/doi-chieu", may: "everyone: -"},
		{route: "GET " + page, about: criteria, may: "everyone: own apart"},
		{
			route: "POST " + page + "/doi-chieu", about: criteria, may: deciders, writes: true,
			ready: func(c *cell) { c.compare("/bo-doi-chieu") },
			send:  func(c *cell) request { return post(c.path(page+"/doi-chieu"), "ma", c.indicator(), "muc", "*") },
		},
		{
			route: "POST " + page + "/bo-doi-chieu", about: criteria, may: deciders, writes: true,
			ready: func(c *cell) { c.compare("/doi-chieu") },
			send:  func(c *cell) request { return post(c.path(page+"/bo-doi-chieu"), "ma", c.indicator(), "muc", "*") },
		},
		{
			route: "GET " + page + "/quy-dinh", about: criteria, may: deciders,
			send: func(c *cell) request { return ask(c.path(page+"/quy-dinh") + "?ma=" + c.indicator()) },
		},
		{
			route: "POST " + page + "/quy-dinh", about: criteria, may: deciders, writes: true,
			send: func(c *cell) request { return c.decision(c.fresh("") + "/QĐ-UBND") },
		},
		{
			route: "POST " + page + "/rut", about: criteria, may: deciders, writes: true,
			send: func(c *cell) request { return post(c.path(page+"/rut"), "id", c.decided()) },
		},
		{route: "GET /bo-tieu-chi/tep", may: "co-quan-phu-trach: -; van-phong-dieu-phoi: -"},
		{
			route: "POST /bo-tieu-chi/tep", about: criteria, may: deciders, writes: true,
			send: func(c *cell) request {
				file := "set,indicator,value,decision,decided_on\n" + ntmSet + "," + c.indicator() + ",100," + c.fresh("") + "/QĐ-UBND,2023-01-15\n"
				return post("/bo-tieu-chi/tep", "dong-y", "1", "ten-tep", "quyet-dinh.csv", "noi-dung", base64.StdEncoding.EncodeToString([]byte(file)))
			},
		},
	}
}

// indicator is one of the cell's criterion, whose value the province may set.
func (c *cell) indicator() string {
	switch c.rel {
	case own:
		return "15.1"
	case apart:
		return "17.10"
	}
	return "99.1"
}

// compare does the other thing first: what was compared can be taken back, and
// the other way round.
func (c *cell) compare(act string) {
	c.do(c.t, coordination, post("/bo-tieu-chi/"+c.id+act, "ma", c.indicator(), "muc", "*"))
}

// decision enters a value of a decision of the province.
func (c *cell) decision(number string) request {
	return post("/bo-tieu-chi/"+c.id+"/quy-dinh",
		"ma", c.indicator(), "muc", "100", "so", number, "ngay", "15/01/2023", "dieu", "Điều 2", "dong-y", "1")
}

// decided records a decision and gives the id of its value.
func (c *cell) decided() (id string) {
	number := c.fresh("") + "/QĐ-UBND"
	c.do(c.t, coordination, c.decision(number))
	viewtest.Must(c.t, c.app.DB.Read(context.Background(), func(tx *db.Tx) error {
		records, err := c.app.Criteria.Records(context.Background(), tx, ntmSet, math.MaxInt64)
		for i := range records {
			if records[i].Number == number {
				id = records[i].ID
			}
		}
		return err
	}))
	if id == "" && c.rel != none {
		c.t.Fatalf("no decision was recorded of %s", c.indicator())
	}
	return id
}

// journalLines are the pages of the journal, for who oversees the province and
// who keeps its accounts; the proof of an entry with figures only for the
// former.
func journalLines() []access {
	const readers = "provinces: -; quan-tri-tinh: -"
	figures := func(path string) func(c *cell) request {
		return func(c *cell) request { return ask(strings.Replace(path, "{position}", c.reviewEntry(), 1)) }
	}
	return []access{
		{route: "GET /nhat-ky", may: readers},
		{route: "GET /nhat-ky/{position}", about: entries, may: readers},
		{
			route: "GET /nhat-ky/{position}/bang-chung.json", about: entries, may: "provinces: -; quan-tri-tinh in account: -", states: []string{"account", "figures"},
			send: func(c *cell) request {
				if c.rel == none || c.state == "account" {
					return ask(c.path("/nhat-ky/{position}/bang-chung.json"))
				}
				return figures("/nhat-ky/{position}/bang-chung.json")(c)
			},
		},
		{route: "GET /nhat-ky/moc-doi-chieu.txt", may: readers},
		{route: "GET /nhat-ky/kiem-tra", may: readers},
		{route: "POST /nhat-ky/kiem-tra", may: readers},
	}
}

// reviewEntry is the position of an entry that brought figures.
func (c *cell) reviewEntry() string {
	list := c.do(c.t, coordination, ask("/nhat-ky?viec=ra-soat"))
	m := entryLink.FindStringSubmatch(list.body)
	if m == nil {
		c.t.Fatalf("the journal lists no entry of the review: %d", list.status)
	}
	return m[1]
}
