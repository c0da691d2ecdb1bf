package reading

import (
	"strconv"
	"strings"

	"giuchuan/internal/platform/officialdoc"
)

// columns of a table of tasks, by the words of its head.
const (
	columnNone = iota
	columnTask
	columnLead
	columnHelp
	columnTime
)

// columnOf says what a column of a table of tasks holds.
func columnOf(head string) int {
	h := strings.ToLower(head)
	switch {
	case strings.Contains(h, "phối hợp"):
		return columnHelp
	case strings.Contains(h, "chủ trì"), strings.Contains(h, "thực hiện") && (strings.Contains(h, "cơ quan") || strings.Contains(h, "đơn vị")):
		return columnLead
	case strings.Contains(h, "thời gian"), strings.Contains(h, "thời hạn"), strings.Contains(h, "hoàn thành"), strings.Contains(h, "tiến độ"):
		return columnTime
	case strings.Contains(h, "nhiệm vụ"), strings.Contains(h, "nội dung"), strings.Contains(h, "công việc"):
		return columnTask
	}
	return columnNone
}

// annexes reads tables of tasks: a head row with a column of tasks and one of who
// leads. The time column is read as if "hoàn thành" stood before it.
func (r *reader) annexes() {
	columns := map[int]map[int]int{} // by table, by column
	rows := map[[2]int]map[int]officialdoc.Block{}
	var order [][2]int
	for _, b := range r.doc.Blocks {
		if b.Cell.Table == 0 || len(order) > maxTasks {
			continue
		}
		if columns[b.Cell.Table] == nil {
			columns[b.Cell.Table] = map[int]int{}
		}
		if b.Cell.Row == 1 {
			columns[b.Cell.Table][b.Cell.Column] = columnOf(b.Text)
			continue
		}
		key := [2]int{b.Cell.Table, b.Cell.Row}
		if rows[key] == nil {
			rows[key] = map[int]officialdoc.Block{}
			order = append(order, key)
		}
		if c := columns[b.Cell.Table][b.Cell.Column]; c != columnNone {
			rows[key][c] = b
		}
	}
	for _, key := range order {
		r.row(key, rows[key])
	}
}

// row reads one row of a table of tasks.
func (r *reader) row(key [2]int, cells map[int]officialdoc.Block) {
	what, ok := cells[columnTask]
	lead, named := cells[columnLead]
	if !ok || !named || len(strings.Fields(what.Text)) < 3 {
		return
	}
	list := tokens(what.Text)
	if r.spent += len(what.Text); r.spent > maxText || len(list) == 0 {
		return
	}
	t, ok := r.task(what, list, duty{last: len(list)})
	if !ok {
		return
	}
	t.Addressees = t.Addressees[:0]
	for _, c := range []struct {
		text, role string
	}{{lead.Text, Lead}, {cells[columnHelp].Text, Support}} {
		who, _ := r.dir.mentions(c.text, tokens(c.text), 0)
		found, notes := r.dir.addressees(&r.party, who, c.role)
		t.Addressees, t.Notes = append(t.Addressees, found...), append(t.Notes, notes...)
	}
	if when, ok := cells[columnTime]; ok && t.Deadline == nil {
		r.setDeadline(&t, r.columnDates(when.Text))
	}
	t.Confidence = sureAbove
	r.doubt(&t, duty{})
	t.Group = "Phụ lục." + strconv.Itoa(key[1]-1)
	if key[0] > 1 {
		t.Group = "Phụ lục " + strconv.Itoa(key[0]) + "." + strconv.Itoa(key[1]-1)
	}
	t.Ref = t.Group
	r.out.Tasks = append(r.out.Tasks, t)
}
