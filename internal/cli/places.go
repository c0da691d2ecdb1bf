package cli

import (
	"fmt"
	"io"

	"giuchuan/internal/kernel/day"
	"giuchuan/internal/register/place"
	"giuchuan/reference"
)

type placesCmd struct {
	List    placesListCmd    `cmd:"" help:"Danh sách đơn vị hành chính tại một ngày."`
	Resolve placesResolveCmd `cmd:"" help:"Tra một tên hoặc mã tại một ngày."`
	Lineage placesLineageCmd `cmd:"" help:"Một mã qua các lần sáp nhập, chia tách, đổi tên."`
}

type placesListCmd struct {
	At       dayFlag `help:"Ngày, dạng 2024-10-01 hoặc 01/10/2024; để trống là hôm nay." placeholder:"NGÀY"`
	Province string  `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
}

// Run lists the units of a province at a day, district by district.
func (c placesListCmd) Run(env *Env) error {
	reg, err := placesOf(c.Province)
	if err != nil {
		return err
	}
	on := c.At.or(today(env))
	province, err := reg.Province(c.Province, on)
	if err != nil {
		return err
	}
	tree := reg.At(on)
	return writeTo(env, "", func(w io.Writer) error {
		rows := [][]string{{"MÃ", "TÊN", "LOẠI", "THUỘC", "TỪ NGÀY"}}
		communes, xa := 0, 0
		for _, u := range tree.Units() {
			if u.Province != province.Code {
				continue
			}
			if u.Level == place.Commune {
				communes++
				if u.IsXa() {
					xa++
				}
			}
			above, _ := tree.Unit(u.ParentID)
			rows = append(rows, []string{u.Code, u.Name, u.Kind.String(), above.Name, u.From.Vietnamese()})
		}
		writeTable(w, rows)
		_, err := fmt.Fprintf(w, "\n%d đơn vị cấp xã, trong đó %d xã\n", communes, xa)
		return err
	})
}

type placesResolveCmd struct {
	Name     string  `arg:"" name:"tên" help:"Tên hoặc mã."`
	At       dayFlag `help:"Ngày; để trống là hôm nay." placeholder:"NGÀY"`
	Province string  `help:"Mã tỉnh hai chữ số." default:"08" placeholder:"MÃ"`
}

// Run resolves one name or code.
func (c placesResolveCmd) Run(env *Env) error {
	reg, err := placesOf(c.Province)
	if err != nil {
		return err
	}
	on := c.At.or(today(env))
	u, err := reg.Resolve(c.Name, c.Province, on)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "%s  %s  (mã định danh %s, từ %s)\n", u.Code, reg.At(on).Address(u.ID), u.ID, u.From.Vietnamese())
	return err
}

type placesLineageCmd struct {
	Code string  `arg:"" name:"mã" help:"Mã đơn vị."`
	At   dayFlag `help:"Ngày; để trống là hôm nay." placeholder:"NGÀY"`
}

// Run tells the story of one code.
func (c placesLineageCmd) Run(env *Env) error {
	reg, err := place.Load(reference.FS())
	if err != nil {
		return err
	}
	on := c.At.or(today(env))
	story, err := reg.Lineage(c.Code, on)
	if err != nil {
		return err
	}
	return writeTo(env, "", func(w io.Writer) error {
		writeStory(w, reg, &story, on)
		return nil
	})
}

func writeStory(w io.Writer, reg *place.Register, story *place.Story, on day.Day) {
	state := "đang có vào ngày " + on.Vietnamese()
	if !story.Current {
		state = "không có vào ngày " + on.Vietnamese()
	}
	fmt.Fprintf(w, "%s, %s\n", story.Unit.Label(), state)
	for _, b := range story.Bearers {
		fmt.Fprintf(w, "  mã %s từng là: %s, từ %s%s\n", b.Code, b.FullName, b.Began.Vietnamese(), until(b.Ended))
	}
	for _, f := range story.Formers {
		fmt.Fprintf(w, "  trước đó: %s, đến %s (%s)\n", f.FullName, f.Until.Vietnamese(), f.Decree)
	}
	edges := func(title string, list []place.Edge) {
		for _, e := range list {
			fmt.Fprintf(w, "  %s: %s\n", title, e.Sentence(reg))
		}
	}
	edges("hình thành", story.Before)
	edges("về sau", story.After)
}

func until(d day.Day) string {
	if d == day.Forever {
		return ""
	}
	return " đến " + d.Vietnamese()
}

// placesOf loads the register that knows a province: the two former provinces
// of Tuyên Quang, or the whole country.
func placesOf(province string) (*place.Register, error) {
	if province == "08" || province == "02" || province == "" {
		return place.Load(reference.FS())
	}
	return place.LoadNational(reference.FS())
}

// today is the real civil day.
func today(env *Env) day.Day { return day.FromTime(env.Now()) }
