package matrix_test

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"giuchuan/internal/feature/review/matrix"
	"giuchuan/internal/kernel/fault"
	"giuchuan/internal/platform/authz"
	"giuchuan/internal/platform/db"
	"giuchuan/internal/platform/dbtest"
)

func TestMappingsAreKept(t *testing.T) {
	lib, err := loadLaw()
	must(t, err)
	s := matrix.New(lib)
	clerk := authz.Subject{ID: "xa", Grants: []authz.Grant{{Role: authz.CommuneEntry, Place: "02407.1"}}}
	leader := authz.Subject{ID: "ld", Grants: []authz.Grant{{Role: authz.ProvinceLeader, Place: "08.1"}}}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		save := func(who authz.Subject, m matrix.Mapping) (id string, err error) {
			cmd := &matrix.Save{Mapping: m}
			command, err := cmd.Command(who.ID)
			must(t, err)
			err = d.Write(ctx, command, func(tx *db.Tx) (err error) {
				id, err = s.Save(ctx, tx, who, cmd)
				return err
			})
			return id, err
		}
		m := guess(t, office).Mapping
		if _, err := save(clerk, m); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a name: %v", err)
		}
		m.Name = "Biểu của huyện"
		if _, err := save(leader, m); !fault.Is(err, fault.Forbidden) {
			t.Errorf("by who enters nothing: %v", err)
		}
		id, err := save(clerk, m)
		must(t, err)
		m.ID, m.Name = id, "Biểu tổng hợp của huyện"
		again, err := save(clerk, m)
		must(t, err)
		if again != id {
			t.Errorf("the next version is %s, not %s", again, id)
		}
		other := authz.Subject{ID: "xa-khac", Grants: []authz.Grant{{Role: authz.CommuneEntry, Place: "02392.1"}}}
		theirs := m
		theirs.Name = "Biểu của xã khác"
		id2, err := save(other, theirs)
		must(t, err)
		if id2 == id {
			t.Error("somebody else's mapping was replaced")
		}
		must(t, d.Read(ctx, func(tx *db.Tx) error {
			for who, want := range map[string]string{"xa": id, "xa-khac": id2} {
				all, err := s.Nearest(ctx, tx, who)
				if err != nil {
					return err
				}
				if len(all) != 2 || all[0].ID != want {
					t.Errorf("%s is given %+v", who, all)
				}
			}
			return nil
		}))
		for n := 1; ; n++ {
			theirs.ID = ""
			if _, err = save(other, theirs); err != nil || n > 40 {
				break
			}
		}
		if !fault.Is(err, fault.TooLarge) {
			t.Errorf("one person saves without end: %v", err)
		}
		m.ID = "khong-co"
		if _, err := save(clerk, m); !fault.Is(err, fault.NotFound) {
			t.Errorf("a version of nothing: %v", err)
		}
		must(t, d.Read(ctx, func(tx *db.Tx) error {
			all, err := s.List(ctx, tx)
			if err != nil {
				return err
			}
			kept, err := s.Get(ctx, tx, id)
			if err != nil || kept.Name != "Biểu tổng hợp của huyện" || kept.By != "xa" || kept.Signature() != m.Signature() || len(kept.Words) != len(m.Words) {
				t.Errorf("kept is %+v, %v", kept, err)
			}
			if _, ok := matrix.Match(grids(t, "a.csv", []byte(office)), all); !ok {
				t.Error("the table is not known by what was kept")
			}
			_, err = s.Get(ctx, tx, "khong-co")
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("nothing is found as %v", err)
			}
			return nil
		}))
	})
}

// workbook packs one worksheet as it comes.
func workbook(t testing.TB, sheetData string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	const main = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	const rel = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + rel + `"><sheets><sheet name="Biểu 1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="` + main + `">` + sheetData + `</worksheet>`},
	} {
		w, err := z.Create(part[0])
		must(t, err)
		_, err = w.Write([]byte(head + part[1]))
		must(t, err)
	}
	must(t, z.Close())
	return out.Bytes()
}

