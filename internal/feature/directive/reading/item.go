package reading

import (
	"strconv"
	"strings"

	"giuchuan/internal/kernel/vntext"
	"giuchuan/internal/platform/officialdoc"
)

// item is one numbered, lettered or dashed block of the body, or a paragraph
// under a heading.
type item struct {
	block    officialdoc.Block
	level    int
	ref      string
	parent   *item
	children []*item
	plain    bool        // a paragraph without a marker
	title    bool        // a heading without a marker
	given    []Addressee // named in its own words, or by its heading
	remarks  []string    // about those
	counter  int         // of its dashes and paragraphs
}

const plainLevel = officialdoc.LevelBullet + 1

// titles tells whether a paragraph without a marker is the heading of the dashes
// behind it.
func titles(blocks []officialdoc.Block, i int) bool {
	b := blocks[i]
	return i+1 < len(blocks) && blocks[i+1].Part == officialdoc.PartBody && blocks[i+1].Level >= officialdoc.LevelLetter &&
		(b.Heading || strings.HasSuffix(strings.TrimSpace(b.Text), ":")) && len(b.Text) < 600
}

// titleLevel is the level of a heading without a marker: beside the one before
// it, else below the numbered item that is open.
func titleLevel(stack []*item) int {
	for i := len(stack) - 1; i > 0; i-- {
		if stack[i].title {
			return stack[i].level
		}
	}
	if len(stack) > 1 && stack[len(stack)-1].level >= officialdoc.LevelNumber {
		return officialdoc.LevelDeeper
	}
	return officialdoc.LevelNumber
}

var articleOnly = vntext.Lazy(`^(?i)điều \d+`)

// items builds the tree of the body; loose are the paragraphs that belong to no
// item.
func items(blocks []officialdoc.Block) (roots []*item, loose []officialdoc.Block) {
	top := &item{level: 0}
	stack := []*item{top}
	used := map[string]int{}
	for i, b := range blocks {
		if b.Part != officialdoc.PartBody || b.Cell != (officialdoc.Cell{}) {
			continue
		}
		level := b.Level
		if level == officialdoc.LevelNone {
			level = plainLevel
			if titles(blocks, i) {
				level = titleLevel(stack)
			}
		}
		for len(stack) > 1 && stack[len(stack)-1].level >= level {
			stack = stack[:len(stack)-1]
		}
		parent := stack[len(stack)-1]
		if level == plainLevel && (parent == top || !announces(parent, blocks, i)) {
			loose = append(loose, b)
			continue
		}
		it := &item{block: b, title: b.Level == officialdoc.LevelNone && level != plainLevel, level: level, parent: parent, plain: level == plainLevel}
		it.ref = refOf(it, used)
		parent.children = append(parent.children, it)
		if it.plain {
			continue // paragraphs stand side by side
		}
		stack = append(stack, it)
	}
	top.settle()
	for _, c := range top.children {
		c.parent = nil
	}
	return top.children, loose
}

// announces tells whether an item is a heading for the paragraphs behind it.
func announces(it *item, _ []officialdoc.Block, _ int) bool {
	if it.block.Heading {
		return true
	}
	t := strings.TrimSpace(it.block.Text)
	return strings.HasSuffix(t, ":") || !strings.ContainsAny(t[max(0, len(t)-3):], ".;") && len(it.children) == 0 && len(strings.Fields(t)) <= 25
}

// refOf is the reference of an item: "1.2" for the second dash of item 1.
func refOf(it *item, used map[string]int) string {
	label := strings.TrimRight(it.block.Label, ".)")
	parent := it.parent.ref
	switch {
	case it.plain, it.title, it.level >= officialdoc.LevelDash, label == "":
		it.parent.counter++
		label = strconv.Itoa(it.parent.counter)
	case it.level == officialdoc.LevelDotted || it.level == officialdoc.LevelDeeper:
		for p := it.parent; p != nil; p = p.parent {
			if p.level < officialdoc.LevelNumber {
				parent = p.ref
				break
			}
		}
	}
	ref := label
	if parent != "" {
		ref = parent + "." + label
	}
	used[ref]++
	if n := used[ref]; n > 1 {
		ref += "(" + strconv.Itoa(n) + ")"
	}
	return ref
}

// settle gives the only paragraph under a heading the heading's own reference.
func (it *item) settle() {
	if len(it.children) == 1 && it.children[0].plain && it.ref != "" {
		it.children[0].ref = it.ref
	}
	for _, c := range it.children {
		c.settle()
	}
}

var (
	reporting = vntext.Lazy(`(?i)kết quả|đánh giá|ưu điểm|tồn tại|hạn chế|nguyên nhân|mục đích|tình hình|nhận định|khái quát|sự cần thiết|quan điểm`)
	directing = vntext.Lazy(`(?i)nhiệm vụ|giải pháp|yêu cầu đối với|tổ chức thực hiện|trách nhiệm|thời gian tới|phân công|kết luận|chế độ báo cáo`)
)

// tells tells whether an item stands in a section that reports and gives no
// duties.
func (it *item) tells() bool {
	for p := it; p != nil; p = p.parent {
		if p.block.Heading && p.level <= officialdoc.LevelNumber && len(p.children) > 0 &&
			reporting.MatchString(p.block.Text) && !directing.MatchString(p.block.Text) {
			return len(strings.Fields(p.block.Text)) <= 6 || !verbFirst(p.block.Text)
		}
	}
	return false
}

// closes tells whether a paragraph under the last heading ends the document and
// only asks that what stands above be done.
func (it *item) closes() bool {
	return it.plain && strings.HasSuffix(strings.TrimSpace(it.block.Text), "./.") && !answers.MatchString(strings.ToLower(it.block.Text))
}

// verbFirst tells whether a text begins with a verb of duty.
func verbFirst(s string) bool {
	return grammarOf().verb(tokens(s), 0, true) > 0
}

// inherited is the nearest item, itself or above, that names addressees; nil for
// none.
func (it *item) inherited() *item {
	for p := it; p != nil; p = p.parent {
		if len(p.given) > 0 {
			return p
		}
	}
	return nil
}

// ofArticle tells whether an item stands in a document of articles.
func (it *item) ofArticle() bool {
	for p := it; p != nil; p = p.parent {
		if p.level == officialdoc.LevelArticle || articleOnly.MatchString(p.block.Marker) {
			return true
		}
	}
	return false
}
