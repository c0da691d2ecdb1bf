// Package backup copies a whole database and the files that its rows name into
// one archive and puts them back, the rows into an empty database of either
// engine. DESIGN.md describes the archive.
package backup

import (
	"time"

	"giuchuan/internal/kernel/fault"
)

// Format is the newest version of the archive that this program reads, and the
// one it writes where there are files outside the database; without any it
// writes 1.
const Format = 2

// Limits of an archive. Write stays below them, so what they refuse was made
// by something else.
const (
	maxMembers = 65_536
	maxLine    = 32 << 20 // bytes of one row
	maxNote    = 4 << 20  // bytes of the first and the last member
	partSize   = 4 << 20  // bytes of one part of a table
)

// Names of the members that are no tables.
const (
	noteName     = "giuchuan-backup.json" // the first
	manifestName = "manifest.json"        // the last
)

// Manifest says what an archive holds.
type Manifest struct {
	Format  int       `json:"format"`
	Product string    `json:"product"` // version of the program that wrote it
	Engine  string    `json:"engine"`  // it was copied from
	MadeAt  time.Time `json:"made_at"` // µs UTC
	Entries int64     `json:"entries"` // of the journal
	Root    string    `json:"root"`    // of the journal's tree, base64
	Tables  []Table   `json:"tables"`  // in the order of the archive
	Files   *Files    `json:"files,omitempty"`
}

// Table is what a manifest says of one table. SHA256 is the hash, in
// hexadecimal, of its parts joined; it is the same for the same rows on both
// engines.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	SHA256  string   `json:"sha256"`
}

// Rows is the number of rows of all tables.
func (m *Manifest) Rows() int64 {
	var all int64
	for _, t := range m.Tables {
		all += t.Rows
	}
	return all
}

// note is the first member: enough to refuse an archive that a newer program
// laid out.
type note struct {
	Format  int    `json:"format"`
	Product string `json:"product"`
}

var (
	msgNoBackup = fault.Msg{Key: "backup.no_backup", Text: "đây không phải tệp sao lưu của Giữ Chuẩn, hoặc phần đầu tệp đã hỏng"}
	msgNewer    = fault.Msg{Key: "backup.newer", Text: "tệp sao lưu do bản mới hơn ({product}) tạo ra, kiểu {format}; bản này chỉ đọc được đến kiểu {newest}; hãy dùng bản mới"}
	msgDamaged  = fault.Msg{Key: "backup.damaged", Text: "tệp sao lưu hỏng hoặc bị cắt ở {place} (khoảng byte thứ {offset} của tệp)"}
	msgForeign  = fault.Msg{Key: "backup.foreign", Text: "tệp sao lưu có mục không hợp lệ “{member}”: {reason}"}
	msgTable    = fault.Msg{Key: "backup.table", Text: "tệp sao lưu hỏng ở bảng {table}: nội dung không khớp số dòng hoặc mã kiểm tra trong danh mục"}
	msgLine     = fault.Msg{Key: "backup.line", Text: "bảng {table} có dòng dài quá {limit} MiB, không sao lưu hay phục hồi được"}
	msgTail     = fault.Msg{Key: "backup.tail", Text: "tệp sao lưu bị sửa: sau phần cuối còn dữ liệu lạ"}
	msgSeal     = fault.Msg{Key: "backup.seal", Text: "tệp sao lưu bị sửa: mã kiểm tra ở cuối tệp không khớp nội dung"}
	msgHead     = fault.Msg{Key: "backup.head", Text: "tệp sao lưu hỏng: nhật ký trong tệp không kết thúc ở mục {entries} như danh mục ghi"}
	msgNotEmpty = fault.Msg{Key: "backup.not_empty", Text: "kho dữ liệu này đã có dữ liệu (bảng {table}); chỉ phục hồi được vào kho trống"}
	msgUnsound  = fault.Msg{Key: "backup.unsound", Text: "dữ liệu trong tệp sao lưu không toàn vẹn; không phục hồi gì"}
	msgFile     = fault.Msg{Key: "backup.file", Text: "không ghi được tệp sao lưu {file}"}
)