func text(ref, s string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + s + `</t></is></c>`
}

// Headers merged over rows and columns are read as a person sees them; a value
// merged over communes is nobody's.
func TestMergedCells(t *testing.T) {
	rows := `<row r="1">` + text("A1", "BIỂU TỔNG HỢP") + `</row>` +
		`<row r="3">` + text("A3", "TT") + text("B3", "Xã") + text("C3", "Tiêu chí 15. Y tế") + text("E3", "Thu nhập") + `</row>` +
		`<row r="4">` + text("C4", "15.1") + text("D4", "15.2") + `</row>` +
		`<row r="5">` + text("B5", "Thái Sơn") + `<c r="C5"><v>90.42</v></c>` + text("D5", "Đ") + `<c r="E5"><v>46.5</v></c></row>` +
		`<row r="6">` + text("B6", "Minh Dân") + `<c r="C6"><v>88</v></c></row>`
	merges := `<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A3:A4"/><mergeCell ref="B3:B4"/><mergeCell ref="C3:D3"/><mergeCell ref="E3:E4"/><mergeCell ref="D5:D6"/></mergeCells>`
	data := workbook(t, "<sheetData>"+rows+"</sheetData>"+merges)
	s := set(t, ntm)
	x, err := matrix.Guess(grids(t, "b.xlsx", data), s, where(t))
	must(t, err)
	if x.Top != 3 || x.Mapping.Height != 2 || x.Mapping.Commune != 2 {
		t.Fatalf("header from row %d, %d rows, communes in %d", x.Top, x.Mapping.Height, x.Mapping.Commune)
	}
	for col, want := range map[int]string{3: "15.1", 4: "15.2", 5: "10"} {
		if got, _, _ := code(x, col); got != want {
			t.Errorf("column %d is %q, want %q", col, got, want)
		}
	}
	values, refused := readout(s, x.Read(s, where(t)))
	for _, want := range []string{"Thái Sơn 15.1 90,42", "Thái Sơn 10 46,5", "Minh Dân 15.1 88"} {
		if !strings.Contains(values, want) {
			t.Errorf("lacks %q:\n%s", want, values)
		}
	}
	if strings.Contains(values, "15.2") || !strings.Contains(refused, "Biểu 1!D5: ô gộp nhiều dòng") {
		t.Errorf("a value of two communes:\n%s\n%s", values, refused)
	}
}

// Thousands of names that are nobody's end soon, each with its refusal.
func TestManyLostNames(t *testing.T) {
	var b strings.Builder
	b.WriteString("Xã,15.1\nThái Sơn,90\n")
	for i := range 5000 {
		b.WriteString("Không có xã " + itoa(i) + ",1\n")
	}
	s, from := set(t, ntm), time.Now()
	r := guess(t, b.String()).Read(s, where(t))
	if len(r.Refused) != 5000 || len(r.Values) != 1 {
		t.Errorf("%d refused, %d taken", len(r.Refused), len(r.Values))
	}
	if took := time.Since(from); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

// A workbook of merged ranges without end is refused before it costs anything.
func TestManyMergedCells(t *testing.T) {
	var merges strings.Builder
	for i := range 300 {
		merges.WriteString(`<mergeCell ref="A` + itoa(i*100+1) + `:ZZ` + itoa(i*100+99) + `"/>`)
	}
	data := workbook(t, "<sheetData><row r=\"1\">"+text("A1", "Xã")+"</row></sheetData><mergeCells>"+merges.String()+"</mergeCells>")
	_, err := openGrids(data)
	if err != nil && !fault.Is(err, fault.TooLarge) && !fault.Is(err, fault.Invalid) {
		t.Errorf("refused as %v", err)
	}
	if err == nil {
		t.Error("taken")
	}
}
