package db

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"giuchuan/internal/kernel/fault"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNoRows is what Row.Scan returns when the query found nothing.
var ErrNoRows = sql.ErrNoRows

// errExit stands for a closure that ended its goroutine instead of returning.
var errExit = errors.New("the closure ended its goroutine")

var (
	msgClosed    = fault.Msg{Key: "db.closed", Text: "kho dữ liệu đã đóng, lệnh chưa được ghi"}
	msgStopped   = fault.Msg{Key: "db.stopped", Text: "kho dữ liệu đã ngừng nhận ghi sau lỗi đồng bộ đĩa; hãy kiểm tra ổ đĩa rồi khởi động lại"}
	msgUnknown   = fault.Msg{Key: "db.unknown_outcome", Text: "mất kết nối lúc đang ghi, chưa biết lệnh đã được ghi hay chưa; hãy mở lại và kiểm tra trước khi gửi lại"}
	msgFull      = fault.Msg{Key: "db.full", Text: "ổ đĩa hoặc kho dữ liệu đã đầy, lệnh chưa được ghi"}
	msgBusy      = fault.Msg{Key: "db.busy", Text: "kho dữ liệu đang bận vì chương trình khác đang ghi, lệnh chưa được ghi; hãy thử lại"}
	msgDamaged   = fault.Msg{Key: "db.damaged", Text: "tệp dữ liệu hỏng hoặc không phải tệp dữ liệu của chương trình; hãy khôi phục từ bản sao lưu"}
	msgReadOnly  = fault.Msg{Key: "db.read_only", Text: "không có quyền ghi vào kho dữ liệu; kể cả khi chỉ xem, chương trình cần quyền ghi vào thư mục dữ liệu"}
	msgURL       = fault.Msg{Key: "db.url", Text: "địa chỉ PostgreSQL không hợp lệ; ghi như postgres://tài-khoản@máy/tên-kho"}
	msgDown      = fault.Msg{Key: "db.down", Text: "không kết nối được kho dữ liệu, lệnh chưa được ghi"}
	msgPanic     = fault.Msg{Key: "db.panic", Text: "lệnh gặp lỗi bất ngờ, chưa ghi gì"}
	msgCancelled = fault.Msg{Key: "db.cancelled", Text: "yêu cầu đã bị hủy trước khi ghi"}
	msgDuplicate = fault.Msg{Key: "db.duplicate", Text: "đã có bản ghi trùng khóa"}
	msgRefused   = fault.Msg{Key: "db.refused", Text: "kho dữ liệu không nhận giá trị này"}
	msgValue     = fault.Msg{Key: "db.value", Text: "giá trị không lưu được vào kho dữ liệu: {reason}"}
	msgCollation = fault.Msg{Key: "db.collation", Text: "cơ sở dữ liệu PostgreSQL phải được tạo với LC_COLLATE 'C' (đang là {collation}); hãy tạo bằng: createdb --template=template0 --locale=C --encoding=UTF8 TÊN"}
)

// IsDuplicate reports whether err says that a row with the same key exists.
func IsDuplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	switch sqliteCode(err) {
	case sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_ROWID:
		return true
	}
	return false
}

// sqliteCode gives SQLite's extended result code, 0 for any other error.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// explain turns an engine's error into the product's: coded, in Vietnamese,
// with the engine's own words as the cause. op names what was being done.
func explain(op string, err error) error {
	var known *fault.Error
	if err == nil || errors.Is(err, ErrNoRows) || errors.As(err, &known) {
		return err
	}
	cause := fmt.Errorf("db: %s: %w", op, err)
	if IsDuplicate(err) {
		return fault.New(fault.Conflict, msgDuplicate).Wrap(cause)
	}
	if isFull(err) {
		return fault.New(fault.Unavailable, msgFull).Wrap(cause)
	}
	if isConnLost(err) {
		return fault.New(fault.Unavailable, msgDown).Wrap(cause)
	}
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_BUSY:
		return fault.New(fault.Unavailable, msgBusy).Wrap(cause)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fault.New(fault.Unavailable, msgReadOnly).Wrap(cause)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fault.New(fault.Corrupt, msgDamaged).Wrap(cause)
	}
	if isConstraint(err) {
		return fault.New(fault.Invalid, msgRefused).Wrap(cause)
	}
	return cause
}

func isFull(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "53100"
	}
	return sqliteCode(err)&0xff == sqlite3.SQLITE_FULL
}

func isConstraint(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return len(pg.Code) == 5 && (pg.Code[:2] == "23" || pg.Code[:2] == "22")
	}
	return sqliteCode(err)&0xff == sqlite3.SQLITE_CONSTRAINT
}

// isConnLost reports an error that says nothing about the statement, only
// that the server could not be asked or did not answer.
func isConnLost(err error) bool {
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) {
		return true
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "57P01" || pg.Code == "57P02" || pg.Code == "57P03" || pg.Code[:2] == "08"
	}
	var connect *pgconn.ConnectError
	var network *net.OpError
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF)
}

// isDiskFault reports an I/O error of SQLite: after one of these at a commit
// nobody knows which pages reached the disk.
func isDiskFault(err error) bool {
	return sqliteCode(err)&0xff == sqlite3.SQLITE_IOERR
}

// isConnDoubt reports a failure that is not PostgreSQL's own plain refusal: if
// it met a COMMIT, that may have been carried out.
func isConnDoubt(err error) bool {
	var pg *pgconn.PgError
	return err != nil && !errors.As(err, &pg) || isConnLost(err)
}
