package db

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"giuchuan/internal/kernel/fault"
)

// plain turns v into what both engines store alike: nil, int64, string or
// []byte. Instants become µs since 1970 UTC, booleans 0 and 1, named kinds
// (day.Day, vnd.VND, law.Number) their number, nil pointers NULL. Floats are
// refused, and so is text the engines disagree about (NUL, broken UTF-8).
func plain(v any) (any, error) {
	switch x := v.(type) {
	case nil:
		return nil, nil
	case int64:
		return x, nil
	case int:
		return int64(x), nil
	case int32:
		return int64(x), nil
	case string:
		return plainText(x)
	case bool:
		if x {
			return int64(1), nil
		}
		return int64(0), nil
	case []byte:
		if x == nil {
			return nil, nil
		}
		return x, nil
	case time.Time:
		return x.UnixMicro(), nil
	}
	return plainKind(v)
}

func plainKind(v any) (any, error) {
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Pointer:
		if r.IsNil() {
			return nil, nil
		}
		return plain(r.Elem().Interface())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.Int(), nil
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(r.Uint()), nil
	case reflect.Bool:
		return plain(r.Bool())
	case reflect.String:
		return plainText(r.String())
	}
	return nil, fault.New(fault.Internal, msgValue, "reason", fmt.Sprintf("kiểu %T", v))
}

func plainText(s string) (any, error) {
	if strings.IndexByte(s, 0) >= 0 {
		return nil, fault.New(fault.Invalid, msgValue, "reason", "văn bản chứa ký tự NUL")
	}
	if !utf8.ValidString(s) {
		return nil, fault.New(fault.Invalid, msgValue, "reason", "văn bản không phải UTF-8")
	}
	return s, nil
}

// plainAll replaces every value of args by its plain form, in place.
func plainAll(args []any) error {
	for i, v := range args {
		p, err := plain(v)
		if err != nil {
			return err
		}
		args[i] = p
	}
	return nil
}

// instant lets a BIGINT of µs be scanned into a time.Time (UTC).
type instant struct{ into *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(src any) error {
	us, ok := src.(int64)
	if !ok {
		return fmt.Errorf("db: an instant is BIGINT µs, not %T", src)
	}
	*i.into = time.UnixMicro(us).UTC()
	return nil
}

// targets wraps the *time.Time among dest; the others database/sql can fill.
func targets(dest []any) []any {
	for i, v := range dest {
		if t, ok := v.(*time.Time); ok {
			dest[i] = instant{t}
		}
	}
	return dest
}
