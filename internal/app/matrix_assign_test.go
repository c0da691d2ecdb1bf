package app_test

// assignLines are the pages of who looks after what: everyone may read the
// assignments, the coordination office makes them; of areas, the district too.
func assignLines() []access {
	const office = "van-phong-dieu-phoi: -"
	one := func(path string) func(*cell) request { return func(*cell) request { return ask(path) } }
	return []access{
		{route: "GET /phan-cong", may: "everyone: -"},
		{route: "GET /phan-cong/{bo}/{ma}", may: "everyone: -", send: one("/phan-cong/xa-ntm-2021-2025/15")},
		{route: "POST /phan-cong/{bo}/{ma}", may: office, send: func(*cell) request { return post("/phan-cong/xa-ntm-2021-2025/15") }},
		{route: "GET /phan-cong/de-xuat", may: office, send: one("/phan-cong/de-xuat?bo=xa-ntm-2021-2025")},
		{route: "POST /phan-cong/de-xuat", may: office, send: func(*cell) request { return post("/phan-cong/de-xuat?bo=xa-ntm-2021-2025", "bo", "xa-ntm-2021-2025") }},
		{route: "GET /phan-cong/bang.xlsx", may: office},
		{route: "GET /phan-cong/bang.csv", may: office},
		{route: "GET /phan-cong/nhap", may: office},
		{route: "POST /phan-cong/nhap", may: office},
		{route: "GET /phan-cong/dia-ban", may: "districts: -; van-phong-dieu-phoi: -"},
		{route: "POST /phan-cong/dia-ban", may: "districts: -; van-phong-dieu-phoi: -"},
		{
			route: "GET /phan-cong/dia-ban/{xa}", about: communes,
			send: func(c *cell) request { return ask("/phan-cong/dia-ban/" + c.id + ".1") }, may: "districts: own district; van-phong-dieu-phoi: own district province",
		},
		{route: "POST /phan-cong/ket-thuc", about: files}, // an assignment that nobody knows
		{route: "GET /quan-tri/ban-giao", may: "quan-tri-tinh: -; quan-tri-don-vi: -"},
		{route: "POST /quan-tri/ban-giao", may: "quan-tri-tinh: -; quan-tri-don-vi: -", status: 404}, // no duty was named
	}
}

// evidenceLines are the addresses of files. An unknown one is hidden alike from
// all.
func evidenceLines() []access {
	return []access{
		{
			route: "POST /minh-chung", status: 400, // no file was sent
			may: "communes: -; districts: -; co-quan-phu-trach: -; co-quan-cung-cap: -; provinces: -",
		},
		{route: "GET /minh-chung/{id}", about: files},
		{route: "GET /minh-chung/{id}/nho", about: files},
		{route: "GET /minh-chung/{id}/goc", about: files},
		{route: "POST /minh-chung/{id}/go", about: files},
	}
}
