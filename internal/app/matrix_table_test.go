package app_test

import "giuchuan/internal/platform/authz"

// matrix says of every route who is answered. See access for what a line may
// say; a new route needs one line.
func matrix() []access {
	var all []access
	for _, part := range [][]access{
		ownLines(), doorLines(), accountLines(), readingLines(), assignLines(), evidenceLines(), criteriaLines(), journalLines(),
		roundLines(), sheetLines(), deskLines(), taskLines(), reminderLines(), directiveLines(),
	} {
		all = append(all, part...)
	}
	return all
}

// ownLines are the routes of the kit itself.
func ownLines() []access {
	return []access{
		{route: "GET /healthz"},
		{route: "GET /readyz"},
		{route: "GET /metrics"},
		{route: "POST /minh-hoa/ngay", send: func(*cell) request { return post("/minh-hoa/ngay", "ngay", "2024-10-01") }},
		{route: "GET /giao-dien/{name}", status: 404, send: func(*cell) request { return ask("/giao-dien/khong-co") }},
	}
}

// doorLines are the routes before a login, and one's own account.
func doorLines() []access {
	empty := func(path string) func(*cell) request { return func(*cell) request { return post(path) } }
	return []access{
		{route: "GET /"},
		{route: "GET /dang-nhap"},
		{route: "POST /dang-nhap", send: empty("/dang-nhap")},
		{route: "GET /dang-nhap/nen.svg"},
		{route: "GET /dang-nhap/ma"},
		{route: "POST /dang-nhap/ma", send: empty("/dang-nhap/ma")},
		{route: "GET /dang-nhap/thiet-lap", status: 403}, // accounts of the demonstration have no second factor
		{route: "POST /dang-nhap/thiet-lap", status: 403, send: empty("/dang-nhap/thiet-lap")},
		{route: "POST /dang-xuat", again: true},
		{route: "GET /lan-dau", status: 404},
		{route: "POST /lan-dau", status: 404},
		{route: "GET /loi-moi/{token}", status: 404, send: func(*cell) request { return ask("/loi-moi/khong-co") }},
		{route: "POST /loi-moi/{token}", status: 404, send: empty("/loi-moi/khong-co")},

		{route: "GET /tai-khoan", may: "everyone: -"},
		{route: "POST /tai-khoan/mat-khau", may: "everyone: -", status: 403}, // shared by all who look
		{route: "POST /tai-khoan/phien", may: "everyone: -", status: 403},    // shared by all who look
	}
}

// accountLines are the routes of who hands out accounts: the province's
// administrator to everyone, a unit's to its own staff.
func accountLines() []access {
	const staffOf = "quan-tri-tinh: own district province; quan-tri-don-vi: own"
	with := func(pattern string, pairs ...string) func(*cell) request {
		return func(c *cell) request { return post(c.path(pattern), pairs...) }
	}
	return []access{
		{route: "GET /quan-tri", may: "quan-tri-tinh: -; quan-tri-don-vi: -"},
		{route: "GET /quan-tri/moi", may: "quan-tri-tinh: -; quan-tri-don-vi: -"},
		{
			route: "POST /quan-tri/moi", about: people, may: staffOf, writes: true,
			send: func(c *cell) request { return invitation(c.fresh("moi"), c.unit, staff(c.rel)) },
		},
		{route: "GET /quan-tri/{id}", about: people, may: staffOf},
		{
			route: "POST /quan-tri/{id}/vai-tro", about: people, may: staffOf, writes: true,
			send: func(c *cell) request {
				role := authz.CommuneLeader
				if c.rel == province {
					role = authz.ProvinceLeader
				}
				return post(c.path("/quan-tri/{id}/vai-tro"), "vai-tro", string(role), "tu-ngay", "01/10/2024", "van-ban", "2/QĐ")
			},
		},
		{
			route: "POST /quan-tri/{id}/ket-thuc", about: people, may: staffOf, writes: true,
			send: func(c *cell) request {
				return post(c.path("/quan-tri/{id}/ket-thuc"), "vai", c.grantOf(c.t, c.id), "ngay-cuoi", "02/10/2024", "ly-do", "3/QĐ")
			},
		},
		{
			route: "POST /quan-tri/{id}/ban-giao", about: people, may: staffOf, writes: true,
			send: func(c *cell) request {
				heir := "khong-co"
				if c.rel != none {
					heir = c.account(c.t, c.unit, staff(c.rel))
				}
				return post(c.path("/quan-tri/{id}/ban-giao"),
					"vai", c.grantOf(c.t, c.id), "nguoi-nhan", heir, "ban-giao-ngay", "02/10/2024", "ban-giao-van-ban", "4/QĐ")
			},
		},
		{route: "POST /quan-tri/{id}/dat-lai", about: people, may: staffOf, writes: true},
		{route: "POST /quan-tri/{id}/khoa", about: people, may: staffOf, writes: true, send: with("/quan-tri/{id}/khoa", "ly-do", "nghỉ việc")},
		{
			route: "POST /quan-tri/{id}/mo-khoa", about: people, may: staffOf, writes: true,
			ready: func(c *cell) {
				if c.rel != none {
					c.do(c.t, authz.ProvinceAdmin, post(c.path("/quan-tri/{id}/khoa"), "ly-do", "nghỉ việc"))
				}
			},
		},
	}
}

// readingLines are the pages that show figures. A list shows each person the
// part of it that is theirs: TestNoFigureOfAnotherCommune holds that.
func readingLines() []access {
	const lists = "communes: -; districts: -; co-quan-phu-trach: -; provinces: -"
	return []access{
		{route: "GET /tong-quan", may: lists},
		{route: "GET /ban-do", may: lists},
		{route: "GET /ma-tran", may: lists},
		{route: "GET /ma-tran/bang.xlsx", may: lists + "; co-quan-cung-cap: -"},
		{route: "GET /ma-tran/bang.csv", may: lists + "; co-quan-cung-cap: -"},
		{route: "GET /bo-tieu-chi", may: "everyone: -"},
		{route: "GET /bo-tieu-chi/so-sanh", may: "everyone: -"},
		{route: "GET /tim", may: "everyone: -", send: func(*cell) request { return ask("/tim?q=th%C3%A1i+s%C6%A1n") }},
		{
			route: "GET /huyen/{code}", about: dists,
			may: "communes: own; districts: own; co-quan-phu-trach: own province; provinces: own province",
		},
		{
			route: "GET /xa/{code}", about: communes,
			may: "communes: own; districts: own district; co-quan-phu-trach: own district province; provinces: own district province",
		},
	}
}
